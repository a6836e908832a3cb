"""What a page says of itself, and that it may say nothing."""

from __future__ import annotations

import sys
from typing import NoReturn

import pytest
from lxml import etree
from strategies import ARTICLES

from cleaning.errors import RecordError
from cleaning.html.metadata import Metadata, metadata, parse

PARAGRAPH = ARTICLES["en"].paragraphs[0]
HEAD = (
    '<title>Rain | The Daily</title><meta property="og:title" content="Rain in the north">'
    '<meta property="og:url" content="https://example.org/rain"><meta name="author" content="A Writer">'
    '<meta property="article:published_time" content="2024-05-01T10:00:00Z">'
)


def told(head: str, url: str | None = None) -> Metadata:
    tree = parse(f"<!DOCTYPE html><html><head>{head}</head><body><p>{PARAGRAPH}</p></body></html>")
    assert tree is not None
    return metadata(tree, url)


def test_what_the_page_says_of_itself() -> None:
    assert told(HEAD) == Metadata("Rain in the north", "https://example.org/rain", "2024-05-01", "A Writer")


def test_what_the_page_does_not_say_is_none() -> None:
    assert told("") == Metadata()


def test_the_address_tells_the_date_where_nothing_else_does() -> None:
    assert told("", "https://example.org/2024/05/01/rain").date == "2024-05-01"
    assert told("", "https://example.org/rain").date is None


def test_the_tree_stays_as_it_is() -> None:
    tree = parse(f"<html><head>{HEAD}</head><body><p>{PARAGRAPH}</p></body></html>")
    assert tree is not None
    before = etree.tostring(tree)
    metadata(tree, None)
    assert etree.tostring(tree) == before


def test_a_page_seen_before_gives_the_same() -> None:
    assert len({told(HEAD) for _ in range(6)}) == 1


@pytest.mark.parametrize("html", ["<div><p>One</p></div>", "<p>One", "One <b>two</b>", "<p>One<frameset>"])
def test_a_fragment_is_a_page(html: str) -> None:
    tree = parse(html)
    assert tree is not None
    assert "One" in "".join(tree.itertext())


def test_a_reader_that_fails_costs_one_record_and_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> NoReturn:
        raise MemoryError("one table with a colspan of 2^53")

    monkeypatch.setattr(sys.modules["cleaning.html.metadata"], "_library", fail)
    with pytest.raises(RecordError, match=r"cannot be read.*colspan"):
        metadata(etree.Element("html"), None)


def test_half_of_a_surrogate_pair_costs_no_more_than_itself() -> None:
    tree = parse("<html><body><p class='\ud800'>One\udc80</p><p>two</p></body></html>")
    assert tree is not None
    assert list(tree.itertext()) == ["One\ufffd", "two"]


def test_what_stands_behind_the_end_of_the_body_is_part_of_it() -> None:
    tree = parse("<html><body><header>One</header></BODY></html >\n<div><p>two</p></div></body></html>")
    assert tree is not None
    assert "".join(tree.itertext()).split() == ["One", "two"]
    assert [element.tag for element in tree.iter("body", "div")] == ["body", "div"]

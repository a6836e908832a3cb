"""A page becomes all the lines that it shows; which of them are its article, is told later."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import ARTICLES, fewer, nasty_texts

from cleaning.html import Read, read_page

PARAGRAPHS = ARTICLES["en"].paragraphs
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def page(body: str = BODY, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body><article>{body}</article></body></html>"


@pytest.mark.parametrize(
    "html",
    [
        page(),
        page().removeprefix("<!DOCTYPE html>"),
        f"<article>{BODY}</article>",
        f"<div>{BODY}</div>",
        f"<title>Rain</title><article>{BODY}</article>",
        BODY,
        f'<?xml version="1.0" encoding="windows-1251"?>\n{page()}',
        "<!-- " + "a long comment of the template " * 5 + f"-->{page()}",
    ],
    ids=lambda html: html[:20],
)
def test_the_text_of_pages_and_fragments(html: str) -> None:
    assert read_page(html).text.split("\n") == list(PARAGRAPHS)


def test_menus_and_comments_are_read_too() -> None:
    menu = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/news'>News</a></li></ul></nav>"
    comments = "<section id='comments'><h2>Comments</h2><p>First!</p></section>"
    text = read_page(f"<html><body>{menu}<article>{BODY}</article>{comments}</body></html>").text
    assert text.split("\n") == ["Home", "News", *PARAGRAPHS, "Comments", "First!"]


def test_what_the_page_says_of_itself_is_told() -> None:
    head = '<meta property="og:title" content="Rain"><meta name="author" content="A Writer">'
    found = read_page(page(head=head), url="https://example.org/2024/05/01/rain")
    assert (found.title, found.author, found.date) == ("Rain", "A Writer", "2024-05-01")


def test_markup_is_told_of_each_line() -> None:
    found = read_page(page())
    assert found.markup is not None
    assert len(found.markup.starts) == len(found.markup.numbers) == len(found.markup.names) == len(PARAGRAPHS)


@pytest.mark.parametrize("html", ["", " \n", "\0", "<html></html>", "<p></p>", "<html><script>var a;</script></html>"])
def test_a_page_without_text(html: str) -> None:
    assert read_page(html) == Read("")


def test_a_page_seen_before_gives_the_same() -> None:
    assert len({read_page(page()).text for _ in range(6)}) == 1


@fewer
@given(
    st.lists(st.sampled_from(["<p>", "</p>", "<table>", "<td colspan=3>", "<!--", "-->", "&amp;", "<"]) | nasty_texts())
)
def test_any_markup_gives_lines(pieces: list[str]) -> None:
    found = read_page("".join(pieces))
    lines = found.text.split("\n")
    assert found.text == "" or all(line == line.strip() != "" for line in lines)
    assert (found.markup is None) is (found.text == "")

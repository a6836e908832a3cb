"""Pages and texts that nobody wrote for readers: they take seconds at most, and lose nothing."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from strategies import ARTICLES

from cleaning.document import Document, put_back
from cleaning.pipeline import clean_html, clean_text
from cleaning.reason import Reason

PARAGRAPHS = ARTICLES["en"].paragraphs
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
STORY = " ".join(PARAGRAPHS)
MEGABYTES = 5_000_000

# Each takes a few seconds at most, where the machine has nothing else to do.
SECONDS = 60


def lines(count: int) -> list[str]:
    return [f"Line {number}" for number in range(count)]


@pytest.mark.parametrize(
    "clean",
    [
        lambda: clean_text(f"{STORY} " * (MEGABYTES // len(STORY))),
        lambda: clean_html(f"<p>{STORY} " * 1 + f"{STORY} " * (MEGABYTES // len(STORY))),
        lambda: clean_text("a" * MEGABYTES),
        lambda: clean_text("a" + " " * MEGABYTES + "b"),
        lambda: clean_text("雨が降る。" * (MEGABYTES // 5)),
        lambda: clean_text("\n".join(lines(100_000))),
        lambda: clean_text("Home\n" * 100_000),
        lambda: clean_html("".join(f"<li>{line}</li>" for line in lines(100_000))),
        lambda: clean_html("".join(f"<div class='n{number}'>" for number in range(100_000)) + BODY),
        lambda: clean_html("<a>" * 100_000 + BODY),
        lambda: clean_html("<table>" * 5_000 + BODY),
        lambda: clean_text("".join(f"({number}" for number in range(100_000))),
    ],
    ids=[
        "one line", "one line of a page", "one word", "spaces", "no spaces", "short lines", "one line said often",
        "short lines of a page", "deep", "links in links", "tables in tables", "brackets",
    ],
)  # fmt: skip
def test_it_ends_in_seconds_and_what_went_can_be_put_back(clean: Callable[[], Document]) -> None:
    start = time.process_time()
    document = clean()
    assert document.dropped is not None or document.text
    assert time.process_time() - start < SECONDS
    removed = [(cut.start, document.repaired[cut.start : cut.end]) for cut in document.cuts]
    assert put_back(document.text, removed) == document.repaired


@pytest.mark.parametrize(
    "page",
    [
        f"<table><tr><td colspan={2**53}>Rain</td></tr></table>{BODY}",
        f"<table><tr><td rowspan=-1 colspan=a>Rain</td></tr></table>{BODY}",
        f"<html><head><title>Rain</title></head>{BODY}</html>",
        f"<!DOCTYPE html><title>Rain</title><main>{BODY}</main>",
        f"<body><body>{BODY}</body></body>",
        f"</div></p></body></html>{BODY}",
        f"<p>Rain <b><i>fell</b></i>{BODY}<!-- never closed",
        f"<a name='Rain{'n' * 100_000}' class='{'n ' * 50_000}'></a>{BODY}",
        BODY.replace("<p>", "<p\0>").replace(" ", "&nbsp;"),
    ],
    ids=[
        "a huge colspan", "no number for a colspan", "no body", "no head and no body", "two bodies", "only ends",
        "crossed elements", "long names", "odd characters",
    ],
)  # fmt: skip
def test_odd_pages_keep_their_article(page: str) -> None:
    assert set(PARAGRAPHS) <= set(clean_html(page).text.split("\n"))


@pytest.mark.parametrize(
    "page",
    [
        "<script>" + "let home = 1;" * 1000 + "</script>",
        "<html><frameset cols='20%,80%'><frame src=a><frame src=b></frameset></html>",
        "<html><body><img src=a><video></video><iframe src=b>Old browser</iframe></body></html>",
        "<!-- nothing -->",
    ],
)
def test_a_page_that_shows_no_text_is_empty(page: str) -> None:
    document = clean_html(page)
    assert (document.text, document.cuts) == ("", ())
    assert document.dropped is not None
    assert document.dropped.reason is Reason.EMPTY

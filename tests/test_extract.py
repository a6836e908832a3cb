from __future__ import annotations

from types import SimpleNamespace
from typing import Any, NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import ARTICLES, fewer, nasty_texts

from cleaning import extract as module
from cleaning.errors import RecordError
from cleaning.extract import Extracted, extract

PARAGRAPHS = ARTICLES["en"].paragraphs
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
COMMENTS = (
    "<section id='comments'><h2>Comments</h2><div class='comment'><p>First! What a long comment.</p></div></section>"
)


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
def test_the_main_text_of_pages_and_fragments(html: str) -> None:
    assert extract(html).text.split("\n") == list(PARAGRAPHS)


def test_a_fragment_of_one_element_is_text_too() -> None:
    assert extract(f"<div><p>{PARAGRAPHS[0]}</p></div>").text == PARAGRAPHS[0]


def test_what_the_page_says_of_itself() -> None:
    head = (
        '<title>Rain | The Daily</title><meta property="og:title" content="Rain in the north">'
        '<meta property="og:url" content="https://example.org/rain"><meta name="author" content="A Writer">'
        '<meta property="article:published_time" content="2024-05-01T10:00:00Z">'
    )
    found = extract(page(head=head))
    assert found == Extracted(
        found.text, title="Rain in the north", url="https://example.org/rain", date="2024-05-01", author="A Writer"
    )


def test_what_the_page_does_not_say_is_none() -> None:
    assert extract(page()) == Extracted("\n".join(PARAGRAPHS))


@pytest.mark.parametrize("html", ["", " \n", "\0", "<html></html>", "<p></p>", "<html><script>var a;</script></html>"])
def test_a_page_without_text(html: str) -> None:
    assert extract(html) == Extracted("")


def test_menus_and_comments_are_left_out() -> None:
    menu = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/news'>News</a></li></ul></nav>"
    text = extract(f"<html><body>{menu}<article>{BODY}</article>{COMMENTS}</body></html>").text
    assert text.split("\n") == list(PARAGRAPHS)


def test_a_page_seen_before_gives_the_same() -> None:
    """The extractor's deduplication remembers pages: it would give nothing from the fourth time on."""
    assert len({extract(page()) for _ in range(6)}) == 1


def test_an_extractor_that_fails_costs_one_record_and_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> NoReturn:
        raise MemoryError("one table with a colspan of 2^53")

    library = SimpleNamespace(load_html=lambda _: object(), extract_metadata=fail, bare_extraction=fail)
    monkeypatch.setattr(module, "_library", lambda: library)
    with pytest.raises(RecordError, match=r"cannot be extracted.*colspan"):
        extract(page())


@fewer
@given(
    st.lists(st.sampled_from(["<p>", "</p>", "<table>", "<td colspan=3>", "<!--", "-->", "&amp;", "<"]) | nasty_texts())
)
def test_any_markup_gives_a_text(pieces: list[str]) -> None:
    assert isinstance(extract("".join(pieces)).text, str)

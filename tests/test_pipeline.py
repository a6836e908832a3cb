from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import ARTICLES, fewer, nasty_texts, pages, real_articles

import cleaning
from cleaning.document import Document, Raw, put_back, undo
from cleaning.errors import RecordError, UndecodableError
from cleaning.pipeline import clean, clean_html, clean_text
from cleaning.reason import Reason
from cleaning.settings import Settings

SEVERAL = "\n\n".join(line for article in ARTICLES.values() for line in (article.headline, *article.paragraphs))
RAIN = "\n\n".join(ARTICLES["en"].paragraphs)


def family(document: Document) -> Iterator[Document]:
    yield document
    for article in document.split_off:
        yield from family(article)


def is_subsequence(short: str, long: str) -> bool:
    rest = iter(long)
    return all(character in rest for character in short)


# --- What holds for every text ---


@fewer
@given(nasty_texts() | pages())
def test_what_was_cut_can_be_put_back(text: str) -> None:
    for document in family(clean_text(text)):
        removed = [(cut.start, document.repaired[cut.start : cut.end]) for cut in document.cuts]
        assert put_back(document.text, removed) == document.repaired


@fewer
@given(nasty_texts() | pages())
def test_the_repairs_can_be_undone(text: str) -> None:
    document = clean_text(text)
    assert undo(document.repaired, document.repairs) == text


@fewer
@given(nasty_texts() | pages())
def test_the_clean_text_has_nothing_that_was_not_there(text: str) -> None:
    for document in family(clean_text(text)):
        assert is_subsequence(document.text, document.repaired)


@fewer
@given(nasty_texts() | pages())
def test_cuts_are_ordered_disjoint_inside_and_named(text: str) -> None:
    for document in family(clean_text(text)):
        assert all(0 <= cut.start < cut.end <= len(document.repaired) for cut in document.cuts)
        assert all(one.end <= other.start for one, other in pairwise(document.cuts))
        assert all(cut.rule and isinstance(cut.reason, Reason) for cut in document.cuts)


@fewer
@given(pages())
def test_an_article_split_off_is_a_span_of_the_document_it_came_from(text: str) -> None:
    document = clean_text(text)
    spans = [document.repaired[cut.start : cut.end] for cut in document.cuts if cut.reason is Reason.SPLICED_ARTICLE]
    assert [article.repaired for article in document.split_off] == [span.strip() for span in spans]
    assert all(article.parent_id == document.id for article in document.split_off)
    assert len({part.id for part in family(document)}) == 1 + len(document.split_off)
    assert all(article.split_off == () for article in document.split_off)


@fewer
@given(st.lists(nasty_texts() | pages(), max_size=4))
def test_a_document_does_not_depend_on_others(texts: list[str]) -> None:
    alone = [clean_text(text) for text in texts]
    assert [clean_text(text) for text in reversed(texts)] == alone[::-1]


@fewer
@given(st.binary(max_size=200), st.booleans())
def test_any_bytes_become_a_document_or_say_that_they_are_no_text(content: bytes, is_html: bool) -> None:
    raw = Raw(origin="some.bin", content=content, is_html=is_html)
    with suppress(RecordError):
        assert clean(raw, Settings()).origin == "some.bin"


@fewer
@given(real_articles())
def test_cleaning_the_clean_text_of_an_article_changes_nothing(text: str) -> None:
    once = clean_text(text)
    # What is known by now is known: else the heading that now stands first might be taken for the headline.
    again = clean(Raw(origin="", content=once.text, title=once.title, language=once.language), Settings())
    assert again.text == once.text
    assert again.repairs == ()


@pytest.mark.parametrize("language", sorted(ARTICLES))
def test_a_clean_article_stays_as_it_is(language: str) -> None:
    text = "\n\n".join(ARTICLES[language].paragraphs)
    document = clean_text(text)
    assert (document.text, document.cuts, document.repairs) == (text, (), ())
    assert document.language == language
    assert document.dropped is None


# --- What is known before ---


def test_what_the_source_knew_is_taken_over() -> None:
    raw = Raw(
        origin="a.jsonl#3", content=RAIN, url="https://www.example.org/rain", title="Rain", date="2024-05-01",
        author="A. Writer", id="n-7", extra=(("desk", "north"), ("page", None)),
    )  # fmt: skip
    document = clean(raw, Settings())
    assert (document.origin, document.url, document.id) == ("a.jsonl#3", raw.url, "n-7")
    assert (document.title, document.date, document.author, document.extra) == ("Rain", raw.date, raw.author, raw.extra)
    assert document.source == "example.org"
    assert document.charset is None


@pytest.mark.parametrize(
    ("url", "source", "told"),
    [
        ("https://www.example.org/a", None, "example.org"),
        ("https://news.example.org:8080/a?b", None, "news.example.org"),
        ("https://example.org/a", "The Daily", "The Daily"),
        ("http://[broken", None, None),
        ("not an address", None, None),
        (None, None, None),
    ],
)
def test_the_source_is_given_or_the_host_of_the_address(url: str | None, source: str | None, told: str | None) -> None:
    assert clean(Raw(origin="a", content=RAIN, url=url, source=source), Settings()).source == told


def test_a_given_language_is_trusted() -> None:
    document = clean(Raw(origin="a", content=RAIN, language="PT_br"), Settings())
    assert (document.language, document.language_score) == ("pt-BR", 1.0)


@pytest.mark.parametrize("language", ["", None])
def test_an_empty_language_is_not_given(language: str | None) -> None:
    document = clean(Raw(origin="a", content=RAIN, language=language), Settings())
    assert document.language == "en"
    assert 0.5 < (document.language_score or 0) <= 1


def test_the_rules_of_a_given_language_are_used() -> None:
    text = f"{RAIN}\n\nاترك تعليقاً"
    assert clean_text(text).text.endswith("اترك تعليقاً")
    assert clean_text(text, language="ar").text == RAIN


# --- Settings ---


def test_a_document_that_is_not_kept_says_why_and_keeps_its_text() -> None:
    document = clean_text("Rain is expected in the north.\n\n[ad_1]")
    assert document.text == "Rain is expected in the north."
    assert document.dropped is not None
    assert document.dropped.reason is Reason.TOO_SHORT


def test_settings_reach_every_step() -> None:
    text = f"{RAIN} caf&amp;eacute;\n\n[ad_1]"
    chosen = Settings.of(
        {
            "repair": {"entities": False},
            "boilerplate": {"without": ["common.ad-marker"]},
            "quality": {"languages": ["ar"]},
        }
    )
    document = clean_text(text, settings=chosen)
    assert document.text == text
    assert document.dropped is not None
    assert document.dropped.reason is Reason.UNWANTED_LANGUAGE


def test_an_unknown_rule_in_the_settings_does_no_harm_to_others() -> None:
    chosen = Settings.of({"boilerplate": {"without": ["en.no-such-rule"]}})
    assert clean_text(f"{RAIN}\n\n[ad_1]", settings=chosen).text == RAIN


def test_quality_is_told_of_each_article_split_off() -> None:
    first, second = ARTICLES["en"], ARTICLES["de"]
    opened = [(story.headline, "TT", story.headline, *story.paragraphs) for story in (first, second)]
    document = clean_text(
        "\n\n".join(map("\n\n".join, opened)), settings=Settings.of({"quality": {"languages": ["en"]}})
    )
    (article,) = document.split_off
    assert (document.dropped, document.language) == (None, "en")
    assert (article.text, article.language) == ("\n\n".join(second.paragraphs), "de")
    assert article.dropped is not None
    assert article.dropped.reason is Reason.UNWANTED_LANGUAGE


# --- Pages ---


def test_a_page_becomes_text_and_metadata() -> None:
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in ARTICLES["en"].paragraphs)
    page = (
        '<html lang="en"><head><title>Rain | The Daily</title><meta property="og:title" content="Rain in the north">'
        '<meta name="author" content="A Writer"><meta property="article:published_time" content="2024-05-01">'
        f"</head><body><nav><a href='/'>Home</a></nav><article>{paragraphs}<p>[ad_1]</p></article></body></html>"
    )
    document = clean_html(page, url="https://www.example.org/rain")
    assert document.text.split("\n") == list(ARTICLES["en"].paragraphs)
    assert (document.title, document.author, document.date) == ("Rain in the north", "A Writer", "2024-05-01")
    assert (document.url, document.source) == ("https://www.example.org/rain", "example.org")
    assert document.markup is not None


def test_a_page_of_bytes_is_decoded_by_its_declared_charset() -> None:
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in ARTICLES["ru"].paragraphs)
    page = f'<html><head><meta charset="windows-1251"></head><body><article>{paragraphs}</article></body></html>'
    document = clean_html(page.encode("windows-1251"))
    assert document.text.split("\n") == list(ARTICLES["ru"].paragraphs)
    assert document.charset == "windows-1251"


@pytest.mark.parametrize("page", ["", "<html></html>", "<html><body><script>let home = 1;</script></body></html>"])
def test_a_page_without_text_is_dropped_as_empty(page: str) -> None:
    document = clean_html(page)
    assert document.text == ""
    assert document.dropped is not None
    assert document.dropped.reason is Reason.EMPTY


@pytest.mark.parametrize("charset", ["ibm866", "koi8-r", "windows-1251"])
def test_a_declared_charset_is_used(charset: str) -> None:
    raw = Raw(origin="a.txt", content="Дождь".encode(charset), charset=charset)
    assert clean(raw, Settings()).text == "Дождь"


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(UndecodableError):
        clean(Raw(origin="a.bin", content=bytes(range(256)) * 20), Settings())


def test_the_public_names_are_these_functions() -> None:
    assert (cleaning.clean_text, cleaning.clean_html) == (clean_text, clean_html)

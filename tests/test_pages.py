"""Whole pages, as HTML and as text: the article stays whole, all around it goes, and nothing is lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import ARTICLES, CASES, fewer

from cleaning.document import Document, Raw, put_back, undo
from cleaning.html import read_page
from cleaning.pipeline import clean, clean_html, clean_text
from cleaning.settings import Settings

PAGES = {path.stem: path.read_text("utf-8") for path in sorted((CASES.parent / "pages").glob("*.html"))}
MENUS = json.loads((CASES / "menus.json").read_text("utf-8"))


def filled(language: str) -> str:
    """The page with its story."""
    article = ARTICLES[language]
    page = PAGES[language].replace("{headline}", article.headline)
    for number, paragraph in enumerate(article.paragraphs):
        page = page.replace(f"{{{number}}}", paragraph)
    return page


@cache
def of_html(language: str) -> Document:
    return clean_html(filled(language))


@cache
def of_text(language: str) -> Document:
    return clean_text(read_page(filled(language)).text)


HOW: dict[str, Callable[[str], Document]] = {"html": of_html, "text": of_text}
both = pytest.mark.parametrize("how", HOW)


def test_there_are_pages_in_five_languages() -> None:
    assert len(PAGES) == 5
    assert all(part in page for page in PAGES.values() for part in ("{headline}", "{0}", "{1}", "{2}", "{3}"))


@both
@pytest.mark.parametrize("language", PAGES)
def test_the_article_stays_whole_and_all_else_goes(language: str, how: str) -> None:
    assert HOW[how](language).text.split("\n") == list(ARTICLES[language].paragraphs)


@both
@pytest.mark.parametrize("language", PAGES)
def test_what_went_can_be_put_back(language: str, how: str) -> None:
    document = HOW[how](language)
    removed = [(cut.start, document.repaired[cut.start : cut.end]) for cut in document.cuts]
    assert put_back(document.text, removed) == document.repaired
    assert undo(document.repaired, document.repairs) == read_page(filled(language)).text


@pytest.mark.parametrize("language", PAGES)
def test_of_a_page_all_lines_are_in_the_repaired_text(language: str) -> None:
    story = ARTICLES[language]
    lines = of_html(language).repaired.split("\n")
    assert {story.headline, *story.paragraphs} <= set(lines)
    assert len(lines) >= 25


@pytest.mark.parametrize("language", PAGES)
def test_the_headline_is_the_title(language: str) -> None:
    assert (of_html(language).title or "").startswith(ARTICLES[language].headline)


# --- As text: raw pages made of menus and stories ---


@st.composite
def raw_pages(draw: st.DrawFn) -> str:
    """Menus, a story and more menus, in one language, with some of the lines."""
    language = draw(st.sampled_from(sorted(MENUS)))
    story, menu = ARTICLES[language], MENUS[language]
    before = draw(st.lists(st.sampled_from(menu["before"]), min_size=4, max_size=12, unique=True))
    after = draw(st.lists(st.sampled_from(menu["after"]), min_size=4, max_size=12, unique=True))
    paragraphs = draw(st.lists(st.sampled_from(story.paragraphs), min_size=2, max_size=4, unique=True))
    return draw(st.sampled_from(["\n", "\n\n"])).join([*before, story.headline, *paragraphs, *after])


@fewer
@given(raw_pages())
def test_cleaning_a_cleaned_page_again_changes_nothing(text: str) -> None:
    once = clean_text(text)
    again = clean(Raw(origin="", content=once.text, title=once.title, language=once.language), Settings())
    assert again.text == once.text


@fewer
@given(raw_pages())
def test_of_a_raw_page_nothing_is_added_and_all_can_be_put_back(text: str) -> None:
    document = clean_text(text)
    rest = iter(document.repaired)
    assert all(character in rest for character in document.text)
    removed = [(cut.start, document.repaired[cut.start : cut.end]) for cut in document.cuts]
    assert put_back(document.text, removed) == document.repaired


def test_pages_do_not_depend_on_each_other() -> None:
    """Whatever was read before, and in whatever order."""
    alone = {language: clean_html(filled(language)) for language in PAGES}
    for language in reversed(PAGES):
        assert clean_html(filled(language)) == alone[language]

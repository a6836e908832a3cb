"""Whether a text is a whole page or an article, and which lines of a page are outside the article."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from strategies import ARTICLES, CASES, fewer, pages

from cleaning.boilerplate.kind import has_form_of_page
from cleaning.boilerplate.page import Page
from cleaning.document import Document
from cleaning.pipeline import clean_text
from cleaning.reason import Reason
from cleaning.settings import Settings

MENUS = json.loads((CASES / "menus.json").read_text("utf-8"))
AS_PAGE = Settings.of({"boilerplate": {"kind": "page"}})
AS_ARTICLE = Settings.of({"boilerplate": {"kind": "article"}})


def page_of(text: str, *, extracted: bool | None = None) -> Page:
    return Page.of(Document(repaired=text, text=text, extracted=extracted))


def raw_page(language: str) -> str:
    """A page as a text dump shows it: menus, headline, article, teasers, more menus."""
    article, menu = ARTICLES[language], MENUS[language]
    return "\n".join([*menu["before"], article.headline, *article.paragraphs, *menu["after"]])


@pytest.mark.parametrize("language", sorted(MENUS))
def test_a_page_with_its_menus_is_a_page(language: str) -> None:
    assert has_form_of_page(page_of(raw_page(language)))


@pytest.mark.parametrize("language", sorted(ARTICLES))
def test_an_article_is_no_page(language: str) -> None:
    article = ARTICLES[language]
    assert not has_form_of_page(page_of("\n".join(article.paragraphs)))
    assert not has_form_of_page(page_of("\n\n".join([article.headline, *article.paragraphs])))


def test_an_article_with_headings_and_a_list_is_no_page() -> None:
    one, two, three, four = ARTICLES["en"].paragraphs
    items = ["- three schools", "- two halls", "- one bridge"]
    assert not has_form_of_page(page_of("\n".join([one, "What is known", two, *items, "What comes next", three, four])))


def test_what_is_known_is_believed() -> None:
    assert not has_form_of_page(page_of(raw_page("en"), extracted=True))
    assert has_form_of_page(page_of("\n".join(ARTICLES["en"].paragraphs), extracted=False))


@pytest.mark.parametrize("text", ["", "\n", "word"])
def test_hardly_any_text_is_no_page(text: str) -> None:
    assert not has_form_of_page(page_of(text))


@pytest.mark.parametrize("language", sorted(MENUS))
def test_of_a_page_the_article_is_left_whole_and_hardly_anything_else(language: str) -> None:
    article, menu = ARTICLES[language], MENUS[language]
    document = clean_text(raw_page(language), language=language)
    left = document.text.split("\n")
    assert set(article.paragraphs) <= set(left)
    rest = [line for line in left if line in {*menu["before"], *menu["after"]}]
    assert len(rest) * 4 <= len(menu["before"]) + len(menu["after"])


@pytest.mark.parametrize("language", sorted(MENUS))
def test_the_same_lines_stay_when_they_are_said_to_be_an_article(language: str) -> None:
    document = clean_text(raw_page(language), language=language, settings=AS_ARTICLE)
    assert Reason.NOT_ARTICLE not in {cut.reason for cut in document.cuts}
    assert set(ARTICLES[language].paragraphs) <= set(document.text.split("\n"))


def test_a_text_without_paragraphs_is_left_alone() -> None:
    poem = "\n".join(["The river runs", "the willows bend", "and nobody knows", "where the waters end"] * 2)
    assert clean_text(poem).text == poem


@fewer
@given(pages())
def test_nothing_is_called_no_article_in_an_article(text: str) -> None:
    document = clean_text(text, settings=AS_ARTICLE)
    assert Reason.NOT_ARTICLE not in {cut.reason for cut in document.cuts}

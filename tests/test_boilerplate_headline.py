from __future__ import annotations

import pytest
from hypothesis import given
from strategies import ARTICLES, fewer, pages

from cleaning.boilerplate.headline import could_be_headline, same_headline_forms
from cleaning.document import Document, Raw
from cleaning.pipeline import clean, clean_text
from cleaning.reason import Reason
from cleaning.settings import Settings

EN = ARTICLES["en"]
RAIN = "\n\n".join(EN.paragraphs)


def with_title(text: str, title: str | None) -> Document:
    return clean(Raw(origin="a", content=text, title=title), Settings())


@pytest.mark.parametrize(
    "line",
    [
        *(article.headline for article in ARTICLES.values()),
        "Two words",
        "What does it include?",
        "They did it!",
        "Silence before the vote..",
        "A plan for the north…",
        "“Nobody saw it coming”",
        "Dr. No returns to St. Petersburg",
        "حوار روسي أمريكي بشأن الملف السوري.. وموسكو تتعمد الصمت..!",
    ],
)
def test_headlines(line: str) -> None:
    assert could_be_headline(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Weather",
        "It rained for three days.",
        "Read also:",
        "Home, World, Culture,",
        "It rained. Then it stopped raining",
        "下雨了。后来雨停了",
        "下雨了。",
        "بارش ہوئی۔",
        "word " * 41,
        "A " + "x" * 250,
    ],
)
def test_no_headlines(line: str) -> None:
    assert not could_be_headline(line)


@pytest.mark.parametrize("language", sorted(ARTICLES))
@pytest.mark.parametrize("times", [1, 2])
def test_the_headline_over_an_article_is_its_title(language: str, times: int) -> None:
    article = ARTICLES[language]
    document = clean_text("\n\n".join([article.headline] * times + list(article.paragraphs)), language=language)
    # A headline said once must have five words to be told from a heading; Han characters count as words.
    assert document.title == article.headline
    assert document.text == "\n\n".join(article.paragraphs)
    assert [cut.reason for cut in document.cuts] == [Reason.HEADLINE] * times


@pytest.mark.parametrize(
    "first",
    [
        "The hills",
        "Rain in the north",
        "It rained for three days in the north and nobody knows when it will stop raining in the hills",
        "The north, the hills, the plain and the river,",
        "In the north:",
    ],
)
def test_a_first_line_that_may_be_something_else_stays(first: str) -> None:
    document = clean_text(f"{first}\n\n{RAIN}")
    assert (document.title, document.text) == (None, f"{first}\n\n{RAIN}")


def test_a_title_of_the_source_is_believed_and_cut_where_it_stands() -> None:
    document = with_title(f"{EN.headline.upper()}!\n\n{RAIN}\n\n{EN.headline}", EN.headline)
    assert (document.title, document.text) == (EN.headline, RAIN)


def test_a_title_that_the_text_does_not_say_cuts_nothing() -> None:
    document = with_title(f"{EN.headline}\n\n{RAIN}", "Something else entirely")
    assert (document.title, document.text) == ("Something else entirely", f"{EN.headline}\n\n{RAIN}")


def test_a_sentence_that_holds_the_title_stays() -> None:
    text = f"{RAIN}\n\n{EN.headline}, the newspaper wrote on its first page on Monday morning."
    assert with_title(text, EN.headline).text == text


@pytest.mark.parametrize("separator", [" | ", " - ", " – ", " — ", " · ", " » "])
def test_a_site_name_on_the_title_does_not_count(separator: str) -> None:
    document = with_title(f"{EN.headline}\n\n{RAIN}", f"{EN.headline}{separator}The Daily")
    assert document.text == RAIN


def test_a_hyphen_inside_a_word_is_no_site_name() -> None:
    assert same_headline_forms("A two-day conference") == {"a two-day conference"}


def test_what_is_said_twice_below_the_first_paragraph_is_a_heading() -> None:
    one, two, three, four = EN.paragraphs
    text = "\n\n".join([one, "What is known", two, "What is known", three, four])
    document = clean_text(text)
    assert (document.title, document.text) == (None, text)


def test_on_a_whole_page_a_notice_may_stand_above_the_headline() -> None:
    notice = "We and our partners would like to know what you read here, and for how long you read it."
    text = "\n\n".join([notice, EN.headline, EN.headline, *EN.paragraphs])
    assert clean_text(text, settings=Settings.of({"boilerplate": {"kind": "page"}})).title == EN.headline
    assert clean_text(text, settings=Settings.of({"boilerplate": {"kind": "article"}})).title is None


@fewer
@given(pages())
def test_the_title_is_a_line_of_the_text(text: str) -> None:
    document = clean_text(text)
    lines = [line.strip() for line in document.repaired.split("\n")]
    assert document.title is None or document.title in lines

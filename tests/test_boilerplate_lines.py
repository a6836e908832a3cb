"""Which lines of a whole page go, for what reason, and with what evidence."""

from __future__ import annotations

import json
import re
from itertools import pairwise

import pytest
from strategies import ARTICLES, CASES

from cleaning.boilerplate.lines import RULE
from cleaning.document import Cut, Document
from cleaning.pipeline import clean_html, clean_text
from cleaning.reason import Reason
from cleaning.settings import Settings

MENUS = json.loads((CASES / "menus.json").read_text("utf-8"))
EN = ARTICLES["en"]
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in EN.paragraphs)


def raw_page(language: str) -> str:
    article, menu = ARTICLES[language], MENUS[language]
    return "\n".join([*menu["before"], article.headline, *article.paragraphs, *menu["after"]])


def by_classifier(document: Document) -> list[Cut]:
    return [cut for cut in document.cuts if cut.rule == RULE]


@pytest.mark.parametrize("language", sorted(MENUS))
def test_each_cut_says_how_likely_its_lines_were(language: str) -> None:
    cuts = by_classifier(clean_text(raw_page(language), language=language))
    assert cuts
    for cut in cuts:
        low, high = map(float, re.fullmatch(r"article with (0\.\d) to (0\.\d)", cut.evidence).groups())  # type: ignore[union-attr]
        assert high - low == pytest.approx(0.1)
        assert high <= 0.6


def test_of_an_article_nothing_goes() -> None:
    assert by_classifier(clean_text("\n\n".join(EN.paragraphs))) == []


def test_who_says_that_it_is_an_article_is_believed() -> None:
    chosen = Settings.of({"boilerplate": {"kind": "article"}})
    assert by_classifier(clean_text(raw_page("en"), settings=chosen)) == []
    assert by_classifier(clean_html(f"<nav><p>Home</p></nav>{BODY}<p>Contact</p>", settings=chosen)) == []


def test_what_stands_in_a_menu_is_navigation() -> None:
    links = "".join(f"<li><a href='/'>{item}</a></li>" for item in MENUS["en"]["before"])
    document = clean_html(f"<nav><ul>{links}</ul></nav><article>{BODY}</article>")
    assert document.text.split("\n") == list(EN.paragraphs)
    assert {cut.reason for cut in by_classifier(document)} == {Reason.NAVIGATION}


def test_a_caption_is_kept_as_one() -> None:
    caption = "A road under water near the river, photographed from the hill above it"
    figure = f"<figure><img src=a.jpg><figcaption>{caption}</figcaption></figure>"
    one, two, *rest = (f"<p>{paragraph}</p>" for paragraph in EN.paragraphs)
    document = clean_html(f"<article>{one}{two}{figure}{''.join(rest)}</article>")
    assert document.captions == (caption,)
    assert document.text.split("\n") == list(EN.paragraphs)
    assert {cut.reason for cut in document.cuts} == {Reason.CAPTION}


def test_neighbours_that_are_cut_alike_are_one_span() -> None:
    cuts = by_classifier(clean_text(raw_page("en"), language="en"))
    for one, other in pairwise(cuts):
        assert one.end < other.start or (one.reason, one.evidence) != (other.reason, other.evidence)
    assert len(cuts) < len(MENUS["en"]["before"])

"""Every rule of every language, tried on its own examples among real paragraphs of that language."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from strategies import ARTICLES, CASES, Article

from cleaning.boilerplate.phrases import Rules, rules_for
from cleaning.document import Document
from cleaning.pipeline import clean_text
from cleaning.reason import Reason
from cleaning.rules import Rule, Where, languages, load
from cleaning.settings import Settings

# What every language shares is tried among English paragraphs.


def story(tag: str) -> Article:
    """An article in a language: that of the other tests, or that of the quality gate."""
    if tag in ARTICLES:
        return ARTICLES[tag]
    case = json.loads((CASES.parent / "gate" / f"{tag}.json").read_text("utf-8"))
    return Article(case["headline"], tuple(case["paragraphs"]))


STORIES = {"common": ("en", ARTICLES["en"]), **{tag: (tag, story(tag)) for tag in languages() if tag != "common"}}
RULES = [(tag, rule) for tag in languages() for rule in getattr(load(tag), "rules", ())]
NAMES = [f"{tag}.{rule.name}" for tag, rule in RULES]

# Entities are mended before any rule is asked, and a rule for those left over shows them.
CHOSEN = Settings.of({"repair": {"entities": False}})

ENGLISH = ARTICLES["en"]
RAIN = "\n\n".join(ENGLISH.paragraphs)


def among(article: Article, example: str, *places: str) -> str:
    """Two paragraphs with an example in front of them, between them, or at the end."""
    shown = {place: [example] if place in places else [] for place in ("front", "middle", "end")}
    one, two = article.paragraphs[:2]
    return "\n\n".join([*shown["front"], one, *shown["middle"], two, *shown["end"]])


def places(rule: Rule) -> list[str]:
    """Where a rule promises to fire."""
    return {
        Where.ANYWHERE: ["front", "middle", "end"],
        Where.TOP: ["front"],
        Where.BOTTOM: ["end"],
        Where.EDGES: ["front", "end"],
    }[rule.where]


def lines(document: Document) -> list[str]:
    return document.text.split("\n\n")


def wrong_about_what_goes(tag: str, rule: Rule) -> Iterator[str]:
    language, article = STORIES[tag]
    for example in rule.strips:
        document = clean_text(among(article, example, *places(rule)), language=language, settings=CHOSEN)
        if example in lines(document):
            yield f"{example!r} stays"
        if not document.cuts:
            yield f"{example!r}: nothing was cut"
        if not set(article.paragraphs[:2]) <= set(lines(document)):
            yield f"{example!r} takes a paragraph with it"


def wrong_about_what_stays(tag: str, rule: Rule) -> Iterator[str]:
    language, article = STORIES[tag]
    for example in rule.keeps:
        document = clean_text(among(article, example, *places(rule)), language=language, settings=CHOSEN)
        if f"{tag}.{rule.name}" in {cut.rule for cut in document.cuts}:
            yield f"{example!r} goes by this rule"
        document = clean_text(among(article, example, "middle"), language=language, settings=CHOSEN)
        others = [cut.rule for cut in document.cuts]
        if example not in lines(document) and (example, *others) not in MEANT_FOR_ANOTHER_RULE:
            yield f"{example!r} between paragraphs goes by {others}"


# A rule keeps these because they are the business of another rule, which takes them anywhere.
MEANT_FOR_ANOTHER_RULE = {
    ("Facebook X Reddit VK", "common.share-bar"),
    ("| Facebook | Twitter | LinkedIn |", "en.share-bar"),
    ("متابعة القراءة", "ar.navigation"),
}


def test_there_is_a_story_in_every_language_that_has_rules() -> None:
    assert set(languages()) <= set(STORIES)


@pytest.mark.parametrize(("tag", "rule"), RULES, ids=NAMES)
def test_what_a_rule_strips_goes_from_an_article(tag: str, rule: Rule) -> None:
    assert list(wrong_about_what_goes(tag, rule)) == []


@pytest.mark.parametrize(("tag", "rule"), RULES, ids=NAMES)
def test_what_a_rule_keeps_stays_in_an_article(tag: str, rule: Rule) -> None:
    assert list(wrong_about_what_stays(tag, rule)) == []


def test_no_exception_is_out_of_date() -> None:
    kept = {example for _, rule in RULES for example in rule.keeps}
    assert {example for example, *_ in MEANT_FOR_ANOTHER_RULE} <= kept


# --- Where rules fire ---


@pytest.mark.parametrize(
    ("rule", "line"),
    [("en.comment-form-edges", "Comments"), ("common.share-button", "Twitter"), ("common.font-size-letters", "A A A")],
)
def test_rules_of_the_edges_leave_the_middle_alone(rule: str, line: str) -> None:
    assert rule in {cut.rule for cut in clean_text(among(ENGLISH, line, "front"), language="en").cuts}
    assert clean_text(among(ENGLISH, line, "middle"), language="en").cuts == ()


def test_an_edge_is_walked_over_lines_that_no_rule_names() -> None:
    document = clean_text(f"Twitter\n\nNorth\n\nFacebook\n\n{RAIN}\n\nNorth\n\nFacebook")
    assert document.text == f"North\n\n{RAIN}\n\nNorth"


def test_a_text_without_paragraphs_has_no_edges() -> None:
    poem = "Comments\nA A A\nTwitter"
    assert clean_text(poem, language="en").text == poem


# --- What goes with a line ---


def test_the_name_above_a_biography_goes_with_it() -> None:
    biography = "كاتب صحفي متخصص في كتابة التقارير، حاصل على شهادة دبلوم في الصحافة والإعلام"
    text = "\n\n".join(ARTICLES["ar"].paragraphs)
    document = clean_text(f"{text}\n\nrami fakhori\n\n{biography}", language="ar")
    assert document.text == text
    assert [cut.evidence for cut in document.cuts] == ["name above it", ""]


def test_a_paragraph_above_a_biography_is_no_name() -> None:
    biography = "كاتب صحفي متخصص في كتابة التقارير، حاصل على شهادة دبلوم في الصحافة والإعلام"
    text = "\n\n".join(ARTICLES["ar"].paragraphs)
    assert clean_text(f"{text}\n\n{biography}", language="ar").text == text


def test_the_headlines_under_related_go_with_it() -> None:
    document = clean_text(f"{RAIN}\n\nRelated articles\n\nFive killed in the south\n\nA year of rain", language="en")
    assert document.text == RAIN
    assert {cut.reason for cut in document.cuts} == {Reason.RELATED_LINKS}
    assert [cut.evidence for cut in document.cuts][1:] == ["listed under it"] * (len(document.cuts) - 1)


def test_a_list_under_related_ends_at_a_paragraph() -> None:
    document = clean_text(among(ENGLISH, "Related articles\n\nFive killed in the south", "middle"), language="en")
    assert set(ENGLISH.paragraphs[:2]) <= set(lines(document))


def test_the_line_says_who_wrote_it() -> None:
    document = clean_text("\n\n".join(["طيف بوست – فريق التحرير", *ARTICLES["ar"].paragraphs]), language="ar")
    assert document.author == "طيف بوست – فريق التحرير"
    assert [cut.reason for cut in document.cuts] == [Reason.BYLINE]


# --- Inside lines ---


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("It rained [ad_1] in the north.", "It rained in the north."),
        ("[ad_1] It rained in the north.", "It rained in the north."),
        ("It rained in the north. [ad_1] [ad_2]", "It rained in the north."),
        ("It rained in the north.[/caption]", "It rained in the north."),
        ("It <!--more-->rained in the north.", "It rained in the north."),
    ],
)
def test_what_can_never_be_prose_goes_from_inside_a_line(line: str, left: str) -> None:
    assert clean_text(f"{RAIN}\n\n{line}").text == f"{RAIN}\n\n{left}"


# --- Which rules are asked ---


# A line that only the rules of that file name.
OF_FILE = {"common": "[ad_1]", "ar": "اترك تعليقاً", "en": "Leave a Reply"}


def tags_of(rules: Rules) -> list[str]:
    """The files whose rules are asked."""
    return [
        tag for tag, line in OF_FILE.items() if any(match.rule.startswith(f"{tag}.") for match in rules.match(line))
    ]


def test_every_text_is_asked_the_common_and_the_english_rules() -> None:
    assert tags_of(rules_for("ar")) == ["common", "ar", "en"]
    assert tags_of(rules_for("en")) == ["common", "en"]
    assert tags_of(rules_for("en-GB")) == ["common", "en"]
    assert tags_of(rules_for("tlh")) == ["common", "en"]
    assert tags_of(rules_for(None)) == ["common", "en"]


@pytest.mark.parametrize("without", ["common.ad-marker", "en.comment-form"])
def test_rules_can_be_left_out(without: str) -> None:
    text = f"{RAIN}\n\n[ad_1]\n\nLeave a Reply"
    chosen = Settings.of({"boilerplate": {"without": [without]}})
    assert clean_text(text).text == RAIN
    cuts = clean_text(text, settings=chosen).cuts
    assert {cut.rule for cut in cuts} == {"common.ad-marker", "en.comment-form"} - {without}

"""What a rule says that it keeps is kept by all rules together: before, between and after prose of its language."""

from __future__ import annotations

from functools import cache

import gate
import pytest

from cleaning.boilerplate.phrases import Rules, rules_for
from cleaning.pipeline import clean_text
from cleaning.rules import Match, Rule, Where, languages, load
from cleaning.rules.files import ALIASES

PLACES = {
    "front": {Where.ANYWHERE, Where.TOP, Where.EDGES},
    "middle": {Where.ANYWHERE},
    "end": {Where.ANYWHERE, Where.BOTTOM, Where.EDGES},
}

# A rule keeps these because they are the business of another rule, which takes them where it may.
MEANT_FOR_ANOTHER_RULE = {
    "common": {
        "| Facebook | Twitter | LinkedIn |": "en.share-bar",
        "Facebook X Reddit VK": "common.share-bar",
        "ad": "en.ad-label-edges",
        "AA": "common.font-size-letters",
        "Facebook": "common.share-button",
        "Facebook Messenger": "common.share-button",
        "email": "en.comment-form-edges",
        "2015-07-21": "common.date",
        "12/03/2024": "common.date",
    },
    "ar": {
        "متابعة القراءة": "ar.navigation",
        "فيسبوك": "ar.share-button",
        "المزيد من المقالات": "ar.related-list",
        "السابق": "ar.section-label",
        "تابعنا": "ar.subscribe-button",
        "للتواصل مع الكاتب ارسل رسالة إلى الصحيفة": "ar.contact",
        "تصوير: ماهر راضي": "ar.photo-credit-bare",
        "الرئيسية": "ar.section-label",
        "سياسة": "ar.section-label-top",
        "رياضة": "ar.section-label-top",
        "12 مارس 2020": "ar.date",
    },
    "ru": {
        "Отзывы": "ru.comment-form-field",
        "ВКонтакте": "ru.share-button",
        "Главная": "ru.section-label",
        "12 марта 2020": "ru.date",
        "Содержание": "ru.widget-edge",
    },
}  # fmt: skip


def kept(tag: str) -> list[tuple[Rule, str]]:
    rules = load(tag)
    assert rules
    return [(rule, line) for rule in rules.rules for line in rule.keeps]


def language_of(tag: str) -> str:
    """What every language shares is tried among English paragraphs."""
    return "en" if tag == "common" else tag


def firing(rules: Rules, line: str, place: str) -> list[Match]:
    """Return the rules that name a line in some place of a text: what annotators ask, without the text around it."""
    return [match for match in rules.match(line.strip()) if match.spans or match.definition.where in PLACES[place]]


@cache
def paragraphs(tag: str) -> tuple[str, ...]:
    """Return some paragraphs of a language, one after the other."""
    case = gate.Case.read(language_of(tag))
    return tuple(line for line in case.paragraphs if len(line) > 40)


@pytest.mark.parametrize("tag", languages())
def test_what_a_rule_keeps_is_kept_by_all_rules_wherever_it_stands(tag: str) -> None:
    rules, meant = rules_for(language_of(tag)), MEANT_FOR_ANOTHER_RULE.get(tag, {})
    wrong = [
        f"{tag}.{rule.name} keeps {line!r}, in the {place} it goes by {found[0].rule}"
        for rule, line in kept(tag)
        for place in PLACES
        if (found := firing(rules, line, place)) and found[0].rule != meant.get(line)
    ]
    assert wrong == []


def test_no_exception_is_out_of_date() -> None:
    for tag, meant in MEANT_FOR_ANOTHER_RULE.items():
        known = {line for _, line in kept(tag)}
        rules = rules_for(language_of(tag))
        for line, rule in meant.items():
            assert line in known
            assert rule in {match.rule for match in rules.match(line)}


def test_a_rule_that_takes_what_another_keeps_is_found() -> None:
    rules = rules_for("en")
    assert [match.rule for match in firing(rules, "Share this:", "middle")] == ["en.share-bar"]
    assert firing(rules, "Sitemap", "middle") == []
    assert firing(rules, "Sitemap", "front")
    assert firing(rules, "Sitemap", "end")


@pytest.mark.parametrize("tag", languages())
def test_what_rules_keep_stays_in_an_article(tag: str) -> None:
    """The whole pipeline, on some of the lines: above, the rules alone are asked of all of them."""
    meant = MEANT_FOR_ANOTHER_RULE.get(tag, {})
    first, *rest = paragraphs(tag)
    for rule, line in kept(tag)[::25]:
        if line in meant:
            continue
        for text in ([line, first, *rest], [first, line, *rest], [first, *rest, line]):
            document = clean_text("\n\n".join(text), language=language_of(tag))
            # A short line above the first paragraph may be taken for the headline, and is kept as that.
            left = text[1:] if text[0] == line == document.title else text
            assert document.text.split("\n\n") == left, f"{tag}.{rule.name}"


# --- Under which names a language is found ---


@pytest.mark.parametrize("alias", sorted(ALIASES))
def test_another_name_of_a_language_leads_to_its_file(alias: str) -> None:
    assert load(alias) is load(alias)
    assert getattr(load(alias), "tag", None) == ALIASES[alias]
    assert alias not in languages()


@pytest.mark.parametrize(
    ("tag", "file"), [("nb-NO", "no"), ("sr-Latn", "sr"), ("sr-Latn-RS", "sr"), ("zh-Hant-TW", "zh"), ("pt-BR", "pt")]
)
def test_script_and_region_fall_back(tag: str, file: str) -> None:
    assert getattr(load(tag), "tag", None) == file

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import NASTY, fewer

from cleaning.errors import RuleError
from cleaning.reason import Reason
from cleaning.rules import Language, Where, languages, load, parse
from cleaning.text import fold

GOOD: dict[str, Any] = {
    "name": "read-on",
    "reason": "related-links",
    "lines": ["Read on"],
    "strips": ["Read on"],
    "keeps": ["Read up"],
}
OTHER = GOOD | {"name": "other", "lines": ["Go on"], "strips": ["Go on"]}


def toml(*rules: Mapping[str, Any], head: str = 'name = "Test"') -> str:
    tables = ("".join(f"{key} = {json.dumps(value)}\n" for key, value in rule.items()) for rule in rules)
    return "\n[[rule]]\n".join([head, *tables])


def language(**changes: Any) -> Language:
    return parse("xx", toml(GOOD | changes))


def fired(rules: Language, line: str) -> list[str]:
    return [match.rule for match in rules.match(line)]


def without(key: str) -> dict[str, Any]:
    return {name: value for name, value in GOOD.items() if name != key}


# --- What does not load ---

BROKEN = {
    "no example that it strips": (without("strips"), ["read-on", "strips"]),
    "no example that it keeps": (without("keeps"), ["read-on", "keeps"]),
    "an empty list of what it strips": (GOOD | {"strips": []}, ["read-on", "strips"]),
    "an empty list of what it keeps": (GOOD | {"keeps": []}, ["read-on", "keeps"]),
    "an unknown key": (GOOD | {"strip": ["Read on"]}, ["read-on", "strip"]),
    "an unknown reason": (GOOD | {"reason": "adverts"}, ["read-on", "reason"]),
    "a reason for whole documents": (GOOD | {"reason": "near-duplicate"}, ["read-on", "reason"]),
    "an unknown place": (GOOD | {"where": "middle"}, ["read-on", "where"]),
    "a broken pattern": (GOOD | {"patterns": ["(Read"]}, ["read-on", "(Read"]),
    "a broken pattern inside": (GOOD | {"inline": ["[ad"]}, ["read-on", "[ad"]),
    "an unknown group": (GOOD | {"patterns": ["By (?P<autor>.+)"]}, ["read-on", "autor"]),
    "a group referred to by its number": (GOOD | {"patterns": [r"(\w+) \1"]}, ["read-on", r"\\1", "number"]),
    "an empty phrase": (GOOD | {"lines": ["Read on", " "]}, ["read-on", "lines"]),
    "an empty beginning": (GOOD | {"starts": [""]}, ["read-on", "starts"]),
    "no name": (without("name"), ["name"]),
    "a name that is no name": (GOOD | {"name": "Read on"}, ["Read on", "name"]),
    "no reason": (without("reason"), ["read-on", "reason"]),
    "an example that stays": (GOOD | {"strips": ["Read on", "Go up"]}, ["read-on", "'Go up'", "does not strip"]),
    "a counter-example that goes": (GOOD | {"keeps": ["Read on!"]}, ["read-on", "'Read on!'", "keeps"]),
    "nothing to look for": (without("lines"), ["read-on", "does not strip"]),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_rule_does_not_load_and_file_and_rule_are_named(case: str) -> None:
    rule, words = BROKEN[case]
    with pytest.raises(RuleError) as error:
        parse("xx", toml(OTHER, rule))
    assert [word for word in ["languages/xx.toml", *words] if word not in str(error.value)] == []
    assert "other" not in str(error.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (toml(GOOD, GOOD), ["two rules are called read-on"]),
        (toml(GOOD, head=""), ["name"]),
        (toml(GOOD, head='name = "Test"\nnmae = "Test"'), ["nmae"]),
        (toml(GOOD, head='name = ["Test"]'), ["name"]),
        ("name = ", ["not TOML"]),
        ('name = "Test"\nrule = "read on"', ["rule"]),
        ('name = "Test"\n[rule]\nname = "read-on"', ["rule"]),
    ],
)
def test_a_broken_file_does_not_load_and_is_named(text: str, words: list[str]) -> None:
    with pytest.raises(RuleError) as error:
        parse("xx", text)
    assert [word for word in ["languages/xx.toml", *words] if word not in str(error.value)] == []


def test_the_rule_that_the_broken_ones_are_made_from_loads() -> None:
    rules = parse("xx", toml(OTHER, GOOD))
    assert (rules.tag, rules.name, [rule.name for rule in rules.rules]) == ("xx", "Test", ["other", "read-on"])
    assert rules.rules[0].where is Where.ANYWHERE
    assert rules.rules[0].reason is Reason.RELATED_LINKS


def test_a_language_may_have_no_rules() -> None:
    assert fired(parse("xx", 'name = "Test"'), "Read on") == []


# --- What fires ---


@pytest.mark.parametrize("line", ["Read on", "READ ON", "» Read   on …", "[Read on]", "read on:"])
def test_phrases_are_whole_lines_without_case_spaces_and_outer_punctuation(line: str) -> None:
    assert fired(language(), line) == ["xx.read-on"]


@pytest.mark.parametrize("line", ["Read", "Read on and on", "Do read on", "Read, on", "Readon"])
def test_phrases_are_nothing_but_whole_lines(line: str) -> None:
    assert fired(language(), line) == []


@pytest.mark.parametrize(
    ("line", "fires"),
    [
        ("Source: the ministry", True),
        ("source of light", True),
        ("«Source» the ministry", True),
        ("Sources say no", False),
        ("Source2", False),
        ("Open source", False),
        ("Photo by a reader", True),
        ("Photo bye", False),
        ("Source " + "x" * 50, False),
    ],
)
def test_beginnings_end_with_the_word(line: str, fires: bool) -> None:
    rules = language(lines=[], starts=["Source", "Photo by"], max_chars=40, strips=["Source: A"], keeps=["Sources"])
    assert bool(fired(rules, line)) is fires


@pytest.mark.parametrize(
    ("line", "fires"),
    [("Page 12", True), ("page 1", True), ("Page 12 of 20", False), ("See page 12", False), ("Page", False)],
)
def test_patterns_match_whole_lines_without_case(line: str, fires: bool) -> None:
    rules = language(lines=[], patterns=[r"Page \d+"], strips=["Page 2"], keeps=["Page two"])
    assert bool(fired(rules, line)) is fires


def test_longer_lines_are_left_alone_by_patterns_but_not_by_phrases() -> None:
    rules = language(
        lines=["Read on"], patterns=["Read.*"], max_chars=10, strips=["Read on", "Read this"], keeps=["No"]
    )
    assert fired(rules, "Read that x") == []
    assert fired(rules, "» » » » Read on « « « «") == ["xx.read-on"]


def test_each_rule_has_its_own_bound() -> None:
    longer = OTHER | {"patterns": ["Read.*"], "max_chars": 20, "keeps": ["No"]}
    rules = parse("xx", toml(GOOD | {"patterns": ["Read.*"], "max_chars": 10, "keeps": ["No"]}, longer))
    assert [fired(rules, "Read" + "x" * more) for more in (1, 10, 20)] == [["xx.read-on", "xx.other"], ["xx.other"], []]


def test_named_groups_are_handed_on() -> None:
    rules = language(patterns=[r"By (?P<author>[^,]+)(?:, (?P<date>\d{4}))?"], strips=["By A Writer"], keeps=["By"])
    ((groups, spans),) = [(match.groups, match.spans) for match in rules.match("By A Writer, 2020")]
    assert (dict(groups), spans) == ({"author": "A Writer", "date": "2020"}, ())
    ((groups, _),) = [(match.groups, match.spans) for match in rules.match("By A Writer")]
    assert groups == (("author", "A Writer"),)


def test_what_is_cut_inside_a_line_is_told_by_its_spans() -> None:
    rules = language(lines=[], inline=[r"\[ad\d\]"], strips=["Rain [ad1] fell"], keeps=["[add]"])
    ((rule, spans),) = [(match.rule, match.spans) for match in rules.match("a [ad1] b [AD2]")]
    assert (rule, spans) == ("xx.read-on", ((2, 7), (10, 15)))


def test_rules_can_be_left_out_by_their_full_name() -> None:
    rules = parse("xx", toml(GOOD, OTHER))
    left = rules.without(frozenset({"xx.read-on", "yy.other", "other"}))
    assert (fired(left, "Read on"), fired(left, "Go on")) == ([], ["xx.other"])
    assert rules.without(frozenset()) is rules


# --- The shipped languages ---


def test_the_eleven_languages_and_what_they_share_are_there() -> None:
    tags = languages()
    assert tags[0] == "common"
    assert {"en", "ar", "fr", "es", "de", "pt", "ru", "tr", "fa", "it", "zh"} <= set(tags[1:])
    assert tags[1:] == sorted(tags[1:])


@pytest.mark.parametrize("tag", languages())
def test_a_shipped_language_loads(tag: str) -> None:
    rules = load(tag)
    assert rules is not None
    assert rules.tag == tag
    assert rules.rules


def test_a_region_falls_back_to_its_language() -> None:
    assert load("en-GB") is load("en") or load("en-GB").tag == "en"  # type: ignore[union-attr]
    assert load("tlh") is None
    assert load("") is None


@pytest.mark.parametrize("tag", ["../secrets", "en/../en", "..", "a\0b"])
def test_a_tag_is_no_path(tag: str) -> None:
    assert load(tag) is None


@cache
def each_alone(tag: str) -> list[Language]:
    """Each rule of a language as a language of its own."""
    rules = load(tag)
    assert rules is not None
    return [Language(tag, rules.name, (rule,)) for rule in rules.rules]


EXAMPLES = [
    line
    for tag in languages()
    for rule in (load(tag) or Language(tag, "", ())).rules
    for line in (*rule.strips[:2], *rule.keeps[:2])
]


@fewer
@given(st.sampled_from(languages()), st.sampled_from(EXAMPLES) | st.sampled_from(NASTY).map(str.strip))
def test_rules_asked_together_say_what_each_says_alone(tag: str, line: str) -> None:
    rules = load(tag)
    assert rules is not None
    alone = {match.rule for one in each_alone(tag) for match in one.match(line)}
    # Of two rules with the same phrase the first is meant; of the others all that fire are told.
    assert {match.rule for match in rules.match(line)} <= alone
    assert bool(alone) is bool(fired(rules, line))


@given(st.text(st.sampled_from("Readon .:x"), max_size=12))
def test_lines_that_fold_to_a_phrase_and_no_others_are_named_by_it(line: str) -> None:
    assert bool(fired(language(), line.strip())) is (fold(line) == "read on")

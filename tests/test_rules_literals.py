"""What a pattern needs never hides a match: asked with it, rules say what each pattern says alone."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st
from strategies import NASTY, fewer

from cleaning.rules import Language, Match, languages, load
from cleaning.rules.literals import DIGIT, needed, plain

KNOWN = [
    (r"Read also\b.*", {"read also"}),
    (r"(?:Read|See) also", {"read also", "see also"}),
    (r"(?P<author>\p{Lu}\w+) reports from .*", {" reports from "}),
    (r"\W*(?-i:RELATED|READ MORE)\W*", {"related", "read more"}),
    (r"likes?: \d+", {"like: ", "likes: "}),
    (r"gr[ae]y\s+sea", {"gray", "grey"}),
    (r"(?:Advert\s*)+", {"advert"}),
    (r"(?:ab){2,}cdef", {"cdef"}),
    (r"a{0,3}bcde", {"bcde"}),
    (r"(?=.*Facebook)\S.*", {"facebook"}),
    (r"(?!never)(?<!not )here\x21", {"here!"}),
    (r"\[/?(?:ad|gallery)_\d+\]", {"[/ad_", "[/gallery_", "[ad_", "[gallery_"}),
    (r"Straße|STRASSE", {"strasse"}),
    (r"\d{1,2}\s", {DIGIT}),
    (r"[٠-٩]+", {DIGIT}),
    (r"(?:page \d+|\d+ of)", {"page ", " of"}),
    (r"(?:№|\d)\s*", {"№", DIGIT}),
    (r"分享|评论", {"分享", "评论"}),
]

UNKNOWN = [
    ".*",
    r"\w+",
    "a?",
    "(?:read also)?",
    "(?:read also)*",
    "(?:read also|.)",
    r"(?!read also).*",
    "[a-z]+",
    "a",
]

# What the parser does not read, though it is understood by the module.
BEYOND = [
    "(?x) read also",
    "(?:read also){e<=1}",
    r"(?P<a>x)(?P=a) read also",
    "[[:alpha:]] read also",
    "(?(DEFINE)x)",
]


@pytest.mark.parametrize(("pattern", "strings"), KNOWN)
def test_what_a_pattern_needs_is_read_from_it(pattern: str, strings: set[str]) -> None:
    regex.compile(pattern)
    assert set(needed(pattern) or ()) == strings


@pytest.mark.parametrize("pattern", [*UNKNOWN, *BEYOND])
def test_of_what_is_not_understood_nothing_is_said(pattern: str) -> None:
    regex.compile(pattern)
    assert needed(pattern) is None


def test_letters_that_patterns_take_for_the_same_are_the_same() -> None:
    cased = "".join(c for c in map(chr, range(0x110000)) if len({c, c.lower(), c.upper(), c.casefold(), c.title()}) > 1)
    assert len(cased) > 2000
    for letter in cased:
        for other in regex.findall(regex.escape(letter), cased, regex.I):
            assert plain(letter) == plain(other)


def each_pattern_alone(rules: Language, line: str) -> list[Match]:
    return [match for pattern in rules.patterns if (match := pattern.match(line))]


def lost(tag: str, line: str) -> list[Match]:
    rules = load(tag)
    assert rules is not None
    said = rules.match(line)
    return [match for match in each_pattern_alone(rules, line) if match not in said]


def examples(tag: str) -> list[str]:
    rules = load(tag)
    assert rules is not None
    return [line for rule in rules.rules for line in (*rule.strips, *rule.keeps)]


@pytest.mark.parametrize("tag", languages())
def test_no_match_is_lost_on_any_example(tag: str) -> None:
    assert [line for line in examples(tag) if lost(tag, line.strip())] == []


SWAPS = [("s", "ſ"), ("k", "\N{KELVIN SIGN}"), ("i", "İ"), ("i", "ı"), ("ss", "ß"), (" ", "  "), ("'", "’"), ("a", "A")]


@st.composite
def varied(draw: st.DrawFn) -> tuple[str, str]:
    """An example of a language, written differently, cut short, or beside something else."""
    tag = draw(st.sampled_from(languages()))
    line = draw(st.sampled_from(examples(tag)))
    for old, new in draw(st.lists(st.sampled_from(SWAPS), max_size=3)):
        line = line.replace(old, new)
    line = draw(st.sampled_from([line, line.upper(), line.lower(), line.title()]))
    start, end = draw(st.integers(0, 5)), len(line) - draw(st.integers(0, 5))
    beside = draw(st.just("") | st.sampled_from(NASTY) | st.sampled_from(examples(tag)))
    return tag, " ".join(f"{line[start:end]}{beside}".split("\n")).strip()


@fewer
@given(varied())
def test_no_match_is_lost_on_examples_written_differently(example: tuple[str, str]) -> None:
    assert lost(*example) == []

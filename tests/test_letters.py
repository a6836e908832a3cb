"""Letters split to slip past filters are joined where that is certain, and nothing else is."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from cleaning.document import undo
from cleaning.edits import apply
from cleaning.letters import split_letters
from cleaning.repair import repair
from cleaning.settings import Repair

CASES: list[dict[str, str]] = json.loads((Path(__file__).parent / "cases" / "letters.json").read_text("utf-8"))
PIECES = ("قتل", "العقوبات", "بة", "هـ", "د", "أحمد", "ـ", "ـ.ـ", ".", "*", "،", "/", "|", "َ", " ", "\n", "1", "a", "»")
INVISIBLE = ("\u200c", "\u200d", "\u034f", "\ufe0f", "می", "क्", "é", "ж")
TEXTS = st.lists(st.sampled_from(PIECES + INVISIBLE), max_size=30).map("".join)
WORDS = ("العقوبات", "تصعيد", "المقاومة", "الفلسطينيين", "انفجار", "مستوطنين")


def join(text: str) -> str:
    return apply(text, split_letters(text), 0)[0]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['language']}: {case['why']}: {case['text'][:12]}")
def test_cases(case: dict[str, str]) -> None:
    assert join(case["text"]) == case["expected"]
    assert join(case["expected"]) == case["expected"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['language']}: {case['why']}: {case['text'][:12]}")
def test_cases_can_be_undone_and_need_no_second_repair(case: dict[str, str]) -> None:
    repaired, repairs = repair(case["text"], Repair())
    assert undo(repaired, repairs) == case["text"]
    assert repair(repaired, Repair()) == (repaired, ())


def test_there_are_more_cases_that_stay_than_cases_that_are_joined() -> None:
    kinds = Counter(case["text"] == case["expected"] for case in CASES)
    assert kinds[True] >= kinds[False] >= 45
    assert len({case["text"] for case in CASES}) == len(CASES)
    assert len({case["language"] for case in CASES}) >= 18


@hypothesis_settings(max_examples=500, deadline=None)
@given(TEXTS)
def test_no_letter_digit_or_line_is_ever_lost(text: str) -> None:
    assert re.findall("[^\\Wـ]|\n", join(text)) == re.findall("[^\\Wـ]|\n", text)


@hypothesis_settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_a_tatweel_alone_and_a_mark_beside_no_letter_never_go(text: str) -> None:
    for edit in split_letters(text):
        gone = text[edit.start : edit.end]
        assert gone.strip("ـ")
        assert not edit.after
        assert re.fullmatch(r"[^\W\d]|\w|[\u064b-\u065f]", text[edit.start - 1])
        assert re.fullmatch(r"[^\W\d]", text[edit.end])


@hypothesis_settings(max_examples=300, deadline=None)
@given(TEXTS)
@example("العقـ.ـوبات والعقوبات والعقـ.وبات")
def test_all_can_be_undone(text: str) -> None:
    joined, repairs = apply(text, split_letters(text), 0)
    assert undo(joined, repairs) == text


@given(st.text(st.characters(max_codepoint=0x33F)))
def test_in_other_scripts_nothing_that_is_seen_ever_goes(text: str) -> None:
    assert split_letters(text) == []


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("mark", [".", "*", ",", "،", "·", "..", "|", "@"])
def test_a_word_split_anywhere_inside_is_joined(word: str, mark: str) -> None:
    for position in range(2, len(word) - 2):
        split = f"{word[:position]}ـ{mark}ـ{word[position:]}"
        assert join(f"في {split} أمس") == f"في {word} أمس"


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("mark", ["*", "|", "·", "•", "~", "@", "ـ.", ".ـ", "ـ-", "ـ…ـ"])
def test_what_is_doubtful_is_joined_only_where_the_text_has_the_word(word: str, mark: str) -> None:
    split = f"{word[:3]}{mark}{word[3:]}"
    assert join(f"في {split} أمس") == f"في {split} أمس"
    assert join(f"في {split} أمس، {word}.") == f"في {word} أمس، {word}."


def test_what_may_be_an_abbreviation_is_joined_only_beside_what_is_certain() -> None:
    assert join("مـ.ـع") == "مـ.ـع"
    assert join("مـ.ـع والعقـ.ـوبات") == "مع والعقوبات"


@pytest.mark.parametrize("text", ["مـ.ـع", "كاتبـ.ـة", "هـ.ـذا"])
def test_two_doubtful_ones_make_no_certain_one(text: str) -> None:
    assert join(f"{text} {text}") == f"{text} {text}"


@pytest.mark.parametrize("text", ["ق" + "ـ.ق" * 60_000, "قتل*" * 60_000, "قتل. " * 60_000, "ـ" * 200_000 + ".ق"])
def test_long_rows_take_no_longer_than_other_text(text: str) -> None:
    split_letters(text)  # quadratic work would take minutes

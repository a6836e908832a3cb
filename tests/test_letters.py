"""Letters split to slip past filters. The words themselves are in cases/repair.json."""

import re

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from cleaning.edits import apply
from cleaning.letters import split_letters

ARABIC = st.text(st.sampled_from("قتلعبةهدور ـ.ـ*،/َ1a»\n"), max_size=30)


def join(text: str) -> str:
    return apply(text, split_letters(text), 0)[0]


@hypothesis_settings(max_examples=500, deadline=None)
@given(ARABIC)
def test_no_letter_digit_or_line_is_ever_lost(text: str) -> None:
    assert re.findall("[^\\Wـ]|\n", join(text)) == re.findall("[^\\Wـ]|\n", text)


@hypothesis_settings(max_examples=200, deadline=None)
@given(ARABIC)
def test_only_what_stands_between_two_tatweels_goes(text: str) -> None:
    for edit in split_letters(text):
        gone = text[edit.start : edit.end]
        assert gone.startswith("ـ")
        assert gone.endswith("ـ")
        assert len(gone) >= 3
        assert not edit.after


@given(st.text())
def test_a_text_without_tatweel_is_left_alone(text: str) -> None:
    assert split_letters(text.replace("ـ", "")) == []


@pytest.mark.parametrize("word", ["العقوبات", "تصعيد", "المقاومة", "الفلسطينيين", "انفجار", "مستوطنين"])
@pytest.mark.parametrize("mark", [".", "*", ",", "،", "·", "..", "|", "@"])
def test_a_word_split_anywhere_inside_is_joined(word: str, mark: str) -> None:
    for position in range(2, len(word) - 2):
        split = f"{word[:position]}ـ{mark}ـ{word[position:]}"
        assert join(f"في {split} أمس") == f"في {word} أمس"


def test_what_may_be_an_abbreviation_is_joined_only_beside_what_is_certain() -> None:
    assert join("مـ.ـع") == "مـ.ـع"
    assert join("مـ.ـع والعقـ.ـوبات") == "مع والعقوبات"


@pytest.mark.parametrize("text", ["مـ.ـع", "كاتبـ.ـة", "هـ.ـذا"])
def test_two_doubtful_ones_make_no_certain_one(text: str) -> None:
    assert join(f"{text} {text}") == f"{text} {text}"

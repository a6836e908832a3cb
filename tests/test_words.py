"""Words found by work on whole arrays are the words that patterns find, one text at a time."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import respelled

from cleaning.text import IN_WORD, JOINS, MARKS, UNSPACED, words
from cleaning.words import Words, _classes, counted, in_chunks

ODD = "ab'’ \n.\u0301\u200dกิุ漢字ゃ१\u093cé_-\u0e31\u3099\ufeffAß\ud800"


def lengths(found: Words) -> list[list[int]]:
    return [found.lengths[start:end].tolist() for start, end in zip(found.offsets[:-1], found.offsets[1:], strict=True)]


@pytest.mark.parametrize(
    ("one", "other"), [("إلى الأمام", "الي الامام"), ("المكتبـــة", "المكتبه"), ("عَرَبيّ", "عربي"), ("مسؤول", "مسءول")]
)
def test_the_way_of_spelling_arabic_does_not_count(one: str, other: str) -> None:
    assert Words.of([one]).hashes.tolist() == Words.of([other]).hashes.tolist()
    assert Words.of(["a", one, "b"]).offsets.tolist() == Words.of(["a", other, "b"]).offsets.tolist()


@given(
    st.lists(
        st.text(
            st.sampled_from(ODD) | st.characters() | st.characters(min_codepoint=0x600, max_codepoint=0x6FF),
            max_size=20,
        ),
        max_size=4,
    )
)
def test_they_are_those_that_patterns_find(texts: list[str]) -> None:
    assert lengths(Words.of(texts)) == [[len(word) for word in words(respelled(text.casefold()))] for text in texts]
    assert counted(texts).tolist() == np.diff(Words.of(texts).offsets).tolist()


def test_folding_makes_no_word_of_what_was_none() -> None:
    """What :func:`counted` relies on, for every character there is, between others of each kind."""
    every = [chr(code) for code in range(0x110000) if chr(code).casefold() != chr(code)]
    around = [f"a{letter}b 漢{letter}字 {letter} '{letter}'" for letter in every]
    assert counted(around).tolist() == np.diff(Words.of(around).offsets).tolist()


@given(st.lists(st.text(st.sampled_from(ODD), max_size=20), min_size=1, max_size=4))
def test_equal_words_have_equal_hashes_and_others_have_not(texts: list[str]) -> None:
    spoken = [word for text in texts for word in words(text.casefold())]
    hashes = Words.of(texts).hashes.tolist()
    assert len(set(hashes)) == len(set(spoken)) == len(set(zip(hashes, spoken, strict=True)))


@pytest.mark.parametrize("text", ["word " * 30_000, "", "x" * 300_000])
def test_texts_of_any_length(text: str) -> None:
    found = Words.of(["a", text, "a"])
    assert len(set(found.hashes.tolist())) == len(set(text.split()) | {"a"})


@given(st.lists(st.text(max_size=5).map(lambda text: text * 9000), max_size=9))
def test_chunks_hold_all_texts_in_order(texts: list[str]) -> None:
    assert [text for chunk in in_chunks(texts) for text in chunk] == texts


def test_every_character_is_what_the_patterns_take_it_for() -> None:
    every = "".join(map(chr, range(0x110000)))
    expected = np.zeros(len(every), np.uint8)
    for kind, pattern in ((1, IN_WORD), (2, JOINS), (3, f"[{UNSPACED}]")):
        for match in re.finditer(f"(?:{pattern})+", every):
            expected[match.start() : match.end()] = kind
    for match in re.finditer(f"[{MARKS}]+", every):
        expected[match.start() : match.end()] |= 4
    assert np.array_equal(_classes(), expected)

"""Likeness of texts in any script, and bands that let no near copy slip."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable
from itertools import combinations

import pytest
from corpora import sentences
from hypothesis import given
from hypothesis import strategies as st

from cleaning.dedup import bands_of, jaccard, shingles, shingles_of
from cleaning.settings import Dedup
from cleaning.text import words
from cleaning.words import Words


@pytest.mark.parametrize(
    ("text", "size", "count"),
    [
        ("one two three four five six", 5, 2),
        ("один два три четыре", 2, 3),
        ("العقوبات الأمريكية على النظام", 3, 2),
        ("雨が降るでしょう", 5, 4),
        ("ฝนตก", 2, len(words("ฝนตก")) - 1),  # a vowel sign belongs to its consonant
        ("too short", 5, 1),
        ("again and again and again", 2, 2),
        ("… — !", 5, 0),
        ("", 5, 0),
    ],
)
def test_shingles_are_words_or_characters_where_words_have_no_spaces(text: str, size: int, count: int) -> None:
    assert len(shingles(text, size)) == count


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The talks begin on Monday.", "the TALKS begin; on   Monday"),
        ("雨が降る。", "雨が 降る"),
        ("STRASSE und Straße", "straße und STRASSE"),
    ],
)
def test_case_punctuation_and_spaces_do_not_count(one: str, other: str) -> None:
    assert jaccard(shingles(one, 3), shingles(other, 3)) == 1


def test_the_order_of_words_counts() -> None:
    assert jaccard(shingles("one two three", 2), shingles("three two one", 2)) == 0


texts = st.text("ab雨 ", max_size=40)


@given(texts, texts)
def test_likeness_is_what_sets_of_shingles_say(one: str, other: str) -> None:
    similarity = jaccard(shingles(one, 2), shingles(other, 2))
    assert similarity == jaccard(shingles(other, 2), shingles(one, 2)) == pytest.approx(by_hand(one, other))


def by_hand(one: str, other: str) -> float:
    sets = [
        {tuple(listed[at : at + 2]) for at in range(max(1, len(listed) - 1))} for listed in map(words, (one, other))
    ]
    first, second = ({shingle for shingle in found if shingle} for found in sets)
    return len(first & second) / len(first | second) if first | second else 1.0


def english(chance: random.Random, count: int) -> list[str]:
    return " ".join(sentences(chance.random(), count // 8 + 1)).split()[:count]


def arabic(chance: random.Random, count: int) -> list[str]:
    return ["".join(chance.choices("ابتثجحخدذرزسشصضطظعغفقكلمنهوي", k=chance.randint(2, 7))) for _ in range(count)]


def chinese(chance: random.Random, count: int) -> list[str]:
    return [chr(chance.randint(0x4E00, 0x5200)) for _ in range(count)]


def thai(chance: random.Random, count: int) -> list[str]:
    syllables = ["", "ิ", "ี", "ุ", "ู", "่", "้", "ั", "็", "า"]
    return [chr(chance.randint(0x0E01, 0x0E2E)) + chance.choice(syllables) for _ in range(count)]


Language = Callable[[random.Random, int], list[str]]
LANGUAGES: dict[Language, str] = {english: " ", arabic: " ", chinese: "", thai: ""}


def families(language: Language, joint: str) -> list[list[str]]:
    """Return groups of texts: one and three copies of it, in which ever more was replaced."""
    chance = random.Random(language.__name__)
    found = []
    for _ in range(60):
        base = language(chance, 300)
        copies = [base]
        for edits in (1, 3, 6):
            copy = list(base)
            for position in chance.sample(range(len(copy)), edits):
                copy[position] = language(chance, 1)[0]
            copies.append(copy)
        found.append([joint.join(copy) for copy in copies])
    return found


@pytest.mark.parametrize(("language", "joint"), LANGUAGES.items(), ids=[one.__name__ for one in LANGUAGES])
def test_bands_find_the_near_copies_that_brute_force_finds(language: Language, joint: str) -> None:
    settings = Dedup()
    groups = families(language, joint)
    near = set()
    for number, group in enumerate(groups):
        sets = [shingles(text, settings.shingle) for text in group]
        alike = [
            pair for pair in combinations(range(4), 2) if jaccard(*(sets[at] for at in pair)) >= settings.threshold
        ]
        near |= {(4 * number + one, 4 * number + other) for one, other in alike}
    assert len(near) >= 200
    candidates = in_one_band([text for group in groups for text in group], settings)
    assert len(near & candidates) >= 0.99 * len(near)
    strangers = {(one, other) for one, other in candidates if one // 4 != other // 4}
    assert len(strangers) <= 0.01 * len(near)


def in_one_band(given_texts: list[str], settings: Dedup) -> set[tuple[int, int]]:
    """Return the pairs of texts that agree in a band."""
    found = shingles_of(Words.of(given_texts), settings.shingle)
    hashes = bands_of(*found, bands=settings.bands, rows=settings.rows)
    assert hashes.shape == (len(given_texts), settings.bands)
    pairs: set[tuple[int, int]] = set()
    for band in hashes.T.tolist():
        groups = defaultdict(list)
        for row, value in enumerate(band):
            groups[value].append(row)
        for group in groups.values():
            pairs.update(combinations(sorted(group), 2))
    return pairs

"""Tokens: runs of letters and digits, and ideographs; with hashes that do not know where they stand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from strategies import nasty_texts

from cleaning.classifier.classes import Kind, kinds
from cleaning.classifier.tokens import Tokens
from cleaning.text import line_spans


def tokens_of(text: str) -> Tokens:
    return Tokens.of(text, np.array([start for start, _ in line_spans(text)], np.int64))


def split(text: str) -> list[str]:
    """The tokens of a text, the simple way."""
    found: list[str] = []
    joins = False
    for character in text:
        kind = int(kinds(np.array([ord(character)], np.uint32))[0])
        is_word = Kind.LOWER <= kind <= Kind.DIGIT
        if is_word and joins and kind != Kind.IDEOGRAPH:
            found[-1] += character
        elif is_word:
            found.append(character)
        joins = is_word and kind != Kind.IDEOGRAPH
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rained, 3 days.", ["It", "rained", "3", "days"]),
        ("Don't", ["Don", "t"]),
        ("A4 B-52", ["A4", "B", "52"]),
        ("雨が降る", ["雨", "が", "降", "る"]),
        ("비가 온다", ["비", "가", "온", "다"]),
        ("3日間x", ["3", "日", "間", "x"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("cafe\u0301s", ["cafe\u0301s"]),
        ("أمطارٌ غزيرة", ["أمطارٌ", "غزيرة"]),
        ("🙂 * |", []),
        ("a\ud800b", ["a", "b"]),
    ],
)
def test_what_a_token_is(text: str, expected: list[str]) -> None:
    assert split(text) == expected
    starts = tokens_of(text).starts
    assert all(text[start:].startswith(token) for start, token in zip(starts, expected, strict=True))


@given(nasty_texts())
def test_tokens_are_those_that_a_loop_finds(text: str) -> None:
    tokens, expected = tokens_of(text), split(text)
    assert len(tokens.starts) == len(tokens.hashes) == len(expected)
    assert all(text[start:].startswith(token) for start, token in zip(tokens.starts, expected, strict=True))
    spans = line_spans(text)
    of_line = [len(split(text[start:end])) for start, end in spans]
    assert np.diff(tokens.of_line).tolist() == of_line


def test_a_hash_knows_no_case_and_no_place() -> None:
    rain, other, louder, far = tokens_of(f"rain {'x ' * 500}\nRAIN or Rain").hashes[[0, 1, -3, -1]]
    assert rain == louder == far != other


@given(nasty_texts())
def test_tokens_that_differ_have_other_hashes(text: str) -> None:
    folded = ["".join(c.lower() if len(c.lower()) == 1 else c for c in token) for token in split(text)]
    hashes = tokens_of(text).hashes.tolist()
    assert len(set(zip(folded, hashes, strict=True))) == len(set(folded)) == len(set(hashes))


def test_lines_with_the_same_tokens_have_the_same_hash() -> None:
    tokens = tokens_of("Read on\n» READ  on!\nRead\nOn read\n***\n---")
    one, same, shorter, turned, none, neither = tokens.line_hashes.tolist()
    assert one == same
    assert none == neither
    assert len({one, shorter, turned, none}) == 4


def test_a_text_has_the_same_hashes_after_a_longer_one() -> None:
    before = tokens_of("It rained.").hashes.tolist()
    tokens_of("rain " * 100_000)
    assert tokens_of("It rained.").hashes.tolist() == before

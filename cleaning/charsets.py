"""Telling the charset of bytes that declare none, by how likely each reading is as text of some language.

General detectors compare bytes with what a charset *can* hold, and are often wrong on a paragraph: nearly every byte
is a letter in nearly every one-byte charset. What differs is whether the letters make sense. So each charset's reading
is scored against each language written in it, as a simple model of text: frequent letters are likely, letters that
the language does not have are not, and neither are a capital inside a word, a Cyrillic letter inside a Latin word,
controls and bytes that mean nothing. The reading with the largest likelihood wins. It is the likelihood of the *bytes*:
a charset that turns two bytes into one rare character is compared fairly with one that makes two frequent letters.

The charsets, their labels and the languages' letters are data: ``charsets.toml``.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import log
from typing import Any

# Natural logarithms of probabilities, of a character that is not ASCII.
_PUNCTUATION = {"latin": log(0.05), "alphabet": log(0.01), "ideographs": log(0.01)}
_CAPITAL = log(0.2)  # beside its small letter
_UNLISTED_LETTER = log(1e-4)
_UNLISTED_IDEOGRAPH = log(5e-5)
_SYMBOL = log(3e-4)
_NOTHING = log(1e-6)  # controls, private use, what is not assigned
_ASCII = log(0.05)  # any ASCII character, spaces included
_MISPLACED = log(0.05)  # a letter where none like it is to be expected

_SIGN_INSIDE = re.compile(r"(?<=[^\W\d_])[^\w\s\x00-\x7f’‘·–—…\xad\u0300-\u036f](?=[^\W\d_])")
_LATIN_NEIGHBOURS = re.compile(r"([^\W\d_a-zA-Z])(?=[^\W\d_a-zA-Z])(?!\1)")
_OTHER_NEIGHBOURS = re.compile(r"[a-zA-Z](?=[^\W\d_a-zA-Z])|[^\W\d_a-zA-Z](?=[a-zA-Z])")
_COMMON = set("\xa0«»“”‘’„–—…·•°§©®€£№´")
_ODD_LINE = re.compile(rb"[\x80-\xff][^\n]{0,1999}\n?")
_SAMPLE = 4096  # bytes: enough for any language


@dataclass(frozen=True, slots=True)
class Guess:
    """A charset, and how likely it is.

    Attributes:
        charset: its WHATWG name.
        score: natural logarithm of the sample's likelihood.
        size: bytes of the sample.
        odd: how many of them are not ASCII.
    """

    charset: str
    score: float
    size: int
    odd: int


@dataclass(frozen=True, slots=True)
class _Language:
    charsets: tuple[str, ...]
    letters: dict[str, float]
    script: str


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "charsets.toml").read_text("utf-8"))


@cache
def _labels() -> dict[str, str]:
    charsets = _data()["charset"]
    return {label: name for name, entry in charsets.items() for label in (name, *entry["labels"])}


def find(label: str) -> str | None:
    """Return the WHATWG name of the charset that a label stands for, or None if there is none.

    >>> find("ISO-8859-1"), find(" GB2312 "), find("x-sjis"), find("utf-7")
    ('windows-1252', 'gb18030', 'shift_jis', None)
    """
    key = label.strip(" \t\n\f\r\"'").lower()
    return next((_labels()[form] for form in _forms(key) if form in _labels()), None)


def _forms(label: str) -> Iterator[str]:
    yield label
    yield re.sub(r"^(?:x-|cs)", "", label)
    yield re.sub(r"[_:]", "-", re.sub(r"^(?:x-)", "", label))


def _rarity(charset: str) -> float:
    return float(_data()["charset"][charset].get("rarity", 0))


def codec(charset: str) -> str:
    """Return Python's name for a charset.

    >>> codec("windows-874")
    'cp874'
    """
    name: str = _data()["charset"][charset]["codec"]
    return name


@cache
def _languages() -> tuple[_Language, ...]:
    return tuple(
        _Language(tuple(entry["charsets"]), _frequencies(entry["letters"]), _script(entry["letters"]))
        for entry in _data()["language"]
    )


def _frequencies(letters: str) -> dict[str, float]:
    """Return the logarithm of each letter's share: exponential in the rank for alphabets, Zipf's law for ideographs."""
    count = len(letters)
    if count < 100:
        return {letter: log(3 / count) - 3 * rank / count for rank, letter in enumerate(letters)}
    weights = [1 / (rank + 4) for rank in range(count)]
    return {letter: log(0.8 * weight / sum(weights)) for letter, weight in zip(letters, weights, strict=True)}


def _script(letters: str) -> str:
    """Return what kind of script it is: Latin with some letters of its own, an alphabet, or ideographs."""
    if len(letters) >= 100:
        return "ideographs"
    return "latin" if unicodedata.name(letters[0]).startswith("LATIN") else "alphabet"


def detect(content: bytes, *, wide: bool = False) -> Guess | None:
    """Return the charset that makes the most of bytes, or None if they are all ASCII.

    Args:
        content: the bytes; of long ones, a sample is looked at.
        wide: whether they may be UTF-16; then the sample is their beginning.
    """
    sample = _sample(content, wide=wide)
    guesses = [guess for name in _candidates(wide) if (guess := _guess(sample, name))]
    return max(guesses, key=lambda guess: guess.score, default=None)


def judge(content: bytes, charset: str, *, wide: bool = False) -> Guess | None:
    """Return how likely a charset is that somebody declared, to be compared with what :func:`detect` returns."""
    return _guess(_sample(content, wide=wide), charset)


@cache
def _candidates(wide: bool) -> tuple[str, ...]:
    names = dict.fromkeys(name for language in _languages() for name in language.charsets)
    return (*names, "utf-8", "utf-16le", "utf-16be") if wide else tuple(names)


def _sample(content: bytes, *, wide: bool) -> bytes:
    """Return the beginning, or the lines that are not ASCII, each from a little before its first such byte.

    That is never in the middle of a character.
    """
    if wide:
        return content[:_SAMPLE]
    parts, position, length = [], 0, 0
    for match in _ODD_LINE.finditer(content):
        parts.append(content[max(position, match.start() - 20) : match.end()])
        position = match.end()
        length += len(parts[-1])
        if length > _SAMPLE:
            break
    return b"".join(parts)


def _guess(sample: bytes, charset: str) -> Guess | None:
    """Return how likely the sample is if it is in this charset, None for an empty sample.

    ASCII counts too: the bytes of UTF-16 and the second ones of Shift-JIS look like ASCII that makes no sense.
    """
    text = sample.decode(codec(charset), "replace")
    odd = Counter(text)
    for character in [c for c in odd if " " <= c < "\x7f" or c in "\t\n\r\f"]:
        del odd[character]
    if not sample:
        return None
    able = [language for language in _languages() if charset in language.charsets] or _languages()
    misplaced = {script: _misplaced(text, script) for script in {language.script for language in able}}
    score = max(
        misplaced[language.script] * _MISPLACED
        + sum(count * _likelihood(character, language) for character, count in odd.items())
        for language in able
    )
    score += (len(text) - odd.total()) * _ASCII - _rarity(charset)
    return Guess(charset, score, len(sample), len(sample.translate(None, bytes(range(128)))))


@cache
def _capital_inside() -> re.Pattern[str]:
    letters = {letter for language in _languages() if language.script != "ideographs" for letter in language.letters}
    small = "".join(sorted(letter for letter in letters if letter.islower()))
    capitals = "".join(sorted(letter.upper() for letter in small if len(letter.upper()) == 1))
    return re.compile(f"[a-z{small}](?=[{capitals}])")


def _likelihood(character: str, language: _Language) -> float:
    if (listed := language.letters.get(character)) is not None:
        return listed
    if (small := language.letters.get(character.lower())) is not None:
        return small + _CAPITAL
    if character in _COMMON:
        return _PUNCTUATION[language.script]
    category = unicodedata.category(character)
    if category[0] == "C" or character == "\ufffd":
        return _NOTHING
    if category == "Lo" and language.script == "ideographs":
        return _UNLISTED_IDEOGRAPH
    return _UNLISTED_LETTER if category[0] in "LM" else _SYMBOL


def _misplaced(text: str, script: str) -> int:
    """Count capitals and signs inside words, accents side by side in Latin words, and words of two scripts."""
    if script == "ideographs":
        return 0
    neighbours = _LATIN_NEIGHBOURS if script == "latin" else _OTHER_NEIGHBOURS
    return sum(len(pattern.findall(text)) for pattern in (_capital_inside(), _SIGN_INSIDE, neighbours))

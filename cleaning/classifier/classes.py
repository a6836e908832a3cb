"""What kind of character a code point is, for whole arrays of them at once."""

from __future__ import annotations

import functools
import unicodedata
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray


class Kind(IntEnum):
    """Kinds of characters, as a line's form shows them."""

    SPACE = 0
    LOWER = 1
    UPPER = 2
    LETTER = 3  # of scripts that know no case, and marks
    IDEOGRAPH = 4  # a word by itself: Han, kana, Hangul
    DIGIT = 5
    STOP = 6  # ends a sentence
    COMMA = 7
    QUOTE = 8
    BRACKET = 9
    DASH = 10
    SEPARATOR = 11  # bars, bullets, arrows
    COLON = 12
    OTHER = 13


KINDS = len(Kind)

_TABLE_SIZE = 0x20000
_BY_CHARACTER = {
    Kind.STOP: ".!?…。．！？؟۔।॥።။៖៕",
    Kind.COMMA: ",،、，;；؛",
    Kind.QUOTE: "\"'“”„‘’‚«»‹›「」『』《》",
    Kind.BRACKET: "()[]{}（）［］【】〈〉",
    Kind.DASH: "-–—―_",
    Kind.SEPARATOR: "|·•●▪◦►▶»›→←↑↓*/\\¦>+=#~",
    Kind.COLON: ":：",
}
_IDEOGRAPHS = ((0x3040, 0x30FF), (0x3400, 0x9FFF), (0xAC00, 0xD7A3))


def kinds(points: NDArray[np.uint32]) -> NDArray[np.uint8]:
    """Return the kind of each code point."""
    return _tables()[0][np.minimum(points, _TABLE_SIZE - 1)]


def lowered(points: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Return each code point in lower case, where that is one code point again."""
    return _tables()[1][np.minimum(points, _TABLE_SIZE - 1)]


@functools.cache
def _tables() -> tuple[NDArray[np.uint8], NDArray[np.uint32]]:
    kind = np.full(_TABLE_SIZE, Kind.OTHER, np.uint8)
    lower = np.arange(_TABLE_SIZE, dtype=np.uint32)
    for code in range(_TABLE_SIZE - 1):
        character = chr(code)
        kind[code] = _kind(character, unicodedata.category(character))
        if len(small := character.lower()) == 1:
            lower[code] = ord(small)
    for first, last in _IDEOGRAPHS:
        kind[first : last + 1] = Kind.IDEOGRAPH
    for member, characters in _BY_CHARACTER.items():
        kind[[ord(character) for character in characters]] = member
    return kind, lower


def _kind(character: str, category: str) -> Kind:
    if category[0] == "Z" or character.isspace():
        return Kind.SPACE
    if category in {"Lu", "Lt"}:
        return Kind.UPPER
    if category == "Ll":
        return Kind.LOWER
    if category[0] in "LM":
        return Kind.LETTER
    return Kind.DIGIT if category[0] == "N" else Kind.OTHER

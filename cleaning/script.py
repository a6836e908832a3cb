"""Whether a text is written in a script of its language, told by its letters."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

import numpy as np
import regex
from numpy.typing import NDArray

from .rules import cldr
from .words import in_chunks, laid_out

# A text with fewer letters tells nothing: names, numbers, a formula.
FEWEST_LETTERS = 20

# A text is in a script of its language if so much of its letters is. Texts about technology, chemistry or another
# language quote a lot, and a Chinese character says as much as several Latin letters.
SHARE = 0.25

# Tags that stand for no language, for many, or for one that has none.
_NO_LANGUAGE = {"und", "mul", "mis", "zxx"}

# Of a longer text, about so many characters are looked at, evenly spread.
LOOKED_AT = 500

# Scripts in which newspapers and web sites of a language are written, and which CLDR gives to none of its regions.
_BESIDE = {
    "bs": {"Cyrl"},
    "ff": {"Latn"},
    "kk": {"Latn"},
    "ks": {"Deva"},
    "ku": {"Arab"},
    "mn": {"Mong"},
    "mni": {"Mtei"},
    "ro": {"Cyrl"},
    "sat": {"Beng", "Deva", "Orya"},
    "sh": {"Cyrl", "Latn"},
    "tg": {"Latn"},
    "tk": {"Cyrl"},
    "tt": {"Latn"},
    "ug": {"Latn"},
    "yi": {"Latn"},
}

# What CLDR's four letters stand for where Unicode's characters have other scripts.
_CONSISTS_OF = {
    "Aran": ("Arab",),
    "Hanb": ("Hani", "Bopo"),
    "Hans": ("Hani", "Bopo"),
    "Hant": ("Hani", "Bopo"),
    "Hrkt": ("Hira", "Kana"),
    "Jamo": ("Hang",),
    "Jpan": ("Hani", "Hira", "Kana"),
    "Kore": ("Hang", "Hani"),
    "Latf": ("Latn",),
    "Latg": ("Latn",),
}

# Beyond the Han characters that Unicode has added last.
_LAST = 0x34000
_LETTER, _OWN = np.int64(1), np.int64(1 << 32)


def fits(tags: Sequence[str | None], texts: Sequence[str | None]) -> NDArray[np.bool_]:
    """Whether each text is written in a script of its language.

    Where that cannot be told it is: without a text or a language, in a language whose scripts nobody knows, such as
    ``und``, and with few letters. A script that the tag names is one of its scripts.

    Args:
        tags: BCP 47 tags, one a text.
        texts: the texts.

    >>> fits(["ar", "ar-Latn", "und", "en"], ["It rained for three days in the north."] * 4).tolist()
    [False, True, True, True]
    """
    found = np.ones(len(texts), np.bool_)
    rows: dict[frozenset[str], list[int]] = {}
    for row, (tag, text) in enumerate(zip(tags, texts, strict=True)):
        if tag and text and (scripts := scripts_of(tag)):
            rows.setdefault(scripts, []).append(row)
    for scripts, own in rows.items():
        found[own] = _written_in(scripts, [_spread(texts[row] or "") for row in own])
    return found


@cache
def scripts_of(tag: str) -> frozenset[str]:
    """Return the scripts of a language tag, as Unicode names them; none if they are not known.

    >>> sorted(scripts_of("sr-RS")), sorted(scripts_of("zh-Hant-TW")), sorted(scripts_of("und"))
    (['Cyrl', 'Latn'], ['Bopo', 'Hani'], [])
    """
    language, *further = tag.replace("_", "-").split("-")
    known = cldr.scripts(language.lower()) if language.lower() not in _NO_LANGUAGE else frozenset()
    if not known and language.lower() not in _BESIDE:
        return frozenset()
    named = {part.title() for part in further[:2] if len(part) == 4 and part.isalpha()}
    written = known | _BESIDE.get(language.lower(), set()) | named
    parts = frozenset(part for script in written for part in _CONSISTS_OF.get(script, (script,)))
    return parts if all(map(_is_known, parts)) else frozenset()


def _spread(text: str) -> str:
    return text[:: 1 + len(text) // LOOKED_AT]


def _written_in(scripts: frozenset[str], texts: Sequence[str]) -> NDArray[np.bool_]:
    table, found = _weights(scripts), []
    for chunk in in_chunks(texts):
        codes, ends = laid_out(chunk)
        sums = np.add.reduceat(table[codes], np.concatenate([[0], ends[:-1]]))
        letters, own = sums & (_OWN - 1), sums >> 32
        found.append((letters < FEWEST_LETTERS) | (own >= SHARE * letters))
    return np.concatenate(found)


@lru_cache(64)
def _weights(scripts: frozenset[str]) -> NDArray[np.int64]:
    """Return, by code point, what a character adds: one letter, and above 32 bits one of these scripts."""
    table = np.zeros(0x110000, np.int64)
    table[:_LAST] = _letters()
    for script in scripts:
        table[:_LAST][_of_script(script) & (_letters() > 0)] += _OWN
    return table


@cache
def _letters() -> NDArray[np.int64]:
    """Return, by code point, whether a character is a letter of a script; some letters are of none."""
    return np.where(_matching(r"[\p{L}--\p{Script=Common}--\p{Script=Inherited}]"), _LETTER, 0)


@cache
def _of_script(script: str) -> NDArray[np.bool_]:
    return _matching(rf"\p{{Script={script}}}")


def _matching(pattern: str) -> NDArray[np.bool_]:
    found = np.zeros(_LAST, np.bool_)
    every = "".join(map(chr, range(0xD800))) + "".join(map(chr, range(0xE000, _LAST)))
    found[[ord(letter) for letter in regex.findall(pattern, every, regex.V1)]] = True
    return found


@cache
def _is_known(script: str) -> bool:
    """Whether Unicode has characters of a script, as this version of the regex module knows it."""
    try:
        regex.compile(rf"\p{{Script={script}}}")
    except regex.error:
        return False
    return True

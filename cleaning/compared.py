"""What tells one text from another: a diff by lines, and by words within the lines that differ."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal

# What a stretch is: in both texts, in the first one only, in the second one only.
Kind = Literal["both", "first", "second"]
Stretch = tuple[Kind, str]

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
_LINES = re.compile(r"[^\n]*\n|[^\n]+")
# Comparing takes time by the product of the sizes: longer changes are shown as a whole.
_LONGEST = 1_500


def compared(first: str, second: str) -> list[Stretch]:
    """Return stretches that make the first text without those of ``second``, and the second without those of ``first``.

    >>> compared("It rained at noon.", "It snowed by noon.")
    [('both', 'It '), ('first', 'rained at'), ('second', 'snowed by'), ('both', ' noon.')]
    """
    stretches = _changes(_LINES.findall(first), _LINES.findall(second))
    return [
        (kind, "".join(text for _, text in group))
        for kind, group in groupby(_refined(list(stretches)), key=lambda item: item[0])
    ]


def _changes(first: Sequence[str], second: Sequence[str]) -> Iterator[Stretch]:
    # What is frequent is junk to difflib by default, and then equal texts differ.
    for kind, a, b, c, d in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        if kind == "equal":
            yield "both", "".join(first[a:b])
            continue
        if b > a:
            yield "first", "".join(first[a:b])
        if d > c:
            yield "second", "".join(second[c:d])


def _refined(stretches: list[Stretch]) -> Iterator[Stretch]:
    """Compare by words where lines of the first stand against lines of the second."""
    number = 0
    while number < len(stretches):
        pair = stretches[number : number + 2]
        if [kind for kind, _ in pair] == ["first", "second"]:
            yield from _by_words(pair)
            number += 2
        else:
            yield pair[0]
            number += 1


def _by_words(pair: list[Stretch]) -> Iterator[Stretch]:
    words = [_WORDS.findall(text) for _, text in pair]
    if max(map(len, words)) > _LONGEST:
        yield from pair
    else:
        yield from _joined(list(_changes(words[0], words[1])))


def _joined(stretches: list[Stretch]) -> Iterator[Stretch]:
    """Yield changes that only a space parts as one: nobody reads them apart."""
    first = second = ""
    for number, (kind, text) in enumerate(stretches):
        if kind == "both" and not (text.isspace() and (first or second) and number + 1 < len(stretches)):
            yield from _change(first, second)
            yield kind, text
            first = second = ""
        else:
            first += text if kind != "second" else ""
            second += text if kind != "first" else ""
    yield from _change(first, second)


def _change(first: str, second: str) -> Iterator[Stretch]:
    if first:
        yield "first", first
    if second:
        yield "second", second

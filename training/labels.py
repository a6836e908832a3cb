"""Which lines of a rendering belong to the main text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq

# Words in a shingle: a token belongs to the main text when it stands in one that the main text has too.
SHINGLE = 4

_TOKEN = re.compile(r"[぀-ヿ㐀-鿿가-힯]|[^\W぀-ヿ㐀-鿿가-힯]+")


def label(lines: Sequence[str], gold: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return how many tokens each line has, and how many of them belong to the main text.

    A token belongs to it that the longest common subsequence of page and main text has, in a shingle that both have. Of
    what the main text says in another order than the page, as many shingles are taken as it has left.
    """
    tokens = [_TOKEN.findall(line.casefold()) for line in lines]
    sizes = np.array([len(found) for found in tokens], np.int64)
    numbers: dict[str, int] = {}
    page = [numbers.setdefault(token, len(numbers)) for token in chain.from_iterable(tokens)]
    wanted = [numbers.setdefault(token, len(numbers)) for token in _TOKEN.findall(gold.casefold())]
    if not page or not wanted:
        return sizes, np.zeros(len(sizes), np.int64)
    belongs = _belongs(page, wanted)
    line_of = np.repeat(np.arange(len(sizes)), sizes)
    return sizes, np.bincount(line_of[belongs], minlength=len(sizes))


def _belongs(page: list[int], wanted: list[int]) -> NDArray[np.bool_]:
    width = min(SHINGLE, len(wanted))
    left = Counter(_shingles(wanted, width))
    shingles = _shingles(page, width)
    shared = np.zeros(len(page), bool)
    for start, shingle in enumerate(shingles):
        if shingle in left:
            shared[start : start + width] = True
    common = np.zeros(len(page), bool)
    for step in LCSseq.opcodes(page, wanted):
        if step.tag == "equal":
            common[step.src_start : step.src_end] = True
    belongs = shared & common
    whole = [shingle in left and bool(belongs[at : at + width].all()) for at, shingle in enumerate(shingles)]
    left.subtract(shingle for shingle, taken in zip(shingles, whole, strict=True) if taken)
    for start, shingle in enumerate(shingles):
        if not whole[start] and left.get(shingle, 0) > 0:
            left[shingle] -= 1
            belongs[start : start + width] = True
    return belongs


def _shingles(tokens: list[int], width: int) -> list[tuple[int, ...]]:
    return list(zip(*(tokens[offset:] for offset in range(width)), strict=False))

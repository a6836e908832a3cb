"""Shingles of texts, and the Jaccard similarity of two texts."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..words import Hashes, Words, mixed

_BASE = np.uint64(0xC2B2AE3D27D4EB4F)


def shingles(text: str, size: int) -> Hashes:
    """Return the set of a text's shingles as sorted 64-bit hashes.

    A shingle is ``size`` words in a row, case and punctuation left out; in scripts without spaces (Han, kana, Thai,
    Lao, Khmer, Myanmar) it is as many characters. A shorter text is one shingle.

    >>> len(shingles("one two three four", 3)), len(shingles("雨が降る", 3))
    (2, 2)
    """
    return np.unique(shingles_of(Words.of([text]), size)[0])


def shingles_of(words: Words, size: int) -> tuple[Hashes, NDArray[np.int64]]:
    """Return the shingles of some texts, one text after another, repeated ones too, and where each text begins.

    >>> shingles_of(Words.of(["one two three four", "", "five"]), 3)[1].tolist()
    [0, 2, 2, 3]
    """
    sizes = np.diff(words.offsets)
    short = len(sizes) > 0 and sizes.min() < size
    counts = np.where(sizes >= size, sizes - size + 1, sizes > 0)
    offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    first = np.repeat(words.offsets[:-1] - offsets[:-1], counts) + np.arange(offsets[-1])
    end = np.repeat(words.offsets[1:], counts)
    padded = np.concatenate([words.hashes, np.zeros(size, np.uint64)])
    found = np.zeros(len(first), np.uint64)
    for step in range(size):
        word = padded[first + step]
        found = found * _BASE + (np.where(first + step < end, word, np.uint64(0)) if short else word)
    return mixed(found), offsets


def jaccard(one: Hashes, other: Hashes) -> float:
    """Return the Jaccard similarity of two sets of shingles, sorted: common ones over all, from 0 to 1.

    >>> jaccard(shingles("one two three four", 2), shingles("one two three five", 2))
    0.5
    """
    both = np.concatenate([one, other])
    both.sort(kind="stable")  # two runs that are sorted: a merge
    common = int(np.count_nonzero(both[1:] == both[:-1]))
    total = len(both) - common
    return common / total if total else 1.0

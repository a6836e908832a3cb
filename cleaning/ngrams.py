"""How much of texts stands in n-grams that are said again, for many texts at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .words import Hashes, Words, mixed

_BASE = np.uint64(0x9E3779B97F4A7C15)

Shares = NDArray[np.float64]


def top_ngrams(words: Words, n: int) -> Shares:
    """Return, by text, the share of characters in its most frequent n-gram, when it is said more than once.

    Of several that are as frequent, the one of most characters counts.

    >>> top_ngrams(Words.of(["a b a b c", "once upon a time"]), 2).tolist()
    [0.8, 0.0]
    """
    first, owner, order, begins = _sorted(words, n)
    starts = np.flatnonzero(begins)
    counts = np.diff([*starts, len(order)])
    texts, position = owner[order[starts]], first[order[starts]]
    sums = np.concatenate([[0], np.cumsum(words.lengths)])
    chars = sums[position + n] - sums[position]
    most = _most(texts, counts, len(words.offsets) - 1)
    best = _most(texts, np.where(counts == most[texts], chars, 0), len(most))
    return np.where(most > 1, np.minimum(1.0, best * most / _total(words)), 0.0)


def repeated_ngrams(words: Words, n: int) -> Shares:
    """Return, by text, the share of characters within n-grams that were said before in it, each character once.

    >>> repeated_ngrams(Words.of(["a b c x a b c", "a b c"]), 3).tolist()
    [0.42857142857142855, 0.0]
    """
    first, _, order, begins = _sorted(words, n)
    again = first[order[~begins]]
    edges = np.zeros(len(words.hashes) + 1, np.int64)
    np.add.at(edges, again, 1)
    np.add.at(edges, again + n, -1)
    covered = np.where(np.cumsum(edges[:-1]) > 0, words.lengths, 0)
    sums = np.concatenate([[0], np.cumsum(covered)])
    return np.asarray(np.diff(sums[words.offsets]) / _total(words))


def _sorted(words: Words, n: int) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
    """Sort all n-grams, text by text.

    Returns:
        The first word of each n-gram and its text; an order of the n-grams in which equal ones of a text stand
        together, as they come; and which of these begin such a run.
    """
    sizes = np.maximum(np.diff(words.offsets) - n + 1, 0)
    owner = np.repeat(np.arange(len(sizes)), sizes)
    first = np.repeat(words.offsets[:-1] - (np.cumsum(sizes) - sizes), sizes) + np.arange(sizes.sum())
    hashes: Hashes = mixed(owner.astype(np.uint64))
    for step in range(n):
        hashes = hashes * _BASE + words.hashes[first + step]
    order = np.argsort(hashes, kind="stable")
    begins = np.ones(len(order), bool)
    begins[1:] = hashes[order[1:]] != hashes[order[:-1]]
    return first, owner, order, begins


def _most(texts: NDArray[np.int64], values: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """Return the greatest value of each text, 0 where there is none."""
    most = np.zeros(count, np.int64)
    np.maximum.at(most, texts, values)
    return most


def _total(words: Words) -> NDArray[np.int64]:
    """Return the characters of the words of each text, 1 where there is none."""
    sums = np.concatenate([[0], np.cumsum(words.lengths)])
    return np.maximum(np.diff(sums[words.offsets]), 1)

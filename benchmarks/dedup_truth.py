"""The true Jaccard similarity of all pairs of texts that share a shingle, by brute force."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix, csr_matrix

from cleaning.words import Hashes

# Texts whose pairs are counted at a time: memory for this many rows of the product, which may be full.
BLOCK = 200


class Pairs(NamedTuple):
    """Pairs of texts by their places, the smaller place first, and how similar they are."""

    one: NDArray[np.int64]
    other: NDArray[np.int64]
    similarity: NDArray[np.float64]

    def where(self, chosen: NDArray[np.bool_]) -> Pairs:
        """Return the pairs for which something is true."""
        return Pairs(self.one[chosen], self.other[chosen], self.similarity[chosen])


def all_pairs(sets: Sequence[Hashes], least: float) -> Pairs:
    """Return every pair of texts that is at least so similar; with a least above 0, pairs that share nothing are none.

    The product of the matrix "text has shingle" with itself counts what two texts share. It is made block by block,
    and of each block only the pairs that are similar enough are held.

    >>> pairs = all_pairs([np.array([1, 2, 3], np.uint64), np.array([2, 3, 4], np.uint64)], 0.2)
    >>> pairs.one.tolist(), pairs.other.tolist(), pairs.similarity.tolist()
    ([0], [1], [0.5])
    """
    blocks = [block.where(block.similarity >= least) for block in _blocks(sets)]
    one, other, similarity = zip(*blocks, strict=True)
    return Pairs(np.concatenate(one), np.concatenate(other), np.concatenate(similarity))


def _blocks(sets: Sequence[Hashes]) -> Iterator[Pairs]:
    """Yield the pairs that share a shingle, those of one block of texts with all later ones at a time."""
    sizes = np.array([len(found) for found in sets], np.int64)
    matrix = _shared(sets, sizes)
    nothing = np.zeros(0, np.int64)
    yield Pairs(nothing, nothing, np.zeros(0))
    for start in range(0, matrix.shape[0], BLOCK):
        common: Any = coo_matrix(matrix[start : start + BLOCK] @ matrix[start:].T)
        one, other = common.row.astype(np.int64) + start, common.col.astype(np.int64) + start
        later = one < other
        one, other, shared = one[later], other[later], common.data[later]
        yield Pairs(one, other, shared / (sizes[one] + sizes[other] - shared))


def _shared(sets: Sequence[Hashes], sizes: NDArray[np.int64]) -> Any:
    """Return which text has which shingle, shingles of one text only left out."""
    places = np.repeat(np.arange(len(sets)), sizes)
    _, columns, counts = np.unique(
        np.concatenate([*sets, np.zeros(0, np.uint64)]), return_inverse=True, return_counts=True
    )
    twice = counts[columns] > 1
    places, columns = places[twice], columns[twice]
    return csr_matrix((np.ones(len(places), np.int32), (places, columns)), shape=(len(sets), len(counts)))

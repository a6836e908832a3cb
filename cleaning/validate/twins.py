"""Near copies among documents, found without sketches: the true Jaccard similarity of all that share a shingle."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from ..dedup import shingles_of
from ..words import Hashes, Words, in_chunks

# A shingle of no sampled document is told by the lowest bits of its hash, in most cases, without a search.
_BITS = 22
_MASK = np.uint64((1 << _BITS) - 1)


class Sample:
    """Some documents that others are compared with.

    A document without any shingle is left out: deduplication cannot tell it either.

    Args:
        documents: id and text of each.
        size: words in a shingle.
        threshold: the Jaccard similarity from which two documents are near copies.

    >>> sample = Sample([("one", "It rained for three days in the north")], 3, 0.6)
    >>> sample.compare(["two"], ["It rained for three days in the south"])
    >>> sample.twins
    {'one': ('two', 0.7142857142857143)}
    """

    def __init__(self, documents: Sequence[tuple[str, str]], size: int, threshold: float) -> None:
        self._size, self._threshold = size, threshold
        sets = list(_sets([text for _, text in documents], size))
        known = [number for number, found in enumerate(sets) if len(found)]
        self._names = [documents[number][0] for number in known]
        self._sizes = np.array([len(sets[number]) for number in known], np.int64)
        hashes = np.concatenate([np.empty(0, np.uint64), *(sets[number] for number in known)])
        order = np.argsort(hashes, kind="stable")
        self._hashes = hashes[order]
        self._owners = np.repeat(np.arange(len(known)), self._sizes)[order]
        self._filter = np.zeros(1 << _BITS, np.bool_)
        self._filter[self._hashes & _MASK] = True
        self._twins: dict[str, tuple[str, float]] = {}

    @property
    def compared(self) -> int:
        """How many of the documents can be compared."""
        return len(self._names)

    @property
    def twins(self) -> dict[str, tuple[str, float]]:
        """By id of a sampled document, the id of the document most like it and their similarity; in order of ids."""
        return dict(sorted(self._twins.items()))

    def compare(self, names: Sequence[str], texts: Sequence[str]) -> None:
        """Look for near copies of the sampled documents among others, which may be these documents themselves."""
        for name, found in zip(names, _sets(texts, self._size), strict=True):
            shared = found[self._filter[found & _MASK]]
            if len(found) and len(shared) >= self._threshold * len(found):  # as many are needed of both
                self._confirm(name, found, shared)

    def _confirm(self, name: str, found: Hashes, shared: Hashes) -> None:
        start, stop = np.searchsorted(self._hashes, shared), np.searchsorted(self._hashes, shared, side="right")
        places = [np.arange(*ends) for ends in zip(start.tolist(), stop.tolist(), strict=True)]
        common = np.bincount(self._owners[np.concatenate(places)], minlength=self.compared)
        alike = common / (self._sizes + len(found) - common)
        for place in np.flatnonzero(alike >= self._threshold).tolist():
            own, twin = self._names[place], (name, float(alike[place]))
            if own != name and (own not in self._twins or _better(twin, self._twins[own])):
                self._twins[own] = twin


def _better(one: tuple[str, float], other: tuple[str, float]) -> bool:
    return (-one[1], one[0]) < (-other[1], other[0])


def _sets(texts: Sequence[str], size: int) -> Iterator[Hashes]:
    """Yield the set of shingles of each text."""
    for chunk in in_chunks(texts):
        found, offsets = shingles_of(Words.of(chunk), size)
        for start, end in zip(offsets[:-1].tolist(), offsets[1:].tolist(), strict=True):
            yield np.unique(found[start:end])

"""From keys to marks: candidates, confirmation, choice.

All of it works on arrays of rows. A row is the number of a document; of the texts only those of candidates are asked
for, and as shingles.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..reason import Reason
from ..settings import Dedup
from ..words import Hashes
from .choose import Likeness, Marks, choose
from .shingles import jaccard
from .sketch import NO_BAND

Rows = NDArray[np.int64]

# In a larger group of equals not every pair is tried: each is tried with its neighbours and with the first.
ALL_PAIRS = 40


@dataclass(frozen=True, slots=True)
class Keys:
    """What is asked of all documents: an array each, one value a document, but for ``rows`` and ``band``.

    Attributes:
        rows: the rows of the documents that are kept so far, from the one to be preferred on.
        digests: two columns that together tell exact copies, by row.
        headline: what tells equal headlines, by row; 0 tells nothing.
        band: gives the hashes of a band of the sketches, by row.
        is_generic: whether the headline of a row is that of a series, and no evidence; asked rarely, for it takes long.
    """

    rows: Rows
    digests: tuple[Hashes, Hashes]
    headline: Hashes
    band: Callable[[int], Hashes]
    is_generic: Callable[[int], bool]

    def share_headline(self, one: int, other: int) -> bool:
        """Whether two documents have the same headline, and it says something."""
        return bool(self.headline[one]) and self.headline[one] == self.headline[other] and not self.is_generic(one)


def find_copies(keys: Keys, shingles_of_rows: Callable[[Rows], Callable[[int], Hashes]], settings: Dedup) -> Marks:
    """Return who is dropped in favour of whom.

    Args:
        keys: what is known of the documents.
        shingles_of_rows: called once with the rows of all candidates, in ascending order; what it returns gives the
            shingles of one of them.
        settings: what counts as a copy.
    """
    originals, copies = _exact(keys) if settings.exact else (keys.rows[:0], keys.rows[:0])
    singles = keys.rows[~np.isin(keys.rows, copies)] if len(copies) else keys.rows
    pairs = _candidates(keys, singles, settings)
    if len(pairs):
        likeness = _likeness(keys, shingles_of_rows(np.unique(pairs)), settings)
        marks = choose(pairs, _preference(keys.rows), likeness)
    else:
        marks = Marks.none()
    return marks.with_copies(originals, copies)


def _preference(rows: Rows) -> Rows:
    """Return each row's place in the order of preference."""
    places = np.zeros(int(rows.max(initial=-1)) + 1, np.int64)
    places[rows] = np.arange(len(rows))
    return places


def _likeness(keys: Keys, shingles: Callable[[int], Hashes], settings: Dedup) -> Likeness:
    """Return what confirms a pair by the true Jaccard similarity of its shingles."""

    def confirm(one: int, other: int) -> tuple[Reason, float] | None:
        similarity = jaccard(shingles(one), shingles(other))
        if settings.near and similarity >= settings.threshold:
            return Reason.NEAR_DUPLICATE, similarity
        if settings.headlines and similarity >= settings.headline_threshold and keys.share_headline(one, other):
            return Reason.SAME_HEADLINE, similarity
        return None

    return confirm


def _exact(keys: Keys) -> tuple[Rows, Rows]:
    """Return the exact copies, and for each the one that is preferred of those with its words."""
    high, low = (digest[keys.rows] for digest in keys.digests)
    order = np.lexsort((np.arange(len(keys.rows)), low, high))
    same = (high[order][1:] == high[order][:-1]) & (low[order][1:] == low[order][:-1])
    first = np.concatenate([[True], ~same]) if len(order) else np.zeros(0, bool)
    leader = order[np.maximum.accumulate(np.where(first, np.arange(len(order)), 0))] if len(order) else order
    return keys.rows[leader[~first]], keys.rows[order[~first]]


def _candidates(keys: Keys, singles: Rows, settings: Dedup) -> Rows:
    """Return pairs of rows that agree in a band or in the headline: an array of two columns, each pair once."""
    codes = np.zeros(0, np.int64)
    count = len(singles)
    for values in _agreements(keys, settings):
        told = values[singles]
        for one, other in _pairs(told, np.flatnonzero(told != NO_BAND)):
            codes = np.union1d(codes, np.minimum(one, other) * count + np.maximum(one, other))
    return np.stack([singles[codes // count], singles[codes % count]], axis=1) if count else np.zeros((0, 2), np.int64)


def _agreements(keys: Keys, settings: Dedup) -> Iterator[Hashes]:
    if settings.near:
        for band in range(settings.bands):
            yield keys.band(band)
    if settings.headlines:
        yield keys.headline


def _pairs(values: Hashes, places: Rows) -> Iterator[tuple[Rows, Rows]]:
    """Yield pairs of places that have the same value, given in order of preference."""
    order = places[np.argsort(values[places], kind="stable")]
    if len(order) < 2:
        return
    first = np.concatenate([[True], values[order][1:] != values[order][:-1]])
    starts = np.flatnonzero(first)
    sizes = np.diff([*starts, len(order)])
    group = np.cumsum(first) - 1
    place = np.arange(len(order)) - starts[group]
    large = sizes[group] > ALL_PAIRS
    for step in range(1, min(ALL_PAIRS, int(sizes.max()))):
        later = np.flatnonzero((place >= step) & ((step == 1) | ~large))
        if not len(later):
            return
        yield order[later - step], order[later]
    later = np.flatnonzero(large & (place > 1))
    if len(later):
        yield order[starts[group[later]]], order[later]

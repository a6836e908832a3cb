"""Documents that an earlier release has already, told by an index of it and not by its texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..reason import Reason
from ..settings import Dedup
from ..words import Hashes
from .find import ALL_PAIRS, Keys, Rows
from .sketch import NO_BAND, similarities

# Pairs whose sketches are compared together.
_TOGETHER = 100_000


@dataclass(frozen=True, slots=True)
class Known:
    """What an earlier release has: an array each, one value a document, in the order of ids.

    Attributes:
        digests: two columns that together tell exact copies.
        headline: what tells equal headlines; 0 tells nothing.
        bands: gives the bands of some of its documents, all or one of them: an array of documents × bands.
    """

    digests: tuple[Hashes, Hashes]
    headline: Hashes
    band: Callable[[int], Hashes]
    bands: Callable[[Rows], NDArray[np.uint64]]


@dataclass(frozen=True, slots=True)
class Twins:
    """Documents that an earlier release has: an array each, rows in ascending order.

    Attributes:
        rows: the documents.
        twins: their twins, by number in the earlier release.
        reasons: as what.
        similarities: how alike they are; of near copies, as sketches tell.
    """

    rows: Rows
    twins: Rows
    reasons: tuple[Reason, ...]
    similarities: NDArray[np.float64]


def find_known(keys: Keys, known: Known, bands: Callable[[Rows], NDArray[np.uint64]], settings: Dedup) -> Twins:
    """Return which documents an earlier release has, each with the twin that it resembles most.

    Args:
        keys: what is known of the documents.
        known: what is known of the earlier release.
        bands: gives the bands of some documents.
        settings: what counts as a copy.
    """
    found: dict[int, tuple[float, int, Reason]] = {}
    if settings.exact:
        for row, twin in zip(*_exact(keys, known), strict=True):
            found[row] = (1.0, -twin, Reason.EXACT_DUPLICATE)
    pairs = _candidates(keys, known, settings) if settings.near else np.zeros((0, 2), np.int64)
    for start in range(0, len(pairs), _TOGETHER):
        rows, twins = pairs[start : start + _TOGETHER].T
        alike = similarities(bands(rows), known.bands(twins), settings.rows)
        titled = (keys.headline[rows] != 0) & (keys.headline[rows] == known.headline[twins]) & settings.headlines
        near = alike >= settings.threshold
        for at in np.flatnonzero(near | (titled & (alike >= settings.headline_threshold))).tolist():
            row = int(rows[at])
            if not near[at] and keys.is_generic(row):
                continue
            told = float(alike[at]), -int(twins[at]), Reason.NEAR_DUPLICATE if near[at] else Reason.SAME_HEADLINE
            if row not in found or (found[row][2] is not Reason.EXACT_DUPLICATE and told[:2] > found[row][:2]):
                found[row] = told
    rows = sorted(found)
    return Twins(
        np.array(rows, np.int64),
        np.array([-found[row][1] for row in rows], np.int64),
        tuple(found[row][2] for row in rows),
        np.array([found[row][0] for row in rows], np.float64),
    )


def _exact(keys: Keys, known: Known) -> tuple[list[int], list[int]]:
    """Return the rows whose words an earlier document has, and the first such document of each."""
    high, low = (digest[keys.rows] for digest in keys.digests)
    rows, twins = [], []
    for row, twin in _joined(high, known.digests[0], most=ALL_PAIRS):
        same = low[row] == known.digests[1][twin]
        rows.append(row[same])
        twins.append(twin[same])
    row, twin = (np.concatenate([np.zeros(0, np.int64), *parts]) for parts in (rows, twins))
    order = np.lexsort((twin, row))
    _, first = np.unique(row[order], return_index=True)
    return keys.rows[row[order][first]].tolist(), twin[order][first].tolist()


def _candidates(keys: Keys, known: Known, settings: Dedup) -> Rows:
    """Return pairs of a row and an earlier document that agree in a band or in the headline, each pair once."""
    size = len(known.headline)
    codes = np.zeros(0, np.int64)
    agreements = [(keys.band(band), known.band(band)) for band in range(settings.bands)]
    if settings.headlines:
        agreements.append((keys.headline, known.headline))
    for ours, theirs in agreements:
        for row, twin in _joined(ours[keys.rows], theirs, most=ALL_PAIRS):
            codes = np.union1d(codes, keys.rows[row] * size + twin)
    return np.stack([codes // max(size, 1), codes % max(size, 1)], axis=1)


def _joined(ours: Hashes, theirs: Hashes, *, most: int) -> Iterator[tuple[Rows, Rows]]:
    """Yield pairs of places with the same value: of each of ours with the first so many of theirs."""
    order = np.argsort(theirs, kind="stable")
    ordered = theirs[order]
    start, stop = np.searchsorted(ordered, ours), np.searchsorted(ordered, ours, side="right")
    start = np.where(ours == NO_BAND, stop, start)
    for step in range(most):
        at = np.flatnonzero(start + step < stop)
        if not len(at):
            return
        yield at, order[start[at] + step]

"""MinHash sketches of sets of shingles, and the bands in which two similar sets agree.

The sketch is Fast Similarity Sketching (Dahlgaard, Knudsen, Thorup, FOCS 2017): like MinHash with as many permutations
as it has bins, two sets of Jaccard similarity s agree in each bin with probability s; but every shingle falls into one
bin a round. A text of a thousand words takes a few hashes of each shingle, and not one for each bin.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..words import Hashes, mixed

# After so many rounds each bin that is still empty, as in short texts, takes the least of all shingles.
ROUNDS = 2

_EMPTY = np.uint64(0xFFFFFFFFFFFFFFFF)
_LOW = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)

# The band of a text without any shingle: it agrees with nothing.
NO_BAND = 0


def sketches(found: Hashes, offsets: NDArray[np.int64], bins: int) -> NDArray[np.uint64]:
    """Return the sketch of each set.

    Args:
        found: 64-bit hashes of the shingles of some sets, one set after another; repeated ones do not matter.
        offsets: where each set begins and the last one ends.
        bins: values in a sketch.

    Returns:
        An array of sets × bins. The row of an empty set says nothing.
    """
    sets = len(offsets) - 1
    table = np.full(sets * bins, _EMPTY, np.uint64)
    owner = np.repeat(np.arange(sets), np.diff(offsets))
    for number in range(ROUNDS):
        hashes = mixed(found ^ _seeds(np.array([number])))
        at = owner * bins + (((hashes >> _HALF) * np.uint64(bins)) >> _HALF).astype(np.int64)
        np.minimum.at(table, at, (hashes & _LOW) | np.uint64(number << 32))
    _fill(table, found, offsets, bins)
    return table.reshape(sets, bins)


def _fill(table: NDArray[np.uint64], found: Hashes, offsets: NDArray[np.int64], bins: int) -> None:
    """Give each bin that is empty the least hash of all shingles of its set, hashed for this bin."""
    sizes = np.diff(offsets)
    at = np.flatnonzero(table == _EMPTY)
    at = at[sizes[at // bins] > 0]
    counts = sizes[at // bins]
    starts = np.cumsum(counts) - counts
    shingle = np.repeat(offsets[at // bins] - starts, counts) + np.arange(counts.sum())
    hashes = mixed(found[shingle] ^ _seeds(ROUNDS + np.repeat(at % bins, counts)))
    if len(at):
        table[at] = np.minimum.reduceat(hashes & _LOW, starts) | np.uint64(ROUNDS << 32)


def _seeds(numbers: NDArray[np.int64]) -> NDArray[np.uint64]:
    return (numbers.astype(np.uint64) + np.uint64(1)) * _GOLDEN


def bands_of(found: Hashes, offsets: NDArray[np.int64], *, bands: int, rows: int) -> NDArray[np.uint64]:
    """Return the bands of each set's sketch: an array of sets × bands, :data:`NO_BAND` for empty sets.

    A band holds the lowest bits of its values, as many as fit into 64: for five values twelve bits each (b-bit minwise
    hashing: Li, König, 2010). So the bands tell the sketch, and :func:`similarities` how alike two sets are.

    Two sets of Jaccard similarity s agree in at least one band with probability about 1 − (1 − s^rows)^bands
    (Leskovec, Rajaraman, Ullman: Mining of Massive Datasets, 3.4).
    """
    bits = bits_of(rows)
    table = sketches(found, offsets, bands * rows).reshape(-1, bands, rows)
    packed = np.zeros(table.shape[:2], np.uint64)
    for row in range(rows):
        packed = (packed << np.uint64(bits)) | (mixed(table[:, :, row]) & np.uint64((1 << bits) - 1))
    packed = np.where(packed == NO_BAND, np.uint64(1), packed)
    packed[np.diff(offsets) == 0] = NO_BAND
    return packed


def bits_of(rows: int) -> int:
    """Return how many bits of a value a band of so many values has.

    >>> bits_of(6), bits_of(1)
    (10, 32)
    """
    return min(32, 64 // rows)


def similarities(one: NDArray[np.uint64], other: NDArray[np.uint64], rows: int) -> NDArray[np.float64]:
    """Return about how alike sets are, from the bands of some and of as many others.

    Of two sets of Jaccard similarity s, a share s of the values agrees, and of the others one in 2^bits by chance. The
    standard error is √(s (1 − s) / values): .043 for the default 100 values and s = .75.
    """
    bits = bits_of(rows)
    low = np.uint64((1 << bits) - 1)
    equal = np.zeros(len(one), np.int64)
    for row in range(rows):
        shift = np.uint64(row * bits)
        equal += ((one >> shift) & low == (other >> shift) & low).sum(axis=1)
    chance = 1 / (1 << bits)
    alike: NDArray[np.float64] = np.clip((equal / (one.shape[1] * rows) - chance) / (1 - chance), 0, 1)
    return alike

"""The words that a line begins and ends with, and those it is made of, as a linear model scores them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .tokens import Tokens

Hashes = NDArray[np.uint64]

# Of a line, its first words are looked at, and in a short line that is all of them.
WORDS, SHORT = 8, 10


def ids(tokens: Tokens) -> Hashes:
    """Return numbers for the words of each line by their place; 0 where there is none.

    Returns:
        an array of shape (lines, 8 + 2 * WORDS): the first, the second and the third word, the first two, the last, the
        last two, the first words of the lines before and after, and the bag of words of short and of long lines.
    """
    begins, ends = tokens.of_line[:-1], tokens.of_line[1:]
    sizes = ends - begins
    hashes = np.append(tokens.hashes, np.uint64(0))
    places = begins[:, None] + np.arange(WORDS)
    first = np.where(places < ends[:, None], hashes[np.minimum(places, len(hashes) - 1)], np.uint64(0))
    last = np.where(sizes > 0, hashes[ends - 1], np.uint64(0))
    before_last = np.where(sizes > 1, hashes[np.maximum(ends - 2, 0)], np.uint64(0))
    opening = _placed(first[:, 0], 1)
    short = (sizes <= SHORT)[:, None]
    single = [
        opening,
        _placed(first[:, 1], 2),
        _placed(first[:, 2], 3),
        np.where(sizes > 1, _placed(first[:, 0], 4) ^ first[:, 1], np.uint64(0)),
        _placed(last, 5),
        np.where(sizes > 1, _placed(before_last, 6) ^ last, np.uint64(0)),
        _placed(np.append(np.uint64(0), first[:-1, 0]), 7),
        _placed(np.append(first[1:, 0], np.uint64(0)), 8),
    ]
    bag_of_short = np.where(short, _placed(first, 9), np.uint64(0))
    bag_of_long = np.where(short, np.uint64(0), _placed(first, 10))
    return np.concatenate([np.stack(single, axis=1), bag_of_short, bag_of_long], axis=1)


def _placed(hashes: Hashes, place: int) -> Hashes:
    """Return other hashes of the same words, for a place in the line; 0 stays 0."""
    salt = np.uint64(place * 0x9E3779B97F4A7C15 % (1 << 64))
    return np.where(hashes == 0, np.uint64(0), (hashes ^ salt) * np.uint64(0xBF58476D1CE4E5B9))

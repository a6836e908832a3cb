"""The tokens of a text, found and hashed without a loop over characters."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .classes import Kind, kinds, lowered

# An odd base, so that it has an inverse modulo 2**64: prefix sums then give the hash of any span.
_BASE = 0x9E3779B97F4A7C15
_INVERSE = pow(_BASE, -1, 1 << 64)


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of the lines of a text: runs of letters and digits; an ideograph is a token by itself.

    Attributes:
        kinds: the kind of each character of the text.
        of_line: for each line, the number of its first token; one more at the end. Shape (lines + 1,).
        starts: where each token starts in the text. Shape (tokens,).
        lengths: how many characters each token has. Shape (tokens,).
        hashes: 64 bits that tokens share which differ in case only. Shape (tokens,).
        line_hashes: the same for whole lines, by their tokens alone. Shape (lines,).
    """

    kinds: NDArray[np.uint8]
    of_line: NDArray[np.int64]
    starts: NDArray[np.int64]
    lengths: NDArray[np.int64]
    hashes: NDArray[np.uint64]
    line_hashes: NDArray[np.uint64]

    @classmethod
    def of(cls, text: str, starts: NDArray[np.int64]) -> Tokens:
        """Return the tokens of a text whose lines start at these offsets."""
        points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        kind = kinds(points)
        word = (kind >= Kind.LOWER) & (kind <= Kind.DIGIT)
        plain = word & (kind != Kind.IDEOGRAPH)
        joined = plain[1:] & plain[:-1]
        begins, ends = word.copy(), word
        begins[1:] &= ~joined
        ends[:-1] &= ~joined
        first, last = np.flatnonzero(begins), np.flatnonzero(ends) + 1
        hashes = _span_hashes(lowered(points).astype(np.uint64), first, last)
        of_line = np.append(np.searchsorted(first, starts), len(first))
        return cls(kind, of_line, first, last - first, hashes, _span_hashes(hashes, of_line[:-1], of_line[1:]))


def _span_hashes(values: NDArray[np.uint64], starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Return a polynomial hash of each span of an array, by prefix sums modulo 2**64."""
    sums = np.zeros(len(values) + 1, np.uint64)
    np.cumsum(values * _powers(_BASE, len(values)), out=sums[1:])
    hashes = (sums[ends] - sums[starts]) * _powers(_INVERSE, len(values) + 1)[starts]
    hashes ^= hashes >> np.uint64(31)
    hashes *= np.uint64(0xBF58476D1CE4E5B9)
    return hashes ^ (hashes >> np.uint64(29))


_POWERS: dict[int, NDArray[np.uint64]] = {}


def _powers(base: int, count: int) -> NDArray[np.uint64]:
    """Return the first powers of a base modulo 2**64, remembered up to the longest text so far."""
    known = _POWERS.get(base)
    if known is None or len(known) < count:
        length = max(2 * count, 1 << 16)
        known = np.empty(length, np.uint64)
        known[0] = 1
        filled = 1
        while filled < length:
            step = min(filled, length - filled)
            known[filled : filled + step] = known[:step] * np.uint64(pow(base, filled, 1 << 64))
            filled += step
        _POWERS[base] = known
    return known[:count]

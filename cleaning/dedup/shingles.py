"""Shingles of a text, and the Jaccard similarity of two texts."""

from __future__ import annotations

from typing import Any

import numpy as np
import xxhash
from numpy.typing import NDArray

from ..text import UNSPACED, words

Shingles = NDArray[np.uint64]

_BASE = np.uint64(0x9E3779B97F4A7C15)


def shingles(text: str, size: int) -> Shingles:
    """Return the set of a text's shingles as sorted 64-bit hashes.

    A shingle is ``size`` words in a row, case and punctuation left out; in scripts without spaces (Han, kana, Thai,
    Lao, Khmer, Myanmar) it is as many characters. A shorter text is one shingle.

    >>> len(shingles("one two three four", 3)), len(shingles("雨が降る", 3))
    (2, 2)
    """
    hashes = np.array([xxhash.xxh3_64_intdigest(word.encode()) for word in words(text.casefold())], np.uint64)
    if not len(hashes):
        return hashes
    size = min(size, len(hashes))
    found = np.zeros(len(hashes) - size + 1, np.uint64)
    for offset in range(size):
        found = found * _BASE + hashes[offset : offset + len(found)]
    return np.unique(found)


def jaccard(one: Shingles, other: Shingles) -> float:
    """Return the Jaccard similarity of two sets of shingles: common ones over all, from 0 to 1.

    >>> jaccard(shingles("one two three four", 2), shingles("one two three five", 2))
    0.5
    """
    common = len(np.intersect1d(one, other, assume_unique=True))
    total = len(one) + len(other) - common
    return common / total if total else 1.0


def band_hashes(daft: Any, text: Any, *, shingle: int, bands: int, rows: int) -> list[Any]:
    """Return Daft expressions of a text's LSH band hashes, named ``band0``, ``band1`` and so on.

    Two texts of Jaccard similarity s agree in at least one band with probability 1 − (1 − s^rows)^bands (Leskovec,
    Rajaraman, Ullman: Mining of Massive Datasets, 3.4). The text is put into words as :func:`shingles` does it, but
    inside the engine.
    """
    functions = daft.functions
    spaced = functions.regexp_replace(functions.lower(text), rf"([{UNSPACED}]\p{{M}}*)", " $1 ")
    tokens = functions.regexp_replace(spaced, r"[^\w'’]+", " ")
    signature = functions.minhash(
        tokens, num_hashes=bands * rows, ngram_size=shingle, seed=1, hash_function="xxhash3_64"
    )
    return [
        functions.hash(functions.slice(signature, band * rows, (band + 1) * rows)).alias(f"band{band}")
        for band in range(bands)
    ]

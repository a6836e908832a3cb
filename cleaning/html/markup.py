"""The names in a page's markup around each line, as a linear model scores them."""

from __future__ import annotations

import functools
import re
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from .render import Rendered

# Names around a line that are looked at, the nearest first.
MOST = 48

_PART = re.compile(r"[A-Za-z][a-z]+|[A-Z]+(?![a-z])")


@functools.lru_cache(1 << 14)
def parts(tag: str, names: str) -> tuple[str, ...]:
    """Return a tag and the words that its class, id and role are made of, those with a dot in front.

    >>> parts("div", "relatedPosts entry-content")
    ('.content', '.entry', '.posts', '.related', 'div')
    """
    return tuple(sorted({tag, *(f".{part.lower()}" for part in _PART.findall(names)[:12])}))


def ids(page: Rendered) -> NDArray[np.uint64]:
    """Return numbers for the names around each line, by how far away they are; 0 where there is none.

    Returns:
        an array of shape (lines, 2 * MOST): each name once by its distance, and once wherever it is.
    """
    alike = _alike(page)
    elements, rows = np.unique(alike[page.node], return_inverse=True)
    table = np.zeros((len(elements), 2 * MOST), np.uint64)
    for number, element in enumerate(elements.tolist()):
        row = _row(around(page, element))
        table[number, : len(row)] = row
    return table[rows]


def _alike(page: Rendered) -> NDArray[np.int64]:
    """Return for each element the first one that is named like it, and stands in elements that are named alike."""
    first: dict[tuple[int, str, str], int] = {}
    alike: list[int] = []
    for number, parent in enumerate(page.parents):
        key = (alike[parent] if parent >= 0 else -1, page.tags[number], page.names[number])
        alike.append(first.setdefault(key, number))
    return np.array(alike, np.int64)


def around(page: Rendered, element: int) -> list[tuple[str, int]]:
    """Return the names around an element, the nearest first, with their distance in elements."""
    nearest: dict[str, int] = {}
    distance = 0
    while element >= 0 and len(nearest) < MOST:
        for name in parts(page.tags[element], page.names[element]):
            nearest.setdefault(name, distance)
        element, distance = page.parents[element], distance + 1
    return list(nearest.items())[:MOST]


def _row(nearest: list[tuple[str, int]]) -> list[int]:
    codes = [_code(name) for name, _ in nearest]
    return [code + _ring(distance) for code, (_, distance) in zip(codes, nearest, strict=True)] + codes


@functools.lru_cache(1 << 14)
def _code(name: str) -> int:
    return 4 * crc32(name.encode("utf-8", "surrogatepass"))


def _ring(distance: int) -> int:
    return 1 if distance == 0 else 2 if distance <= 2 else 3

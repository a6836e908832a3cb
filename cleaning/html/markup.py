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

# The names of an element and of those around it by distance: its own, one step up, two steps up, and all others.
Chain = tuple[list[int], list[int], list[int], list[int]]
_NOTHING: Chain = ([], [], [], [])

# Rings of distance: the element itself, the two around it, and all others.
_OWN, _NEAR, _FAR = 1, 2, 3

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
    codes, rings = np.zeros((len(elements), MOST), np.uint64), np.zeros((len(elements), MOST), np.uint64)
    chains: dict[int, Chain] = {}
    for number, element in enumerate(elements.tolist()):
        own, first, second, far = _chain(page, alike, element, chains)
        found = [*own, *first, *second, *far][:MOST]
        codes[number, : len(found)] = found
        rings[number, : len(found)] = _FAR
        rings[number, : min(len(found), len(own) + len(first) + len(second))] = _NEAR
        rings[number, : min(len(found), len(own))] = _OWN
    return np.concatenate([codes + rings, codes], axis=1)[rows]


def _alike(page: Rendered) -> NDArray[np.int64]:
    """Return for each element the first one that is named like it, and stands in elements that are named alike."""
    first: dict[tuple[int, str, str], int] = {}
    alike: list[int] = []
    for number, parent in enumerate(page.parents):
        key = (alike[parent] if parent >= 0 else -1, page.tags[number], page.names[number])
        alike.append(first.setdefault(key, number))
    return np.array(alike, np.int64)


def _chain(page: Rendered, alike: NDArray[np.int64], element: int, chains: dict[int, Chain]) -> Chain:
    """Return the names around an element, the nearest first and each once: its own, one step up, two, and further."""
    path = []
    while element >= 0 and element not in chains:
        path.append(element)
        parent = page.parents[element]
        element = int(alike[parent]) if parent >= 0 else -1
    chain = chains.get(element, _NOTHING)
    for below in reversed(path):
        own = _codes(page.tags[below], page.names[below])
        first, second, third, far = ([code for code in part if code not in own] for part in chain)
        chain = chains[below] = ([*own], first, second, (third + far)[: 4 * MOST])
    return chain


@functools.lru_cache(1 << 14)
def _codes(tag: str, names: str) -> tuple[int, ...]:
    """Return numbers for what an element is named; each is followed by one for each ring."""
    return tuple(4 * crc32(name.encode("utf-8", "surrogatepass")) for name in parts(tag, names))

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

# Words of one element that are looked at.
MOST_OF_ONE = 12

# The names of an element and of those around it by distance: its own, one step up, two steps up, and all others.
Chain = tuple[list[int], list[int], list[int], list[int]]
_NOTHING: Chain = ([], [], [], [])

# Rings of distance: the element itself, the two around it, and all others.
_OWN, _NEAR, _FAR = 1, 2, 3

_PART = re.compile(r"[A-Za-z][a-z]+|[A-Z]+(?![a-z])")


def parts(tag: str, names: str) -> tuple[str, ...]:
    """Return a tag and the words that its class, id and role are made of, those with a dot in front.

    >>> parts("div", "relatedPosts entry-content")
    ('.content', '.entry', '.posts', '.related', 'div')
    """
    found: list[str] = []
    for name in names.split():
        found += _words(name)
    return tuple(sorted({tag, *found[:MOST_OF_ONE]}))


@functools.lru_cache(1 << 16)
def _words(name: str) -> tuple[str, ...]:
    """Return the words of one name: names are many, and most of them come back on every page."""
    return tuple(f".{part.lower()}" for part in _PART.findall(name))


def ids(page: Rendered) -> NDArray[np.uint64]:
    """Return numbers for the names around each line, by how far away they are; 0 where there is none.

    Returns:
        an array of shape (lines, 2 * MOST): each name once by its distance, and once wherever it is.
    """
    alike = _alike(page)
    elements, rows = np.unique(alike[page.node], return_inverse=True)
    chains: dict[int, Chain] = {}
    codes, rings = [], []
    for element in elements.tolist():
        own, first, second, far = _chain(page, alike, element, chains)
        near = len(first) + len(second)
        padding = [0] * MOST
        codes.append([*own, *first, *second, *far, *padding][:MOST])
        rings.append([*[_OWN] * len(own), *[_NEAR] * near, *[_FAR] * len(far), *padding][:MOST])
    wherever = np.array(codes, np.uint64)
    by_distance = wherever + np.array(rings, np.uint64)
    return np.concatenate([by_distance, wherever], axis=1)[rows]


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


@functools.lru_cache(1 << 16)
def _codes(tag: str, names: str) -> tuple[int, ...]:
    return tuple(map(_code, parts(tag, names)))


@functools.lru_cache(1 << 16)
def _code(name: str) -> int:
    """Return a number for a name; those after it are the name's in each ring."""
    return 4 * crc32(name.encode("utf-8", "surrogatepass"))

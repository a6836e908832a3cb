"""What the markup says of each line of a page, as numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from .render import FLAGS, Rendered

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

# How many of the elements around a line are looked at, those with more lines than the one inside them.
LEVELS = 5
# A page's heaviest element is the smallest one that holds so much of its prose.
HEAVY = (0.3, 0.6, 0.9)

_SURROUNDINGS = ("lines", "prose", "prose_density", "link_density")

NAMES: tuple[str, ...] = (
    "link_share", "links", "strong_share", "after_break", "images", "depth",
    *(f"in_{flag}" for flag in FLAGS),
    *(f"{what}_{level}" for level in range(1, LEVELS + 1) for what in _SURROUNDINGS),
    *(f"above_{int(100 * share)}" for share in HEAVY),
    "same_place", "same_place_prose", "title_in_line", "line_in_title",
)  # fmt: skip


def features(page: Rendered, sizes: Floats, prose: NDArray[np.bool_], in_title: Floats, title_size: int) -> Floats:
    """Return what the markup says of each line.

    Args:
        page: the page; at least one line.
        sizes: how many tokens each line has.
        prose: whether each line is prose.
        in_title: how many of each line's tokens are in the page's title.
        title_size: how many tokens the title has.

    Returns:
        an array of shape (lines, len(NAMES)).
    """
    firsts, lasts = np.array(page.firsts, np.int64), np.array(page.lasts, np.int64)
    node = np.array(page.node, np.int64)
    lengths = np.array([len(line) for line in page.lines], np.float32)
    linked = np.minimum(np.array(page.linked, np.float32), lengths)
    mass = np.where(prose, sizes, 0)
    wider = _wider(page)
    columns = [
        linked / lengths, np.log1p(np.array(page.links)), np.minimum(np.array(page.strong) / lengths, 1),
        np.array(page.breaks),
        np.log1p(np.array(page.images)),
        np.log1p(_depths(page)[node]),
        *_flags(page, node),
        *_surroundings(node, wider, firsts, lasts, (sizes, mass, linked, lengths)),
        *_heaviest(node, wider, firsts, lasts, mass),
        *_same_place(page, node, mass),
        in_title / max(title_size, 1), in_title / np.maximum(sizes, 1),
    ]  # fmt: skip
    return np.stack(columns, axis=1).astype(np.float32)


def _flags(page: Rendered, node: Ints) -> list[NDArray[np.bool_]]:
    bits = np.array(page.flags, np.int64)[node]
    return [(bits >> number) & 1 == 1 for number in range(len(FLAGS))]


def _depths(page: Rendered) -> Ints:
    depths: list[int] = []
    for parent in page.parents:
        depths.append(depths[parent] + 1 if parent >= 0 else 0)
    return np.array(depths, np.int64)


def _wider(page: Rendered) -> Ints:
    """Return for each element the nearest one around it that holds more lines; the root for the root."""
    wider: list[int] = []
    for number, parent in enumerate(page.parents):
        if parent < 0:
            wider.append(number)
        elif page.firsts[parent] == page.firsts[number] and page.lasts[parent] == page.lasts[number]:
            wider.append(wider[parent])
        else:
            wider.append(parent)
    return np.array(wider, np.int64)


def _surroundings(node: Ints, wider: Ints, firsts: Ints, lasts: Ints, of_lines: Sequence[Floats]) -> list[Floats]:
    sizes, mass, linked, lengths = (np.concatenate([[0], np.cumsum(values, dtype=np.float64)]) for values in of_lines)
    columns: list[Floats] = []
    place = node
    for _ in range(LEVELS):
        place = wider[place]
        first, last = firsts[place], lasts[place]
        prose = mass[last] - mass[first]
        columns += [
            np.log1p(last - first),
            prose / max(mass[-1], 1),
            prose / np.maximum(sizes[last] - sizes[first], 1),
            (linked[last] - linked[first]) / np.maximum(lengths[last] - lengths[first], 1),
        ]
    return columns


def _heaviest(node: Ints, wider: Ints, firsts: Ints, lasts: Ints, mass: Floats) -> list[Floats]:
    """Return how many steps it takes from each line up to an element that holds so much of the page's prose."""
    sums = np.concatenate([[0], np.cumsum(mass, dtype=np.float64)])
    share = (sums[lasts] - sums[firsts]) / max(sums[-1], 1)
    columns = []
    for wanted in HEAVY:
        steps, place = np.zeros(len(node), np.float32), node
        for _ in range(8):
            below = share[place] < wanted
            steps += below
            place = np.where(below, wider[place], place)
        columns.append(steps)
    return columns


def _same_place(page: Rendered, node: Ints, mass: Floats) -> list[Floats]:
    """Return how many lines stand in elements of the same name and class, and how much of the prose they have."""
    numbers: dict[tuple[str, ...], int] = {}
    places = []
    for element in page.node:
        parent = page.parents[element]
        key = (page.tags[element], page.names[element], page.tags[parent], page.names[parent])
        places.append(numbers.setdefault(key, len(numbers)))
    of_line = np.array(places)
    lines = np.bincount(of_line)
    prose = np.bincount(of_line, weights=mass) / max(float(mass.sum()), 1)
    return [np.log1p(lines[of_line]).astype(np.float32), prose[of_line].astype(np.float32)]

"""The elements around the lines of a page, as arrays, and what they say of where a line stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .render import Rendered

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

# How many of the elements around a line are looked at, those with more lines than the one inside them; at how many of
# them it is told how far their ends are; and at how many, with the one that the line stands in, what is beside them.
LEVELS, ENDS, ALIKE = 5, 3, 4

# A page's heaviest element is the smallest one that holds so much of its prose.
HEAVY = (0.3, 0.6, 0.9)

# Steps upwards that are counted.
STEPS = 8

OF_SURROUNDINGS = ("lines", "prose", "prose_density", "link_density")


@dataclass(frozen=True, slots=True)
class Elements:
    """The elements of a page, by number.

    Attributes:
        page: the page.
        node: for each line, the innermost element that its first character stands in.
        firsts, lasts: of each element, the lines within it, the last one exclusive.
        wider: of each element, the nearest one around it that holds more lines; of the root, the root.
    """

    page: Rendered
    node: Ints
    firsts: Ints
    lasts: Ints
    wider: Ints

    @classmethod
    def of(cls, page: Rendered) -> Elements:
        """Return the elements of a page."""
        firsts, lasts = np.array(page.firsts, np.int64), np.array(page.lasts, np.int64)
        return cls(page, np.array(page.node, np.int64), firsts, lasts, _wider(page))

    def around(self, levels: int) -> Iterator[Ints]:
        """Yield for each line the elements around it, from level to level."""
        place = self.node
        for _ in range(levels):
            place = self.wider[place]
            yield place

    def steps_until(self, reached: NDArray[np.bool_]) -> Floats:
        """Return for each line how many levels up the first element is that is marked so.

        Args:
            reached: for each element, whether it is marked.
        """
        steps, place = np.zeros(len(self.node), np.float32), self.node
        for _ in range(STEPS):
            below = ~reached[place]
            steps += below
            place = np.where(below, self.wider[place], place)
        return steps


def _wider(page: Rendered) -> Ints:
    wider: list[int] = []
    for number, parent in enumerate(page.parents):
        if parent < 0:
            wider.append(number)
        elif page.firsts[parent] == page.firsts[number] and page.lasts[parent] == page.lasts[number]:
            wider.append(wider[parent])
        else:
            wider.append(parent)
    return np.array(wider, np.int64)


def depths(elements: Elements) -> Ints:
    """Return for each line how deep it stands."""
    deep: list[int] = []
    for parent in elements.page.parents:
        deep.append(deep[parent] + 1 if parent >= 0 else 0)
    return np.array(deep, np.int64)[elements.node]


def surroundings(elements: Elements, of_lines: Sequence[Floats]) -> list[Floats]:
    """Return what the elements around each line hold: see :data:`OF_SURROUNDINGS`.

    Args:
        elements: the elements.
        of_lines: of each line its tokens, those in prose, its characters in links, and all its characters.
    """
    sizes, mass, linked, lengths = (np.concatenate([[0], np.cumsum(values, dtype=np.float64)]) for values in of_lines)
    columns: list[Floats] = []
    for place in elements.around(LEVELS):
        first, last = elements.firsts[place], elements.lasts[place]
        prose = mass[last] - mass[first]
        columns += [
            np.log1p(last - first),
            prose / max(mass[-1], 1),
            prose / np.maximum(sizes[last] - sizes[first], 1),
            (linked[last] - linked[first]) / np.maximum(lengths[last] - lengths[first], 1),
        ]
    return columns


def heaviest(elements: Elements, mass: Floats) -> list[Floats]:
    """Return how many steps it takes from each line up to an element that holds so much of the page's prose."""
    sums = np.concatenate([[0], np.cumsum(mass, dtype=np.float64)])
    share = (sums[elements.lasts] - sums[elements.firsts]) / max(sums[-1], 1)
    return [elements.steps_until(share >= wanted) for wanted in HEAVY]


def ends(elements: Elements) -> list[Floats]:
    """Return how far it is from each line to the first and to the last line of the elements around it."""
    number = np.arange(len(elements.node))
    columns: list[Floats] = []
    for place in elements.around(ENDS):
        until_last = elements.lasts[place] - 1 - number
        columns += [np.log1p(number - elements.firsts[place]), np.log1p(np.maximum(until_last, 0))]
    return columns


def steps_to_line(elements: Elements, line: int) -> Floats:
    """Return how many steps it takes from each line up to an element that holds this line too."""
    return elements.steps_until((elements.firsts <= line) & (elements.lasts > line))


def same_place(elements: Elements, mass: Floats) -> list[Floats]:
    """Return how many lines stand in elements of the same name and class, and how much of the prose they have."""
    page = elements.page
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


def alike(elements: Elements) -> list[Floats]:
    """Return how many elements named alike, with lines, have the same parent, at each level: lists of teasers, say.

    Of elements with the same lines the one with the most beside it counts. What flows within a line holds none.
    """
    page = elements.page
    names: dict[tuple[int, str, str], int] = {}
    keys = zip(page.parents, page.tags, page.names, strict=True)
    key = np.array([names.setdefault(found, len(names)) for found in keys])
    most: list[float] = np.bincount(key, weights=elements.lasts > elements.firsts)[key].tolist()
    for number, parent in enumerate(page.parents):
        same_lines = page.firsts[parent] == page.firsts[number] and page.lasts[parent] == page.lasts[number]
        if parent >= 0 and same_lines:
            most[number] = max(most[number], most[parent])
    beside = np.log1p(most)
    return [beside[place] for place in (elements.node, *elements.around(ALIKE - 1))]

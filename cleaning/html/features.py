"""What the markup says of each line of a page, as numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from . import elements
from .elements import ALIKE, ENDS, HEAVY, LEVELS, OF_SURROUNDINGS, Elements
from .render import FLAGS, Rendered

Floats = NDArray[np.float32]
Flags = Sequence[NDArray[np.bool_]]

NAMES: tuple[str, ...] = (
    "link_share", "links", "strong_share", "after_break", "images", "depth",
    *(f"in_{flag}" for flag in FLAGS),
    *(f"{what}_{level}" for level in range(1, LEVELS + 1) for what in OF_SURROUNDINGS),
    *(f"above_{int(100 * share)}" for share in HEAVY),
    *(f"{what}_{level}" for level in range(1, ENDS + 1) for what in ("from_first", "until_last")),
    "same_place", "same_place_prose", "title_in_line", "line_in_title", "description_in_line", "line_in_description",
    "title_found", "above_title", "below_title", "steps_to_title", "headings_since_title", "h1_since_title",
    "link_share_above", "link_share_below", "heading_above", "prose_below",
    *(f"alike_{level}" for level in range(ALIKE)),
)  # fmt: skip

# Flags of headings, by rank. A line in the highest is a little likelier to be the headline.
_H1, _H2, _LOWER = (FLAGS.index(tags) for tags in ("h1", "h2", "h3/h4/h5/h6"))
_FOR_H1 = 0.4


@dataclass(frozen=True, slots=True)
class Shared:
    """What the lines of a page share with something that its head says.

    Attributes:
        tokens: how many tokens of each line it has too.
        size: how many tokens it has.
    """

    tokens: Floats
    size: int


def features(page: Rendered, sizes: Floats, prose: NDArray[np.bool_], heads: Sequence[Shared]) -> Floats:
    """Return what the markup says of each line.

    Args:
        page: the page; at least one line.
        sizes: how many tokens each line has.
        prose: whether each line is prose.
        heads: what the lines share with the page's title and with its description.

    Returns:
        an array of shape (lines, len(NAMES)).
    """
    lengths = np.array([len(line) for line in page.lines], np.float32)
    linked = np.minimum(np.array(page.linked, np.float32), lengths)
    mass = np.where(prose, sizes, 0)
    tree = Elements.of(page)
    flags = _flags(page, tree)
    columns = [
        linked / lengths, np.log1p(np.array(page.links)), np.minimum(np.array(page.strong) / lengths, 1),
        np.array(page.breaks), np.log1p(np.array(page.images)), np.log1p(elements.depths(tree)),
        *flags,
        *elements.surroundings(tree, (sizes, mass, linked, lengths)),
        *elements.heaviest(tree, mass),
        *elements.ends(tree),
        *elements.same_place(tree, mass),
        *(share for head in heads for share in (head.tokens / max(head.size, 1), head.tokens / np.maximum(sizes, 1))),
        *_from_headline(tree, heads[0], sizes, flags),
        *_beside(linked / lengths, prose, flags),
        *elements.alike(tree),
    ]  # fmt: skip
    return np.stack(columns, axis=1).astype(np.float32)


def _flags(page: Rendered, tree: Elements) -> Flags:
    bits = np.array(page.flags, np.int64)[tree.node]
    return [(bits >> number) & 1 == 1 for number in range(len(FLAGS))]


def _headline(title: Shared, sizes: Floats, flags: Flags) -> tuple[int, float]:
    """Return the line that most likely is the headline of the page, and how much speaks for it."""
    like_title = 2 * title.tokens / np.maximum(title.size + np.maximum(sizes, title.tokens), 1)
    speaks = like_title + _FOR_H1 * flags[_H1]
    best = int(np.argmax(speaks))
    return best, float(speaks[best])


def _from_headline(tree: Elements, title: Shared, sizes: Floats, flags: Flags) -> list[Floats]:
    """Return how far each line is from the headline of the page, in lines, elements and other headings."""
    line, speaks = _headline(title, sizes, flags)
    number = np.arange(len(sizes))
    columns: list[Floats] = [
        np.full(len(sizes), speaks, np.float32), np.log1p(np.maximum(line - number, 0)),
        np.log1p(np.maximum(number - line, 0)), elements.steps_to_line(tree, line),
    ]  # fmt: skip
    for heading in (flags[_H1] | flags[_H2], flags[_H1]):
        until = np.cumsum(heading)
        columns.append(np.log1p(np.maximum(until - until[line], 0)))
    return columns


def _beside(link_share: NDArray[np.floating], prose: NDArray[np.bool_], flags: Flags) -> list[Floats]:
    """Return what the lines above and below each line are like."""
    heading = flags[_H1] | flags[_H2] | flags[_LOWER]
    return [
        np.append(0, link_share[:-1]), np.append(link_share[1:], 0),
        np.append(False, heading[:-1]), np.append(prose[1:], False),
    ]  # fmt: skip

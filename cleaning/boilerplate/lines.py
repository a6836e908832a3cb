"""Lines that do not read like the article, in a text that is a whole page.

A text dump of a page holds menus, teasers and forms around the article, and the article is where long lines that end
like sentences stand close together. In a text that an extractor has already cleaned the same short lines are headings
and list items, so nothing is done there: see :mod:`cleaning.boilerplate.kind`.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from ..document import Reason
from .kind import is_raw_page
from .page import Finding, Page

# What a line brings to the span of the article, by its form: tokens of prose count for it, other lines against it.
SHORT_LINE_COST = 12.0

# A line inside the article stays, unless it is a short one in a run of this many: a box or a list of links.
LINK_RUN = 6


def outside_article(page: Page) -> Iterator[Finding]:
    """Yield the lines of a raw page that stand outside the article, and runs of link-like lines inside it."""
    numbers = page.open()
    if not is_raw_page(page) or not any(page.lines[number].prose for number in numbers):
        return
    sizes = np.array([page.lines[number].size for number in numbers], float)
    prose = np.array([page.lines[number].prose for number in numbers], bool)
    first, last = _best_span(np.where(prose, sizes, -SHORT_LINE_COST))
    linkish = _runs(~prose & (sizes < 12), LINK_RUN)
    for position, number in enumerate(numbers):
        if not first <= position <= last:
            yield page.cut(number, "lines.outside", Reason.NOT_ARTICLE, "outside the densest run of prose")
        elif linkish[position]:
            yield page.cut(number, "lines.run", Reason.NOT_ARTICLE, f"among {LINK_RUN} or more short lines in a row")


def _best_span(values: NDArray[np.float64]) -> tuple[int, int]:
    """Return the first and last index of the run with the greatest sum (Kadane)."""
    sums = np.concatenate([[0.0], np.cumsum(values)])
    lowest = np.minimum.accumulate(sums[:-1])
    last = int(np.argmax(sums[1:] - lowest))
    first = int(np.argmin(sums[: last + 1]))
    return first, last


def _runs(flags: NDArray[np.bool_], length: int) -> NDArray[np.bool_]:
    """Return flags only where at least ``length`` of them stand in a row."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flags.astype(int), [0]])))
    kept = np.zeros(len(flags), bool)
    for start, end in edges.reshape(-1, 2):
        if end - start >= length:
            kept[start:end] = True
    return kept

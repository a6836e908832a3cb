"""Which kind of text it is: a whole page, or an article that an extractor has already taken out of one."""

from __future__ import annotations

import math
from collections.abc import Sequence

from .page import Line, Page

# Evidence from which a text is taken for a whole page. On the marked pages of thirty countries 0.8 % of the clean
# articles have more of it, and 95 % of the same pages rendered whole.
ENOUGH = 10.0

# How many lines at either end are looked at.
EDGE = 15


def is_raw_page(page: Page) -> bool:
    """Whether a text is a whole page, with menus before the article and links after it."""
    if page.extracted is not None:
        return not page.extracted
    return evidence_of_page([page.lines[number] for number in page.open()]) > ENOUGH


def evidence_of_page(lines: Sequence[Line]) -> float:
    """Return how much speaks for a whole page: many lines, few of them prose, short ones first and last.

    The weights are those of a logistic regression on marked pages and their clean text, rounded.
    """
    if not lines:
        return 0.0
    sizes = [line.size for line in lines]
    before = next((number for number, line in enumerate(lines) if line.prose), len(lines))
    short = [size <= 4 and not line.prose for size, line in zip(sizes, lines, strict=True)]
    in_prose = sum(size for size, line in zip(sizes, lines, strict=True) if line.prose) / max(1, sum(sizes))
    return (
        math.log(len(lines))
        + 1.5 * math.log1p(before)
        + 3 * _share(short[:EDGE])
        + 2 * _share(short[-EDGE:])
        + 2 * _share([not line.prose for line in lines])
        - 2 * (1 - in_prose)
    )


def _share(flags: Sequence[bool]) -> float:
    return sum(flags) / len(flags)

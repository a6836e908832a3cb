"""Which kind of text it is: a whole page, or an article that an extractor has already taken out of one."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..classifier import gate, load
from ..reason import Reason
from .page import Line, Page

# Form from which the classifier is asked at all. Of 1,604 marked pages, 0.5 % of the renderings had less, and a third
# of the clean texts.
ASKED = 8.0

# A whole page has so many lines at least: of fewer nobody can tell.
FEWEST = 5

# What the classifier must make of a text, in logits, for it to be taken for a whole page: chosen out of fold, so that
# of the marked clean texts .999 of the tokens of articles and .997 of all kinds stay, at no cost to whole pages.
ENOUGH = 2.0

# Form from which a text is a whole page for sure, when nobody has asked the classifier yet.
SURE = 12.0

# How many lines at either end are looked at, and how many kinds of boilerplate count.
EDGE, KINDS = 15, 6

# What is cut for these reasons tells nothing about what a text was taken out of.
_NO_WITNESS = {Reason.HEADLINE, Reason.CAPTION, Reason.REPEATED, Reason.SPLICED_ARTICLE}


def could_be_raw(page: Page) -> bool:
    """Whether a text may be a whole page, with menus before the article and links after it, told by its form alone."""
    if page.extracted is not None:
        return not page.extracted and bool(page.lines)
    return len(page.lines) >= FEWEST and form_of_page(page.lines) + _kinds(page) > ASKED


def _kinds(page: Page) -> int:
    return min(KINDS, len({cut.reason for cut in page.cuts} - _NO_WITNESS))


def form_of_page(lines: Sequence[Line]) -> float:
    """Return how much the form of the lines speaks for a whole page: many lines, few of them prose, short ones outside.

    The weights are those of a logistic regression on marked pages and their clean text, rounded.
    """
    if not lines:
        return 0.0
    before = next((number for number, line in enumerate(lines) if line.prose), len(lines))
    short = [line.size <= 4 and not line.prose for line in lines]
    in_prose = sum(line.size for line in lines if line.prose) / max(1, sum(line.size for line in lines))
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


def is_raw(page: Page, likely: NDArray[np.float32], sizes: NDArray[np.float32]) -> bool:
    """Whether a text is a whole page, by what the classifier makes of its lines."""
    if page.extracted is not None:
        return not page.extracted
    return load("text").rawness(gate.features(likely, sizes, form_of_page(page.lines), _kinds(page))) > ENOUGH


def has_form_of_page(page: Page) -> bool:
    """Whether a text has the form of a whole page for sure."""
    if page.extracted is not None:
        return not page.extracted
    return _form_of_rest(page) + _kinds(page) > SURE


def rest_has_form_of_page(page: Page) -> bool:
    """Whether what is left of a text has the form of a whole page for sure: told as if nothing else had been there."""
    return _form_of_rest(page) > SURE


def _form_of_rest(page: Page) -> float:
    return form_of_page([page.lines[number] for number in page.open()])

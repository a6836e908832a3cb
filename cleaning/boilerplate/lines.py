"""Lines that do not belong to the article, as the classifiers tell: see :mod:`cleaning.classifier`.

A whole page holds menus, teasers, forms and comments around the article. In a text that an extractor has already
taken out of a page the same short lines are headings and list items, so what the text is, is told first: see
:mod:`cleaning.boilerplate.kind`.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from ..classifier import Model, Seen, load, most_likely
from ..classifier.evidence import NUMBER, REASONS
from ..document import Cut, Markup
from ..html import features as html_features
from ..reason import Reason
from ..rules import Where
from .kind import could_be_raw, is_raw
from .page import Finding, Page, Told
from .phrases import Named

Floats = NDArray[np.float32]

RULE = "lines.outside"

# Elements that say what stands in them.
_MARKED = (
    (html_features.NAMES.index("in_figcaption"), Reason.CAPTION),
    (html_features.NAMES.index("in_nav/menu"), Reason.NAVIGATION),
)


def outside_article(page: Page, named: Named) -> Iterator[Finding]:
    """Yield the lines of a whole page that are not its article."""
    if not could_be_raw(page):
        return
    model, seen, markup = look(page, named)
    likely = model.likely(seen, markup.numbers, markup.names) if markup else model.likely(seen)
    if not is_raw(page, likely, seen.sizes):
        return
    chosen = most_likely(likely, seen.sizes)
    outside = [number for number in page.open() if not chosen[number]]
    reasons = _reasons(markup, len(page.lines))
    verdicts = (10 * likely).astype(np.int64).tolist()
    for number in outside:
        if reasons[number] is Reason.CAPTION:
            yield Told("caption", page.lines[number].text)
    for first, last in _runs(outside, list(zip(reasons, verdicts, strict=True))):
        start, end = page.lines[first].start, page.lines[last].end
        yield Cut(start, end, RULE, reasons[first], _VERDICTS[verdicts[first]])


def _runs(numbers: list[int], alike: list[tuple[Reason, int]]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last of neighbours that are cut alike, so that they are one span."""
    for _, run in groupby(enumerate(numbers), key=lambda placed: (placed[1] - placed[0], alike[placed[1]])):
        together = [number for _, number in run]
        yield together[0], together[-1]


def _reasons(markup: Markup | None, count: int) -> list[Reason]:
    """Return what the markup says that each line is, beside not being the article."""
    reasons = [Reason.NOT_ARTICLE] * count
    if markup is not None:
        for column, reason in reversed(_MARKED):
            for number in np.flatnonzero(markup.numbers[:, column]).tolist():
                reasons[number] = reason
    return reasons


# How likely a line is, in tenths, so that neighbours are cut alike.
_VERDICTS = [f"article with {tenth / 10:.1f} to {(tenth + 1) / 10:.1f}" for tenth in (*range(10), 9)]


def look(page: Page, named: Named) -> tuple[Model, Seen, Markup | None]:
    """Return the model for a page, and what it sees."""
    starts = np.array([line.start for line in page.lines], np.int64)
    ends = np.array([line.end for line in page.lines], np.int64)
    seen = Seen.of(page.text, starts, ends, hits(page, named))
    if page.markup is None:
        return load("text"), seen, None
    return load("html"), seen, page.markup.of_lines(starts)


def hits(page: Page, named: Named) -> Floats:
    """Return what the rules say of each line: see :func:`cleaning.classifier.evidence.features`."""
    table = np.zeros((len(page.lines), len(REASONS)), np.float32)
    for number, matches in named.everywhere(page):
        for match in matches:
            column = NUMBER[match.definition.reason]
            surely = 1.0 if match.definition.where is Where.ANYWHERE else 0.5
            table[number, column] = max(table[number, column], surely)
    return table

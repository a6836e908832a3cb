"""Lines that do not belong to the article, as the classifiers tell: see :mod:`cleaning.classifier`.

A whole page holds menus, teasers, forms and comments around the article. In a text that an extractor has already
taken out of a page the same short lines are headings and list items, so what the text is, is told first: see
:mod:`cleaning.boilerplate.kind`.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from ..classifier import Model, Seen, load, most_likely
from ..classifier.evidence import NUMBER, REASONS
from ..document import Markup, Reason
from ..rules import Where
from .kind import could_be_raw, is_raw
from .page import Finding, Page
from .phrases import Named

Floats = NDArray[np.float32]

RULE = "lines.outside"


def outside_article(page: Page, named: Named) -> Iterator[Finding]:
    """Yield the lines of a whole page that are not its article."""
    if not could_be_raw(page):
        return
    seen, likely = judge(page, named)
    if not is_raw(page, likely, seen.sizes):
        return
    chosen = most_likely(likely, seen.sizes)
    for number in page.open():
        if not chosen[number]:
            yield page.cut(number, RULE, Reason.NOT_ARTICLE, _verdict(likely[number]))


def _verdict(likely: np.float32) -> str:
    """Say how likely a line is, in tenths, so that neighbours that are cut alike are one span."""
    tenth = min(int(10 * likely), 9)
    return f"article with {tenth / 10:.1f} to {(tenth + 1) / 10:.1f}"


def judge(page: Page, named: Named) -> tuple[Seen, Floats]:
    """Return what is seen of the lines of a page, and how likely each of them belongs to the article."""
    model, seen, markup = look(page, named)
    return seen, model.likely(seen, markup.numbers, markup.names) if markup else model.likely(seen)


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

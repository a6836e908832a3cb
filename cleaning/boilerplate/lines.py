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
from ..html import features as html_features
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
    for number in page.open():
        if not chosen[number]:
            reason = _reason(markup, number)
            if reason is Reason.CAPTION:
                yield Told("caption", page.lines[number].text)
            yield page.cut(number, RULE, reason, _verdict(likely[number]))


def _reason(markup: Markup | None, number: int) -> Reason:
    """Return what the markup says that a line is, beside not being the article."""
    if markup is None:
        return Reason.NOT_ARTICLE
    return next((reason for column, reason in _MARKED if markup.numbers[number, column]), Reason.NOT_ARTICLE)


def _verdict(likely: np.float32) -> str:
    """Say how likely a line is, in tenths, so that neighbours that are cut alike are one span."""
    tenth = min(int(10 * likely), 9)
    return f"article with {tenth / 10:.1f} to {(tenth + 1) / 10:.1f}"


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

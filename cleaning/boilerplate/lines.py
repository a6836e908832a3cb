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
from ..document import Cut, Markup, Reason
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
    outside = [number for number in page.open() if not chosen[number]]
    cuts = [page.cut(number, RULE, _reason(markup, number), _verdict(likely[number])) for number in outside]
    for number, cut in zip(outside, cuts, strict=True):
        if cut.reason is Reason.CAPTION:
            yield Told("caption", page.lines[number].text)
    yield from _joined(outside, cuts)


def _joined(numbers: list[int], cuts: list[Cut]) -> Iterator[Cut]:
    """Make one span of neighbours that are cut alike."""
    first = 0
    for last, cut in enumerate(cuts):
        following = cuts[last + 1] if last + 1 < len(cuts) else None
        alike = following and (following.reason, following.evidence) == (cut.reason, cut.evidence)
        if not alike or numbers[last + 1] != numbers[last] + 1:
            yield Cut(cuts[first].start, cut.end, RULE, cut.reason, cut.evidence)
            first = last + 1


def _reason(markup: Markup | None, number: int) -> Reason:
    """Return what the markup says that a line is, beside not being the article."""
    if markup is None:
        return Reason.NOT_ARTICLE
    return next((reason for column, reason in _MARKED if markup.numbers[number, column]), Reason.NOT_ARTICLE)


def _verdict(likely: np.float32) -> str:
    """Say how likely a line is, in tenths, so that neighbours are cut alike."""
    return _VERDICTS[int(10 * likely)]


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

"""From the spans that rules name to the cuts that are made: the one place where text is taken out."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from ..document import Cut


def settle(text: str, proposed: Sequence[Cut]) -> tuple[Cut, ...]:
    r"""Return cuts in order, without overlaps, that take the white space with them that would be left over.

    Where two proposals overlap, the one made first has the overlap. Between two pieces that stay, the stronger of the
    two separators around a cut stays too: the one with more line ends, or else the longer.

    >>> from ..document import remove
    >>> from ..reason import Reason
    >>> text = "One.\n\n[ad_1]\nTwo."
    >>> cuts = settle(text, [Cut(6, 12, "common.shortcode", Reason.ADVERTISEMENT)])
    >>> remove(text, cuts)
    'One.\n\nTwo.'
    """
    return tuple(_absorb_space(text, _join(sorted(_disjoint(proposed), key=lambda cut: cut.start))))


def _disjoint(proposed: Iterable[Cut]) -> Iterator[Cut]:
    starts: list[int] = []  # of what is taken, in order
    ends: list[int] = []
    for cut in proposed:
        if cut.start < cut.end:
            first, last = bisect_right(ends, cut.start), bisect_left(starts, cut.end)
            taken = zip(starts[first:last], ends[first:last], strict=True)
            edges = [cut.start, *chain.from_iterable(taken), cut.end]
            for start, end in zip(edges[::2], edges[1::2], strict=True):
                if start < end:
                    yield _moved(cut, start, end)
            starts[first:last], ends[first:last] = [min(edges[:2])], [max(edges[-2:])]


def _join(cuts: Iterable[Cut]) -> Iterator[Cut]:
    """Join neighbours that one rule cut for one cause, so that a removed article is one span."""
    last: Cut | None = None
    for cut in cuts:
        if last and last.end == cut.start and _cause(last) == _cause(cut):
            last = _moved(last, last.start, cut.end)
            continue
        if last:
            yield last
        last = cut
    if last:
        yield last


def _moved(cut: Cut, start: int, end: int) -> Cut:
    return cut if (cut.start, cut.end) == (start, end) else Cut(start, end, cut.rule, cut.reason, cut.evidence)


def _cause(cut: Cut) -> tuple[str, str, str]:
    return cut.rule, cut.reason, cut.evidence


def _absorb_space(text: str, cuts: Iterable[Cut]) -> Iterator[Cut]:
    for group in _groups(text, cuts):
        start, end = _widen(text, group[0].start, group[-1].end)
        starts = [start, *(cut.start for cut in group[1:])]
        ends = [*starts[1:], end]
        yield from map(_moved, group, starts, ends)


def _groups(text: str, cuts: Iterable[Cut]) -> Iterator[list[Cut]]:
    """Yield runs of cuts that have nothing but white space between them."""
    group: list[Cut] = []
    for cut in cuts:
        if group and text[group[-1].end : cut.start].strip():
            yield group
            group = []
        group.append(cut)
    if group:
        yield group


def _widen(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a span over the weaker of the separators around it, and over both at the edges of the text."""
    before, after = start, end
    while before > 0 and text[before - 1].isspace():
        before -= 1
    while after < len(text) and text[after].isspace():
        after += 1
    if before == 0 or after == len(text):
        return before, after
    if _strength(text[end:after]) > _strength(text[before:start]):
        return before, end
    return start, after


def _strength(space: str) -> tuple[int, int]:
    return space.count("\n"), len(space)

"""All finders together: which finds there are in a text, in a text with cuts, and of two in one place the longer."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from operator import attrgetter

from ..document import Cut, remove
from . import emails, ibans, ips, phones
from .found import KINDS, Found, Kind, Wanted

_FINDERS: dict[Kind, Callable[[str, Wanted], Iterator[Found]]] = {
    "email": lambda text, _: emails.find(text),
    "phone": lambda text, wanted: phones.find(text, wanted.countries),
    "ip": lambda text, _: ips.find(text),
    "iban": lambda text, _: ibans.find(text),
}

_start = attrgetter("start")

# Stands for each character of what was found, and is part of nothing that can be found.
BLOT = "█"


def look(text: str, wanted: Wanted) -> list[Found]:
    """Return what is found in a text, in order and without overlaps.

    What is found once may have hidden something else beside it, so that the text is looked at again without it.

    >>> [found.kind for found in look("user@example.com, DE89 3704 0044 0532 0130 00", Wanted())]
    ['email', 'iban']
    """
    found: list[Found] = []
    while fresh := _once(text, wanted):
        found += fresh
        text = blotted(text, fresh)
    return _in_order(found)


def look_in_cut(text: str, cuts: Sequence[Cut], wanted: Wanted) -> list[Found]:
    """Return the same for a text from which something is cut, and for what is left of it.

    What an edge of a cut goes through is given as several finds, on either side of it.

    Args:
        text: the repaired text.
        cuts: in order, not overlapping.
        wanted: what is looked for.
    """
    found = look(text, wanted)
    # A cut joins what it stood between, and takes away what stood beside a find.
    while cuts and (fresh := look(remove(blotted(text, found), cuts), wanted)):
        found += [piece for item in fresh for piece in _put_back(item, cuts)]
    edges = sorted({edge for cut in cuts for edge in (cut.start, cut.end)})
    return _in_order(piece for item in found for piece in _split(item, edges))


def blotted(text: str, found: Iterable[Found]) -> str:
    """Return a text of the same length with each character of the finds blotted out."""
    pieces, position = [], 0
    for item in _in_order(found):
        pieces += [text[position : item.start], BLOT * (item.end - item.start)]
        position = item.end
    return "".join([*pieces, text[position:]])


def _once(text: str, wanted: Wanted) -> list[Found]:
    every = [found for kind in wanted.kinds for found in _FINDERS[kind](text, wanted)]
    every = [found for found in every if not wanted.keeps(found, text[found.start : found.end])]
    chosen: list[Found] = []  # in order, so that only two neighbours can be in the way of another one
    for found in sorted(every, key=_preference):
        at = bisect(chosen, found.start, key=_start)
        if (at == 0 or chosen[at - 1].end <= found.start) and (at == len(chosen) or found.end <= chosen[at].start):
            chosen.insert(at, found)
    return chosen


def _preference(found: Found) -> tuple[int, int, int]:
    return found.start - found.end, KINDS.index(found.kind), found.start


def _in_order(found: Iterable[Found]) -> list[Found]:
    return sorted(found, key=_start)


def _put_back(found: Found, cuts: Sequence[Cut]) -> Iterator[Found]:
    """Yield the pieces of the text that a find in the clean text stands for."""
    start, end = found.start, found.end
    for cut in cuts:
        if cut.start <= start:
            start, end = start + cut.end - cut.start, end + cut.end - cut.start
        elif cut.start < end:
            yield replace(found, start=start, end=cut.start)
            start, end = cut.end, end + cut.end - cut.start
    yield replace(found, start=start, end=end)


def _split(found: Found, edges: Sequence[int]) -> Iterator[Found]:
    places = [found.start, *(edge for edge in edges if found.start < edge < found.end), found.end]
    yield from (replace(found, start=start, end=end) for start, end in pairwise(places))

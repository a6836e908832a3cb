"""A document with its personal data masked: everywhere, and so that the text can still be put together from its parts.

Masking is recorded as the last round of repairs. What stood there is kept nowhere: ``before`` has as many blots as it
had characters, and so has what an earlier repair had found in the same place. ``undo`` then gives the decoded text with
everything personal blotted out, and all offsets are right.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

import numpy as np

from ..document import Cut, Document, Personal, Repair, moved, remove
from .found import Found, Wanted
from .look import BLOT, look

# No shorter text has room for anything personal.
_SHORTEST = 6


def masked(text: str, found: Sequence[Found], number: int = 0) -> tuple[str, tuple[Repair, ...]]:
    """Return a text with a placeholder for each find, and the repairs that say where they stand.

    Args:
        text: any text.
        found: in order, not overlapping.
        number: the round of the repairs.

    >>> masked("at user@example.com.", look("at user@example.com.", Wanted()))[0]
    'at [EMAIL].'
    """
    pieces: list[str] = []
    repairs: list[Repair] = []
    position = length = 0
    for item in found:
        placeholder = f"[{item.kind.upper()}]"
        pieces += [text[position : item.start], placeholder]
        start = length + item.start - position
        position, length = item.end, start + len(placeholder)
        repairs.append(Repair(number, start, length, BLOT * (item.end - item.start), f"personal.{item.kind}"))
    return "".join([*pieces, text[position:]]), tuple(repairs)


def mask(value: str, wanted: Wanted) -> str:
    """Return a value with what is found in it masked."""
    return masked(value, look(value, wanted))[0]


def mask_text(document: Document, found: Sequence[Found], wanted: Wanted) -> Document:
    """Return a document with the finds in its repaired text masked, in all that was made of it too."""
    number = 1 + max((repair.round for repair in document.repairs), default=-1)
    text, made = masked(document.repaired, found, number)
    cuts = tuple(_moved(document.cuts, made, wanted))
    repairs = tuple(_blotted(document.repairs, found, wanted))
    return dataclasses.replace(
        document,
        repaired=text,
        text=remove(text, cuts),
        cuts=cuts,
        repairs=repairs + (() if document.parent_id else made),  # an article's repairs are those of its parent
        markup=document.markup.moved(made) if document.markup else None,
    )


def places(field: str, found: Sequence[Found], made: Sequence[Repair] | None = None) -> list[Personal]:
    """Return finds as they are recorded: where they stand, or where their placeholders do."""
    spans = [(item.start, item.end) for item in (found if made is None else made)]
    return [
        Personal(field, item.kind, start, end, item.country, item.rule)
        for item, (start, end) in zip(found, spans, strict=True)
    ]


def _moved(cuts: Sequence[Cut], made: Sequence[Repair], wanted: Wanted) -> Iterable[Cut]:
    edges = moved(np.array([(cut.start, cut.end) for cut in cuts], np.int64).reshape(-1), made).tolist()
    for number, cut in enumerate(cuts):
        start, end = edges[2 * number : 2 * number + 2]
        yield dataclasses.replace(cut, start=start, end=end, evidence=mask(cut.evidence, wanted))


def _blotted(repairs: Sequence[Repair], found: Sequence[Found], wanted: Wanted) -> list[Repair]:
    """Return repairs without what they say of finds: what stood there, from the last round back to the first."""
    spans = [(item.start, item.end) for item in found]
    kept: dict[int, list[Repair]] = {}
    for number in sorted({repair.round for repair in repairs}, reverse=True):
        of_round = [repair for repair in repairs if repair.round == number]
        kept[number] = [
            dataclasses.replace(repair, before=BLOT * len(repair.before))
            if _touches(repair, spans) or _is_personal(repair.before, wanted)
            else repair
            for repair in of_round
        ]
        spans = _before(spans, of_round)
    return [repair for number in sorted(kept) for repair in kept[number]]


def _touches(repair: Repair, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start < repair.end and repair.start < end for start, end in spans)


def _is_personal(before: str, wanted: Wanted) -> bool:
    return len(before) >= _SHORTEST and bool(look(before, wanted))


def _before(spans: Iterable[tuple[int, int]], of_round: Sequence[Repair]) -> list[tuple[int, int]]:
    """Return where spans stood before a round of repairs; one that a repair reaches into is as long as that was."""
    return [(_at(start, of_round, is_end=False), _at(end, of_round, is_end=True)) for start, end in spans]


def _at(offset: int, of_round: Sequence[Repair], *, is_end: bool) -> int:
    """Return where an edge of a span stood before a round of repairs, which are in order."""
    shift = 0
    for repair in of_round:
        if repair.end > offset or (is_end and repair.start == repair.end == offset):
            inside = repair.start < offset
            return offset - shift if not inside else repair.start - shift + (len(repair.before) if is_end else 0)
        shift += repair.end - repair.start - len(repair.before)
    return offset - shift

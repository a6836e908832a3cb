"""Changes to a text, named before they are made, so that each can be recorded and undone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from .document import Repair


class Edit(NamedTuple):
    """One change that a round of repair asks for.

    Attributes:
        start, end: the span that changes, as offsets in the text before the round; end exclusive.
        after: what is to stand there; empty to remove the span.
        rule: what asks for it.
    """

    start: int
    end: int
    after: str
    rule: str


def apply(text: str, edits: Iterable[Edit], number: int) -> tuple[str, tuple[Repair, ...]]:
    r"""Make the changes of one round, and return the new text with a record that undoes them.

    Args:
        text: the text before the round.
        edits: in order of offset, not overlapping. One that changes nothing is left out, and what an edit leaves as
            it was at its edges is no part of the record.
        number: the round's number, for the record.

    >>> apply("a\xa0\xadb", [Edit(1, 2, " ", "space.no-break"), Edit(2, 3, "", "soft-hyphen")], 0)[0]
    'a b'
    >>> apply("the naÃ¯ve one", [Edit(0, 14, "the naïve one", "mojibake")], 3)[1]
    (Repair(round=3, start=6, end=7, before='Ã¯', rule='mojibake'),)
    """
    pieces: list[str] = []
    repairs: list[Repair] = []
    position = length = 0
    for edit in _joined(_trim(text, edit) for edit in edits):
        pieces += [text[position : edit.start], edit.after]
        start = length + edit.start - position
        position, length = edit.end, start + len(edit.after)
        repairs.append(Repair(number, start, length, text[edit.start : edit.end], edit.rule))
    return "".join([*pieces, text[position:]]), tuple(repairs)


def _trim(text: str, edit: Edit) -> Edit:
    before, after = text[edit.start : edit.end], edit.after
    head = _shared(before, after)
    before, after = before[head:], after[head:]
    tail = _shared(before[::-1], after[::-1])
    return edit._replace(start=edit.start + head, end=edit.end - tail, after=after[: len(after) - tail])


def _shared(one: str, other: str) -> int:
    """Return the length of the longest common prefix."""
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _joined(edits: Iterable[Edit]) -> Iterator[Edit]:
    """Drop edits that change nothing, and make one of removals that touch: both would start at the same offset."""
    last: Edit | None = None
    for edit in edits:
        if edit.start == edit.end and not edit.after:
            continue
        if last and last.end == edit.start and not last.after and not edit.after:
            last = last._replace(end=edit.end)
            continue
        if last:
            yield last
        last = edit
    if last:
        yield last

"""Which cuts a reader should look at first: those that most likely took what should have stayed.

Long cuts, cuts between prose that stayed, and cuts by rules that fire on few sources. Nobody says that they are wrong.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ..reason import Reason
from ..text import is_prose
from .sample import Piece, Shown

_LONG = 500  # characters
_FEW = 2  # sources
_MANY = 6  # sources that a corpus has before two of them are few
# Cut as what they are, however long, and there to read as documents of their own.
_WHOLE = {Reason.SPLICED_ARTICLE.value}


@dataclass(frozen=True, slots=True)
class Suspect:
    """A cut to look at: where it is shown, and what speaks for looking."""

    document: Shown
    piece: Piece
    score: float
    why: tuple[str, ...]


def suspects(documents: Iterable[Shown], sources: Mapping[str, int], known: int, most: int) -> list[Suspect]:
    """Return the most suspicious cuts, the worst first: at most three of a rule, two of a document, no text twice.

    Args:
        documents: those looked at.
        sources: how many sources each rule fired on.
        known: how many sources there are.
        most: how many are returned.
    """
    found = [suspect for document in documents for suspect in _of_document(document, sources, known)]
    found.sort(key=lambda item: (-item.score, item.piece.rule, item.document.row["id"], item.piece.start))
    rules: Counter[str] = Counter()
    owners: Counter[str] = Counter()
    chosen: dict[tuple[str, str], Suspect] = {}
    for item in found:
        rule, owner = item.piece.rule, item.document.row["id"]
        if rules[rule] < 3 and owners[owner] < 2 and (rule, item.piece.before) not in chosen:
            chosen[rule, item.piece.before] = item
            rules[rule] += 1
            owners[owner] += 1
    return list(chosen.values())[:most]


def _of_document(document: Shown, sources: Mapping[str, int], known: int) -> Iterator[Suspect]:
    for number, piece in enumerate(document.pieces):
        if not piece.rule or piece.reason in _WHOLE:
            continue
        around = document.pieces[max(0, number - 1) : number] + document.pieces[number + 1 : number + 2]
        signs = list(_signs(piece, around, sources.get(piece.rule, 0), known))
        if signs:
            yield Suspect(document, piece, sum(weight for weight, _ in signs), tuple(why for _, why in signs))


def _signs(piece: Piece, around: tuple[Piece, ...], sources: int, known: int) -> Iterator[tuple[float, str]]:
    if piece.size >= _LONG:
        yield math.log10(piece.size / _LONG) + 1, f"{piece.size:,} characters"
    if len(around) == 2 and not any(item.rule for item in around):
        before, after = (around[0].after or around[0].before), around[1].before
        if before[-1:] not in {"", "\n"} and after[:1] not in {"", "\n"} and not piece.tail.endswith("\n"):
            yield 1.0, "inside a line"
        elif _last(before) and _first(after):
            yield 1.0, "between paragraphs that stayed"
    if is_prose(piece.before.strip().split("\n")[0]):
        yield 0.8, "reads like prose"
    if known >= _MANY and 0 < sources <= _FEW:
        yield 0.4, f"its rule fires on {sources} of {known:,} sources"


def _last(text: str) -> bool:
    return is_prose(text.rstrip().rpartition("\n")[2])


def _first(text: str) -> bool:
    return is_prose(text.lstrip().partition("\n")[0])

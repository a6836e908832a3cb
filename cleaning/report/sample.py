"""Which documents the report shows, and how much of each.

The choice depends on the ids alone, so that the same release gives the same report: of each reason, the documents whose
ids have the smallest hashes. That is as good as random, and a document stays chosen when others come and go.
"""

from __future__ import annotations

import hashlib
import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from ..document import put_back
from ..reason import Reason
from ..release.tables import batches

# So much of a long stretch is shown, half of it from its beginning and half from its end, in characters.
_KEPT_SHOWN = 1_200
_CUT_SHOWN = 2_000
_DROPPED_SHOWN = 800
_PIECES = 120
_ROWS = 1 << 17  # rows without their texts, looked at together
_Item = TypeVar("_Item")
_COLUMNS = ["id", "title", "language", "source", "url", "text"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of repaired text: one that was kept, or one that was cut by ``rule`` for ``reason``.

    ``after`` is what stands after a gap of ``gap`` characters that are not shown, and ``tail`` the white space that a
    cut ends with: it is set apart so that the rule can be named at the end of the cut's own line. ``start`` and
    ``size`` tell the whole stretch in the repaired text, in characters.
    """

    before: str
    rule: str = ""
    reason: str = ""
    evidence: str = ""
    gap: int = 0
    after: str = ""
    tail: str = ""
    start: int = 0
    size: int = 0


@dataclass(frozen=True, slots=True)
class Shown:
    """A document of the report, rebuilt from the tables of the release."""

    row: Mapping[str, Any]
    pieces: tuple[Piece, ...]
    more: int = 0  # pieces left out

    @property
    def size(self) -> int:
        """Roughly the bytes that it takes, markup not counted."""
        texts = [self.row.get("title"), self.row.get("evidence")]
        texts += [text for piece in self.pieces for text in (piece.before, piece.after, piece.tail, piece.evidence)]
        return sum(len((text or "").encode()) for text in texts)


def kept_sample(release: Path, per_reason: int) -> list[Shown]:
    """Return kept documents with their cuts, up to ``per_reason`` for each reason: one for each, then a second."""
    return shown(release, chosen_ids(release, per_reason))


def chosen_ids(release: Path, per_reason: int) -> list[str]:
    """Return ids of kept documents that have cuts: for each reason those of the smallest hashes."""
    ids = _kept_ids(release)
    chosen: dict[str, list[tuple[bytes, str]]] = defaultdict(list)
    for batch in batches(release, "removed", ["id", "reason"], size=_ROWS):
        rows = pa.Table.from_batches([batch.filter(pc.is_in(batch["id"], value_set=ids))])
        for row in rows.group_by(["reason", "id"]).aggregate([]).to_pylist():
            chosen[row["reason"]].append((_hash(row["id"]), row["id"]))
        chosen = defaultdict(list, {reason: _smallest(per_reason, pairs) for reason, pairs in chosen.items()})
    return in_turn(*([name for _, name in chosen[reason]] for reason in sorted(chosen)))


def widest_ids(release: Path, most: int) -> list[str]:
    """Return ids of the kept documents with the longest cut of each rule; the longest of all first."""
    ids = _kept_ids(release)
    longest: dict[str, tuple[int, str]] = {}
    for batch in batches(release, "removed", ["id", "rule", "start", "end"], size=_ROWS):
        found = batch.filter(pc.is_in(batch["id"], value_set=ids))
        sizes = pc.subtract(found["start"], found["end"])
        cuts = pa.table({"rule": found["rule"], "size": sizes, "id": found["id"]})
        widest = cuts.join(cuts.group_by("rule").aggregate([("size", "min")]), "rule")
        widest = widest.filter(pc.equal(widest["size"], widest["size_min"]))
        for row in widest.group_by(["rule", "size"]).aggregate([("id", "min")]).to_pylist():
            cut = (row["size"], row["id_min"])
            longest[row["rule"]] = min(cut, longest.get(row["rule"], cut))
    return list(dict.fromkeys(name for _, name in sorted(longest.values())))[:most]


def shown(release: Path, wanted: list[str]) -> list[Shown]:
    """Return kept documents, by id, with their cuts."""
    spans: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows_of_ids(release, "removed", wanted, None):
        spans[row["id"]].append(row)
    documents = {row["id"]: _shown(row, spans[row["id"]]) for row in rows_of_ids(release, "default", wanted, _COLUMNS)}
    return [documents[name] for name in wanted]


def _kept_ids(release: Path) -> pa.ChunkedArray:
    return pa.chunked_array([batch["id"] for batch in batches(release, "default", ["id"])])


def dropped_sample(release: Path, per_reason: int) -> list[Shown]:
    """Return dropped documents, up to ``per_reason`` for each reason: one for each, then a second."""
    chosen: dict[str, list[tuple[bytes, int]]] = defaultdict(list)
    number = 0
    for batch in batches(release, "dropped", ["id", "origin", "reason"], size=_ROWS):
        for row in batch.to_pylist():
            chosen[row["reason"]].append((_hash(f"{row['id']} {row['origin']}"), number))
            number += 1
        chosen = defaultdict(list, {reason: _smallest(per_reason, pairs) for reason, pairs in chosen.items()})
    wanted = in_turn(*([row for _, row in chosen[reason]] for reason in sorted(chosen)))
    rows = dict(_numbered(release, set(wanted)))
    return [_dropped(rows[row]) for row in wanted]


def _dropped(row: dict[str, Any]) -> Shown:
    before, gap, after = _folded(row["text"] or "", _DROPPED_SHOWN)
    return Shown({**row, "text": None}, (Piece(before, gap=gap, after=after),))


def rows_of_ids(release: Path, config: str, ids: list[str], columns: list[str] | None) -> Iterator[dict[str, Any]]:
    """Yield the rows of a table that have one of some ids."""
    wanted = pa.array(ids, pa.string())
    for batch in batches(release, config, columns, size=1024):
        yield from batch.filter(pc.is_in(batch["id"], value_set=wanted)).to_pylist()


def first_copies(release: Path, kept: list[str]) -> dict[str, dict[str, Any]]:
    """Return, by the id of the document kept, a copy of it that was dropped: the one with the smallest id."""
    wanted, found = pa.array(kept, pa.string()), dict[str, dict[str, Any]]()
    for batch in batches(release, "dropped", ["id", "reason", "kept_id", "similarity", "text"], size=1024):
        is_here = pc.not_equal(batch["reason"], Reason.EARLIER_RELEASE.value)
        for row in batch.filter(pc.and_(pc.is_in(batch["kept_id"], value_set=wanted), is_here)).to_pylist():
            if row["kept_id"] not in found or row["id"] < found[row["kept_id"]]["id"]:
                found[row["kept_id"]] = row
    return found


def within(documents: Iterable[Shown], size: int) -> list[Shown]:
    """Return the first documents that fit into so many bytes; one that is too large for what is left is passed over."""
    fitting = []
    for document in documents:
        if document.size <= size:
            size -= document.size
            fitting.append(document)
    return fitting


def _hash(name: str) -> bytes:
    return hashlib.sha256(name.encode()).digest()


def _smallest(count: int, pairs: Iterable[tuple[bytes, Any]]) -> list[tuple[bytes, Any]]:
    return heapq.nsmallest(count, set(pairs))


def in_turn(*lists: Sequence[_Item]) -> list[_Item]:
    """Return what stands in some lists, each once: the first of each list, then the second of each.

    >>> in_turn(["a", "b"], ["b", "c", "d"])
    ['a', 'b', 'c', 'd']
    """
    rounds = zip_longest(*lists)
    return list(dict.fromkeys(item for items in rounds for item in items if item is not None))


def _numbered(release: Path, wanted: set[int]) -> Iterator[tuple[int, dict[str, Any]]]:
    start = 0
    for batch in batches(release, "dropped", size=1024):
        numbers = [number for number in range(start, start + batch.num_rows) if number in wanted]
        rows = batch.take(pa.array([number - start for number in numbers], pa.int64()))
        yield from zip(numbers, rows.to_pylist(), strict=True)
        start += batch.num_rows


def _shown(row: dict[str, Any], spans: list[dict[str, Any]]) -> Shown:
    spans = sorted(spans, key=lambda span: span["start"])
    repaired = put_back(row["text"], ((span["start"], span["text"]) for span in spans))
    filled = pieces_of(repaired, spans, 0, len(repaired))
    return Shown({**row, "text": None}, tuple(filled[:_PIECES]), max(0, len(filled) - _PIECES))


def pieces_of(repaired: str, spans: Iterable[Mapping[str, Any]], begin: int, end: int) -> list[Piece]:
    """Return the stretches of a repaired text between two offsets, which split no cut, as they are shown.

    Args:
        repaired: the text.
        spans: the rows of `removed` that belong to it, by start.
        begin: where to begin.
        end: where to end, exclusive.
    """
    pieces, position = [], begin
    for span in spans:
        if begin <= span["start"] and span["end"] <= end:
            pieces.append(_kept(repaired, position, span["start"]))
            pieces.append(_cut(repaired, span))
            position = span["end"]
    pieces.append(_kept(repaired, position, end))
    return [piece for piece in pieces if piece.rule or piece.before]


def _kept(repaired: str, start: int, end: int) -> Piece:
    before, gap, after = _folded(repaired[start:end], _KEPT_SHOWN)
    return Piece(before, gap=gap, after=after, start=start, size=end - start)


def _cut(repaired: str, span: Mapping[str, Any]) -> Piece:
    text = repaired[span["start"] : span["end"]]
    body = text.rstrip()
    before, gap, after = _folded(body, _CUT_SHOWN)
    tail = text[len(body) :][:_KEPT_SHOWN]
    why = (span["rule"], span["reason"], span["evidence"] or "")
    return Piece(before, *why, gap, after, tail, start=span["start"], size=len(text))


def _folded(text: str, most: int) -> tuple[str, int, str]:
    """Return a text's beginning, how many characters are left out, and its end."""
    gap = len(text) - most
    if gap <= 0:
        return text, 0, ""
    return text[: most // 2], gap, text[-(most // 2) :]

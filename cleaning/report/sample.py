"""Which documents the report shows, and how much of each.

The choice depends on the ids alone, so that the same release gives the same report: of each reason, the documents whose
ids have the smallest hashes. That is as good as random, and a document stays chosen when others come and go.
"""

from __future__ import annotations

import hashlib
import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from ..document import put_back
from ..release.tables import batches

# So much of a long stretch is shown, half of it from its beginning and half from its end, in characters.
_KEPT_SHOWN = 800
_CUT_SHOWN = 2_000
_DROPPED_SHOWN = 800
_PIECES = 120
_ROWS = 1 << 17  # rows without their texts, looked at together
_COLUMNS = ["id", "title", "language", "source", "url", "text"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of repaired text: one that was kept, or one that was cut by ``rule`` for ``reason``.

    ``after`` is what stands after a gap of ``gap`` characters that are not shown, and ``tail`` the white space that a
    cut ends with: it is set apart so that the rule can be named at the end of the cut's own line.
    """

    before: str
    rule: str = ""
    reason: str = ""
    evidence: str = ""
    gap: int = 0
    after: str = ""
    tail: str = ""


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
    ids = pa.chunked_array([batch["id"] for batch in batches(release, "default", ["id"])])
    chosen: dict[str, list[tuple[bytes, str]]] = defaultdict(list)
    for batch in batches(release, "removed", ["id", "reason"], size=_ROWS):
        rows = pa.Table.from_batches([batch.filter(pc.is_in(batch["id"], value_set=ids))])
        for row in rows.group_by(["reason", "id"]).aggregate([]).to_pylist():
            chosen[row["reason"]].append((_hash(row["id"]), row["id"]))
        chosen = defaultdict(list, {reason: _smallest(per_reason, pairs) for reason, pairs in chosen.items()})
    wanted = _in_turn({reason: [name for _, name in pairs] for reason, pairs in chosen.items()})
    documents = {row["id"]: row for row in _rows(release, "default", wanted, _COLUMNS)}
    spans: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in _rows(release, "removed", wanted, None):
        spans[row["id"]].append(row)
    return [_shown(documents[name], spans[name]) for name in wanted]


def dropped_sample(release: Path, per_reason: int) -> list[Shown]:
    """Return dropped documents, up to ``per_reason`` for each reason: one for each, then a second."""
    chosen: dict[str, list[tuple[bytes, int]]] = defaultdict(list)
    number = 0
    for batch in batches(release, "dropped", ["id", "origin", "reason"], size=_ROWS):
        for row in batch.to_pylist():
            chosen[row["reason"]].append((_hash(f"{row['id']} {row['origin']}"), number))
            number += 1
        chosen = defaultdict(list, {reason: _smallest(per_reason, pairs) for reason, pairs in chosen.items()})
    wanted = _in_turn({reason: [row for _, row in pairs] for reason, pairs in chosen.items()})
    rows = dict(_numbered(release, set(wanted)))
    return [Shown(rows[row], (_folded(rows[row]["text"] or "", _DROPPED_SHOWN),)) for row in wanted]


def within(documents: Iterable[Shown], size: int) -> list[Shown]:
    """Return the first documents that fit into so many bytes."""
    fitting = []
    for document in documents:
        size -= document.size
        if size < 0:
            break
        fitting.append(document)
    return fitting


def _hash(name: str) -> bytes:
    return hashlib.sha256(name.encode()).digest()


def _smallest(count: int, pairs: Iterable[tuple[bytes, Any]]) -> list[tuple[bytes, Any]]:
    return heapq.nsmallest(count, set(pairs))


def _in_turn(chosen: Mapping[str, list[Any]]) -> list[Any]:
    """Return what was chosen, each once: the first of each reason in order of name, then the second of each."""
    rounds = zip_longest(*(chosen[reason] for reason in sorted(chosen)))
    return list(dict.fromkeys(item for items in rounds for item in items if item is not None))


def _rows(release: Path, config: str, ids: list[str], columns: list[str] | None) -> Iterator[dict[str, Any]]:
    wanted = pa.array(ids, pa.string())
    for batch in batches(release, config, columns, size=1024):
        yield from batch.filter(pc.is_in(batch["id"], value_set=wanted)).to_pylist()


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
    pieces, position = [], 0
    for span in spans:
        pieces.append(_folded(repaired[position : span["start"]], _KEPT_SHOWN))
        why = (span["rule"], span["reason"], span["evidence"] or "")
        pieces.append(_folded(repaired[span["start"] : span["end"]], _CUT_SHOWN, *why))
        position = span["end"]
    pieces.append(_folded(repaired[position:], _KEPT_SHOWN))
    filled = [piece for piece in pieces if piece.rule or piece.before]
    return Shown(row, tuple(filled[:_PIECES]), max(0, len(filled) - _PIECES))


def _folded(text: str, shown: int, rule: str = "", reason: str = "", evidence: str = "") -> Piece:
    body = text.rstrip() if rule else text
    tail = text[len(body) :][:_KEPT_SHOWN]
    gap = len(body) - shown
    if gap <= 0:
        return Piece(body, rule, reason, evidence, tail=tail)
    half = shown // 2
    return Piece(body[:half], rule, reason, evidence, gap, body[-half:], tail)

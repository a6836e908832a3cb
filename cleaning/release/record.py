"""One document of a release, rebuilt from the tables: kept or dropped, with its cuts, its repairs and its kept twin."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, fields
from itertools import takewhile
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from ..document import Cut, Document, Dropped, Repair, Signals, put_back
from ..errors import OutputError
from ..reason import Reason
from .tables import batches, shards

Row = dict[str, Any]

_NEAR = 3  # ids that an error suggests
_ROWS = 1024
_FACTS = ("id", "parent_id", "origin", "url", "source", "title", "language", "language_score", "date", "author")


@dataclass(frozen=True, slots=True)
class Record:
    """A document as a release has it.

    Attributes:
        document: the document; what the tables do not say, such as the charset, is missing.
        kept_id: the document kept in its place, when it was dropped as a copy: of an earlier release, if that is the
            reason.
        similarity: the Jaccard similarity to it.
        kept: the text of that one; None when there is none, or when it is in another release.
    """

    document: Document
    kept_id: str | None = None
    similarity: float | None = None
    kept: str | None = None


def find_record(release: Path, name: str) -> Record:
    """Return the document with an id.

    Raises:
        OutputError: no document has the id, the folder is no release, or its tables do not fit together.
    """
    row = next(rows_with(release, "default", name), None)
    if row is not None:
        return Record(_document(release, row, None))
    row = next(rows_with(release, "dropped", name), None)
    if row is None:
        raise OutputError(f"{release}: no document has the id {name!r}{_suggested(release, name)}")
    kept_id, reason = row["kept_id"], _reason(release, row)
    # What an earlier release has is named by its id there, which may be that of another document here.
    is_here = kept_id and reason is not Reason.EARLIER_RELEASE
    twin = next(rows_with(release, "default", kept_id), None) if is_here else None
    document = _document(release, row, Dropped(reason, row["evidence"] or ""))
    return Record(document, kept_id, row["similarity"], twin["text"] if twin else None)


def rows_with(release: Path, config: str, name: str) -> Iterator[Row]:
    """Yield the rows of a table that have an id. Only row groups that can hold it are read.

    Raises:
        OutputError: the table is missing.
    """
    for file in shards(release, config):
        with pq.ParquetFile(file) as parquet:
            groups = [number for number in range(parquet.num_row_groups) if _may_hold(parquet, number, name)]
            for batch in parquet.iter_batches(batch_size=_ROWS, row_groups=groups):
                yield from batch.filter(pc.equal(batch["id"], name)).to_pylist()


def document_of(row: Row, spans: list[Row], repairs: list[Row], dropped: Dropped | None = None) -> Document:
    """Return a row of `default` or `dropped` as a document, with its rows of the other tables.

    Raises:
        ValueError: a reason is none of this version's.
    """
    spans = sorted(spans, key=lambda span: span["start"])
    text = row["text"] or ""
    facts: dict[str, Any] = {name: row.get(name) for name in _FACTS}
    measured = {item.name: row.get(item.name) or 0.0 for item in fields(Signals)}
    return Document(
        repaired=put_back(text, ((span["start"], span["text"]) for span in spans)),
        text=text,
        **facts,
        captions=tuple(row.get("captions") or ()),
        cuts=tuple(_cut(span) for span in spans),
        repairs=tuple(_repair(repair) for repair in repairs),
        signals=Signals(**measured),
        n_words=row.get("n_words") or 0,
        dropped=dropped,
    )


def _document(release: Path, row: Row, dropped: Dropped | None) -> Document:
    spans, repairs = (list(rows_with(release, config, row["id"])) for config in ("removed", "repairs"))
    try:
        return document_of(row, spans, repairs, dropped)
    except ValueError as error:
        raise OutputError(f"{release}: {row['id']}: {error}: the release was made by another version") from error


def _reason(release: Path, row: Row) -> Reason:
    try:
        return Reason(row["reason"])
    except ValueError as error:
        raise OutputError(f"{release}: {row['id']}: {error}: the release was made by another version") from error


def _cut(span: Row) -> Cut:
    return Cut(span["start"], span["end"], span["rule"], Reason(span["reason"]), span["evidence"] or "")


def _repair(row: Row) -> Repair:
    return Repair(row["round"], row["start"], row["end"], row["before"], row["rule"])


def _may_hold(parquet: pq.ParquetFile, number: int, name: str) -> bool:
    """Return whether a row group may hold an id, by the smallest and the largest that it holds."""
    group = parquet.metadata.row_group(number)
    found = group.column(parquet.schema_arrow.get_field_index("id")).statistics
    if found is None or not found.has_min_max:
        return True
    return bool(found.min <= name <= found.max)


def _suggested(release: Path, name: str) -> str:
    near = near_ids(release, name)
    return f"; near it are {', '.join(near)}" if near else ""


def near_ids(release: Path, name: str) -> list[str]:
    """Return ids that begin like a name, the likest first. It reads the ids of all documents."""
    near: list[tuple[int, str]] = []
    for config in ("default", "dropped"):
        for batch in batches(release, config, ["id"]):
            found = ((-_common(name, other), other) for other in _present(batch["id"]))
            near = heapq.nsmallest(_NEAR, (*near, *(pair for pair in found if pair[0])))
    return [other for _, other in near]


def _present(ids: pa.Array) -> list[str]:
    present: list[str] = ids.drop_null().to_pylist()
    return present


def _common(one: str, other: str) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))

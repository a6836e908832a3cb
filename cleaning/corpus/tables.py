"""The tables of a release, each in its order, made from the staged documents and the marks of deduplication."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa

from ..dedup import Mark
from ..schema import DROPPED, REMOVED, REPAIRS
from .rows import default_schema
from .stage import Staged


def release_tables(
    daft: Any,
    staged: Staged,
    marks: Sequence[Mark],
    ids: tuple[Mapping[int, str], Mapping[int, str]],
    carry: Sequence[str] = (),
) -> dict[str, tuple[pa.Schema, Iterator[pa.RecordBatch]]]:
    """Return, for each config, its schema and its rows in order of id.

    Args:
        daft: the engine.
        staged: the staged documents.
        marks: documents dropped as copies.
        ids: new ids and new parent ids by row, where they are not the staged ones.
        carry: columns carried along.
    """
    documents = _final(daft, staged.documents(daft), _changes(staged.keys, marks, *ids))
    default = default_schema(carry)
    kept = documents.where(documents["reason"].is_null())
    dropped = documents.where(documents["reason"].not_null())
    return {
        "default": (default, _in_order(kept, default, ["id"])),
        "removed": (REMOVED, _in_order(_spans(daft, documents, "cuts"), REMOVED, ["id", "start"])),
        "dropped": (DROPPED, _in_order(dropped, DROPPED, ["id", "origin", "evidence"])),
        # What is empty now and what stands there now can start at the same offset.
        "repairs": (REPAIRS, _in_order(_spans(daft, documents, "repairs"), REPAIRS, ["id", "number"])),
    }


def _changes(keys: pa.Table, marks: Sequence[Mark], ids: Mapping[int, str], parents: Mapping[int, str]) -> pa.Table:
    """Return what the corpus steps decided, by row, for the rows that they decided about."""
    named = dict(zip(keys["row"].to_pylist(), keys["id"].to_pylist(), strict=True)) | dict(ids)
    by_row = {mark.row: mark for mark in marks}
    rows = sorted({*by_row, *ids, *parents})
    found = [by_row.get(row) for row in rows]
    return pa.table(
        {
            "row": pa.array(rows, pa.int64()),
            "new_id": pa.array([ids.get(row) for row in rows], pa.string()),
            "new_parent": pa.array([parents.get(row) for row in rows], pa.string()),
            "new_reason": pa.array([mark.reason.value if mark else None for mark in found], pa.string()),
            "kept_id": pa.array([named[mark.kept_row] if mark else None for mark in found], pa.string()),
            "similarity": pa.array([mark.similarity if mark else None for mark in found], pa.float32()),
        }
    )


def _final(daft: Any, documents: Any, changes: pa.Table) -> Any:
    table = documents.join(daft.from_arrow(changes), on="row", how="left")
    pairs = {"id": "new_id", "parent_id": "new_parent", "reason": "new_reason"}
    return table.with_columns({old: daft.functions.coalesce(table[new], table[old]) for old, new in pairs.items()})


def _spans(daft: Any, documents: Any, name: str) -> Any:
    """Return one row a span, with the id of its document."""
    spans = documents.select("id", name).explode(name).select("id", daft.functions.unnest(daft.col(name)))
    return spans.where(spans["rule"].not_null())  # a document without spans explodes to one row of nulls


def _in_order(table: Any, schema: pa.Schema, by: list[str]) -> Iterator[pa.RecordBatch]:
    ordered = table.select(*schema.names).sort(by)
    for batch in ordered.to_arrow_iter():
        yield from pa.Table.from_batches([batch]).cast(schema).to_batches()

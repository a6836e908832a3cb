"""Documents as Arrow rows: the table that is staged between cleaning and the release."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from itertools import accumulate
from operator import attrgetter
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import xxhash
from numpy.typing import NDArray

from ..document import Cut, Document, Personal, Repair, Signals, put_back
from ..errors import SettingsError
from ..reason import Reason
from ..schema import DEFAULT, DROPPED, PERSONAL, REMOVED, REPAIRS
from ..text import fold, line_spans

_SPANS = {"cuts": REMOVED, "repairs": REPAIRS, "personal": PERSONAL}

# Names that a column carried along cannot have: those of the release, and those that are used on the way there.
_TAKEN = {*DEFAULT.names, *DROPPED.names, *_SPANS, "digest", "line_keys", "row", "new_id", "new_parent", "new_reason"}


def default_schema(carry: Sequence[str] = ()) -> pa.Schema:
    """Return the schema of `default` with the columns that are carried along.

    Raises:
        SettingsError: a column cannot be carried along, because another one has its name.
    """
    for name in carry:
        if name in _TAKEN or carry.count(name) > 1:
            raise SettingsError(f"input.columns.carry: {name}: the tables have such a column; rename it in the input")
    extra = [pa.field(name, pa.large_string(), metadata={"description": "carried along"}) for name in carry]
    return pa.schema([*DEFAULT, *extra])


def staged_schema(carry: Sequence[str] = ()) -> pa.Schema:
    """Return the schema of the staged table: `default`'s columns, and what the other tables are made from.

    ``reason`` and ``evidence`` are null for a document that is kept so far. ``digest`` tells exact copies: it is of
    the words alone. ``line_keys`` tell lines that other texts have too. Unreadable records are rows with the
    reason ``unreadable`` and no id.
    """
    return pa.schema(
        [
            *default_schema(carry),
            pa.field("reason", pa.string()),
            pa.field("evidence", pa.large_string()),
            pa.field("digest", pa.string()),
            pa.field("line_keys", pa.large_list(pa.uint64())),
            *(pa.field(name, _span_list(schema)) for name, schema in _SPANS.items()),
        ]
    )


def to_rows(documents: Sequence[Document], carry: Sequence[str] = ()) -> pa.Table:
    """Return staged rows for documents, without their ``split_off``."""
    columns = {name: [value(document) for document in documents] for name, value in _VALUES.items()}
    for name in carry:
        columns[name] = [dict(document.extra).get(name) for document in documents]
    arrays: dict[str, pa.Array] = dict(columns)
    arrays["cuts"] = _spans(REMOVED, [_cut_rows(document) for document in documents])
    arrays["repairs"] = _spans(REPAIRS, [_repair_rows(document) for document in documents])
    arrays["personal"] = _spans(PERSONAL, [_personal_rows(document) for document in documents])
    return pa.table(arrays, schema=staged_schema(carry))


_AS_THEY_ARE = (
    "parent_id",
    "origin",
    "url",
    "source",
    "title",
    "text",
    "n_words",
    "digest",
    "language",
    "language_score",
    "date",
    "author",
)

_REPAIR = tuple(item.name for item in dataclasses.fields(Repair))
_of_repair = attrgetter(*_REPAIR)
_PERSONAL = tuple(item.name for item in dataclasses.fields(Personal))

_VALUES: dict[str, Callable[[Document], Any]] = {
    **{name: attrgetter(name) for name in _AS_THEY_ARE},
    **{item.name: attrgetter(f"signals.{item.name}") for item in dataclasses.fields(Signals)},
    "id": lambda document: document.id or None,
    "captions": lambda document: list(document.captions),
    "n_chars": lambda document: len(document.text),
    "n_chars_repaired": lambda document: len(document.repaired),
    "reason": lambda document: document.dropped.reason.value if document.dropped else None,
    "evidence": lambda document: document.dropped.evidence if document.dropped else None,
    "line_keys": lambda document: sorted(set(line_keys(document.text).values())),
}


def line_keys(text: str) -> dict[tuple[int, int], int]:
    r"""Return, by the spans of a text's lines, what tells that another text has the same line.

    >>> keys = line_keys("Read more\n\nread more:")
    >>> list(keys), len(set(keys.values()))
    ([(0, 9), (11, 21)], 1)
    """
    return {
        (start, end): xxhash.xxh3_64_intdigest(fold(text[start:end]).encode("utf-8", "surrogatepass"))
        for start, end in line_spans(text)
    }


def row_bytes(rows: pa.Table | pa.StructArray) -> NDArray[np.int64]:
    """Return how many bytes each row takes in memory, about: its texts, and the same for every other cell."""
    columns = rows.flatten() if isinstance(rows, pa.StructArray) else [c.combine_chunks() for c in rows.columns]
    return sum((_cell_bytes(column) for column in columns), np.zeros(len(rows), np.int64))


def _cell_bytes(column: pa.Array) -> NDArray[np.int64]:
    kind = column.type
    if pa.types.is_struct(kind):
        return row_bytes(column)
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        parents = pc.list_parent_indices(column).to_numpy()
        sizes = np.bincount(parents, weights=_cell_bytes(column.flatten()), minlength=len(column))
        return sizes.astype(np.int64)
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        lengths = pc.fill_null(pc.binary_length(column), 0)
        return _CELL + np.asarray(lengths.to_numpy(zero_copy_only=False), dtype=np.int64)
    return np.full(len(column), _CELL, np.int64)


# Bytes counted for a cell, on top of its text.
_CELL = 8


def from_row(row: dict[str, Any], carry: Sequence[str] = ()) -> Document:
    """Return the document of a staged row."""
    cuts = tuple(
        Cut(cut["start"], cut["end"], cut["rule"], Reason(cut["reason"]), cut["evidence"]) for cut in row["cuts"]
    )
    return Document(
        repaired=put_back(row["text"], [(cut["start"], cut["text"]) for cut in row["cuts"]]),
        id=row["id"],
        captions=tuple(row["captions"]),
        cuts=cuts,
        repairs=tuple(Repair(*(repair[name] for name in _REPAIR)) for repair in row["repairs"]),
        personal=tuple(Personal(*(place[name] for name in _PERSONAL)) for place in row["personal"]),
        extra=tuple((name, row[name]) for name in carry),
        **{name: row[name] for name in _AS_THEY_ARE},
    )


def _span_list(schema: pa.Schema) -> pa.DataType:
    return pa.large_list(pa.struct([field.remove_metadata() for field in schema if field.name != "id"]))


def _spans(schema: pa.Schema, groups: Sequence[Sequence[dict[str, Any]]]) -> pa.Array:
    kind = _span_list(schema)
    flat = [row for group in groups for row in group]
    arrays = [pa.array([row[field.name] for row in flat], field.type) for field in kind.value_type]
    offsets = pa.array([0, *accumulate(map(len, groups))], pa.int64())
    return pa.LargeListArray.from_arrays(offsets, pa.StructArray.from_arrays(arrays, fields=list(kind.value_type)))


def _cut_rows(document: Document) -> list[dict[str, Any]]:
    return [
        {
            "start": cut.start,
            "end": cut.end,
            "rule": cut.rule,
            "reason": cut.reason.value,
            "evidence": cut.evidence,
            "text": document.repaired[cut.start : cut.end],
        }
        for cut in document.cuts
    ]


def _repair_rows(document: Document) -> list[dict[str, Any]]:
    return [
        {"number": number, **dict(zip(_REPAIR, _of_repair(repair), strict=True))}
        for number, repair in enumerate(document.repairs)
    ]


def _personal_rows(document: Document) -> list[dict[str, Any]]:
    return [{name: getattr(place, name) for name in _PERSONAL} for place in document.personal]

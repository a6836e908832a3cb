"""Documents as Arrow rows: the table that is staged between cleaning and the release."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from hashlib import blake2b
from itertools import accumulate
from operator import attrgetter
from typing import Any

import pyarrow as pa

from ..document import Document, Signals
from ..schema import DEFAULT, REMOVED, REPAIRS
from ..text import words

_SPANS = {"cuts": REMOVED, "repairs": REPAIRS}


def default_schema(carry: Sequence[str] = ()) -> pa.Schema:
    """Return the schema of `default` with the columns that are carried along."""
    extra = [pa.field(name, pa.large_string(), metadata={"description": "carried along"}) for name in carry]
    return pa.schema([*DEFAULT, *extra])


def staged_schema(carry: Sequence[str] = ()) -> pa.Schema:
    """Return the schema of the staged table: `default`'s columns, and what the other tables are made from.

    ``reason`` and ``evidence`` are null for a document that is kept so far. ``digest`` tells exact copies: it is of the
    words alone. Unreadable records are rows with the reason ``unreadable`` and no id.
    """
    return pa.schema(
        [
            *default_schema(carry),
            pa.field("reason", pa.string()),
            pa.field("evidence", pa.large_string()),
            pa.field("digest", pa.string()),
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
    return pa.table(arrays, schema=staged_schema(carry))


_AS_THEY_ARE = ("parent_id", "origin", "url", "source", "title", "text", "language", "language_score", "date", "author")

_VALUES: dict[str, Callable[[Document], Any]] = {
    **{name: attrgetter(name) for name in _AS_THEY_ARE},
    **{item.name: attrgetter(f"signals.{item.name}") for item in dataclasses.fields(Signals)},
    "id": lambda document: document.id or None,
    "captions": lambda document: list(document.captions),
    "n_chars": lambda document: len(document.text),
    "n_words": lambda document: len(words(document.text)),
    "n_chars_repaired": lambda document: len(document.repaired),
    "reason": lambda document: document.dropped.reason.value if document.dropped else None,
    "evidence": lambda document: document.dropped.evidence if document.dropped else None,
    "digest": lambda document: digest(document.text),
}


def digest(text: str) -> str:
    """Return what two texts share when they differ in case, spaces and punctuation only.

    >>> digest("Rain,  again.") == digest("rain again")
    True
    """
    return blake2b(" ".join(words(text.casefold())).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


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
    return [dataclasses.asdict(repair) for repair in document.repairs]

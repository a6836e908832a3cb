"""A digest of a table's content that does not depend on how the table is stored.

Files of the same rows differ when the codec, the size of the shards or the version of the Parquet library does. The
logical digest stays, so two releases, or a release and a copy converted to something else, can be compared.

Definition, in a form that can be computed again with any library:

- A column's values are taken in the order of the rows, over all shards. Two streams of bytes are made of them:
  *lengths*, eight bytes a value (int64, little-endian): -1 for null, the number of UTF-8 bytes of a string, the number
  of items of a list, the number of bytes of any other value; and *content*: of strings the UTF-8 bytes, of numbers
  the little-endian bytes, one value after another, nulls left out.
- The digest of such a column is ``sha256(sha256(lengths) + sha256(content))``.
- The content of a list column is the digest of its items, taken as a column: it stands in place of ``sha256(content)``.
- The digest of the table is the SHA-256 of one line a column, in the order of the columns:
  name, tab, type, tab, the column's digest in hexadecimal, newline. The types ``string`` and ``large_string`` are the
  same type here, so both are called ``string``; a list is ``list<string>``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc


def logical_digest(schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> dict[str, Any]:
    """Return the number of rows, the digest of the table and of each column, as the module's docstring defines them.

    >>> rows = pa.record_batch({"id": ["a", None]})
    >>> whole = logical_digest(rows.schema, [rows])
    >>> whole == logical_digest(rows.schema, [rows.slice(0, 1), rows.slice(1, 1)])
    True
    """
    columns = {field.name: _Column(field.type) for field in schema}
    rows = 0
    for batch in batches:
        rows += batch.num_rows
        for name, column in columns.items():
            column.update(batch.column(name))
    digests = {name: column.digest().hex() for name, column in columns.items()}
    lines = (f"{field.name}\t{_type_name(field.type)}\t{digests[field.name]}\n" for field in schema)
    return {"rows": rows, "sha256": hashlib.sha256("".join(lines).encode()).hexdigest(), "columns": digests}


def _type_name(kind: pa.DataType) -> str:
    if _is_list(kind):
        return f"list<{_type_name(kind.value_type)}>"
    return str(kind).removeprefix("large_")


def _is_list(kind: pa.DataType) -> bool:
    return bool(pa.types.is_list(kind) or pa.types.is_large_list(kind))


class _Column:
    """The running digest of one column."""

    def __init__(self, kind: pa.DataType) -> None:
        self._lengths, self._content = hashlib.sha256(), hashlib.sha256()
        self._items = _Column(kind.value_type) if _is_list(kind) else None
        self._is_text = bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))

    def update(self, values: pa.Array) -> None:
        if self._items:
            self._add_lengths(pc.list_value_length(values))
            self._items.update(values.flatten())
        elif self._is_text:
            self._add_lengths(pc.binary_length(values))
            self._content.update(_utf8(values))
        else:
            width = values.type.byte_width
            self._add_lengths(pc.if_else(values.is_valid(), width, None))
            numbers = values.drop_null().to_numpy(zero_copy_only=False)
            self._content.update(numbers.astype(numbers.dtype.newbyteorder("<")).tobytes())

    def _add_lengths(self, lengths: pa.Array) -> None:
        numbers = pc.fill_null(lengths.cast(pa.int64()), -1).to_numpy(zero_copy_only=False)
        self._lengths.update(numbers.astype("<i8").tobytes())

    def digest(self) -> bytes:
        content = self._items.digest() if self._items else self._content.digest()
        return hashlib.sha256(self._lengths.digest() + content).digest()


def _utf8(values: pa.Array) -> memoryview:
    """Return the bytes of all strings, one after another, without copying them where that can be."""
    text = values.cast(pa.large_string()).drop_null()
    _, offsets, content = text.buffers()
    if not len(text) or content is None:
        return memoryview(b"")
    ends = np.frombuffer(offsets, dtype=np.int64)[text.offset : text.offset + len(text) + 1]
    return memoryview(content)[int(ends[0]) : int(ends[-1])]

"""Tables of Arrow as Python values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pyarrow as pa

_TIME = re.compile(r"(\S+) (\d\d:\d\d:\d\d)(?:\.0+)?(\.\d+)?(Z?)")


def rows(batch: pa.RecordBatch) -> Iterator[dict[str, Any]]:
    """Yield the rows of a batch as Python values."""
    names = batch.schema.names
    columns = [_cells(column) for column in batch.columns]
    for index in range(batch.num_rows):  # there are rows even where no column is needed
        yield {name: column[index] for name, column in zip(names, columns, strict=True)}


def _cells(column: pa.Array) -> list[Any]:
    """Return a column as Python values: times as ISO 8601 strings, and strings that are not UTF-8 as bytes."""
    if pa.types.is_timestamp(column.type):
        # As strings, because Arrow holds times that Python cannot.
        zoned = pa.timestamp(column.type.unit, tz="UTC" if column.type.tz else None)
        return [value and _iso(value) for value in column.cast(zoned).cast(pa.string()).to_pylist()]
    try:
        values: list[Any] = column.to_pylist()
    except UnicodeDecodeError:
        values = [_decoded(value) for value in column.cast(_as_binary(column.type)).to_pylist()]
    return values


def _iso(value: str) -> str:
    found = _TIME.fullmatch(value)
    return "{}T{}{}{}".format(*(part or "" for part in found.groups())) if found else value


def _decoded(value: Any) -> Any:
    try:
        return value.decode("utf-8") if isinstance(value, bytes) else value
    except UnicodeDecodeError:
        return value


def _as_binary(kind: pa.DataType) -> pa.DataType:
    """Return a type with binary in place of its strings."""
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        return pa.large_list(_as_binary(kind.value_type))
    if pa.types.is_struct(kind):
        return pa.struct([(field.name, _as_binary(field.type)) for field in kind])
    if pa.types.is_dictionary(kind):
        return _as_binary(kind.value_type)
    texts = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view)
    return pa.large_binary() if any(is_text(kind) for is_text in texts) else kind

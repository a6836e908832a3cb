"""Parquet, batch by batch, and no more columns than are needed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from ..document import Raw
from ..settings import Input
from .columns import Mapped, has, map_columns, to_raw
from .files import DAMAGE, opened
from .piece import Piece, Unreadable

# Rows that are Python objects at a time; pages are large.
_BATCH = 64
_TIME = re.compile(r"(\S+) (\d\d:\d\d:\d\d)(?:\.0+)?(\.\d+)?(Z?)")


def read_parquet(piece: Piece, settings: Input) -> Iterator[Raw | Unreadable]:
    """Yield the rows of a piece. In ``file.parquet#12`` the 12 is the row in the whole file.

    Where a row group is damaged, its rows before the damage are read, and so are the row groups after it.
    """
    with opened(piece.path) as stored:
        file = pq.ParquetFile(stored, page_checksum_verification=True)
        mapped = map_columns(file.schema_arrow.names, settings.columns)
        if mapped.problem:
            yield Unreadable(piece.origin, mapped.problem)
            return
        first = piece.first
        for group in range(piece.start, file.num_row_groups if piece.stop is None else piece.stop):
            count = file.metadata.row_group(group).num_rows
            yield from _row_group(file, group, mapped, (piece.origin, first, count), settings.max_bytes)
            first += count


def parquet_columns(piece: Piece) -> Iterator[Sequence[str]]:
    """Yield the names of the columns."""
    with opened(piece.path) as stored:
        yield pq.read_schema(stored).names


def _row_group(
    file: pq.ParquetFile, group: int, mapped: Mapped, place: tuple[str, int, int], limit: int
) -> Iterator[Raw | Unreadable]:
    origin, first, count = place
    number, end = first, first + count
    columns = [name for name in mapped.needed() if has(file.schema_arrow.names, name)]
    try:
        for batch in file.iter_batches(_BATCH, row_groups=[group], columns=columns, use_threads=False):
            for row in _rows(batch):
                yield to_raw(row, f"{origin}#{number}", mapped, limit)
                number += 1
    except DAMAGE as error:
        yield Unreadable(f"{origin}#{number}", f"damaged: rows {number} to {end - 1} cannot be read: {error}")


def _rows(batch: pa.RecordBatch) -> Iterator[dict[str, Any]]:
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

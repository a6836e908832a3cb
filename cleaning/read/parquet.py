"""Parquet, batch by batch, and no more columns than are needed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pyarrow.parquet as pq

from ..document import Raw
from ..settings import Input
from .cells import rows
from .columns import Mapped, has, map_columns, to_raw
from .files import DAMAGE, opened
from .piece import Piece, Unreadable

# Rows that are Python objects at a time; pages are large.
_BATCH = 64


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
        stop = file.metadata.num_rows if piece.stop is None else piece.stop
        end = 0
        for group in range(file.num_row_groups):
            begin, end = end, end + file.metadata.row_group(group).num_rows
            wanted = range(max(begin, piece.start), min(end, stop))
            if wanted:
                yield from _row_group(file, group, mapped, (piece.origin, begin, wanted), settings.max_bytes)


def parquet_columns(piece: Piece) -> Iterator[Sequence[str]]:
    """Yield the names of the columns."""
    with opened(piece.path) as stored:
        yield pq.read_schema(stored).names


def _row_group(
    file: pq.ParquetFile, group: int, mapped: Mapped, place: tuple[str, int, range], limit: int
) -> Iterator[Raw | Unreadable]:
    """Yield the wanted rows of a row group, of which the number of its first row is told, too."""
    origin, row, wanted = place
    number = wanted.start + 1
    columns = [name for name in mapped.needed() if has(file.schema_arrow.names, name)]
    try:
        for batch in file.iter_batches(_BATCH, row_groups=[group], columns=columns, use_threads=False):
            first, row = row, row + len(batch)
            part = batch[max(0, wanted.start - first) : max(0, wanted.stop - first)]
            for values in rows(part):
                yield to_raw(values, f"{origin}#{number}", mapped, limit)
                number += 1
            if row >= wanted.stop:
                return
    except DAMAGE as error:
        yield Unreadable(f"{origin}#{number}", f"damaged: rows {number} to {wanted.stop} cannot be read: {error}")

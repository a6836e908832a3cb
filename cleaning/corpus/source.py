"""Inputs as a Daft table of raw records, one task a piece, so that pieces are read side by side."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator, Sequence

import pyarrow as pa
from daft.io.pushdowns import Pushdowns
from daft.io.source import DataSource, DataSourceTask
from daft.recordbatch import RecordBatch
from daft.schema import Schema

from ..document import Raw
from ..read import Piece, Unreadable, records
from ..settings import Input

# Records are handed on when this many, or bytes of them, have been read.
BATCH_RECORDS, BATCH_BYTES = 256, 8_000_000

_TOLD = ("charset", "id", "url", "source", "title", "date", "author", "language")

RAW = pa.schema(
    [
        pa.field("origin", pa.string()),
        pa.field("content", pa.large_binary()),
        pa.field("decoded", pa.bool_()),
        pa.field("is_html", pa.bool_()),
        *(pa.field(name, pa.large_string()) for name in _TOLD),
        pa.field("extra_names", pa.large_list(pa.string())),
        pa.field("extra_values", pa.large_list(pa.large_string())),
        pa.field("error", pa.large_string()),
    ]
)


class RawSource(DataSource):
    """All records of some pieces."""

    def __init__(self, pieces: Sequence[Piece], settings: Input) -> None:
        self._pieces, self._settings = tuple(pieces), settings

    @property
    def name(self) -> str:
        """The source's name in query plans."""
        return "raw records"

    @property
    def schema(self) -> Schema:
        """The columns of a raw record."""
        return Schema.from_pyarrow_schema(RAW)

    async def get_tasks(self, pushdowns: Pushdowns) -> AsyncIterator[DataSourceTask]:
        """Yield a task for each piece."""
        for piece in self._pieces:
            yield _PieceTask(piece, self._settings)


class _PieceTask(DataSourceTask):
    def __init__(self, piece: Piece, settings: Input) -> None:
        self._piece, self._settings = piece, settings

    @property
    def schema(self) -> Schema:
        return Schema.from_pyarrow_schema(RAW)

    async def read(self) -> AsyncIterator[RecordBatch]:
        for batch in _batches(records(self._piece, self._settings)):
            yield RecordBatch.from_arrow_table(to_table(batch))


def to_table(batch: Sequence[Raw | Unreadable]) -> pa.Table:
    """Return raw records as Arrow rows; an unreadable one has its message in ``error``."""
    return pa.Table.from_pylist([_row(record) for record in batch], schema=RAW)


def from_rows(table: pa.Table) -> Iterator[Raw | Unreadable]:
    """Yield the records that :func:`to_table` was given."""
    for row in table.to_pylist():
        if row["error"] is not None:
            yield Unreadable(row["origin"], row["error"])
            continue
        content = row["content"].decode("utf-8") if row["decoded"] else row["content"]
        extra = tuple(zip(row["extra_names"], row["extra_values"], strict=True))
        told = {name: row[name] for name in _TOLD}
        yield Raw(origin=row["origin"], content=content, is_html=row["is_html"], extra=extra, **told)


def _row(record: Raw | Unreadable) -> dict[str, object]:
    if isinstance(record, Unreadable):
        return {"origin": record.origin, "error": record.message}
    decoded = isinstance(record.content, str)
    return {
        "origin": record.origin,
        "content": record.content.encode("utf-8") if isinstance(record.content, str) else record.content,
        "decoded": decoded,
        "is_html": record.is_html,
        "extra_names": [name for name, _ in record.extra],
        "extra_values": [value for _, value in record.extra],
        **{name: getattr(record, name) for name in _TOLD},
    }


def _batches(found: Iterable[Raw | Unreadable]) -> Iterator[list[Raw | Unreadable]]:
    batch: list[Raw | Unreadable] = []
    size = 0
    for record in found:
        batch.append(record)
        size += len(record.content) if isinstance(record, Raw) else 0
        if len(batch) >= BATCH_RECORDS or size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch

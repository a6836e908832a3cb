"""Arrow files, as ``datasets`` saves them to disk: the stream format, and the file format too; batch by batch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import TypeAlias

import pyarrow as pa
from pyarrow import ipc

from ..document import Raw
from ..settings import Input
from .cells import rows
from .columns import Mapped, has, map_columns, to_raw
from .files import DAMAGE, is_remote, opened
from .piece import Piece, Unreadable

# Rows that are Python objects at a time; pages are large.
_ROWS = 64
_Reader: TypeAlias = ipc.RecordBatchStreamReader | ipc.RecordBatchFileReader
_MAGIC = b"ARROW1"
_AS_BYTES = {pa.string(): pa.binary(), pa.large_string(): pa.large_binary()}


def read_arrow(piece: Piece, settings: Input) -> Iterator[Raw | Unreadable]:
    """Yield the rows of a piece. In ``data.arrow#12`` the 12 is the row in the whole file.

    Where the values of a batch are damaged, the batches after it are read. Where its frame is, nothing more can be.
    """
    with _opened(piece.path) as stored:
        names = _reader(stored).schema.names
        mapped = map_columns(names, settings.columns)
        if mapped.problem:
            yield Unreadable(piece.origin, mapped.problem)
            return
        needed = {name.partition(".")[0] for name in mapped.needed() if has(names, name)} | {*mapped.needed()}
        reader = _reader(stored, [index for index, name in enumerate(names) if name in needed])
        first = piece.first
        for batch in _batches(reader, piece.start, piece.stop):
            yield from _records(batch, mapped, (piece.origin, first), settings.max_bytes)
            first += batch.num_rows


def arrow_columns(piece: Piece) -> Iterator[Sequence[str]]:
    """Yield the names of the columns."""
    with _opened(piece.path) as stored:
        yield _reader(stored).schema.names


def arrow_batches(path: str) -> Iterator[tuple[int, int]]:
    """Yield the rows and bytes of each batch of a local file, without reading it: it is mapped into memory."""
    with _opened(path) as stored:
        for batch in _batches(_reader(stored), 0, None):
            yield batch.num_rows, batch.get_total_buffer_size()


@contextmanager
def _opened(path: str) -> Iterator[pa.NativeFile]:
    """Open a file so that batches that are passed over need not be read, where that is possible."""
    if is_remote(path):
        with opened(path) as file:
            yield pa.PythonFile(file, mode="r")
    else:
        with pa.memory_map(path) as file:
            yield file


def _reader(stored: pa.NativeFile, fields: Sequence[int] | None = None) -> _Reader:
    stored.seek(0)
    is_file = stored.read(len(_MAGIC)) == _MAGIC
    stored.seek(0)
    options = ipc.IpcReadOptions(included_fields=fields)
    return ipc.open_file(stored, options=options) if is_file else ipc.open_stream(stored, options=options)


def _batches(reader: _Reader, start: int, stop: int | None) -> Iterator[pa.RecordBatch]:
    if isinstance(reader, ipc.RecordBatchFileReader):
        for index in range(start, reader.num_record_batches if stop is None else stop):
            yield reader.get_batch(index)
    else:
        yield from islice(reader, start, stop)


def _records(batch: pa.RecordBatch, mapped: Mapped, place: tuple[str, int], limit: int) -> Iterator[Raw | Unreadable]:
    origin, first = place
    try:
        _check(batch)
    except DAMAGE as error:
        last = first + batch.num_rows - 1
        yield Unreadable(f"{origin}#{first}", f"damaged: rows {first} to {last} cannot be read: {error}")
        return
    for start in range(0, batch.num_rows, _ROWS):
        for number, row in enumerate(rows(batch.slice(start, _ROWS)), first + start):
            yield to_raw(row, f"{origin}#{number}", mapped, limit)


def _check(batch: pa.RecordBatch) -> None:
    """Refuse values that lie outside the file: Arrow itself trusts what it reads. Strings may be any bytes.

    Raises:
        pyarrow.ArrowInvalid: there are such values.
    """
    for column in batch.columns:
        as_bytes = _AS_BYTES.get(column.type)
        (column.view(as_bytes) if as_bytes else column).validate(full=True)

"""Staged files: cleaned documents on their way to a release, a file for each task, and their keys beside it.

They are Arrow files of small batches, so that any rows can be read without the rest. A file is there when its keys are:
they are written last, and both appear whole or not at all.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from .rows import row_bytes

# A batch of about so many bytes is what is read at least when one row is wanted.
BATCH_BYTES = 256_000

_DOCUMENTS, _KEYS = ".documents", ".keys"


@dataclass(frozen=True, slots=True)
class StagedFile:
    """One staged file.

    Attributes:
        folder: where it is.
        name: the key of its task, with what was done to it since.
    """

    folder: Path
    name: str

    @property
    def documents(self) -> Path:
        """The file of the documents."""
        return self.folder / (self.name + _DOCUMENTS)

    @property
    def keys(self) -> Path:
        """The file of their keys."""
        return self.folder / (self.name + _KEYS)

    def write(self, documents: pa.Table, keys: pa.Table) -> None:
        """Write documents, in the order of their ids, and their keys."""
        order = pa.compute.sort_indices(keys.select(["id", "origin"]), [("id", "ascending"), ("origin", "ascending")])
        _write(self.documents, _batches(documents.take(order).combine_chunks()), documents.schema)
        _write(self.keys, keys.take(order).combine_chunks().to_batches(), keys.schema)

    def is_whole(self) -> bool:
        """Whether the file is there and can be read; one that a power cut has damaged is not."""
        try:
            return bool(self.read_keys(["reason"]).num_rows == sum(self._sizes()))
        except (OSError, pa.ArrowException):
            return False

    def read_keys(self, columns: Sequence[str] | None = None) -> pa.Table:
        """Return the keys, or some columns of them."""
        with pa.memory_map(str(self.keys)) as source, _reader(source, columns) as reader:
            table = reader.read_all()
        return table if columns is None else table.select(columns)

    def read(self, columns: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
        """Yield the documents, or some columns of them, in their order."""
        with pa.OSFile(str(self.documents)) as source, _reader(source, columns) as reader:
            for number in range(reader.num_record_batches):
                yield _selected(reader.get_batch(number), columns)

    def take(self, rows: NDArray[np.int64], columns: Sequence[str] | None = None) -> pa.Table:
        """Return some rows, told by their numbers in ascending order; only batches that hold one are read."""
        ends = np.cumsum(self._sizes())
        found = []
        with pa.OSFile(str(self.documents)) as source, _reader(source, columns) as reader:
            wanted = np.searchsorted(ends, rows, side="right")
            for number in np.unique(wanted).tolist():
                begin = ends[number - 1] if number else 0
                found.append(_selected(reader.get_batch(number), columns).take(rows[wanted == number] - begin))
            schema = reader.schema
        return pa.Table.from_batches(found, None if found else schema)

    def remove(self) -> None:
        """Remove the file."""
        self.keys.unlink(missing_ok=True)
        self.documents.unlink(missing_ok=True)

    def _sizes(self) -> list[int]:
        with pa.OSFile(str(self.documents)) as source, _reader(source, []) as reader:
            return [int(size) for size in reader.schema.metadata[b"rows"].split()]


def clear(folder: Path, files: Iterable[StagedFile]) -> None:
    """Make a folder hold nothing but the given staged files, as far as they are there."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = {path for file in files for path in (file.documents, file.keys)}
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path not in wanted:
            path.unlink()


def _reader(source: pa.NativeFile, columns: Sequence[str] | None) -> pa.RecordBatchFileReader:
    if columns is None:
        return pa.ipc.open_file(source)
    with pa.ipc.open_file(source) as reader:
        wanted = [reader.schema.get_field_index(name) for name in columns]
    return pa.ipc.open_file(source, options=pa.ipc.IpcReadOptions(included_fields=wanted or [0]))


def _selected(batch: pa.RecordBatch, columns: Sequence[str] | None) -> pa.RecordBatch:
    return batch if columns is None else batch.select(columns)


def _batches(table: pa.Table) -> list[pa.RecordBatch]:
    """Cut a table in one chunk into batches of about :data:`BATCH_BYTES`."""
    ends = np.cumsum(row_bytes(table))
    batches, start = [], 0
    while start < table.num_rows:
        before = int(ends[start - 1]) if start else 0
        stop = max(start + 1, int(np.searchsorted(ends, before + BATCH_BYTES, side="right")))
        batches += table.slice(start, stop - start).to_batches()
        start = stop
    return batches


def _write(path: Path, batches: Iterable[pa.RecordBatch], schema: pa.Schema) -> None:
    written = list(batches)
    told = schema.with_metadata({"rows": " ".join(str(batch.num_rows) for batch in written)})
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        options = pa.ipc.IpcWriteOptions(compression="lz4" if path.suffix == _DOCUMENTS else None)
        with pa.OSFile(str(part), "wb") as sink, pa.ipc.new_file(sink, told, options=options) as writer:
            for batch in written:
                writer.write_batch(batch.replace_schema_metadata(told.metadata))
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise

"""Read the tables of a release folder back, a batch at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from ..errors import OutputError
from ..schema import FOLDERS


def shards(release: Path, config: str) -> list[Path]:
    """Return the files of a config in the order of their rows.

    Raises:
        OutputError: there are none.
    """
    files = sorted((release / FOLDERS[config]).glob("train-*.parquet"))
    if not files:
        raise OutputError(f"{release / FOLDERS[config]}: no train-*.parquet: not a release, or one that lost its files")
    return files


def schema_of(release: Path, config: str) -> pa.Schema:
    """Return the schema of a config as its first file has it."""
    return pq.read_schema(shards(release, config)[0])


def rows_of(release: Path, config: str) -> int:
    """Return the number of rows of a config, as its files say."""
    return sum(int(pq.read_metadata(file).num_rows) for file in shards(release, config))


def batches(
    release: Path, config: str, columns: Sequence[str] | None = None, *, size: int = 8192
) -> Iterator[pa.RecordBatch]:
    """Yield the rows of a config in order, at most ``size`` at a time, with the named columns (in that order) or all.

    A config without rows gives one batch without rows, so that its columns are known.
    """
    for file in shards(release, config):
        with pq.ParquetFile(file) as parquet:
            names = list(columns or parquet.schema_arrow.names)
            if not parquet.metadata.num_rows:
                yield pa.RecordBatch.from_pylist([], pa.schema([parquet.schema_arrow.field(name) for name in names]))
            for batch in parquet.iter_batches(batch_size=size, columns=names):
                yield batch.select(names)

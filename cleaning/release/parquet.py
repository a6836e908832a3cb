"""Write one table of a release as Parquet, in the form that the Hub and its readers like best.

The bytes depend on the rows and the settings alone. Row groups and shards end where so many bytes of rows have
gone in, whatever batches the rows came in, so that an engine with more workers writes the same files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from ..errors import OutputError
from ..settings import Release

# zstd files are about 60 % of snappy's size. Chunks that follow the content let the Hub store only what changed from
# release to release, and the page index lets readers skip pages.
_OPTIONS: dict[str, Any] = {
    "compression": "zstd",
    "compression_level": 3,
    "use_content_defined_chunking": True,
    "write_page_index": True,
}
_CELL = 8  # bytes counted for a cell, on top of its text
_BATCH = 8192  # rows looked at together


def features_schema(schema: pa.Schema) -> pa.Schema:
    """Return the schema with the ``huggingface`` key that tells ``datasets`` the features of a file.

    What each column means stays in the metadata of its field.
    """
    from datasets import Features  # noqa: PLC0415 - takes a second to import

    features = Features.from_arrow_schema(schema.remove_metadata()).arrow_schema
    return schema.with_metadata({**(schema.metadata or {}), **features.metadata})


def write_table(
    folder: Path, schema: pa.Schema, batches: Iterable[pa.Table | pa.RecordBatch], settings: Release
) -> list[Path]:
    """Write rows as ``train-00000-of-0000N.parquet`` into a folder, in the order in which they come.

    No more than about one row group and one batch are held in memory. Without any row there is still one file, so that
    the columns can be loaded.

    Args:
        folder: made if it is not there; it must not hold Parquet files yet.
        schema: the one schema of all shards.
        batches: rows with exactly the schema's columns, in any order of columns and with any width of string offsets.
        settings: sizes of row groups and shards, as bytes of text in memory.

    Returns:
        The files, in the order of the rows.

    Raises:
        OutputError: the folder holds Parquet files: the new shards would be mixed with them.
        ValueError: the columns of a batch are not those of the schema.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.glob("*.parquet")):
        raise OutputError(f"{folder}: holds Parquet files already; write to an empty folder")
    schema = features_schema(schema)
    groups = _row_groups(schema, batches, min(settings.row_group_bytes, settings.max_shard_bytes))
    following = next(groups, None)
    parts: list[Path] = []
    while following is not None or not parts:
        parts.append(folder / f"train-{len(parts):05d}.part")
        with pq.ParquetWriter(parts[-1], schema, **_OPTIONS) as writer:
            following = _fill(writer, following, groups, settings.max_shard_bytes)
    return [part.rename(folder / f"{part.stem}-of-{len(parts):05d}.parquet") for part in parts]


def _fill(writer: pq.ParquetWriter, group: pa.Table | None, groups: Iterator[pa.Table], limit: int) -> pa.Table | None:
    """Write ``group`` and those after it until the shard is full, and return the first that is not in it.

    A table without rows gets no row group at all: ``datasets`` cannot read one of no rows.
    """
    size = 0
    while group is not None and size < limit:
        writer.write_table(group, row_group_size=group.num_rows)
        size += sum(int(_row_bytes(batch).sum()) for batch in group.to_batches())
        group = next(groups, None)
    return group


def _row_groups(schema: pa.Schema, batches: Iterable[pa.Table | pa.RecordBatch], limit: int) -> Iterator[pa.Table]:
    """Yield tables of the rows that reach ``limit`` bytes, each in one chunk; the last may be smaller."""
    pieces: list[pa.RecordBatch] = []
    used = 0
    for batch in _conform(schema, batches):
        ends = np.cumsum(_row_bytes(batch))
        start = before = 0
        while start < batch.num_rows:
            end = min(int(np.searchsorted(ends, before + limit - used)) + 1, batch.num_rows)
            pieces.append(batch.slice(start, end - start))
            used += int(ends[end - 1]) - before
            start, before = end, int(ends[end - 1])
            if used >= limit:
                yield pa.Table.from_batches(pieces, schema).combine_chunks()
                pieces, used = [], 0
    if pieces:
        yield pa.Table.from_batches(pieces, schema).combine_chunks()


def _conform(schema: pa.Schema, batches: Iterable[pa.Table | pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        if sorted(batch.schema.names) != sorted(schema.names):
            raise ValueError(f"columns {batch.schema.names} given where {schema.names} were promised")
        table = batch if isinstance(batch, pa.Table) else pa.Table.from_batches([batch])
        yield from table.select(schema.names).cast(schema).to_batches(max_chunksize=_BATCH)


def _row_bytes(batch: pa.RecordBatch) -> npt.NDArray[np.int64]:
    sizes = np.full(batch.num_rows, _CELL * batch.num_columns, dtype=np.int64)
    for column in batch.columns:
        sizes += _text_bytes(column)
    return sizes


def _text_bytes(column: pa.Array) -> npt.NDArray[np.int64]:
    kind = column.type
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        parents = pc.list_parent_indices(column).to_numpy()
        sizes = _CELL + _text_bytes(column.flatten())
        return np.bincount(parents, weights=sizes, minlength=len(column)).astype(np.int64)
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        lengths = pc.fill_null(pc.binary_length(column), 0)
        return np.asarray(lengths.to_numpy(zero_copy_only=False), dtype=np.int64)
    return np.zeros(len(column), dtype=np.int64)

"""Staging: cleaned documents are written as they come, and only what the whole corpus needs to know is remembered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

# A staged file is closed when it holds this many bytes, so that later passes read files side by side.
FILE_BYTES, GROUP_BYTES = 256_000_000, 32_000_000

# Where rows are that a later step has changed.
RECUT = "recut"

# What deduplication and naming need of each document.
_KEYS = ("id", "origin", "title", "n_chars", "date", "digest", "reason", "parent_id")


@dataclass(slots=True)
class Progress:
    """How far a build is; told after every batch.

    Attributes:
        read: records read.
        split_off: articles that had been spliced on to them.
        outcomes: documents so far by reason, with ``kept`` for those without one.
    """

    read: int = 0
    split_off: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)

    def add(self, batch: pa.RecordBatch) -> None:
        """Count a batch of staged rows."""
        articles = len(batch) - batch["parent_id"].null_count
        self.read += len(batch) - articles
        self.split_off += articles
        self.outcomes.update(reason or "kept" for reason in batch["reason"].to_pylist())


@dataclass(frozen=True, slots=True)
class Staged:
    """The staged corpus.

    Attributes:
        folder: its Parquet files: :func:`cleaning.corpus.rows.staged_schema` and a number, ``row``.
        keys: one row a document: ``row`` and what deduplication and naming need.
        progress: the final counts.
        recut: numbers of the rows that have been changed since, and now stand in a folder of their own.
    """

    folder: Path
    keys: pa.Table
    progress: Progress
    recut: tuple[int, ...] = ()

    def documents(self, daft: Any) -> Any:
        """Return the engine's table of all rows as they are now."""
        table = daft.read_parquet(str(self.folder / "*.parquet"))
        if not self.recut:
            return table
        rows = daft.from_arrow(pa.table({"row": pa.array(self.recut, pa.int64())}))
        return table.join(rows, on="row", how="anti").concat(daft.read_parquet(str(self.folder / RECUT / "*.parquet")))

    def with_recut(self, rows: pa.Table) -> Staged:
        """Return the staged corpus with some rows changed, given whole and with their numbers."""
        (self.folder / RECUT).mkdir()
        pq.write_table(rows, self.folder / RECUT / "00000.parquet", compression="zstd")
        changed = tuple(rows["row"].to_pylist())
        others = self.keys.filter(pc.invert(pc.is_in(self.keys["row"], pa.array(changed, pa.int64()))))
        keys = pa.concat_tables([others, rows.select(self.keys.column_names)])
        outcomes = Counter(reason or "kept" for reason in keys["reason"].to_pylist())
        progress = Progress(self.progress.read, self.progress.split_off, outcomes)
        return Staged(self.folder, keys, progress, changed)


def stage(
    batches: Iterable[pa.RecordBatch], schema: pa.Schema, folder: Path, tell: Callable[[Progress], None]
) -> Staged:
    """Write staged rows as they come, number them, and remember their keys.

    Args:
        batches: rows of ``schema``, which is :func:`cleaning.corpus.rows.staged_schema`.
        schema: their schema.
        folder: where to write; it is made.
        tell: called after every batch.
    """
    folder.mkdir(parents=True)
    numbered = schema.append(pa.field("row", pa.int64()))
    progress = Progress()
    keys = [numbered.empty_table().select(["row", *_KEYS])]

    def rows() -> Iterator[pa.Table]:
        number = 0
        for batch in batches:
            numbers = pa.array(range(number, number + len(batch)), pa.int64())
            number += len(batch)
            table = pa.Table.from_batches([batch]).cast(schema).append_column("row", numbers)
            keys.append(table.select(["row", *_KEYS]))
            progress.add(batch)
            tell(progress)
            yield table

    _write(rows(), numbered, folder)
    return Staged(folder, pa.concat_tables(keys), progress)


def _write(tables: Iterable[pa.Table], schema: pa.Schema, folder: Path) -> None:
    for number, chunk in enumerate(_chunks(tables, FILE_BYTES)):
        with pq.ParquetWriter(folder / f"{number:05d}.parquet", schema, compression="zstd") as writer:
            for group in _chunks(chunk, GROUP_BYTES):
                writer.write_table(pa.concat_tables(group).combine_chunks())
    if not any(folder.iterdir()):
        pq.write_table(schema.empty_table(), folder / "00000.parquet")


def _chunks(tables: Iterable[pa.Table], size: int) -> Iterator[Iterator[pa.Table]]:
    """Yield runs of tables of about ``size`` bytes; each must be used up before the next is asked for."""
    source = iter(tables)
    for first in source:
        yield _run(first, source, size)


def _run(first: pa.Table, source: Iterator[pa.Table], size: int) -> Iterator[pa.Table]:
    total = first.nbytes
    yield first
    while total < size and (table := next(source, None)) is not None:
        total += table.nbytes
        yield table

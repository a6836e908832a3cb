"""The documents that both tools get: the same ones, as Parquet and as JSON lines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

# Documents of a row group.
GROUP = 10_000


@dataclass(slots=True)
class Sizes:
    """How much there is."""

    documents: int = 0
    text: int = 0


def prepare(path: Path, work: Path, limit: int) -> Sizes:
    """Write the first documents that have a text into a working folder: `documents/` as Parquet, `lines/` as JSON.

    Only columns of text and numbers are taken.

    Raises:
        SystemExit: there are no such columns, or no documents.
    """
    file = pq.ParquetFile(path)
    schema = file.schema_arrow
    if "text" not in schema.names or not {"id", "url"} & set(schema.names):
        raise SystemExit(f"{path}: no columns `text`, and `id` or `url`; there are {', '.join(schema.names)}")
    for name in ("documents", "lines"):
        (work / name).mkdir()
    sizes = Sizes()
    lines = (work / "lines" / "documents.jsonl").open("w", encoding="utf-8")
    with lines, Writer(work / "documents" / "documents.parquet") as writer:
        for batch in _batches(file, limit):
            sizes.documents += len(batch)
            sizes.text += pc.sum(pc.binary_length(batch["text"])).as_py()
            writer.write(batch)
            lines.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in batch.to_pylist())
    if not sizes.documents:
        raise SystemExit(f"{path}: no documents with a text")
    return sizes


class Writer:
    """Writes tables to one file, whose schema is that of the first."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.writer: pq.ParquetWriter | None = None

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, *_: object) -> None:
        if self.writer:
            self.writer.close()

    def write(self, table: pa.Table) -> None:
        """Write a table as a row group."""
        self.writer = self.writer or pq.ParquetWriter(self.path, table.schema, compression="zstd")
        self.writer.write_table(table)


def _batches(file: pq.ParquetFile, limit: int) -> Iterator[pa.Table]:
    left = limit
    plain = (pa.types.is_string, pa.types.is_large_string, pa.types.is_integer, pa.types.is_floating)
    columns = [field.name for field in file.schema_arrow if any(is_it(field.type) for is_it in plain)]
    for batch in file.iter_batches(GROUP, columns=columns):
        table = pa.Table.from_batches([batch])
        table = table.filter(pc.greater(pc.binary_length(table["text"]), 0)).slice(0, left)
        if "id" not in table.column_names:
            table = table.append_column("id", table["url"])
        left -= len(table)
        if len(table):
            yield table
        if not left:
            return

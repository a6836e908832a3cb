"""Write the tables of a release as Parquet, in the form that the Hub and its readers like best.

A table is some shards, which may be written side by side and in any order, and are numbered when all are there.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

# zstd files are about 60 % of snappy's size. Chunks that follow the content let the Hub store only what changed from
# release to release, and the page index lets readers skip pages.
_OPTIONS: dict[str, Any] = {
    "compression": "zstd",
    "compression_level": 3,
    "use_content_defined_chunking": True,
    "write_page_index": True,
}
_PART = ".part"


def features_schema(schema: pa.Schema) -> pa.Schema:
    """Return the schema with the ``huggingface`` key that tells ``datasets`` the features of a file.

    What each column means stays in the metadata of its field.
    """
    from datasets import Features  # noqa: PLC0415 - takes a second to import

    features = Features.from_arrow_schema(schema.remove_metadata()).arrow_schema
    return schema.with_metadata({**(schema.metadata or {}), **features.metadata})


class ShardWriter:
    """Writes one shard of a table.

    Args:
        folder: the table's folder; it is made if it is not there.
        number: the shard's place among those of the table.
        schema: the one schema of all shards, from :func:`features_schema`.
        split: the split that its rows belong to.
    """

    def __init__(self, folder: Path, number: int, schema: pa.Schema, split: str = "train") -> None:
        self.schema = schema
        self._path = folder / f"{split}-{number:06d}{_PART}"
        self._writer: pq.ParquetWriter | None = None

    def write(self, rows: pa.Table) -> None:
        """Write rows as one row group. No rows are none: ``datasets`` cannot read a row group without any.

        Args:
            rows: with the schema's columns, in their order, and with any width of string offsets.

        Raises:
            ValueError: the columns are not those of the schema.
        """
        if rows.schema.names != self.schema.names:
            raise ValueError(f"columns {rows.schema.names} given where {self.schema.names} were promised")
        if rows.num_rows:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._writer = self._writer or pq.ParquetWriter(self._path, self.schema, **_OPTIONS)
            # In chunks of its own the same table would be other bytes.
            self._writer.write_table(rows.cast(self.schema).combine_chunks(), row_group_size=rows.num_rows)

    def close(self) -> None:
        """Finish the file; without any rows there is none."""
        if self._writer:
            self._writer.close()


def number_shards(folder: Path, schema: pa.Schema) -> None:
    """Give the shards of a table their names, such as ``train-00000-of-0000N.parquet``, once all of them are written.

    Without any row there is still one file, so that the columns can be loaded.

    Args:
        folder: the table's folder; its shards are in it, or in folders by language.
        schema: the schema of the shards, from :func:`features_schema`.
    """
    parts = defaultdict(list)
    for part in sorted(folder.rglob(f"*{_PART}")):
        parts[part.parent, part.name.partition("-")[0]].append(part)
    for (place, split), shards in parts.items():
        for number, part in enumerate(shards):
            part.rename(place / f"{split}-{number:05d}-of-{len(shards):05d}.parquet")
    if not parts:
        folder.mkdir(parents=True, exist_ok=True)
        pq.ParquetWriter(folder / "train-00000-of-00001.parquet", schema, **_OPTIONS).close()

"""index/documents.parquet: what tells the documents of a release from others, without their texts.

A later build given this release with ``--previous`` drops what is in it already. The file holds, for each document of
`default` in the order of ids, what :mod:`cleaning.dedup` compares: about 200 bytes and its id. How these were made is
written into the file, and an index that was made differently is refused.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from ..errors import OutputError
from ..settings import Dedup
from .manifest import read_manifest

NAME = "index/documents.parquet"
# Raised when words, shingles or sketches are made in another way.
_VERSION = 1
_KEY = b"made_with"


def parameters(dedup: Dedup) -> dict[str, Any]:
    """Return what an index depends on."""
    chosen = {"version": _VERSION, "near": dedup.near}
    return chosen | ({"shingle": dedup.shingle, "bands": dedup.bands, "rows": dedup.rows} if dedup.near else {})


def index_schema(dedup: Dedup) -> pa.Schema:
    """Return the schema of an index, with its parameters."""
    fields = [
        pa.field("id", pa.large_string()),
        *(pa.field(name, pa.uint64()) for name in ("digest_high", "digest_low", "headline")),
        *(pa.field(f"band{band}", pa.uint64()) for band in range(dedup.bands if dedup.near else 0)),
    ]
    return pa.schema(fields, metadata={_KEY: json.dumps(parameters(dedup), sort_keys=True).encode()})


def write_index(release: Path, dedup: Dedup, columns: Mapping[str, Any]) -> Path:
    """Write the index of a release.

    Args:
        release: its folder.
        dedup: how its documents were compared.
        columns: the values of each column of :func:`index_schema`.
    """
    path = release / NAME
    path.parent.mkdir()
    schema = index_schema(dedup)
    table = pa.table([pa.array(columns[name], schema.field(name).type) for name in schema.names], schema=schema)
    # Hashes do not compress.
    pq.write_table(table, path, compression={name: "zstd" if name == "id" else "none" for name in schema.names})
    return path


def read_index(release: Path, dedup: Dedup) -> pq.ParquetFile:
    """Open the index of an earlier release.

    Raises:
        OutputError: the folder is no release, has no index, or one that was made in another way than by these settings.
    """
    read_manifest(release)
    path = release / NAME
    try:
        file = pq.ParquetFile(path)
        made = json.loads((file.schema_arrow.metadata or {})[_KEY])
    except (OSError, KeyError, ValueError, pa.ArrowException) as error:
        raise OutputError(f"{path}: cannot be read, so what {release} has is not known: {error}") from error
    wanted = parameters(dedup)
    if made != wanted:
        others = [f"{name} {made.get(name)} and not {wanted.get(name)}" for name in sorted(made.keys() | wanted.keys())
                  if made.get(name) != wanted.get(name)]  # fmt: skip
        file.close()
        raise OutputError(
            f"{release}: its index was made with {', '.join(others)}: set [dedup] as it was there, or build it again"
        )
    return file

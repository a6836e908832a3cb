"""Find the files of a release's tables, and read them back a batch at a time.

A table's files stand in its folder, or by language in folders of that one: ``data/ar/test-00000-of-00002.parquet``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from ..errors import OutputError
from ..schema import FOLDERS

# In the order in which their rows stand.
SPLITS = ("train", "validation", "test")

_SHARD = re.compile(rf"({'|'.join(SPLITS)})-(\d{{5}})-of-(\d{{5}})\.parquet")


def shards(release: Path, config: str) -> list[Path]:
    """Return the files of a config in the order of their rows: by language if they are, then by split.

    Raises:
        OutputError: there are none.
    """
    folder = release / FOLDERS[config]
    files = [file for place in [folder, *_folders(folder)] for split in _splits(place).values() for file in split]
    if not files:
        raise OutputError(f"{folder}: no train-*.parquet: not a release, or one that lost its files")
    return files


@dataclass(frozen=True, slots=True)
class Split:
    """The files of one split of a config.

    Attributes:
        name: ``train``, ``validation`` or ``test``.
        pattern: what matches its files and no others, told from the release folder.
        files: in the order of their rows.
    """

    name: str
    pattern: str
    files: tuple[Path, ...]


def configs_of(release: Path) -> dict[str, list[Split]]:
    """Return the configs that a release can be loaded by, with their splits: its tables, then a language each.

    Raises:
        OutputError: a table has no files.
    """
    languages = {folder.name: _listed(folder, f"{FOLDERS['default']}/{folder.name}") for folder in _languages(release)}
    return {config: splits_of(release, config) for config in FOLDERS} | languages


def splits_of(release: Path, config: str) -> list[Split]:
    """Return the splits of a table that have files.

    Raises:
        OutputError: it has none.
    """
    found = shards(release, config)
    inner = "/*" if config == "default" and _languages(release) else ""
    by_name = {name: tuple(file for file in found if file.name.startswith(f"{name}-")) for name in SPLITS}
    return [
        Split(name, f"{FOLDERS[config]}{inner}/{name}-*.parquet", files) for name, files in by_name.items() if files
    ]


def _listed(folder: Path, place: str) -> list[Split]:
    return [Split(name, f"{place}/{name}-*.parquet", tuple(files)) for name, files in _splits(folder).items()]


def _languages(release: Path) -> list[Path]:
    return _folders(release / FOLDERS["default"])


def missing_shards(files: Sequence[Path]) -> list[Path]:
    """Return the files that must be there too, as the names of others say."""
    wanted = [
        file.with_name(f"{match[1]}-{number:05d}-of-{match[3]}.parquet")
        for file in files
        if (match := _SHARD.fullmatch(file.name))
        for number in range(int(match[3]))
    ]
    return sorted(set(wanted) - set(files))


def _folders(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*/") if any(_splits(path)))


def _splits(folder: Path) -> dict[str, list[Path]]:
    """Return the files in one folder, by split."""
    found = defaultdict(list)
    for file in sorted(folder.glob("*.parquet")):
        if match := _SHARD.fullmatch(file.name):
            found[match[1]].append(file)
    return {split: found[split] for split in SPLITS if split in found}


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

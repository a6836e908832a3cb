"""The files of a release as validation sees them: what cannot be read is an error, never a broken promise."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from ..corpus.rows import default_schema
from ..errors import OutputError, ValidationError
from ..release.tables import batches, missing_shards, shards
from ..schema import CONFIGS
from ..settings import Dedup, Repair
from ..text import fold
from .suites import Suite

# A batch is complete at so many rows, or at so many bytes if its documents are long.
ROWS = 20_000
BYTES = 64_000_000
_CHUNK = 1_000  # rows read at a time
_COUNTS = ("read", "kept", "split_off", "dropped", "unreadable")

# Columns that the row suite can use beside those of `default`, and what each is computed from:
# how many characters the text has; and the headline, in the rows whose text begins by saying it again.
DERIVED = {"text_length": ("text",), "headline_again": ("title", "text")}


@dataclass(frozen=True, slots=True)
class Manifest:
    """What ``manifest.json`` says that promises depend on: counts of documents, and some of the settings."""

    counts: dict[str, int]
    languages: list[str]
    carried: list[str]
    dedup: Dedup
    repair: Repair


def read_manifest(release: Path) -> Manifest:
    """Read the manifest of a release.

    Raises:
        ValidationError: it is not there, is not JSON, or lacks what is needed.
    """
    path = release / "manifest.json"
    try:
        content = json.loads(path.read_text("utf-8"))
        counts = {name: _count(content["counts"][name]) for name in _COUNTS}
        settings = content["settings"]
        return Manifest(
            counts,
            list(settings["quality"]["languages"]),
            list(settings["input"]["columns"]["carry"]),
            Dedup.model_validate(settings["dedup"]),
            Repair.model_validate(settings["repair"]),
        )
    except OSError as error:
        raise ValidationError(f"{path}: {error.strerror}; is {release} a release?") from error
    except (KeyError, TypeError) as error:
        raise ValidationError(f"{path}: lacks the counts or settings that promises depend on: {error}") from error
    except ValueError as error:
        raise ValidationError(f"{path}: not a manifest: {error}") from error


def schema_differences(release: Path, carried: Sequence[str]) -> tuple[list[str], int]:
    """Return what is wrong with the columns of each file, and the number of files.

    Raises:
        ValidationError: a file is missing or cannot be read, or lacks a column.
    """
    found, files = [], 0
    for config, schema in CONFIGS.items():
        promised = default_schema(carried) if config == "default" else schema
        for path in _files(release, config):
            files += 1
            name = path.relative_to(release).as_posix()
            found += [f"{name}: {difference}" for difference in _differences(path, promised)]
    return found, files


def read(release: Path, config: str, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
    """Yield the rows of a config, some at a time, with the named columns.

    Raises:
        ValidationError: a file is missing or cannot be read.
    """
    try:
        yield from batches(release, config, list(columns), size=_CHUNK)
    except (OutputError, pa.ArrowException, OSError) as error:
        raise ValidationError(f"{release}: {config}: cannot be read: {error}") from error


def frames(release: Path, suite: Suite) -> Iterator[pd.DataFrame]:
    """Yield the rows that a suite is about as frames with the columns that it needs; one of no rows if there are none.

    Raises:
        ValidationError: the suite needs a column that is not there, or a file cannot be read.
    """
    there = pq.read_schema(_files(release, suite.config)[0])
    suite.demand_columns([*there.names, *(name for name, needed in DERIVED.items() if set(needed) <= {*there.names})])
    wanted = {"id", *(column for name in suite.names for column in suite.columns_of(name))}
    needed = {source for column in wanted for source in DERIVED.get(column, (column,))}
    schema = pa.schema([field for field in there.remove_metadata() if field.name in needed])
    pending, rows, size = [schema.empty_table()], 0, 0
    yielded = False
    for batch in read(release, suite.config, schema.names):
        pending.append(pa.Table.from_batches([batch]))
        rows, size = rows + batch.num_rows, size + batch.nbytes
        if rows >= ROWS or size >= BYTES:
            yield _frame(pending, wanted)
            pending, rows, size, yielded = [], 0, 0, True
    if rows or not yielded:
        yield _frame(pending, wanted)


def _frame(tables: list[pa.Table], wanted: set[str]) -> pd.DataFrame:
    table = pa.concat_tables(tables, promote_options="permissive")  # shards may differ in type, which is told elsewhere
    if "text_length" in wanted:
        table = table.append_column("text_length", pc.utf8_length(table["text"]))
    if "headline_again" in wanted:
        table = table.append_column("headline_again", _headlines_again(table))
    frame: pd.DataFrame = table.select(sorted(wanted)).to_pandas()
    return frame


def _headlines_again(table: pa.Table) -> pa.Array:
    """Return each title that the first line of its text says again, else null. Longer lines are no headlines."""
    openings = pc.utf8_slice_codeunits(table["text"], 0, 300)
    pairs = zip(table["title"].to_pylist(), openings.to_pylist(), strict=True)
    return pa.array([title if _begins_with(opening, title) else None for title, opening in pairs], pa.large_string())


def _begins_with(opening: str | None, title: str | None) -> bool:
    if not opening or not title or not title.strip():
        return False
    line = opening.partition("\n")[0]
    if len(line) > 2 * len(title) + 20:  # a paragraph: folding it would take most of the time
        return False
    return fold(line) == fold(title)


def _count(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError(f"{value!r} is no count")
    return value


def _files(release: Path, config: str) -> list[Path]:
    """Return the files of a config, and see to it that no shard is missing."""
    try:
        files = shards(release, config)
    except OutputError as error:
        raise ValidationError(str(error)) from error
    for path in missing_shards(files):
        raise ValidationError(f"{path}: missing; the names of the others say that it should be there")
    return files


def _differences(path: Path, promised: pa.Schema) -> list[str]:
    try:
        there = pq.read_schema(path)
    except (pa.ArrowException, OSError) as error:
        raise ValidationError(f"{path}: not a Parquet file, or not a whole one: {error}") from error
    for name in promised.names:
        if name not in there.names:
            raise ValidationError(f"{path}: has no column {name}; build the release again")
    if there.names != promised.names:
        return [f"columns are {', '.join(there.names)}"]
    pairs = zip(there, promised, strict=True)
    return [f"{had.name} is {had.type}, not {field.type}" for had, field in pairs if had.type != field.type]

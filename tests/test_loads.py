"""A release of the seeds opens in the tools that people use, offline, each config with all its rows and columns."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import daft
import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from croissants import DEPRECATED, opened
from croissants import rows as croissant_rows
from datasets import Features, load_dataset

from cleaning.schema import CONFIGS, FOLDERS

pytestmark = [pytest.mark.filterwarnings(message) for message in DEPRECATED]

# Of the seeds nothing is dropped.
FULL = [config for config in CONFIGS if config not in {"dropped", "personal"}]


def rows(release: Path, config: str) -> list[dict[str, Any]]:
    """Return what the files hold, as their own library reads it."""
    return [row for file in files(release, config) for row in pq.read_table(file).to_pylist()]


def files(release: Path, config: str) -> list[Path]:
    found = sorted((release / FOLDERS[config]).rglob("*.parquet"))
    assert found
    return found


def pattern(release: Path, config: str) -> str:
    return f"{release / FOLDERS[config]}/*.parquet"


@pytest.mark.parametrize("config", FULL)
def test_datasets(seeds_release: Path, tmp_path: Path, config: str) -> None:
    loaded = load_dataset(str(seeds_release), config, split="train", cache_dir=str(tmp_path))
    assert loaded.features == Features.from_arrow_schema(CONFIGS[config])
    assert loaded.to_list() == rows(seeds_release, config) != []


@pytest.mark.parametrize("config", CONFIGS)
def test_datasets_streaming(seeds_release: Path, tmp_path: Path, config: str) -> None:
    stream = load_dataset(str(seeds_release), config, split="train", streaming=True, cache_dir=str(tmp_path))
    assert stream.column_names == CONFIGS[config].names
    assert list(stream) == rows(seeds_release, config)


def test_datasets_reads_some_columns_alone(seeds_release: Path, tmp_path: Path) -> None:
    wanted = ["id", "text"]
    loaded = load_dataset(str(seeds_release), columns=wanted, split="train", cache_dir=str(tmp_path))
    assert loaded.to_list() == [{name: row[name] for name in wanted} for row in rows(seeds_release, "default")]


def test_datasets_refuses_a_table_without_rows(seeds_release: Path, tmp_path: Path) -> None:
    """A limit of `datasets` 5.2, which the card tells of; when this fails, it need not any more."""
    with pytest.raises(ValueError, match="corresponds to no data"):
        load_dataset(str(seeds_release), "dropped", split="train", cache_dir=str(tmp_path))


@pytest.mark.parametrize("config", CONFIGS)
def test_pandas(seeds_release: Path, config: str) -> None:
    frame = pd.read_parquet(seeds_release / FOLDERS[config], dtype_backend="pyarrow")
    assert list(frame.columns) == CONFIGS[config].names
    assert pa.Table.from_pandas(frame, preserve_index=False).to_pylist() == rows(seeds_release, config)


@pytest.mark.parametrize("config", CONFIGS)
def test_polars(seeds_release: Path, config: str) -> None:
    frame = pl.read_parquet(pattern(seeds_release, config))
    assert frame.columns == CONFIGS[config].names
    assert frame.to_dicts() == rows(seeds_release, config)


@pytest.mark.parametrize("config", CONFIGS)
def test_duckdb(seeds_release: Path, config: str) -> None:
    with duckdb.connect() as connection:
        found = connection.read_parquet(pattern(seeds_release, config)).fetchall()
    assert found == [tuple(row.values()) for row in rows(seeds_release, config)]


@pytest.mark.parametrize("config", CONFIGS)
def test_daft(seeds_release: Path, config: str) -> None:
    frame = daft.read_parquet(pattern(seeds_release, config))
    assert frame.column_names == CONFIGS[config].names
    assert frame.to_pylist() == rows(seeds_release, config)


@pytest.mark.parametrize("config", CONFIGS)
def test_croissant(seeds_release: Path, config: str) -> None:
    dataset = opened(seeds_release)
    assert dataset.metadata.ctx.issues.errors == set()
    assert croissant_rows(dataset, config) == rows(seeds_release, config)

"""Tables are written as the Hub likes them, and the same rows always give the same bytes."""

from __future__ import annotations

import random
import string
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cleaning.release.parquet import ShardWriter, features_schema, number_shards
from cleaning.schema import CONFIGS, DEFAULT

SCHEMA = features_schema(
    pa.schema(
        [
            pa.field("id", pa.string(), metadata={"description": "what it is called"}),
            pa.field("text", pa.large_string()),
            pa.field("captions", pa.list_(pa.large_string())),
            pa.field("n_chars", pa.int64()),
        ]
    )
)

Rows = list[dict[str, Any]]


def row(name: str, text: str = "abc") -> dict[str, Any]:
    return {"id": name, "text": text, "captions": ["a", None], "n_chars": len(text)}


def table(rows: Rows) -> pa.Table:
    return pa.Table.from_pylist(rows, schema=SCHEMA)


def written(folder: Path, *shards: list[pa.Table], schema: pa.Schema = SCHEMA) -> list[Path]:
    """Write shards of some row groups each, the last shard first."""
    for number, groups in reversed(list(enumerate(shards))):
        writer = ShardWriter(folder, number, schema)
        for group in groups:
            writer.write(group)
        writer.close()
    number_shards(folder, schema)
    return sorted(folder.glob("*.parquet"))


def test_rows_come_back_in_order_whoever_wrote_which_shard_first(tmp_path: Path) -> None:
    rows = [row(str(number)) for number in range(7)]
    files = written(tmp_path, [table(rows[:2]), table(rows[2:3])], [table(rows[3:])])
    assert [file.name for file in files] == ["train-00000-of-00002.parquet", "train-00001-of-00002.parquet"]
    assert [pq.read_metadata(file).num_row_groups for file in files] == [2, 1]
    assert pa.concat_tables(pq.read_table(file) for file in files).to_pylist() == rows


def test_shards_without_rows_are_left_out(tmp_path: Path) -> None:
    files = written(tmp_path, [table([])], [table([row("a")])], [], [table([]), table([row("b")])])
    assert [file.name for file in files] == ["train-00000-of-00002.parquet", "train-00001-of-00002.parquet"]
    assert [pq.read_metadata(file).num_row_groups for file in files] == [1, 1]


@pytest.mark.parametrize("cuts", [[1], [3, 4], [1, 2, 3, 4, 5]])
def test_bytes_do_not_depend_on_how_a_table_is_held_in_memory(tmp_path: Path, cuts: list[int]) -> None:
    rows = [row(str(number), "x" * number) for number in range(6)]
    parts = pa.concat_tables(table(rows)[start:stop] for start, stop in pairwise([0, *cuts, 6]))
    (one,) = written(tmp_path / "one", [table(rows)])
    (other,) = written(tmp_path / "other", [parts])
    assert one.read_bytes() == other.read_bytes()


def test_strings_may_have_other_offsets(tmp_path: Path) -> None:
    kinds = {"id": pa.large_string(), "text": pa.string(), "captions": pa.list_(pa.string()), "n_chars": pa.int32()}
    rows = [row("1")]
    (one,) = written(tmp_path / "one", [table(rows)])
    (other,) = written(tmp_path / "other", [pa.Table.from_pylist(rows).cast(pa.schema(kinds))])
    assert one.read_bytes() == other.read_bytes()


@pytest.mark.parametrize("columns", [["id", "text", "captions"], ["id", "text", "captions", "n_chars", "extra"]])
def test_missing_and_unknown_columns_are_refused(tmp_path: Path, columns: list[str]) -> None:
    with pytest.raises(ValueError, match="n_chars"):
        ShardWriter(tmp_path, 0, SCHEMA).write(pa.table({name: pa.nulls(1) for name in columns}))


@pytest.mark.parametrize("config", CONFIGS)
def test_without_rows_there_is_one_file_with_all_columns(tmp_path: Path, config: str) -> None:
    (file,) = written(tmp_path, schema=features_schema(CONFIGS[config]))
    assert file.name == "train-00000-of-00001.parquet"
    assert pq.read_metadata(file).num_rows == 0
    assert pq.read_schema(file).equals(CONFIGS[config])


def test_meanings_of_columns_and_features_are_in_the_file(tmp_path: Path) -> None:
    (file,) = written(tmp_path, schema=features_schema(DEFAULT))
    schema = pq.read_schema(file)
    assert b'"captions": {"feature"' in schema.metadata[b"huggingface"]
    assert schema.field("text").metadata[b"description"] == b"clean text"


def test_files_are_compressed_with_zstd_and_have_a_page_index(tmp_path: Path) -> None:
    (file,) = written(tmp_path, [table([row("1")])])
    column = pq.read_metadata(file).row_group(0).column(1)
    assert column.compression == "ZSTD"
    assert column.has_offset_index
    assert column.has_column_index


def test_one_row_more_at_the_top_leaves_most_of_the_file_as_it_was(tmp_path: Path) -> None:
    letters = random.Random(1)
    rows = [row(str(number), "".join(letters.choices(string.printable, k=3000))) for number in range(1500)]
    (old,) = written(tmp_path / "old", [table(rows)])
    (new,) = written(tmp_path / "new", [table([row("new", "One more document."), *rows])])
    middle = old.read_bytes()[old.stat().st_size // 2 :][:20_000]
    assert middle in new.read_bytes()

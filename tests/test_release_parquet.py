"""Tables are written as the Hub likes them, and the same rows always give the same bytes."""

from __future__ import annotations

import random
import string
import tempfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cleaning.errors import OutputError
from cleaning.release.parquet import write_table
from cleaning.schema import CONFIGS, DEFAULT
from cleaning.settings import Release

SCHEMA = pa.schema(
    [
        pa.field("id", pa.string(), metadata={"description": "what it is called"}),
        pa.field("text", pa.large_string()),
        pa.field("captions", pa.list_(pa.large_string())),
        pa.field("n_chars", pa.int64()),
    ]
)
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "id": st.none() | st.text(max_size=5),
            "text": st.none() | st.text(max_size=60),
            "captions": st.none() | st.lists(st.none() | st.text(max_size=9), max_size=3),
            "n_chars": st.none() | st.integers(0, 99),
        }
    ),
    max_size=30,
)


# The first text that Hypothesis draws takes seconds, and so do disks that others use.
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=60)


def content(files: list[Path]) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in files}


def written(rows: list[dict[str, object]], cuts: list[int], sizes: Release, *, tables: bool) -> dict[str, bytes]:
    """Write the rows in batches that end at ``cuts``, and return the bytes of each file."""
    table = pa.Table.from_pylist(rows, schema=SCHEMA)
    ends = [0, *sorted(min(cut, len(rows)) for cut in cuts), len(rows)]
    parts = [table.slice(start, end - start) for start, end in pairwise(ends)]
    batches = parts if tables else [batch for part in parts for batch in part.to_batches()]
    with tempfile.TemporaryDirectory() as folder:
        return content(write_table(Path(folder), SCHEMA, batches, sizes))


@unhurried
@given(ROWS, st.lists(st.integers(0, 30), max_size=6), st.integers(1, 600), st.integers(1, 900), st.booleans())
def test_bytes_do_not_depend_on_the_batches(
    rows: list[dict[str, object]], cuts: list[int], group: int, shard: int, tables: bool
) -> None:
    sizes = Release(row_group_bytes=group, max_shard_bytes=shard)
    assert written(rows, cuts, sizes, tables=tables) == written(rows, [], sizes, tables=True)


@unhurried
@given(ROWS, st.integers(1, 600), st.integers(1, 900))
def test_all_rows_come_back_in_order(rows: list[dict[str, object]], group: int, shard: int) -> None:
    sizes = Release(row_group_bytes=group, max_shard_bytes=shard)
    with tempfile.TemporaryDirectory() as folder:
        table = pa.Table.from_pylist(rows, schema=SCHEMA)
        files = write_table(Path(folder), SCHEMA, [table], sizes)
        assert files == sorted(files)
        assert pa.concat_tables(pq.read_table(file) for file in files).to_pylist() == rows


def test_shards_and_row_groups_are_as_large_as_the_settings_say(tmp_path: Path) -> None:
    rows = [{"id": "abcd", "text": "x" * 964, "captions": None, "n_chars": 1} for _ in range(100)]  # 1,000 bytes each
    table = pa.Table.from_pylist(rows, schema=SCHEMA)
    files = write_table(tmp_path, SCHEMA, [table], Release(row_group_bytes=10_000, max_shard_bytes=30_000))
    assert [file.name for file in files] == [f"train-0000{number}-of-00004.parquet" for number in range(4)]
    metadata = [pq.read_metadata(file) for file in files]
    groups = [[item.row_group(n).num_rows for n in range(item.num_row_groups)] for item in metadata]
    assert groups == [[10, 10, 10], [10, 10, 10], [10, 10, 10], [10]]


def test_batches_may_have_other_string_offsets_and_another_order_of_columns(tmp_path: Path) -> None:
    rows = [{"n_chars": 3, "captions": ["a"], "text": "abc", "id": "1"}]
    other = pa.Table.from_pylist(rows).cast(
        pa.schema(
            {"n_chars": pa.int32(), "captions": pa.list_(pa.string()), "text": pa.string(), "id": pa.large_string()}
        )
    )
    files = write_table(tmp_path / "other", SCHEMA, [other], Release())
    same = write_table(tmp_path / "same", SCHEMA, [pa.Table.from_pylist(rows, schema=SCHEMA)], Release())
    assert content(files) == content(same)


@pytest.mark.parametrize("columns", [["id", "text", "captions"], ["id", "text", "captions", "n_chars", "extra"]])
def test_missing_and_unknown_columns_are_refused(tmp_path: Path, columns: list[str]) -> None:
    batch = pa.table({name: pa.nulls(1) for name in columns})
    with pytest.raises(ValueError, match="n_chars"):
        write_table(tmp_path, SCHEMA, [batch], Release())


def test_a_folder_with_parquet_files_is_refused(tmp_path: Path) -> None:
    write_table(tmp_path, SCHEMA, [], Release())
    with pytest.raises(OutputError, match="empty folder"):
        write_table(tmp_path, SCHEMA, [], Release())


@pytest.mark.parametrize("config", CONFIGS)
def test_without_rows_there_is_one_file_with_all_columns(tmp_path: Path, config: str) -> None:
    (file,) = write_table(tmp_path, CONFIGS[config], [], Release())
    assert file.name == "train-00000-of-00001.parquet"
    assert pq.read_metadata(file).num_rows == 0
    assert pq.read_schema(file).equals(CONFIGS[config])


def test_meanings_of_columns_and_features_are_in_the_file(tmp_path: Path) -> None:
    (file,) = write_table(tmp_path, DEFAULT, [], Release())
    schema = pq.read_schema(file)
    assert b'"captions": {"feature"' in schema.metadata[b"huggingface"]
    assert schema.field("text").metadata[b"description"] == b"clean text"


def test_files_are_compressed_with_zstd_and_have_a_page_index(tmp_path: Path) -> None:
    row = pa.Table.from_pylist([{"id": "1", "text": "abc", "captions": [], "n_chars": 3}], schema=SCHEMA)
    (file,) = write_table(tmp_path, SCHEMA, [row], Release())
    column = pq.read_metadata(file).row_group(0).column(1)
    assert column.compression == "ZSTD"
    assert column.has_offset_index
    assert column.has_column_index


def test_one_row_more_at_the_top_leaves_most_of_the_file_as_it_was(tmp_path: Path) -> None:
    letters = random.Random(1)
    texts = ["".join(letters.choices(string.printable, k=3000)) for _ in range(1500)]
    rows = [{"id": str(number), "text": text} for number, text in enumerate(texts)]
    (old,) = write_table(tmp_path / "old", SCHEMA, [pa.Table.from_pylist(rows, schema=SCHEMA)], Release())
    rows.insert(0, {"id": "new", "text": "One more document."})
    (new,) = write_table(tmp_path / "new", SCHEMA, [pa.Table.from_pylist(rows, schema=SCHEMA)], Release())
    middle = old.read_bytes()[old.stat().st_size // 2 :][:20_000]
    assert middle in new.read_bytes()


def test_rows_are_taken_only_as_they_are_needed(tmp_path: Path) -> None:
    batch = pa.record_batch([["a"], ["x" * 1000], [None], [1]], schema=SCHEMA)
    begun: list[int] = []

    def stream() -> Iterator[pa.RecordBatch]:
        for _ in range(20):
            begun.append(len(list(tmp_path.iterdir())))
            yield batch

    write_table(tmp_path, SCHEMA, stream(), Release(row_group_bytes=2000, max_shard_bytes=4000))
    # Two rows fill a row group and four a shard: when more rows are asked for, those before have been written.
    assert (begun[0], begun[8], begun[16]) == (0, 2, 4)

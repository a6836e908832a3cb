"""The logical digest says whether two tables hold the same, however they are stored."""

from __future__ import annotations

import hashlib
import struct
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cleaning.release.digest import logical_digest

SCHEMA = pa.schema({"id": pa.string(), "captions": pa.list_(pa.large_string()), "n": pa.int64(), "score": pa.float32()})
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "id": st.none() | st.text(max_size=5),
            "captions": st.none() | st.lists(st.none() | st.text(max_size=4), max_size=3),
            "n": st.none() | st.integers(-9, 9),
            "score": st.none() | st.sampled_from([0.0, 0.25, 1.0]),
        }
    ),
    max_size=12,
)
BASE = [{"id": "ab", "captions": ["x", "y"], "n": 1, "score": 0.5}, {"id": "c", "captions": [], "n": 2, "score": 0.5}]


def digest(rows: list[dict[str, Any]], schema: pa.Schema = SCHEMA, size: int = 100) -> dict[str, Any]:
    return logical_digest(schema, pa.Table.from_pylist(rows, schema=schema).to_batches(max_chunksize=size))


def by_definition(rows: list[dict[str, Any]]) -> str:
    """The digest as the documentation defines it, in plain Python."""

    def column(values: list[Any], encode: Any) -> bytes:
        lengths = b"".join(struct.pack("<q", -1 if value is None else len(encode(value))) for value in values)
        content = b"".join(encode(value) for value in values if value is not None)
        return hashlib.sha256(hashlib.sha256(lengths).digest() + hashlib.sha256(content).digest()).digest()

    def captions(values: list[Any]) -> bytes:
        lengths = b"".join(struct.pack("<q", -1 if value is None else len(value)) for value in values)
        items = column([item for value in values if value is not None for item in value], str.encode)
        return hashlib.sha256(hashlib.sha256(lengths).digest() + items).digest()

    digests = [
        ("id", "string", column([row["id"] for row in rows], str.encode)),
        ("captions", "list<string>", captions([row["captions"] for row in rows])),
        ("n", "int64", column([row["n"] for row in rows], lambda value: struct.pack("<q", value))),
        ("score", "float", column([row["score"] for row in rows], lambda value: struct.pack("<f", value))),
    ]
    return hashlib.sha256(
        "".join(f"{name}\t{kind}\t{hexed.hex()}\n" for name, kind, hexed in digests).encode()
    ).hexdigest()


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ROWS, st.integers(1, 5))
def test_it_is_what_its_definition_says(rows: list[dict[str, Any]], size: int) -> None:
    found = digest(rows, size=size)
    assert (found["rows"], found["sha256"]) == (len(rows), by_definition(rows))


def test_codec_and_row_groups_do_not_count(tmp_path: Path) -> None:
    table = pa.Table.from_pylist(BASE, schema=SCHEMA)
    pq.write_table(table, tmp_path / "a", compression="snappy", row_group_size=1)
    pq.write_table(table, tmp_path / "b", compression="gzip")
    a, b = (logical_digest(SCHEMA, pq.ParquetFile(tmp_path / name).iter_batches()) for name in "ab")
    assert a == b == digest(BASE)


def test_width_of_string_offsets_does_not_count() -> None:
    wide = pa.schema({**{field.name: field.type for field in SCHEMA}, "id": pa.large_string()})
    assert digest(BASE, wide) == digest(BASE)


@pytest.mark.parametrize(
    "rows",
    [
        BASE[::-1],
        BASE[:1],
        [*BASE, BASE[0]],
        [{**BASE[0], "id": "a"}, {**BASE[1], "id": "bc"}],
        [{**BASE[0], "id": None}, BASE[1]],
        [{**BASE[0], "captions": ["xy"]}, BASE[1]],
        [{**BASE[0], "captions": ["x"]}, {**BASE[1], "captions": ["y"]}],
        [BASE[0], {**BASE[1], "captions": None}],
        [BASE[0], {**BASE[1], "score": None}],
        [BASE[0], {**BASE[1], "n": 3}],
    ],
)
def test_any_other_content_gives_another_digest(rows: list[dict[str, Any]]) -> None:
    assert digest(rows)["sha256"] != digest(BASE)["sha256"]


def test_it_says_which_column_differs() -> None:
    other = digest([{**BASE[0], "n": 7}, BASE[1]])["columns"]
    assert [name for name, value in digest(BASE)["columns"].items() if other[name] != value] == ["n"]


def test_name_and_type_of_a_column_count() -> None:
    batch = pa.record_batch({"n": [1]})
    renamed, retyped = pa.record_batch({"m": [1]}), pa.record_batch({"n": pa.array([1], pa.uint64())})
    digests = {logical_digest(item.schema, [item])["sha256"] for item in (batch, renamed, retyped)}
    assert len(digests) == 3

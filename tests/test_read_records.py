from __future__ import annotations

import gzip
import io
import json
import random
from dataclasses import fields
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import PACKERS, read

from cleaning.document import Raw
from cleaning.read import Unreadable, find, records
from cleaning.settings import Input


def unreadable(path: Path, **chosen: object) -> tuple[str, str]:
    (record,) = read(path, **chosen)
    assert isinstance(record, Unreadable)
    return record.origin, record.message


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.jsonl", "a.json", "a.csv", "a.txt.gz", "a.jsonl.zst"])
def test_an_empty_file_is_counted(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"")
    assert unreadable(tmp_path / name) == (name, "empty file: there is no record in it")


@pytest.mark.parametrize(("name", "content"), [("a.jsonl", b"\n \n"), ("a.csv", b"text,url\n"), ("a.txt.gz", b"")])
def test_a_file_without_records_is_counted(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
    assert unreadable(tmp_path / name) == (name, "empty file: there is no record in it")


def test_text_and_pages_stay_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("Дождь\r\n".encode("cp1251"))
    (tmp_path / "b.HTM").write_bytes(b"\x89PNG\r\n\x00\x1a")  # decoding it will be refused, reading it is not
    assert read(tmp_path, columns={"carry": ["section"]}) == [
        Raw(origin="a.txt", content="Дождь\r\n".encode("cp1251"), extra=(("section", None),)),
        Raw(origin="b.HTM", content=b"\x89PNG\r\n\x00\x1a", is_html=True, extra=(("section", None),)),
    ]


@pytest.mark.parametrize("suffix", ["", *PACKERS])
def test_a_document_that_is_too_long_is_counted(tmp_path: Path, suffix: str) -> None:
    pack = PACKERS.get(suffix, bytes)
    (tmp_path / f"a.txt{suffix}").write_bytes(pack(b"x" * 1001))
    origin, message = unreadable(tmp_path / f"a.txt{suffix}", max_bytes=1000)
    assert (origin, message.partition(",")[0]) == (f"a.txt{suffix}", "longer than 1")
    (tmp_path / f"a.txt{suffix}").write_bytes(pack(b"x" * 1000))
    assert read(tmp_path / f"a.txt{suffix}", max_bytes=1000) == [Raw(origin=f"a.txt{suffix}", content=b"x" * 1000)]


@pytest.mark.parametrize("suffix", PACKERS)
def test_compressed_tables_are_unpacked(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.jsonl{suffix}"
    path.write_bytes(PACKERS[suffix](b'{"text": "one"}\n') + PACKERS[suffix](b'{"text": "two"}\n'))
    assert [getattr(record, "content", record) for record in read(path)] == ["one", "two"]


@pytest.mark.parametrize("suffix", PACKERS)
@pytest.mark.parametrize("name", ["a.jsonl", "a.csv"])
def test_records_before_the_end_of_a_truncated_file_are_read(tmp_path: Path, name: str, suffix: str) -> None:
    source = random.Random(7)
    texts = [source.randbytes(100).hex() for _ in range(10_000)]
    lines = (
        [json.dumps({"text": text}) for text in texts] if name == "a.jsonl" else ["text,n", *(f"{t},1" for t in texts)]
    )
    path = tmp_path / (name + suffix)
    packed = PACKERS[suffix]("\n".join(lines).encode())
    path.write_bytes(packed[: len(packed) * 3 // 4])
    *before, last = read(path)
    assert isinstance(last, Unreadable)
    assert last.origin == name + suffix
    assert last.message.endswith(f"end too early; the last record before that is {before[-1].origin}")
    assert [record.content for record in before if isinstance(record, Raw)] == texts[: len(before)]
    assert len(before) > 4000


@pytest.mark.parametrize("suffix", PACKERS)
def test_a_compressed_file_that_is_none_is_counted(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.jsonl{suffix}"
    path.write_bytes(b'{"text": "not compressed at all"}\n')
    origin, message = unreadable(path)
    assert origin == path.name
    assert message.startswith("cannot be read, or not to its end: ")


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.csv", "a.parquet"])
def test_a_file_that_vanishes_is_counted(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"soon gone")
    (piece,) = find([path]).pieces
    path.unlink()
    assert list(records(piece, Input())) == [Unreadable(name, "there is no such file any more")]


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.csv", "a.parquet"])
def test_a_file_without_permission_is_counted(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidding(self: Path, mode: str = "r") -> io.BytesIO:
        raise PermissionError(13, "Permission denied", str(self))

    (tmp_path / name).write_bytes(b"secret")
    monkeypatch.setattr(Path, "open", forbidding)
    assert unreadable(tmp_path / name) == (name, "cannot be read: Permission denied")


def test_a_driver_that_fails_in_its_own_way_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import fsspec  # noqa: PLC0415

    memory = fsspec.filesystem("memory")
    memory.pipe("/records-test/a.jsonl", b'{"text": "one"}\n')
    (piece,) = find(["memory://records-test/a.jsonl"]).pieces

    def failing(*_: object, **__: object) -> None:
        raise RuntimeError("the service is on fire")

    monkeypatch.setattr(type(memory), "_open", failing)
    (record,) = records(piece, Input())
    memory.rm("/records-test", recursive=True)
    assert isinstance(record, Unreadable)
    assert record.message.endswith("RuntimeError: the service is on fire")


ROWS: list[dict[str, str | None]] = [
    {
        "id": "7",
        "Headline": "Rain",
        "body": 'It "rained",\nand rained.',
        "url": "https://a.example/7",
        "tag": "weather",
    },
    {"id": "8", "Headline": None, "body": "雨が降る。", "url": None, "tag": ""},
]


def write_table(path: Path) -> None:
    if path.suffix == ".parquet":
        pq.write_table(pa.Table.from_pylist(ROWS), path)
    elif path.suffix == ".json":
        path.write_text(json.dumps(ROWS, indent=1))
    elif path.suffix == ".jsonl":
        path.write_text("".join(json.dumps(row) + "\n" for row in ROWS))
    else:
        delimiter = "\t" if path.suffix == ".tsv" else path.stem[-1]
        cells = [['"' + (value or "").replace('"', '""') + '"' for value in row.values()] for row in ROWS]
        path.write_text("\r\n".join(delimiter.join(row) for row in [list(ROWS[0]), *cells]), newline="")


TABLES = ["a.jsonl", "a.json", "a.parquet", "a.tsv", "a,.csv", "a;.csv", "a|.csv"]


@pytest.mark.parametrize("name", TABLES)
def test_every_table_format_gives_the_same_records(tmp_path: Path, name: str) -> None:
    write_table(tmp_path / name)
    assert read(tmp_path / name, columns={"carry": ["tag"]}) == [
        Raw(
            origin=f"{name}#1",
            content='It "rained",\nand rained.',
            id="7",
            title="Rain",
            url="https://a.example/7",
            extra=(("tag", "weather"),),
        ),
        Raw(origin=f"{name}#2", content="雨が降る。", id="8", extra=(("tag", ""),)),
    ]


def texts_of(record: Raw | Unreadable) -> list[str]:
    values = [getattr(record, field.name) for field in fields(record)]
    values += [value for _, value in record.extra] if isinstance(record, Raw) else []
    return [value for value in values if isinstance(value, str)]


@settings(max_examples=300)
@given(st.sampled_from([*TABLES, "a.txt", "a.jsonl.gz", "a.csv.zst"]), st.binary(max_size=300))
def test_nothing_that_a_file_holds_stops_the_reading(
    tmp_path_factory: pytest.TempPathFactory, name: str, content: bytes
) -> None:
    path = tmp_path_factory.mktemp("any") / name
    path.write_bytes(content)
    for record in read(path):
        assert record.origin.startswith(name)
        "".join(texts_of(record)).encode("utf-8")  # so that Arrow can hold it


@settings(max_examples=300)
@given(st.sampled_from([name for name in TABLES if name != "a.parquet"]), st.data())
def test_damage_anywhere_in_a_table_stops_nothing(
    tmp_path_factory: pytest.TempPathFactory, name: str, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("damaged") / name
    write_table(path)
    content = bytearray(path.read_bytes())
    start = data.draw(st.integers(0, len(content)))
    content[start : start + data.draw(st.integers(0, 20))] = data.draw(st.binary(max_size=20))
    path.write_bytes(content)
    for record in read(path):
        assert record.origin.startswith(name)
        "".join(texts_of(record)).encode("utf-8")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=5),
    lambda values: (
        st.lists(values, max_size=3) | st.dictionaries(st.sampled_from(["name", "$oid"]), values, max_size=2)
    ),
    max_leaves=4,
)


@given(
    st.dictionaries(st.sampled_from(["text", "html", "title", "url", "id", "source", "date", "author", "tag"]), JSON)
)
def test_no_value_of_json_stops_the_reading(tmp_path_factory: pytest.TempPathFactory, row: dict[str, object]) -> None:
    path = tmp_path_factory.mktemp("json") / "a.jsonl"
    path.write_text(json.dumps(row))
    (record,) = read(path, columns={"carry": ["tag"]})
    assert record.origin == "a.jsonl#1"
    "".join(texts_of(record)).encode("utf-8")

from __future__ import annotations

import random
from pathlib import Path

import fsspec
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import ipc

from cleaning.document import Raw
from cleaning.errors import InputError
from cleaning.read import Unreadable, check_columns, find, records
from cleaning.settings import Input

FORMATS = {"stream": ipc.new_stream, "file": ipc.new_file}


def read(path: Path | str, piece_bytes: int = 10**9, **columns: object) -> list[Raw | Unreadable]:
    chosen = Input.model_validate({"columns": columns})
    return [one for piece in find([path], piece_bytes=piece_bytes).pieces for one in records(piece, chosen)]


def write(path: Path, kind: str, *, batch: int = 50, **columns: object) -> Path:
    table = pa.table(columns)
    with FORMATS[kind](path, table.schema) as writer:
        writer.write_table(table, max_chunksize=batch)
    return path


@pytest.mark.parametrize("kind", FORMATS)
def test_rows_are_read_like_those_of_parquet(tmp_path: Path, kind: str) -> None:
    path = write(
        tmp_path / "a.arrow",
        kind,
        words=[1, 2],
        text=["one", "two"],
        date=pa.array([1_704_164_645, None], pa.timestamp("s")),
        authors=[["Ann", "Bo"], []],
        lang=pa.array(["en", None]).dictionary_encode(),
        meta=[{"url": "u1", "n": 1}, None],
    )
    assert read(path, url="meta.url", carry=["meta.n"]) == [
        Raw(
            origin="a.arrow#1",
            content="one",
            date="2024-01-02T03:04:05",
            author="Ann, Bo",
            language="en",
            url="u1",
            extra=(("meta.n", "1"),),
        ),
        Raw(origin="a.arrow#2", content="two", extra=(("meta.n", None),)),
    ]


@pytest.mark.parametrize("kind", FORMATS)
def test_large_files_are_cut_at_batches(tmp_path: Path, kind: str) -> None:
    path = write(tmp_path / "a.arrow", kind, batch=30, text=[f"text {n}" for n in range(1, 201)])
    whole = [(f"a.arrow#{n}", f"text {n}") for n in range(1, 201)]
    for piece_bytes, count in ((1, 7), (800, 3), (10**6, 1)):
        assert len(find([path], piece_bytes=piece_bytes).pieces) == count
        assert [(one.origin, getattr(one, "content", one)) for one in read(path, piece_bytes)] == whole


@pytest.mark.parametrize("kind", FORMATS)
def test_files_behind_addresses_are_read(tmp_path: Path, kind: str) -> None:
    memory = fsspec.filesystem("memory")
    stored = write(tmp_path / "a.arrow", kind, text=["one", "two"]).read_bytes()
    memory.pipe("/arrow-test/a.arrow", stored)
    try:
        assert [getattr(one, "content", one) for one in read("memory://arrow-test", 1)] == ["one", "two"]
    finally:
        memory.rm("/arrow-test", recursive=True)


@pytest.mark.parametrize("kind", FORMATS)
def test_a_table_without_rows_is_fine_and_one_without_text_says_so(tmp_path: Path, kind: str) -> None:
    assert read(write(tmp_path / "a.arrow", kind, text=pa.array([], pa.string()))) == []
    path = write(tmp_path / "a.arrow", kind, words=[1])
    (found,) = read(path)
    assert isinstance(found, Unreadable)
    assert found.message.startswith("no column holds the text or the page")
    with pytest.raises(InputError, match="the columns are words"):
        check_columns(find([path]).pieces, Input())


@pytest.mark.parametrize("kind", FORMATS)
def test_strings_that_are_not_utf8_are_left_to_the_decoder(tmp_path: Path, kind: str) -> None:
    texts = pa.array([b"caf\xe9", "naïve".encode()], pa.binary()).view(pa.string())
    assert [getattr(one, "content", one) for one in read(write(tmp_path / "a.arrow", kind, text=texts))] == [
        b"caf\xe9",
        "naïve",
    ]


@pytest.mark.parametrize("content", [b"", b"ARROW1", b"no table at all, but text\n" * 10])
def test_what_is_no_arrow_file_is_counted(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.arrow").write_bytes(content)
    (found,) = read(tmp_path / "a.arrow")
    assert isinstance(found, Unreadable)
    assert found.origin == "a.arrow"


def test_a_file_that_vanishes_is_counted(tmp_path: Path) -> None:
    (piece,) = find([write(tmp_path / "a.arrow", "stream", text=["one"])]).pieces
    (tmp_path / "a.arrow").unlink()
    assert list(records(piece, Input())) == [Unreadable("a.arrow", "there is no such file any more")]


def test_rows_before_the_end_of_a_truncated_file_are_read(tmp_path: Path) -> None:
    path = write(tmp_path / "a.arrow", "stream", text=[f"text {n}" for n in range(200)])
    content = path.read_bytes()
    path.write_bytes(content[: len(content) * 2 // 3])
    for piece_bytes in (1, 10**6):
        *before, last = read(path, piece_bytes)
        assert len(before) == 100
        assert isinstance(last, Unreadable)
        assert last.message.endswith("; the last record before that is a.arrow#100")


@pytest.mark.parametrize("kind", FORMATS)
def test_values_outside_the_file_cost_their_batch_only(tmp_path: Path, kind: str) -> None:
    path = write(tmp_path / "a.arrow", kind, text=[f"text {n:03}" for n in range(150)])
    content = bytearray(path.read_bytes())
    offsets = content.find(b"".join((8 * n).to_bytes(4, "little") for n in range(10)), content.find(b"text 049"))
    content[offsets + 40 : offsets + 44] = (2**30).to_bytes(4, "little")
    path.write_bytes(content)
    for piece_bytes in (1, 10**6):
        found = read(path, piece_bytes)
        (broken,) = [one for one in found if isinstance(one, Unreadable)]
        assert (broken.origin, found.index(broken), len(found)) == ("a.arrow#51", 50, 101)
        assert broken.message.startswith("damaged: rows 51 to 100 cannot be read: ")


@settings(max_examples=300)
@given(st.sampled_from(sorted(FORMATS)), st.integers(0, 2**32), st.sampled_from([1, 10**6]))
def test_damage_anywhere_stops_nothing(
    tmp_path_factory: pytest.TempPathFactory, kind: str, seed: int, piece_bytes: int
) -> None:
    source = random.Random(seed)
    path = write(
        tmp_path_factory.mktemp("damaged") / "a.arrow",
        kind,
        text=[f"text {n}" for n in range(120)],
        authors=[["a", "b"]] * 120,
        lang=pa.array(["en", "de"] * 60).dictionary_encode(),
    )
    content = bytearray(path.read_bytes())
    for _ in range(source.randint(1, 6)):
        start, size = source.randrange(len(content)), source.choice([1, 4, 8])
        content[start : start + size] = source.choice([bytes(size), b"\xff" * size, source.randbytes(size)])
    path.write_bytes(content)
    assert all(one.origin.startswith("a.arrow") for one in read(path, piece_bytes))

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaning.document import Raw
from cleaning.read import Piece, Unreadable, find, records
from cleaning.read.split import split
from cleaning.settings import Input


def read(path: Path, piece_bytes: int = 10**9) -> list[Raw | Unreadable]:
    return [record for piece in find([path], piece_bytes=piece_bytes).pieces for record in records(piece, Input())]


LINE = st.one_of(
    st.text(max_size=30).map(lambda text: json.dumps({"text": text}).encode()),
    st.text(max_size=30).map(lambda text: json.dumps({"text": text}, ensure_ascii=False).encode("utf-8", "replace")),
    st.sampled_from([b"", b" ", b"\r", b"{broken", b"[1]", b'{"text": "x"}\r', b"\xff", b"\xef\xbb\xbf"]),
)


@given(st.lists(LINE, max_size=20), st.integers(1, 200), st.booleans())
def test_pieces_of_any_size_hold_the_records_of_the_whole(
    tmp_path_factory: pytest.TempPathFactory, written: list[bytes], piece_bytes: int, ends: bool
) -> None:
    path = tmp_path_factory.mktemp("split") / "pages.jsonl"
    path.write_bytes(b"\n".join(written) + b"\n" * ends)
    pieces = find([path], piece_bytes=piece_bytes).pieces
    assert [piece.start for piece in pieces[1:]] == [piece.stop for piece in pieces[:-1]]
    assert sum(piece.size_bytes for piece in pieces) == path.stat().st_size
    if any(line.strip() for line in written):
        assert read(path, piece_bytes) == read(path)


def test_lines_are_numbered_as_an_editor_numbers_them(tmp_path: Path) -> None:
    path = tmp_path / "pages.jsonl"
    path.write_bytes(b'{"text": "one"}\n\n{"text": "three"}\r\nfour\n{"text": "five"}')
    for piece_bytes in (1, 20, 1000):
        origins = [record.origin for record in read(path, piece_bytes)]
        assert origins == ["pages.jsonl#1", "pages.jsonl#3", "pages.jsonl#4", "pages.jsonl#5"]


def test_a_large_file_is_really_cut(tmp_path: Path) -> None:
    path = tmp_path / "pages.jsonl"
    path.write_text('{"text": "0123456789"}\n' * 100_000)  # more than one chunk
    pieces = find([path], piece_bytes=500_000).pieces
    assert len(pieces) == 5
    assert max(piece.size_bytes for piece in pieces) < 500_100
    assert [piece.first for piece in pieces] == [1 + piece.start // 23 for piece in pieces]


def test_rows_of_parquet_are_numbered_over_the_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "pages.parquet"
    pq.write_table(pa.table({"text": [f"text {n}" for n in range(1, 101)]}), path, row_group_size=7)
    for piece_bytes in (1, 300, 10**6):
        assert [record.origin for record in read(path, piece_bytes)] == [f"pages.parquet#{n}" for n in range(1, 101)]
    assert len(find([path], piece_bytes=1).pieces) == 100  # also inside row groups
    assert 1 < len(find([path], piece_bytes=300).pieces) < 15


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.csv", "a.json", "a.txt", "a.parquet", "a.jsonl"])
def test_what_cannot_be_cut_stays_whole(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes("{'a': 1}\n".encode("utf-16") * 100)
    piece = find([path]).pieces[0]
    assert split(piece, 10) == [piece]


def test_a_file_that_is_gone_stays_whole() -> None:
    piece = Piece("/nowhere/at/all.jsonl", "all.jsonl", "jsonl", size_bytes=100)
    assert split(piece, 10) == [piece]
    assert split(replace(piece, format="parquet"), 10) == [replace(piece, format="parquet")]

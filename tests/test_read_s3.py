"""Inputs in a store that speaks S3, on this machine."""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from archives import page
from stores import s3

from cleaning.document import Raw
from cleaning.errors import InputError
from cleaning.read import Unreadable, find, records
from cleaning.read.drivers import missing_driver
from cleaning.settings import Input

TEXTS = [f"text {n:03}" for n in range(100)]


def stored(folder: Path) -> dict[str, bytes]:
    pq.write_table(pa.table({"text": TEXTS}), folder / "a.parquet", row_group_size=10)
    return {
        "crawl/a.parquet": (folder / "a.parquet").read_bytes(),
        "crawl/deep/b.jsonl": "".join(json.dumps({"text": text}) + "\n" for text in TEXTS).encode(),
        "crawl/deep/c.jsonl.gz": gzip.compress(b'{"text": "packed"}\n'),
        "crawl/d.warc.gz": gzip.compress(page(1)) + gzip.compress(page(2)),
        "crawl/.hidden/e.txt": b"hidden",
        "crawl/f.png": b"\x89PNG",
        "other/g.txt": b"elsewhere",
    }


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Fill a bucket."""
    with s3("bucket") as files:
        files.pipe({f"bucket/{name}": content for name, content in stored(tmp_path_factory.mktemp("s3")).items()})
        yield "s3://bucket"


def read(given: str, piece_bytes: int = 10**9) -> list[Raw | Unreadable]:
    return [one for piece in find([given], piece_bytes=piece_bytes).pieces for one in records(piece, Input())]


def test_a_bucket_is_listed_like_a_folder(store: str) -> None:
    found = find([f"{store}/crawl"])
    assert [piece.origin for piece in found.pieces] == ["a.parquet", "d.warc.gz", "deep/b.jsonl", "deep/c.jsonl.gz"]
    assert found.skipped == ((".png", 1),)
    assert all(piece.path.startswith(f"{store}/crawl/") and piece.size_bytes > 30 for piece in found.pieces)
    assert [piece.origin for piece in find([store]).pieces][-1] == "other/g.txt"


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("crawl/*.parquet", ["a.parquet"]),
        ("crawl/**/*.gz", ["d.warc.gz", "deep/c.jsonl.gz"]),
        ("*/*.txt", ["other/g.txt"]),
        ("crawl/deep/b.jsonl", ["b.jsonl"]),
    ],
)
def test_patterns_and_files_are_found(store: str, pattern: str, expected: list[str]) -> None:
    assert [piece.origin for piece in find([f"{store}/{pattern}"]).pieces] == expected


@pytest.mark.parametrize("name", ["a.parquet", "deep/b.jsonl"])
def test_tables_are_read_in_pieces_or_as_a_whole(store: str, name: str) -> None:
    assert len(find([f"{store}/crawl/{name}"], piece_bytes=200).pieces) > 3
    for piece_bytes in (200, 10**9):
        found = read(f"{store}/crawl/{name}", piece_bytes)
        assert [getattr(one, "content", one) for one in found] == TEXTS
        assert found[-1].origin == f"{Path(name).name}#100"


def test_packed_files_and_archives_are_read(store: str) -> None:
    assert [getattr(one, "content", one) for one in read(f"{store}/crawl/deep/c.jsonl.gz")] == ["packed"]
    assert [getattr(one, "url", one) for one in read(f"{store}/crawl/d.warc.gz")] == [
        "https://news.example/1",
        "https://news.example/2",
    ]


def test_what_is_not_in_the_store_is_refused_or_counted(store: str) -> None:
    for missing in ("crawl/nothing.txt", "nothing"):
        with pytest.raises(InputError, match="there is no such file or folder"):
            find([f"{store}/{missing}"])
    fsspec.filesystem("s3").pipe("bucket/soon/gone.jsonl", b'{"text": "x"}\n')
    (piece,) = find([f"{store}/soon"]).pieces
    fsspec.filesystem("s3").rm("bucket/soon/gone.jsonl")
    assert list(records(piece, Input())) == [Unreadable("gone.jsonl", "there is no such file any more")]


@pytest.mark.parametrize(
    ("address", "package", "message"),
    [
        ("s3://bucket/a.txt", "s3fs", "s3:// needs the package s3fs: pip install 'scrape2corpus[s3]'"),
        ("simplecache::s3://bucket/a.txt", "s3fs", "s3:// needs the package s3fs: pip install 'scrape2corpus[s3]'"),
        ("gs://bucket/a.txt", "gcsfs", "gs:// needs the package gcsfs: pip install gcsfs"),
        ("abfs://bucket/a.txt", "adlfs", "abfs:// needs the package adlfs: pip install adlfs"),
        ("sftp://host/a.txt", "paramiko", "sftp:// needs a package: "),
    ],
)
def test_a_missing_driver_is_named(address: str, package: str, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (package, "fsspec.implementations.sftp"):
        monkeypatch.setitem(sys.modules, name, None)
    loaded = vars(sys.modules["fsspec.registry"])["_registry"]
    for protocol in ("s3", "gs", "abfs", "sftp"):
        monkeypatch.delitem(loaded, protocol, raising=False)
    with pytest.raises(InputError) as caught:
        find([address])
    assert str(caught.value).startswith(f"{address}: {message}")


def test_nothing_is_missing_where_everything_is_there() -> None:
    assert [missing_driver(address) for address in ("s3://bucket", "no-such-protocol://x", "/a/b", "x")] == [""] * 4

"""What servers sent, as web archives hold it: which of it is a page, and its encodings undone."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard
from archives import PAGE, page, record, response, url
from fastwarc.stream_io import BrotliWriter
from reading import read_bytes, told

from cleaning.document import Raw


@pytest.mark.parametrize(
    "block",
    [
        response(kind="TEXT/HTML ; Charset=x"),
        response(kind="application/xhtml+xml"),
        response(status="200"),
        response().replace(b"HTTP/1.1", b"HTTP/2"),
        response().replace(b"\r\n", b"\n"),
        response(X_Name="\u00c4"),
    ],
)
def test_pages_are_known_by_what_the_server_says(tmp_path: Path, block: bytes) -> None:
    (found,) = read_bytes(tmp_path, record("response", block))
    assert isinstance(found, Raw)
    assert (found.content, found.is_html) == (PAGE.encode(), True)


def test_a_crawler_may_tell_the_type_that_the_server_did_not(tmp_path: Path) -> None:
    (found,) = read_bytes(tmp_path, record("response", response(kind=""), WARC_Identified_Payload_Type="text/html"))
    assert isinstance(found, Raw)


def chunked(content: bytes) -> bytes:
    parts = [content[start : start + 7] for start in range(0, len(content), 7)]
    return b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in [*parts, b""])


def bare(content: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(content) + packer.flush()


def brotli(content: bytes) -> bytes:
    packed = io.BytesIO()
    with BrotliWriter(packed) as writer:
        writer.write(content)
    return packed.getvalue()


ENCODED: list[tuple[dict[str, str], Callable[[bytes], bytes]]] = [
    ({"Content_Encoding": "gzip"}, gzip.compress),
    ({"Content_Encoding": "x-gzip"}, gzip.compress),
    ({"Content_Encoding": "deflate"}, zlib.compress),
    ({"Content_Encoding": "deflate"}, bare),
    ({"Content_Encoding": "br"}, brotli),
    ({"Content_Encoding": "zstd"}, zstandard.compress),
    ({"Content_Encoding": "identity"}, bytes),
    ({"Transfer_Encoding": "chunked"}, chunked),
    ({"Transfer_Encoding": "chunked", "Content_Encoding": "gzip"}, lambda content: chunked(gzip.compress(content))),
    ({"Content_Encoding": "gzip"}, bytes),  # unpacked before it was stored
    ({"Transfer_Encoding": "chunked"}, bytes),
    ({"Content_Encoding": "utf-8"}, bytes),  # a mistake that servers make
    ({"X_Crawler_Content_Encoding": "gzip"}, bytes),
]


@pytest.mark.parametrize(("headers", "pack"), ENCODED)
def test_the_encodings_of_http_are_undone(
    tmp_path: Path, headers: dict[str, str], pack: Callable[[bytes], bytes]
) -> None:
    (found,) = read_bytes(tmp_path, record("response", response(pack(PAGE.encode()), **headers)))
    assert isinstance(found, Raw)
    assert found.content == PAGE.encode()


@pytest.mark.parametrize(
    ("block", "message"),
    [
        (b"no headers at all", "no HTTP response"),
        (response(X="x" * 100_000), "no HTTP response: Maximum header length exceeded."),
        (response(""), "no text: the response is empty"),
        (
            response(b"\x28\xb5\x2f\xfdbroken", Content_Encoding="zstd"),
            "it cannot be unpacked as its headers say: zstd",
        ),
        (response(b"plain text", "text/plain", Content_Encoding="br"), "it cannot be unpacked as its headers say: br"),
    ],
)
def test_a_page_that_cannot_be_read_is_counted_and_stops_nothing(tmp_path: Path, block: bytes, message: str) -> None:
    found = read_bytes(tmp_path, page(1) + record("response", block) + page(3))
    assert told(found) == [f"1: {url(1)}", f"2: {message}", f"3: {url(3)}"]

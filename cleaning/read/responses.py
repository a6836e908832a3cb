"""HTTP responses in web archives: which of them are documents, and what they hold. The only import of FastWARC."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from fastwarc.warc import HeaderMap, WarcRecord

from .frames import HEAD, Frame
from .piece import too_long

_PAGES = ("text/html", "application/xhtml+xml")
_DOCUMENTS = (*_PAGES, "text/plain")
_ENCODINGS = ("Transfer-Encoding", "Content-Encoding")

# FastWARC asks for as much memory as a record says that it is long, so it is told how long the record really is.
_RECORD = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: %d\r\n\r\n%b"

# What zlib is told to expect: gzip or zlib, as the first bytes say, and then the bare stream that some servers send.
_WINDOWS = (47, -15)


@dataclass(frozen=True, slots=True)
class Body:
    """A page or a text as it was fetched, unpacked, and the charset that the server named."""

    content: bytes | str
    is_html: bool
    charset: str | None = None


def headers_of(frame: Frame) -> tuple[tuple[str, str], ...]:
    r"""Return the headers of a record, in order.

    >>> headers_of(Frame(b"WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: 2\r\n\r\n", b"Hi"))
    (('WARC-Type', 'conversion'), ('Content-Length', '2'))
    """
    headers = HeaderMap()
    headers.parse(io.BytesIO(frame.head))
    return headers.items()


def read_response(frame: Frame, headers: Mapping[str, str], limit: int) -> Body | str | None:
    """Return what a ``response`` record holds, None if that is no document, or the reason why it cannot be read.

    A document is what came by HTTP with status 200 as HTML, XHTML or plain text.

    Args:
        frame: the record.
        headers: its headers, by names in lower case.
        limit: a body of more bytes is too long.
    """
    if not headers.get("content-type", "").lower().startswith("application/http"):
        return None
    try:
        record = _parsed(frame.block, "none")
    except OSError as error:
        return f"no HTTP response: {error}"
    status = record.http_headers.status_code
    if status is None:
        return "no HTTP response"
    kind = _media_type(record.http_content_type or headers.get("warc-identified-payload-type", ""))
    if status != 200 or kind not in _DOCUMENTS:
        return None
    if not frame.whole:
        return too_long(limit)
    return _body(record, frame.block, kind, limit)


def _parsed(block: bytes, decoding: Literal["none", "all"]) -> WarcRecord:
    """Return a response with its HTTP headers read; without any where they make no sense."""
    block = _with_carriage_returns(block)
    record = WarcRecord.from_bytes(_RECORD % (len(block), block))
    record.parse_http(auto_decode=decoding, max_header_len=HEAD)
    return record


def _with_carriage_returns(block: bytes) -> bytes:
    r"""Return a response whose headers end as they should; some servers send line feeds alone.

    >>> _with_carriage_returns(b"HTTP/1.0 200 OK\nContent-Type: text/html\n\n<p>\n\n")
    b'HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n<p>\n\n'
    """
    first, end = block.find(b"\n", 0, HEAD), block.find(b"\n\n", 0, HEAD) + 2
    if first < 1 or block[first - 1] == ord("\r") or end < 2:
        return block
    return block[:end].replace(b"\n", b"\r\n") + block[end:]


def _media_type(content_type: str) -> str:
    return content_type.partition(";")[0].strip().lower()


def _body(record: WarcRecord, block: bytes, kind: str, limit: int) -> Body | str:
    content = _decoded(record, block, limit)
    if content is None:
        named = ", ".join(value for name in _ENCODINGS for value in record.http_headers.get_multiple(name))
        return f"it cannot be unpacked as its headers say: {named}"
    if not content:
        return "no text: the response is empty"
    if len(content) > limit:
        return too_long(limit)
    return Body(content, kind in _PAGES, (record.http_charset or "").strip("\"' ") or None)


def _decoded(record: WarcRecord, block: bytes, limit: int) -> bytes | None:
    """Return the body without its encodings, and no more than a byte above the limit; None if that fails."""
    if not any(record.http_headers.contains_key(name) for name in _ENCODINGS):
        return record.reader.read(limit + 1)
    try:
        return _parsed(block, "all").reader.read(limit + 1)
    except OSError:
        return next(_otherwise(record.reader.read(len(block)), limit), None)


def _otherwise(body: bytes, limit: int) -> Iterator[bytes]:
    """Yield what the body may be instead: a page that was unpacked before it was stored, or packed in another way."""
    if body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        yield body
    for window in _WINDOWS:
        try:
            unpacked = zlib.decompressobj(window).decompress(body, limit + 1)
        except zlib.error:
            continue
        if unpacked:
            yield unpacked

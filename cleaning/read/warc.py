"""Web archives: WARC files of pages as they were fetched, and WET files of their text.

Of all records only those with a document are yielded: ``response`` records with a page or a text, and ``conversion``
records, which are text. Requests, metadata, images, redirects and errors are passed over like blank lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from ..document import Raw
from ..settings import Columns, Input
from .files import chunks, packed
from .frames import BEGIN, Broken, Frame, frames
from .members import Gap, unpack_members
from .piece import Piece, Unreadable, too_long
from .responses import Body, headers_of, read_response

_KIND = re.compile(rb"\nwarc-type[ \t]*:[ \t]*(response|conversion)[ \t]*\r?\n", re.IGNORECASE)
_TEXT = "text/plain"
_TOLD = ("id", "url", "title", "source", "date", "author", "language")


def read_warc(piece: Piece, settings: Input) -> Iterator[Raw | Unreadable]:
    """Yield the documents of an archive. In ``file.warc.gz#12`` the 12 is the record, all kinds of them counted.

    Behind a record that is broken, reading goes on where the next one is found.
    """
    number = 0
    for number, frame in enumerate(frames(_unpacked(piece), settings.max_bytes), 1):
        found = _document(frame, settings.max_bytes)
        if isinstance(found, str):
            yield Unreadable(f"{piece.origin}#{number}", found)
        elif found and isinstance(frame, Frame):
            yield _raw(found, _headers(frame), f"{piece.origin}#{number}", settings.columns)
    if not number:
        yield Unreadable(piece.origin, "empty file: there is no record in it")


def warc_columns(piece: Piece, settings: Input, *, records: int = 1000) -> Iterator[Sequence[str]]:
    """Yield the names of the headers of each of the first records that hold a document."""
    for frame in islice(frames(_unpacked(piece), settings.max_bytes), records):
        if isinstance(frame, Frame) and isinstance(_document(frame, settings.max_bytes), Body):
            yield [name for name, _ in headers_of(frame)]


def _unpacked(piece: Piece) -> Iterable[bytes | Gap]:
    return unpack_members(packed(piece), piece.compression, BEGIN) if piece.compression else chunks(piece)


def _document(frame: Frame | Broken, limit: int) -> Body | str | None:
    """Return the document of a record, None if it has none, or the reason why it cannot be read."""
    if isinstance(frame, Broken):
        return frame.message
    kind = _KIND.search(frame.head)
    if not kind:
        return None
    headers = _headers(frame)
    return (
        read_response(frame, headers, limit) if kind[1].lower() == b"response" else _conversion(frame, headers, limit)
    )


def _conversion(frame: Frame, headers: dict[str, str], limit: int) -> Body | str | None:
    """Return the text that somebody took from a page; it is UTF-8, and what is not is left to the decoder."""
    if not headers.get("content-type", _TEXT).lower().startswith(_TEXT):
        return None
    if not frame.whole:
        return too_long(limit)
    if not frame.block:
        return "no text: the record is empty"
    try:
        return Body(frame.block.decode("utf-8-sig"), is_html=False)
    except UnicodeDecodeError:
        return Body(frame.block, is_html=False)


def _headers(frame: Frame) -> dict[str, str]:
    """Return the headers of a record by their names in lower case."""
    return {name.lower(): value for name, value in headers_of(frame)}


def _raw(body: Body, headers: dict[str, str], origin: str, columns: Columns) -> Raw:
    """Return a document with what the headers of its record say: they are the columns of an archive.

    The address and the id are those of the format. Other fields are told only where the settings name a header: the
    date of the format is that of the crawl.
    """
    told = {field: _value(headers, getattr(columns, field)) for field in _TOLD}
    url = told.pop("url") or _value(headers, "WARC-Target-URI")
    record_id = told.pop("id") or _value(headers, "WARC-Record-ID")
    return Raw(
        origin=origin,
        content=body.content,
        is_html=body.is_html,
        charset=body.charset,
        url=url and url.strip("<>"),
        id=record_id and record_id.strip("<>").removeprefix("urn:uuid:"),
        extra=tuple((name, headers.get(name.lower())) for name in columns.carry),
        **told,
    )


def _value(headers: dict[str, str], name: str) -> str | None:
    return headers.get(name.lower(), "").strip() or None

"""Chunks of bytes as lines, and lines as text."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from itertools import chain

from ..decode import decode

_BOMS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",  # before UTF-16, whose mark it begins with
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


def encoding_of(head: bytes) -> str:
    r"""Return the Unicode encoding that the first bytes of a table in text form tell; ``utf-8`` where nothing speaks.

    Such a file begins with an ASCII character: a brace, or the name of a column. In UTF-16 a zero stands beside it.

    >>> encoding_of(b"\xff\xfe{\x00"), encoding_of(b"{\x00"), encoding_of(b"\x00{"), encoding_of(b'{"')
    ('utf-16', 'utf-16-le', 'utf-16-be', 'utf-8')
    """
    for mark, encoding in _BOMS.items():
        if head.startswith(mark):
            return encoding
    first, second = (head + b"  ")[:2]
    if bool(first) == bool(second):
        return "utf-8"
    return "utf-16-le" if first else "utf-16-be"


def peek(chunks: Iterable[bytes], size: int) -> tuple[bytes, Iterator[bytes]]:
    """Return the first bytes, at least ``size`` of them if there are so many, and the chunks that follow them."""
    rest = iter(chunks)
    head = bytearray()
    for chunk in rest:
        head += chunk
        if len(head) >= size:
            break
    return bytes(head), rest


def utf8(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the chunks of a whole file without a byte order mark, and as UTF-8 if they are UTF-16 or UTF-32.

    Raises:
        UnicodeDecodeError: the file began as UTF-16 or UTF-32 and does not go on so.
    """
    head, rest = peek(chunks, 4)
    encoding = encoding_of(head)
    whole = chain([head], rest)
    if encoding == "utf-8":
        yield from whole
        return
    if encoding == "utf-8-sig":
        yield head.removeprefix(codecs.BOM_UTF8)
        yield from rest
        return
    decoder = codecs.getincrementaldecoder(encoding)()
    for chunk in whole:
        yield decoder.decode(chunk).encode("utf-8")
    yield decoder.decode(b"", final=True).encode("utf-8")


def lines(chunks: Iterable[bytes], limit: int) -> Iterator[bytes | None]:
    r"""Yield the lines of a file without their line feeds; None for one that is longer than ``limit`` bytes.

    No more than ``limit`` bytes and a chunk are held at a time, however long a line is.

    >>> list(lines([b"one\ntw", b"o\n\n", b"thirteen", b"\nfour"], limit=5))
    [b'one', b'two', b'', None, b'four']
    """
    parts: list[bytes] = []
    size = 0
    for chunk in chunks:
        *ended, tail = chunk.split(b"\n")
        for line in ended:
            yield b"".join((*parts, line)) if size + len(line) <= limit else None
            parts, size = [], 0
        size += len(tail)
        if size <= limit:
            parts.append(tail)
        else:
            parts.clear()
    if size:
        yield b"".join(parts) if size <= limit else None


def text_of(content: bytes, fallback: str = "") -> str:
    r"""Decode a line or a file: as UTF-8 if it is that, and else as :func:`cleaning.decode.decode` does.

    Raises:
        CleaningError: it is no text in any charset.

    >>> text_of("naïve".encode())
    'naïve'
    """
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return decode(content, fallback=fallback or None).text

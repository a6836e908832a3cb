"""Files, local or not, as chunks of bytes; compressed ones are unpacked on the way."""

from __future__ import annotations

import bz2
import lzma
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import fsspec
import pyarrow as pa
import zstandard

from ..errors import CleaningError
from .piece import Piece

CHUNK = 1 << 18
# Compressed bytes are unpacked this many at a time: what a bomb blows up at once stays below 200 MB, and larger slices
# are hardly faster.
_SLICE = 1 << 10

# What reading raises when a file is gone, forbidden, cut off or damaged.
DAMAGE = (OSError, EOFError, UnicodeError, zlib.error, lzma.LZMAError, zstandard.ZstdError, pa.ArrowException)

_REMOTE = re.compile(r"[a-z][a-z0-9+.-]*(://|::)", re.IGNORECASE)

UNPACKERS: dict[str, Callable[[], Any]] = {
    "gzip": lambda: zlib.decompressobj(31),
    "zstd": lambda: zstandard.ZstdDecompressor(max_window_size=1 << 31).decompressobj(),
    "bzip2": bz2.BZ2Decompressor,
    "xz": lzma.LZMADecompressor,
}


def is_remote(path: str) -> bool:
    """Whether a path is an address that fsspec opens.

    >>> is_remote("s3://bucket/pages.jsonl"), is_remote("zip://a.txt::/data/a.zip"), is_remote("/data/a::b.txt")
    (True, True, False)
    """
    return _REMOTE.match(path) is not None


@contextmanager
def opened(path: str) -> Iterator[BinaryIO]:
    """Open a local path or an fsspec address for reading, and close it again.

    Raises:
        OSError: it cannot be opened or read; whatever a remote driver raises is turned into one.
    """
    if not is_remote(path):
        with Path(path).open("rb") as file:
            yield file
        return
    try:
        with fsspec.open(path, "rb") as file:
            yield file
    except (*DAMAGE, CleaningError):
        raise
    except Exception as error:
        raise OSError(f"{type(error).__name__}: {error}") from error


def chunks(piece: Piece) -> Iterator[bytes]:
    """Yield the bytes of a piece in chunks, unpacked.

    Raises:
        OSError, EOFError: and the others of :data:`DAMAGE`, after everything that could be read before it.
    """
    stored = packed(piece)
    return unpack(stored, piece.compression) if piece.compression else stored


def packed(piece: Piece) -> Iterator[bytes]:
    """Yield the bytes of a piece in chunks, as they are stored."""
    with opened(piece.path) as file:
        position = piece.start
        while piece.stop is None or position < piece.stop:
            file.seek(position)  # each time: all who open the same memory:// file share one position
            chunk = file.read(CHUNK if piece.stop is None else min(CHUNK, piece.stop - position))
            if not chunk:
                return
            yield chunk
            position += len(chunk)


def unpack(stored: Iterable[bytes], compression: str) -> Iterator[bytes]:
    """Yield what compressed bytes hold. Files made of several compressed ones, one after another, are read to the end.

    Raises:
        EOFError: the file ends too early.
        OSError, zlib.error, lzma.LZMAError, zstandard.ZstdError: it is damaged.

    >>> import gzip
    >>> b"".join(unpack([gzip.compress(b"one, "), gzip.compress(b"two")], "gzip"))
    b'one, two'
    """
    new = UNPACKERS[compression]
    unpacker, started = new(), False
    for part in slices(stored):
        rest = part
        while rest:
            if unpacker.eof:
                rest = rest.lstrip(b"\0")  # padding of tapes and blocks
                unpacker, started = new(), False
                continue
            started = True
            unpacked = unpacker.decompress(rest)
            if unpacked:
                yield unpacked
            rest = unpacker.unused_data if unpacker.eof else b""
    if started and not unpacker.eof:
        raise EOFError(f"cut off: the {compression} data end too early")


def slices(stored: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the bytes of packed chunks, a little at a time."""
    for chunk in stored:
        for start in range(0, len(chunk), _SLICE):
            yield chunk[start : start + _SLICE]

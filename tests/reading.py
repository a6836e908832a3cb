"""What tests of reading share: ways to pack bytes, and a file as its records."""

from __future__ import annotations

import bz2
import gzip
import lzma
from collections.abc import Callable
from pathlib import Path

import zstandard

from cleaning.document import Raw
from cleaning.read import Unreadable, find, records
from cleaning.settings import Input

PACKERS: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.compress,
    ".zst": zstandard.compress,
    ".bz2": bz2.compress,
    ".xz": lambda content: lzma.compress(content, preset=0),
}
PACKED_OR_NOT = {"": bytes, **PACKERS}


def read(path: Path, **chosen: object) -> list[Raw | Unreadable]:
    return [record for piece in find([path]).pieces for record in records(piece, Input.model_validate(chosen))]


def read_bytes(folder: Path, content: bytes, name: str = "a.warc", **chosen: object) -> list[Raw | Unreadable]:
    (folder / name).write_bytes(content)
    return read(folder / name, **chosen)


def told(found: list[Raw | Unreadable]) -> list[str]:
    """Return what was read in a few words: the numbers of records, and their addresses or messages."""
    return [
        f"{one.origin.partition('#')[2]}: {one.message if isinstance(one, Unreadable) else one.url}" for one in found
    ]

"""What is passed around while reading: pieces of files, and records that could not be read."""

from __future__ import annotations

from dataclasses import dataclass

FORMATS = {
    ".txt": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".jl": "jsonl",
    ".json": "json",
    ".csv": "csv",
    ".tsv": "tsv",
    ".parquet": "parquet",
    ".arrow": "arrow",
    ".warc": "warc",
    ".wet": "warc",
}
COMPRESSIONS = {".gz": "gzip", ".zst": "zstd", ".bz2": "bzip2", ".xz": "xz"}


# Formats that are read here and there, not from the beginning to the end, so that they cannot be unpacked on the way.
_READ_ANYWHERE = ("parquet", "arrow")


@dataclass(frozen=True, slots=True)
class Piece:
    """A file, or a part of a large one that can be read beside the others.

    Attributes:
        path: where the file is: an absolute local path or an fsspec address.
        origin: the file's path told from the input's root, with slashes; the same on every machine.
        format: a value of :data:`FORMATS`.
        compression: a value of :data:`COMPRESSIONS`, or empty.
        start, stop: the part of the file: bytes of JSON lines, which begin and end where a line does; rows of
            Parquet, record batches of Arrow. A ``stop`` of None means the end of the file.
        first: the number of the part's first record in the file.
        size_bytes: size of the part as it is stored, for progress; 0 where it is not known.
    """

    path: str
    origin: str
    format: str
    compression: str = ""
    start: int = 0
    stop: int | None = None
    first: int = 1
    size_bytes: int = 0


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A record, a file or a folder that could not be read.

    Attributes:
        origin: which one, in the form of :attr:`cleaning.document.Raw.origin`.
        message: why, and what can be done about it where something can.
    """

    origin: str
    message: str


@dataclass(frozen=True, slots=True)
class Found:
    """What the inputs hold.

    Attributes:
        pieces: everything to be read, by origin and place in the file.
        unreadable: folders that cannot be listed, and things called like a file that are none.
        skipped: how many files of unknown kind were met in folders: pairs of suffix, empty
            where there is none, and count, by suffix.
    """

    pieces: tuple[Piece, ...]
    unreadable: tuple[Unreadable, ...] = ()
    skipped: tuple[tuple[str, int], ...] = ()


def kind_of(name: str) -> tuple[str, str] | None:
    """Return the format and the compression that a file's name tells, or None for an unknown kind.

    >>> kind_of("pages.JSONL.gz"), kind_of("notes.txt"), kind_of("photo.png"), kind_of("table.parquet.gz")
    (('jsonl', 'gzip'), ('text', ''), None, None)
    """
    stem, dot, last = name.lower().rpartition(".")
    compression = COMPRESSIONS.get(dot + last, "")
    if compression:
        last = stem.rpartition(".")[2] if "." in stem else ""
    kind = FORMATS.get("." + last)
    return None if kind is None or (kind in _READ_ANYWHERE and compression) else (kind, compression)


def too_long(limit: int) -> str:
    """Return the message for a record of more than ``limit`` bytes.

    >>> too_long(20_000_000)
    'longer than 20,000,000 bytes, which is no document; the bound is input.max_bytes'
    """
    return f"longer than {limit:,} bytes, which is no document; the bound is input.max_bytes"

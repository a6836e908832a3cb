"""One piece as raw records, whatever its format."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..document import Raw
from ..settings import Input
from .arrow import read_arrow
from .delimited import read_delimited
from .documents import read_document
from .files import DAMAGE
from .json_lines import read_json
from .parquet import read_parquet
from .piece import Piece, Unreadable
from .warc import read_warc

_READERS: dict[str, Callable[[Piece, Input], Iterator[Raw | Unreadable]]] = {
    "text": read_document,
    "html": read_document,
    "jsonl": read_json,
    "json": read_json,
    "csv": read_delimited,
    "tsv": read_delimited,
    "parquet": read_parquet,
    "arrow": read_arrow,
    "warc": read_warc,
}

# A table without rows is quite usual, and so is an archive without pages; that one says itself when it is empty.
_MAY_HOLD_NOTHING = ("parquet", "arrow", "warc")


def records(piece: Piece, settings: Input) -> Iterator[Raw | Unreadable]:
    """Yield the records of a piece, in order, and what could not be read in their midst.

    Nothing that a file holds stops this: a record that cannot be read is counted as one, and when a file is gone or
    damaged, what comes before the damage is read. The records do not depend on how the file was cut into pieces.

    Origins are ``file`` for text files and pages and ``file#number`` for tables and archives, with numbers from 1: the
    line of JSON lines, the record of web archives, the row of the others.
    """
    last = ""
    try:
        for record in _READERS[piece.format](piece, settings):
            last = record.origin
            yield record
    except DAMAGE as error:
        yield Unreadable(piece.origin, _explain(error) + (f"; the last record before that is {last}" if last else ""))
    else:
        whole = piece.start == 0 and piece.stop is None
        if whole and not last and piece.format not in _MAY_HOLD_NOTHING:
            yield Unreadable(piece.origin, "empty file: there is no record in it")


def _explain(error: BaseException) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file any more"
    if isinstance(error, OSError) and error.strerror:
        return f"cannot be read: {error.strerror}"
    return f"cannot be read, or not to its end: {error}"

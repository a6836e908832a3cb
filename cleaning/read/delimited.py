"""Tables in text form: comma-separated values and their kin."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from ..decode import decode
from ..document import Raw
from ..errors import CleaningError
from ..settings import Input
from .columns import map_columns, to_raw
from .files import chunks
from .lines import lines, peek, text_of, utf8
from .piece import Piece, Unreadable, too_long

_DELIMITERS = ",;\t|"

# The charset is detected in so many bytes.
_HEAD = 1 << 17

# A quotation mark that is not closed within as many times the longest record is one that somebody forgot to close.
_FAR = 4


class _RowError(Exception):
    """A row that is too long."""


def read_delimited(piece: Piece, settings: Input) -> Iterator[Raw | Unreadable]:
    """Yield the rows of a table. In ``file.csv#12`` the 12 is the row; neither the header nor blank lines count."""
    rows = _rows(piece, settings)
    header = next(rows, [])
    if isinstance(header, str):
        yield Unreadable(piece.origin, f"the header is broken: {header}")
        return
    header = [name.strip() for name in header]
    mapped = map_columns(header, settings.columns)
    if header and mapped.problem:
        yield Unreadable(piece.origin, mapped.problem)
        return
    for number, row in enumerate(rows, 1):
        origin = f"{piece.origin}#{number}"
        if isinstance(row, str):
            yield Unreadable(origin, row)
        elif len(row) != len(header):
            yield Unreadable(origin, f"{len(row)} fields where the header has {len(header)}")
        else:
            yield to_raw(dict(zip(reversed(header), reversed(row), strict=True)), origin, mapped, settings.max_bytes)


def delimited_columns(piece: Piece, settings: Input) -> Iterator[Sequence[str]]:
    """Yield the names in the header."""
    header = next(_rows(piece, settings), "")
    if not isinstance(header, str):
        yield [name.strip() for name in header]


def _rows(piece: Piece, settings: Input) -> Iterator[list[str] | str]:
    """Yield the rows, header first, without blank lines; a string is the reason why a row cannot be taken apart."""
    source = _Lines(chunks(piece), settings)
    csv.field_size_limit(max(csv.field_size_limit(), settings.max_bytes))  # one for the whole process
    rows = csv.reader(source, delimiter="\t" if piece.format == "tsv" else source.delimiter(), strict=True)
    while True:
        source.begin_row()
        try:
            row = next(rows)
        except StopIteration:
            return
        except (csv.Error, _RowError, CleaningError) as error:
            if isinstance(error, _RowError):
                source.skip_row()
            yield f"{_explain(error)} ({source.place()})"
        else:
            if row:
                yield row


class _Lines:
    """The lines of a file as text, for the csv module, which goes on after an error with the line that follows."""

    def __init__(self, stored: Iterable[bytes], settings: Input) -> None:
        head, rest = peek(utf8(stored), _HEAD)
        self._charset = settings.charset or _charset(head)
        self._limit = settings.max_bytes
        self._lines = lines(chain([head], rest), settings.max_bytes)
        self._number = self._first = self._bytes = self._quotes = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self._count(line)
        if line is None or self._bytes > self._limit:
            raise _RowError(too_long(self._limit))
        return text_of(line, self._charset) + "\n"

    def _count(self, line: bytes | None) -> None:
        self._number += 1
        self._bytes += self._limit + 1 if line is None else len(line)
        self._quotes += 0 if line is None else line.count(b'"')

    def begin_row(self) -> None:
        self._first, self._bytes, self._quotes = self._number + 1, 0, 0

    def skip_row(self) -> None:
        """Pass over the rest of a row that is too long: to where its quotation mark is closed, if that comes soon."""
        while self._quotes % 2 and self._bytes <= _FAR * self._limit:
            try:
                self._count(next(self._lines))
            except StopIteration:
                return

    def place(self) -> str:
        if self._number <= self._first:
            return f"line {self._first}"
        return f"lines {self._first} to {self._number}"

    def delimiter(self) -> str:
        """Return the delimiter that makes most fields of the first line that is not blank."""
        skipped = []
        for line in self._lines:
            skipped.append(line)
            if line and not line.isspace():
                break
        self._lines = chain(skipped, self._lines)
        try:
            header = text_of(skipped[-1] or b"", self._charset) if skipped else ""
        except CleaningError:  # reading it as a row will say so
            header = ""
        return max(_DELIMITERS, key=lambda delimiter: _fields(header, delimiter))


def _fields(line: str, delimiter: str) -> int:
    try:
        return len(next(csv.reader([line], delimiter=delimiter), []))
    except csv.Error:  # reading it as a row will say so
        return 0


def _charset(head: bytes) -> str:
    """Return the charset of a table from its first lines, so that short lines need not be detected one by one."""
    whole_lines = head[: head.rfind(b"\n") + 1] or head
    try:
        whole_lines.decode("utf-8")
    except UnicodeDecodeError:
        return _detected(whole_lines)
    else:
        return ""


def _detected(content: bytes) -> str:
    try:
        return decode(content).charset or ""
    except CleaningError:  # reading the header will say so
        return ""


def _explain(error: Exception) -> str:
    message = str(error)
    if message.startswith("new-line"):
        return "a carriage return outside quotation marks"
    if message.startswith("unexpected end"):
        return "a quotation mark is opened and never closed"
    return message

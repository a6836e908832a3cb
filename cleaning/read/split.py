"""Large files cut into pieces that can be read side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import pyarrow.parquet as pq

from .arrow import arrow_batches
from .files import DAMAGE, chunks, is_remote, opened
from .lines import encoding_of
from .piece import Piece

# To read the last part of a row group one must unpack all of it.
MOST_OF_A_GROUP = 16


def split(piece: Piece, piece_bytes: int) -> list[Piece]:
    """Cut a file's piece into some of about ``piece_bytes``, if it is larger and of a format that allows it.

    JSON lines are read once for that, to find line ends and count lines: records are then told by their line, however
    the file is cut. Reading is little beside the cleaning. A file that cannot be cut stays one piece.
    """
    if piece.size_bytes <= piece_bytes or piece.compression:
        return [piece]
    try:
        if piece.format == "jsonl":
            return _parts(piece, _by_lines(piece, piece_bytes))
        if piece.format == "parquet":
            return _parts(piece, _by_rows(piece, piece_bytes))
        if piece.format == "arrow" and not is_remote(piece.path):  # to pass over batches there, one must fetch them
            return _parts(piece, _by_size(piece, piece_bytes, arrow_batches(piece.path)))
    except DAMAGE:
        return [piece]  # reading it will say what is wrong
    return [piece]


def _parts(whole: Piece, parts: Iterator[Piece]) -> list[Piece]:
    """Return the parts if there are several: a file in one part is read as a whole, and says so when it is empty."""
    cut = list(parts)
    return cut if len(cut) > 1 else [whole]


def _by_lines(whole: Piece, piece_bytes: int) -> Iterator[Piece]:
    start, first, position, line = 0, 1, 0, 1
    for chunk in chunks(whole):
        if position == 0 and encoding_of(chunk).startswith(("utf-16", "utf-32")):
            yield whole  # a byte is no character there
            return
        counted = 0
        while (end := chunk.find(b"\n", max(counted, start + piece_bytes - position)) + 1) > 0:
            line += chunk.count(b"\n", counted, end)
            stop = position + end
            yield replace(whole, start=start, stop=stop, first=first, size_bytes=stop - start)
            start, first, counted = stop, line, end
        line += chunk.count(b"\n", counted)
        position += len(chunk)
    if position > start:
        yield replace(whole, start=start, stop=position, first=first, size_bytes=position - start)


def _by_rows(whole: Piece, piece_bytes: int) -> Iterator[Piece]:
    """Cut a Parquet file between row groups, and a large row group between rows.

    To read the end of a row group one must unpack its beginning, which is little beside the cleaning. But from a remote
    file it would be fetched again, so that its row groups stay whole.
    """
    parts = _row_groups(whole) if is_remote(whole.path) else _parts_of_groups(_row_groups(whole), piece_bytes)
    pieces = list(_by_size(whole, piece_bytes, listed := list(parts)))
    ends = [*(piece.first - 1 for piece in pieces[1:]), sum(rows for rows, _ in listed)]
    for piece, end in zip(pieces, ends, strict=True):
        yield replace(piece, start=piece.first - 1, stop=end)


def _row_groups(whole: Piece) -> Iterator[tuple[int, int]]:
    """Yield the rows and the packed bytes of each row group."""
    with opened(whole.path) as stored:
        table = pq.ParquetFile(stored).metadata
    for index in range(table.num_row_groups):
        group = table.row_group(index)
        yield group.num_rows, sum(group.column(column).total_compressed_size for column in range(group.num_columns))


def _parts_of_groups(groups: Iterable[tuple[int, int]], piece_bytes: int) -> Iterator[tuple[int, int]]:
    """Yield the rows and bytes of parts of row groups, none of which is much larger than a piece.

    >>> list(_parts_of_groups([(10, 100), (7, 10)], 30))
    [(2, 20), (3, 30), (2, 20), (3, 30), (7, 10)]
    """
    for rows, stored in groups:
        count = min(rows, MOST_OF_A_GROUP, max(1, -(-stored // piece_bytes)))
        for part in range(count):
            size = rows * (part + 1) // count - rows * part // count
            yield size, stored * size // max(rows, 1)


def _by_size(whole: Piece, piece_bytes: int, parts: Iterable[tuple[int, int]]) -> Iterator[Piece]:
    """Join parts of a table, which are told by their rows and bytes, to pieces of about the size."""
    start, first, number, size, stop = 0, 1, 1, 0, 0
    for stop, (rows, stored) in enumerate(parts, 1):
        number, size = number + rows, size + stored
        if size >= piece_bytes:
            yield replace(whole, start=start, stop=stop, first=first, size_bytes=size)
            start, first, size = stop, number, 0
    if stop > start:
        yield replace(whole, start=start, stop=stop, first=first, size_bytes=size)

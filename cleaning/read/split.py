"""Large files cut into pieces that can be read side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pyarrow.parquet as pq

from .files import DAMAGE, chunks, opened
from .lines import encoding_of
from .piece import Piece


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
            return _parts(piece, _by_row_groups(piece, piece_bytes))
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


def _by_row_groups(whole: Piece, piece_bytes: int) -> Iterator[Piece]:
    with opened(whole.path) as stored:
        table = pq.ParquetFile(stored).metadata
    start, first, number, size = 0, 1, 1, 0
    for group in range(table.num_row_groups):
        of_group = table.row_group(group)
        number += of_group.num_rows
        size += sum(of_group.column(index).total_compressed_size for index in range(of_group.num_columns))
        if size >= piece_bytes or group == table.num_row_groups - 1:
            yield replace(whole, start=start, stop=group + 1, first=first, size_bytes=size)
            start, first, size = group + 1, number, 0

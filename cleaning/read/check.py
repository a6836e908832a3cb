"""Columns that the settings name: refused at once where no file has them, rather than missed in silence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..errors import InputError
from ..settings import Columns, Input
from .arrow import arrow_columns
from .columns import has, map_columns, shown
from .delimited import delimited_columns
from .files import DAMAGE
from .json_lines import json_columns
from .parquet import parquet_columns
from .piece import Piece
from .warc import warc_columns

# What holds documents whatever its columns are.
_DOCUMENTS = ("text", "html", "warc")


def check_columns(pieces: Iterable[Piece], settings: Input) -> None:
    """Refuse settings that fit no file. As a rule the first file tells; more are asked only for what is not there.

    Of JSON and of web archives, whose records may all differ, the first 1,000 records of each file are asked. A damaged
    file is not asked at all, and nothing is refused then for what it may hold.

    Raises:
        InputError: no file has a column that is set or carried along, or none has a column with text or pages.
    """
    missing, readable, damaged = _named(settings.columns), False, False
    seen: dict[str, None] = {}
    for piece in pieces:
        readable = readable or piece.format in _DOCUMENTS
        if readable and not missing:
            return
        try:
            for names in _names(piece, settings):
                readable = readable or not map_columns(names, settings.columns).problem
                missing = [name for name in missing if not has(names, name)]
                seen |= dict.fromkeys(names)
                if readable and not missing:
                    return
        except DAMAGE:
            damaged = True
    if missing and not damaged:
        raise InputError(f"no input has a column {shown(missing)}, which input.columns names; there are: {shown(seen)}")
    if not readable and not damaged:
        raise InputError(map_columns(list(seen), settings.columns).problem)


def _named(columns: Columns) -> list[str]:
    single = [name for field, name in columns if field != "carry" and name]
    return [*single, *columns.carry]


def _names(piece: Piece, settings: Input) -> Iterator[Sequence[str]]:
    """Yield the column names of a file, again and again where its records may differ."""
    if piece.start:
        return  # the file's first piece tells
    if piece.format in ("json", "jsonl"):
        yield from json_columns(piece, settings)
    elif piece.format in ("csv", "tsv"):
        yield from delimited_columns(piece, settings)
    elif piece.format == "parquet":
        yield from parquet_columns(piece)
    elif piece.format == "arrow":
        yield from arrow_columns(piece)
    elif piece.format == "warc":
        yield from warc_columns(piece, settings)

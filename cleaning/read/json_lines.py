"""JSON: one object a line; in a ``.json`` also one array, or objects one after another, that fit into memory."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from ..document import Raw
from ..errors import CleaningError
from ..settings import Input
from .columns import reader
from .files import chunks
from .lines import lines, text_of, utf8
from .piece import Piece, Unreadable, too_long

# A .json that is no lines is read whole. In memory it takes several times this many bytes.
MAX_WHOLE_BYTES = 256_000_000

_SPACE = re.compile(r"\s*")
_BETWEEN = re.compile(r"\s*,?\s*")


def read_json(piece: Piece, settings: Input) -> Iterator[Raw | Unreadable]:
    """Yield the records of a piece. In ``file.jsonl#12`` the 12 is the line; blank lines count and are no records."""
    to_raw = reader(settings)
    for origin, value in _values(piece, settings):
        yield Unreadable(origin, value) if isinstance(value, str) else to_raw(value, origin)


def json_columns(piece: Piece, settings: Input, *, records: int = 1000) -> Iterator[Sequence[str]]:
    """Yield the keys of each of the first records."""
    for _, value in islice(_values(piece, settings), records):
        if isinstance(value, dict):
            yield list(value)


def _values(piece: Piece, settings: Input) -> Iterator[tuple[str, dict[str, Any] | str]]:
    """Yield origins, each with its object or the reason why there is none."""
    if piece.format == "jsonl" or _has_lines(piece, settings):
        yield from _from_lines(piece, settings)
    else:
        yield from _from_whole(piece, settings)


def _from_lines(piece: Piece, settings: Input) -> Iterator[tuple[str, dict[str, Any] | str]]:
    for number, line in enumerate(_lines(piece, settings), piece.first):
        if line is None:
            yield f"{piece.origin}#{number}", too_long(settings.max_bytes)
        elif line and not line.isspace():
            yield f"{piece.origin}#{number}", _parse(line, settings.charset)


def _lines(piece: Piece, settings: Input) -> Iterator[bytes | None]:
    stored = chunks(piece)
    return lines(utf8(stored) if piece.start == 0 else stored, settings.max_bytes)


def _parse(line: bytes, charset: str) -> dict[str, Any] | str:
    try:
        return _object(json.loads(text_of(line, charset)))
    except CleaningError as error:
        return str(error)
    except (ValueError, RecursionError) as error:
        return _not_json(error)


def _object(value: Any) -> dict[str, Any] | str:
    return value if isinstance(value, dict) else f"not a JSON object but a value of type {type(value).__name__}"


def _not_json(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"not JSON: {error.msg} at character {error.pos + 1}"
    return f"not JSON: {error}"


def _has_lines(piece: Piece, settings: Input) -> bool:
    """Whether one of the first two lines is an object by itself. In an array none is, even if its line looks so."""
    head = next(filter(bytes.strip, utf8(chunks(piece))), b"")
    if head.lstrip().startswith(b"["):
        return False
    filled = (line for line in _lines(piece, settings) if line is None or line.strip())
    return any(line and isinstance(_parse(line, settings.charset), dict) for line in islice(filled, 2))


def _from_whole(piece: Piece, settings: Input) -> Iterator[tuple[str, dict[str, Any] | str]]:
    content = bytearray()
    for chunk in utf8(chunks(piece)):
        content += chunk
        if len(content) > MAX_WHOLE_BYTES:
            advice = f"write one object a line, for example with: jq -c '.[]' {piece.origin}"
            yield piece.origin, f"one JSON value of more than {MAX_WHOLE_BYTES:,} bytes: {advice}"
            return
    number = 0
    try:
        for number, value in enumerate(_sequence(text_of(bytes(content), settings.charset)), 1):
            yield f"{piece.origin}#{number}", _object(value)
    except CleaningError as error:
        yield piece.origin, str(error)
    except (ValueError, RecursionError) as error:
        yield f"{piece.origin}#{number + 1}", f"{_not_json(error)}; what follows in the file is lost"


def _sequence(text: str) -> Iterator[Any]:
    """Yield the values of an array, or those that stand one after another."""
    decoder = json.JSONDecoder()
    position = _SPACE.match(text).end()  # type: ignore[union-attr]  # it matches nothing, too
    in_array = text.startswith("[", position)
    position += in_array
    while position < len(text):
        position = _BETWEEN.match(text, position).end()  # type: ignore[union-attr]
        if in_array and text.startswith("]", position):
            in_array, position = False, _SPACE.match(text, position + 1).end()  # type: ignore[union-attr]
        elif position < len(text):
            value, position = decoder.raw_decode(text, position)
            yield value
    if in_array:
        raise json.JSONDecodeError("the array is not closed", text, len(text))

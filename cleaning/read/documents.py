"""Text files and pages: each file is one record, and its bytes are decoded later."""

from __future__ import annotations

from collections.abc import Iterator

from ..document import Raw
from ..settings import Input
from .files import chunks
from .piece import Piece, Unreadable, too_long


def read_document(piece: Piece, settings: Input) -> Iterator[Raw | Unreadable]:
    """Yield the file's content as it is; nothing for an empty one. Its origin is the file's, without a number."""
    content = bytearray()
    for chunk in chunks(piece):
        content += chunk
        if len(content) > settings.max_bytes:
            yield Unreadable(piece.origin, too_long(settings.max_bytes))
            return
    if content:
        extra = tuple((name, None) for name in settings.columns.carry)
        yield Raw(origin=piece.origin, content=bytes(content), is_html=piece.format == "html", extra=extra)

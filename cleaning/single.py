"""One file from the command line, as a document."""

from __future__ import annotations

import sys
from pathlib import Path

import regex

from .document import Document, Raw
from .errors import InputError, RecordError
from .pipeline import clean
from .settings import Settings

_PAGE_NAMES = (".html", ".htm", ".xhtml")
_TABLE_NAMES = (".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".parquet", ".gz", ".zst")
# Possessive, so that comments in a row are not tried in all combinations.
_LOOKS_LIKE_HTML = regex.compile(
    rb"(?:\xef\xbb\xbf)?\s*+(?:<!--(?:(?!-->).)*+-->\s*+)*+<(?:!doctype html|html|head|body|\?xml)",
    regex.IGNORECASE | regex.DOTALL,
)


def clean_file(file: str, *, html: bool | None, language: str | None, url: str | None, settings: Settings) -> Document:
    """Clean one file, or standard input when its name is ``-``.

    Raises:
        InputError: the file holds many records, or cannot be read.
        RecordError: its bytes are no text, or its page cannot be extracted.
    """
    if file.lower().endswith(_TABLE_NAMES):
        raise InputError(f"{file} holds many records: use `cleaning build {file} --output …`")
    try:
        content = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise InputError(f"{file}: {error.strerror}") from error
    if html is None:
        html = file.lower().endswith(_PAGE_NAMES) or _LOOKS_LIKE_HTML.match(content[:2000]) is not None
    origin = "standard input" if file == "-" else Path(file).name
    try:
        return clean(Raw(origin=origin, content=content, is_html=html, url=url, language=language), settings)
    except RecordError as error:
        raise RecordError(f"{origin}: {error}") from error

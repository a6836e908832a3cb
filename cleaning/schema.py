"""The columns of a release: one explicit schema for each of its tables, and what each column means."""

from __future__ import annotations

from dataclasses import fields

import pyarrow as pa

from .document import Signals


def _table(*columns: tuple[str, pa.DataType, str]) -> pa.Schema:
    return pa.schema([pa.field(name, kind, metadata={"description": text}) for name, kind, text in columns])


DEFAULT = _table(
    ("id", pa.string(), "unique in the release; the source's own id, or one made from content and origin"),
    ("parent_id", pa.string(), "id of the document that this article had been spliced on to, else null"),
    ("origin", pa.string(), "file and record it was read from, relative to the input"),
    ("url", pa.string(), "address of the page"),
    ("source", pa.string(), "site or publisher: given, else the host of the address"),
    ("title", pa.large_string(), "headline; not part of the text"),
    ("text", pa.large_string(), "clean text"),
    ("language", pa.string(), "BCP 47 language tag"),
    ("language_score", pa.float32(), "confidence from 0 to 1; 1 where the language was given"),
    ("date", pa.string(), "when it was published, as the source or the page says"),
    ("author", pa.string(), "who wrote it, as the source or the page says"),
    ("captions", pa.list_(pa.large_string()), "captions cut out of the text, each once"),
    ("n_chars", pa.int64(), "characters (code points) of the text"),
    ("n_words", pa.int64(), "words of the text; a character counts as one in scripts without spaces"),
    ("n_chars_repaired", pa.int64(), "characters of the repaired text: of the text and all its removed spans"),
    *((item.name, pa.float32(), "share between 0 and 1, see docs/quality.md") for item in fields(Signals)),
)

REMOVED = _table(
    ("id", pa.string(), "id of the document, in `default` or in `dropped`"),
    ("start", pa.int64(), "where the span starts in the repaired text, in characters"),
    ("end", pa.int64(), "where it ends, exclusive"),
    ("rule", pa.string(), "the rule that named it"),
    ("reason", pa.string(), "what kind of thing it is"),
    ("evidence", pa.large_string(), "what spoke for it, where the rule does not say it all"),
    ("text", pa.large_string(), "the span, exactly"),
)

REPAIRS = _table(
    ("id", pa.string(), "id of the document, in `default` or in `dropped`"),
    ("number", pa.int32(), "its place among the document's repairs, from 0; they are undone in the opposite order"),
    ("round", pa.int32(), "round of repair: offsets count in what the round produced"),
    ("start", pa.int64(), "where it now stands in that round's output, in characters"),
    ("end", pa.int64(), "where it ends, exclusive"),
    ("rule", pa.string(), "what mended it"),
    ("before", pa.large_string(), "what stood there before"),
)

DROPPED = _table(
    ("id", pa.string(), "id of the document; null where a record could not be read"),
    ("origin", pa.string(), "file and record it was read from, relative to the input"),
    ("url", pa.string(), "address of the page"),
    ("source", pa.string(), "site or publisher"),
    ("title", pa.large_string(), "headline"),
    ("language", pa.string(), "BCP 47 language tag"),
    ("date", pa.string(), "when it was published, as the source or the page says"),
    ("reason", pa.string(), "why it is not in `default`"),
    ("evidence", pa.large_string(), "what was measured against which bound, or what could not be read and why"),
    ("kept_id", pa.string(), "for duplicates, the document kept in its place"),
    ("similarity", pa.float32(), "for duplicates, Jaccard similarity to the kept document"),
    ("text", pa.large_string(), "its clean text; empty where a record could not be read"),
)

PERSONAL = _table(
    ("id", pa.string(), "id of the document, in `default` or in `dropped`"),
    ("field", pa.string(), "what it stands in: `text`, `title`, `captions` …, or a column that is carried along"),
    ("kind", pa.string(), "`email`, `phone`, `ip` or `iban`"),
    ("start", pa.int64(), "where it stands, or what is in its place: in the repaired text, or in the field's value"),
    ("end", pa.int64(), "where it ends, exclusive"),
    ("country", pa.string(), "of a phone number or an IBAN, as an ISO 3166 code, where it can be told"),
    ("rule", pa.string(), "what told it: a rule, or the library that confirmed it"),
)

# Every config of a release: its folder is its name, but for `default`, which lives in `data`.
CONFIGS = {"default": DEFAULT, "removed": REMOVED, "dropped": DROPPED, "repairs": REPAIRS, "personal": PERSONAL}
FOLDERS = {
    "default": "data",
    "removed": "removed",
    "dropped": "dropped",
    "repairs": "repairs",
    "personal": "personal",
}

"""The package's own deduplication, of texts as they are: the only place of the benchmark that calls it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, TypedDict

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from cleaning.corpus.keys import keys_of
from cleaning.corpus.rows import to_rows
from cleaning.dedup import Keys, bands_of, find_copies, is_generic, shingles, shingles_of
from cleaning.document import Document
from cleaning.quality import measure
from cleaning.reason import Reason
from cleaning.settings import Dedup
from cleaning.words import Words, in_chunks


class Text(TypedDict):
    """One text, and what may be known of it."""

    id: str
    text: str
    title: str | None
    date: str | None


class Mark(NamedTuple):
    """A text that is dropped in favour of another."""

    row: int
    kept_row: int
    reason: Reason
    similarity: float


def marks_of(texts: Sequence[Text], settings: Dedup) -> tuple[list[Mark], NDArray[np.int64]]:
    """Return who is dropped in favour of whom, and all pairs that were seen to be alike; a text's place is its row."""
    keys = _keys(texts, settings)
    column = {name: keys[name].to_numpy() for name in keys.column_names if name not in {"id", "origin"}}
    ids = np.array([text["id"] for text in texts])
    marks = find_copies(
        Keys(
            rows=np.lexsort((ids, column["published"], -column["n_chars"])),
            digests=(column["digest_high"], column["digest_low"]),
            headline=column["headline"],
            band=lambda band: column[f"band{band}"],
            is_generic=lambda row: is_generic(texts[row]["title"] or ""),
        ),
        lambda _: lambda row: shingles(texts[row]["text"], settings.shingle),
        settings,
    )
    told = zip(marks.rows.tolist(), marks.kept.tolist(), marks.reasons, marks.similarities.tolist(), strict=True)
    alike = np.concatenate([np.stack([marks.rows, marks.kept], axis=1), marks.kin])
    return [Mark(*mark) for mark in told], alike


def bands_of_texts(texts: Sequence[Text], settings: Dedup) -> NDArray[Any]:
    """Return the bands of each text: two texts are candidates if they agree in a column."""
    found = [
        bands_of(*shingles_of(Words.of(chunk), settings.shingle), bands=settings.bands, rows=settings.rows)
        for chunk in in_chunks(text["text"] for text in texts)
    ]
    return np.concatenate(found)


def _keys(texts: Sequence[Text], settings: Dedup) -> pa.Table:
    documents = [
        measure(Document(repaired="", text=text["text"], id=text["id"], title=text["title"], date=text["date"]))
        for text in texts
    ]
    return keys_of(to_rows(documents), settings)

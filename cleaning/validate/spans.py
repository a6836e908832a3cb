"""Facts about the removed spans: whether the repaired text can be rebuilt from the release."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow.compute as pc
import pyarrow.parquet as pq

from ..release.tables import shards
from .files import read
from .known import Kept, Keys, contains, keys_of, names_of
from .tally import Fact, Ints, Tally, ints, mask

# Spans sorted at a time, at 24 bytes each. A release with more of them is read once for each so many.
SPANS = 4_000_000


def span_facts(release: Path, kept: Kept, known: Keys) -> dict[str, Fact]:
    """Return the facts about removed spans by name.

    Args:
        release: the release folder.
        kept: the clean documents.
        known: the keys of all documents, sorted.

    Raises:
        ValidationError: a file cannot be read.
    """
    orphans, texts, outside = Tally(), Tally(), Tally()
    removed = np.zeros(len(kept.keys), np.int64)
    for batch in read(release, "removed", ["id", "start", "end", "text"]):
        ids, keys, start, end = batch["id"], keys_of(batch["id"]), ints(batch["start"]), ints(batch["end"])
        orphans.add(ids, mask(pc.is_null(ids)) | ~contains(known, keys))
        texts.add(ids, ints(pc.utf8_length(batch["text"])) != np.maximum(end - start, 1))
        place, there = kept.places(keys)
        outside.add(ids, (start < 0) | there & (end > _at(kept.n_chars_repaired, place)))
        np.add.at(removed, place[there], (end - start)[there])
    wrong = kept.n_chars + removed != kept.n_chars_repaired
    return {
        "orphan_spans": orphans.fact(),
        "span_texts_wrong": texts.fact(),
        "spans_outside": outside.fact(),
        "spans_overlapping": _overlapping(release),
        "lengths_wrong": Fact(int(wrong.sum()), len(wrong), names_of(release, kept.keys[wrong])),
    }


def _at(values: Ints, places: Ints) -> Ints:
    return values[places] if len(values) else places


def _overlapping(release: Path) -> Fact:
    """Count the spans that begin before the one ahead of them in the same document has ended."""
    rows = sum(pq.read_metadata(path).num_rows for path in shards(release, "removed"))
    parts = 1 + rows // SPANS
    count = 0
    found: list[Keys] = [np.empty(0, np.uint64)]
    for part in range(parts):
        keys, start, end = _spans(release, part, parts)
        order = np.lexsort((start, keys))
        keys, start, end = keys[order], start[order], end[order]
        overlaps = (keys[1:] == keys[:-1]) & (start[1:] < end[:-1])
        count += int(overlaps.sum())
        found.append(keys[1:][overlaps])
    return Fact(count, rows, names_of(release, np.unique(np.concatenate(found))))


def _spans(release: Path, part: int, parts: int) -> tuple[Keys, Ints, Ints]:
    """Return key, start and end of the spans of those documents whose key falls into a part of all keys."""
    keys, starts, ends = [np.empty(0, np.uint64)], [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for batch in read(release, "removed", ["id", "start", "end"]):
        found = keys_of(batch["id"])
        mine = found % np.uint64(parts) == part
        keys.append(found[mine])
        starts.append(ints(batch["start"])[mine])
        ends.append(ints(batch["end"])[mine])
    return np.concatenate(keys), np.concatenate(starts), np.concatenate(ends)

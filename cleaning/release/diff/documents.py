"""Which documents were added, removed, changed or described otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from ...document import Signals
from ...words import Hashes, mixed
from ..tables import batches, schema_of
from .excerpt import excerpt

# Of a group, so many ids and sources are named, and so many changed texts shown.
IDS, SOURCES, SHOWN = 10, 20, 3

# Why the other release does not have a document, where its `dropped` does not say it.
ABSENT = "not in the input, or unreadable"

# These columns say nothing beyond the text, or where it came from.
_OF_THE_TEXT = {
    "id",
    "text",
    "origin",
    "n_chars",
    "n_words",
    "n_chars_repaired",
    *(item.name for item in fields(Signals)),
}


@dataclass(frozen=True, slots=True)
class Count:
    """Documents and their characters, of the release that has them, and of the new one if both do."""

    name: str
    documents: int
    chars: int


@dataclass(frozen=True, slots=True)
class Group:
    """Documents that have something in common.

    Attributes:
        documents, chars: how many, and the characters of their texts.
        languages, sources: the same for each language, and for the largest sources; the largest first.
        reasons: why those that were removed are not in the new release, and why those that were added had not been in
            the old one, as `dropped` says it; or :data:`ABSENT` where it does not.
        ids: the smallest ids.
        examples: changes of some texts, by id.
    """

    documents: int
    chars: int
    languages: tuple[Count, ...]
    sources: tuple[Count, ...]
    reasons: tuple[Count, ...] = ()
    ids: tuple[str, ...] = ()
    examples: tuple[tuple[str, str], ...] = ()


def compared(old: Path, new: Path, *, same: bool) -> tuple[dict[str, Group], pa.Array]:
    """Return the groups by name, and the ids of the changed documents.

    Args:
        old: a release.
        new: the later one.
        same: whether the documents of both are known to be the same, so that they need not be read.

    Raises:
        OutputError: a table is missing.
    """
    if same:
        nothing = pa.table({name: pa.array([], kind) for name, kind in _KINDS.items()})
        names = ("added", "removed", "changed", "described")
        return {name: _group(nothing) for name in names}, nothing["id"].combine_chunks()
    before, after = (schema_of(release, "default").names for release in (old, new))
    shared = [name for name in after if name in before and name not in _OF_THE_TEXT]
    both = _documents(old, shared).join(_documents(new, shared), "id", join_type="full outer", left_suffix=" before")
    was, is_there = both["text before"].is_valid(), both["text"].is_valid()
    text = pc.not_equal(both["text before"], both["text"])
    rest = pc.and_(pc.invert(text), pc.not_equal(both["rest before"], both["rest"]))
    removed = _there(both.filter(pc.invert(is_there)), " before")
    added = _there(both.filter(pc.invert(was)))
    changed, described = _there(both.filter(text)), _there(both.filter(rest))
    groups = {
        "added": _group(added, _reasons(added, old)),
        "removed": _group(removed, _reasons(removed, new)),
        "changed": _group(changed, examples=_examples(old, new, _smallest(changed, SHOWN))),
        "described": _group(described),
    }
    return groups, changed["id"].combine_chunks()


_KINDS = {"id": pa.string(), "language": pa.string(), "source": pa.string(), "n_chars": pa.int64()}


def _documents(release: Path, beside: list[str]) -> pa.Table:
    """Return of each document what tells it, and hashes of its text and of what is said beside it."""
    wanted = list(dict.fromkeys(["id", "language", "source", "n_chars", "text", *beside]))
    parts = []
    for batch in batches(release, "default", wanted):
        told = {name: batch[name].cast(kind) for name, kind in _KINDS.items()}
        rest = np.zeros(len(batch), np.uint64)
        for name in beside:
            rest = mixed(rest ^ _hashes(batch[name]))
        parts.append(pa.table({**told, "text": _hashes(batch["text"]), "rest": rest}))
    return pa.concat_tables(parts)


def _hashes(column: pa.Array) -> Hashes:
    if pa.types.is_list(column.type):
        column = pc.binary_join(column, pa.scalar("\n", column.type.value_type))
    values = pc.fill_null(column.cast(pa.large_string()), "").to_numpy(zero_copy_only=False)  # numbers as they are said
    return pd.util.hash_array(values, categorize=False)


def _there(both: pa.Table, suffix: str = "") -> pa.Table:
    """Return the columns that one of the two releases gives."""
    return pa.table({"id": both["id"], **{name: both[name + suffix] for name in list(_KINDS)[1:]}})


def _group(documents: pa.Table, reasons: tuple[Count, ...] = (), examples: tuple[tuple[str, str], ...] = ()) -> Group:
    return Group(
        documents.num_rows,
        int(pc.sum(documents["n_chars"]).as_py() or 0),
        _counts(documents, "language"),
        _counts(documents, "source")[:SOURCES],
        reasons,
        tuple(_smallest(documents, IDS)),
        examples,
    )


def _counts(documents: pa.Table, name: str) -> tuple[Count, ...]:
    summed = documents.group_by(name).aggregate([("n_chars", "count"), ("n_chars", "sum")])
    counts = [Count(row[name] or "", row["n_chars_count"], row["n_chars_sum"] or 0) for row in summed.to_pylist()]
    return tuple(sorted(counts, key=lambda count: (-count.documents, -count.chars, count.name)))


def _reasons(documents: pa.Table, elsewhere: Path) -> tuple[Count, ...]:
    """Count documents by the reason for which another release does not have them."""
    found = pa.concat_tables(
        pa.Table.from_batches([batch]) for batch in batches(elsewhere, "dropped", ["id", "reason"])
    )
    place = pc.index_in(documents["id"], value_set=found["id"].drop_null())
    reasons = pc.fill_null(found.filter(found["id"].is_valid())["reason"].take(place), ABSENT)
    return _counts(documents.append_column("reason", reasons), "reason")


def _smallest(documents: pa.Table, count: int) -> list[str]:
    return [str(name) for name in documents["id"].take(pc.sort_indices(documents["id"]))[:count].to_pylist()]


def _examples(old: Path, new: Path, ids: list[str]) -> tuple[tuple[str, str], ...]:
    before, after = _texts(old, ids), _texts(new, ids)
    return tuple((name, excerpt(before[name], after[name])) for name in ids)


def _texts(release: Path, ids: list[str]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for batch in batches(release, "default", ["id", "text"]) if ids else ():
        rows = batch.filter(pc.is_in(batch["id"], pa.array(ids, batch["id"].type)))
        found |= {row["id"]: row["text"] or "" for row in rows.to_pylist()}
    return found

"""Which documents a release knows, kept and dropped, at sixteen to thirty bytes each.

Ids are compared by a 64-bit hash, so that a million documents need some tens of megabytes and not the ids themselves.
Two ids that only share a hash are never reported: what looks repeated is looked at again by name. An orphan could go
unnoticed if its id had the hash of a document's: among ten million documents that happens to one orphan in 10^12.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from ..reason import Reason
from .files import read
from .results import SAMPLE
from .tally import Fact, Ints, Mask, Tally, ints, mask

Keys: TypeAlias = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Kept:
    """The clean documents, sorted by key."""

    keys: Keys
    n_chars: Ints
    n_chars_repaired: Ints
    rows: int

    def places(self, keys: Keys) -> tuple[Ints, Mask]:
        """Return where each key is, and whether it is there at all."""
        if len(self.keys) == 0:
            return np.zeros(len(keys), np.int64), np.zeros(len(keys), np.bool_)
        places = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return places, self.keys[places] == keys


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The rows of `dropped`: keys of the documents, and what is told by counting."""

    keys: Keys
    rows: int
    unreadable: int
    ids_out_of_place: Fact


def read_kept(release: Path) -> Kept:
    """Read what is to be known of the clean documents. Rows without an id are counted, and that is all.

    Raises:
        ValidationError: a file cannot be read.
    """
    rows = 0
    pieces: list[tuple[Keys, Ints, Ints]] = []
    for batch in read(release, "default", ["id", "n_chars", "n_chars_repaired"]):
        rows += len(batch)
        named = batch.filter(pc.is_valid(batch["id"]))
        pieces.append((keys_of(named["id"]), ints(named["n_chars"]), ints(named["n_chars_repaired"])))
    keys = np.concatenate([np.empty(0, np.uint64), *(piece[0] for piece in pieces)])
    n_chars = np.concatenate([np.empty(0, np.int64), *(piece[1] for piece in pieces)])
    repaired = np.concatenate([np.empty(0, np.int64), *(piece[2] for piece in pieces)])
    order = np.argsort(keys, kind="stable")
    return Kept(keys[order], n_chars[order], repaired[order], rows)


def read_left_out(release: Path) -> LeftOut:
    """Read what is to be known of the documents and records that are not among the clean ones.

    Raises:
        ValidationError: a file cannot be read.
    """
    rows, unreadable, out_of_place = 0, 0, Tally()
    pieces: list[Keys] = [np.empty(0, np.uint64)]
    for batch in read(release, "dropped", ["id", "origin", "reason"]):
        rows += len(batch)
        is_unreadable = mask(pc.equal(batch["reason"], Reason.UNREADABLE))
        unreadable += int(is_unreadable.sum())
        has_id = mask(pc.is_valid(batch["id"]))
        out_of_place.add(pc.coalesce(batch["id"], batch["origin"]), is_unreadable == has_id)
        pieces.append(keys_of(batch["id"].drop_null()))
    return LeftOut(np.concatenate(pieces), rows, unreadable, out_of_place.fact())


def keys_of(ids: pa.Array) -> Keys:
    """Return a 64-bit hash of each id; that of an empty string for null."""
    names = pc.fill_null(ids, "").to_numpy(zero_copy_only=False)
    return pd.util.hash_array(names.astype(object), categorize=False)


def contains(known: Keys, keys: Keys) -> Mask:
    """Whether each key is among the known ones, which are sorted."""
    if len(known) == 0:
        return np.zeros(len(keys), np.bool_)
    found: Mask = known[np.minimum(np.searchsorted(known, keys), len(known) - 1)] == keys
    return found


def names_of(release: Path, wanted: Keys) -> tuple[str, ...]:
    """Return the first ids of documents whose key is among ``wanted``, which is sorted."""
    found: dict[str, None] = {}
    for config in ("default", "dropped") if len(wanted) else ():
        for batch in read(release, config, ["id"]):
            ids = batch["id"].drop_null()
            found.update(dict.fromkeys(ids.filter(pa.array(contains(wanted, keys_of(ids)))).to_pylist()))
            if len(found) >= SAMPLE:
                return tuple(found)[:SAMPLE]
    return tuple(found)

"""All staged documents of a build: where each is, and what the whole corpus needs to know of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from .keys import KEPT
from .staged import StagedFile

Rows = NDArray[np.int64]

# The columns of the keys that are held in memory, bands apart.
_HELD = ("n_chars", "published", "digest_high", "digest_low", "headline", "site", "reason", "split_off", "bytes")


@dataclass(frozen=True, slots=True)
class Corpus:
    """The staged documents, told by their row: a number that names a document and decides nothing.

    Attributes:
        files: the staged files, in order.
        starts: the row of each file's first document, and the number of all.
        ids: their ids, null for unreadable records.
        keys: the other keys by name, one value a row: see :func:`cleaning.corpus.keys.keys_schema`.
        order: the rows in the order of a release: by id, and unreadable records last, by origin.
    """

    files: tuple[StagedFile, ...]
    starts: Rows
    ids: pa.Array
    keys: Mapping[str, NDArray[np.generic]]
    order: Rows

    @classmethod
    def of(cls, files: Sequence[StagedFile]) -> Corpus:
        """Read the keys of staged files."""
        tables = [file.read_keys(["id", "origin", *_HELD]) for file in files]
        starts = np.cumsum([0, *(table.num_rows for table in tables)])
        keys = {name: np.concatenate([table[name].to_numpy() for table in tables]) for name in _HELD}
        ids = pa.concat_tables([table.select(["id", "origin"]) for table in tables]).combine_chunks()
        order = pc.sort_indices(ids, [("id", "ascending"), ("origin", "ascending")])
        return cls(tuple(files), starts, _one(ids["id"]), keys, order.to_numpy().astype(np.int64))

    @property
    def kept(self) -> NDArray[np.bool_]:
        """Which documents no step has dropped yet."""
        return np.asarray(self.keys["reason"] == KEPT)

    @property
    def rank(self) -> Rows:
        """The place of each row in the order of a release."""
        rank = np.empty(len(self.order), np.int64)
        rank[self.order] = np.arange(len(self.order))
        return rank

    def __len__(self) -> int:
        return int(self.starts[-1])

    def by_file(self, rows: Rows) -> Iterator[tuple[StagedFile, Rows, Rows]]:
        """Yield, for rows in ascending order, each file that has some: the rows, and their numbers in the file."""
        bounds = np.searchsorted(rows, self.starts)
        for number in np.flatnonzero(np.diff(bounds)).tolist():
            found = rows[bounds[number] : bounds[number + 1]]
            yield self.files[number], found, found - self.starts[number]

    def take(self, rows: Rows, columns: Sequence[str]) -> pa.Table:
        """Return some columns of some rows, which are in ascending order."""
        return pa.concat_tables([file.take(numbers, columns) for file, _, numbers in self.by_file(rows)])

    def column(self, name: str) -> NDArray[np.generic]:
        """Return a column of the keys that is not held in memory."""
        return np.concatenate([file.read_keys([name])[name].to_numpy() for file in self.files])

    def with_ids(self, ids: Mapping[int, str]) -> Corpus:
        """Return the corpus with new ids for some rows."""
        if not ids:
            return self
        rows = sorted(ids)
        mask = np.zeros(len(self), bool)
        mask[rows] = True
        new = pc.replace_with_mask(self.ids, pa.array(mask), pa.array([ids[row] for row in rows], self.ids.type))
        known = pa.table({"id": new, "old": np.arange(len(self))})
        # The order of unreadable records, which have no id, stays what it is.
        rank = pa.array(self.rank)
        order = pc.sort_indices(known.append_column("rank", rank), [("id", "ascending"), ("rank", "ascending")])
        return replace(self, ids=new, order=order.to_numpy().astype(np.int64))


def _one(column: pa.ChunkedArray) -> pa.Array:
    return column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)

"""Lengths of a release's documents, before anything was cut and after."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ..release.tables import batches

# Four bins to each power of ten, as far as any document is long.
EDGES = tuple(round(10 ** (n / 4)) for n in range(33))


@dataclass(frozen=True, slots=True)
class Spread:
    """Numbers of documents by length: how many lie between each of the edges and the next.

    Attributes:
        edges: characters.
        before: repaired texts of all documents, kept and dropped.
        after: clean texts of those kept.
    """

    edges: tuple[int, ...]
    before: tuple[int, ...]
    after: tuple[int, ...]


def spread(release: Path) -> Spread:
    """Count lengths.

    Raises:
        OutputError: a table is missing.
    """
    before = _binned(_dropped(release))
    after = np.zeros_like(before)
    for batch in batches(release, "default", ["n_chars", "n_chars_repaired"]):
        after += _binned(batch["n_chars"])
        before += _binned(batch["n_chars_repaired"])
    filled = np.flatnonzero(before + after)
    if not filled.size:
        return Spread((), (), ())
    first, last = int(filled[0]), int(filled[-1]) + 1
    return Spread(EDGES[first : last + 1], tuple(before[first:last].tolist()), tuple(after[first:last].tolist()))


def _dropped(release: Path) -> pa.ChunkedArray:
    """Return how long the repaired text of each dropped document is: its text and what was cut out of it."""
    parts = [
        pa.table({"id": batch["id"], "chars": pc.cast(pc.utf8_length(batch["text"]), pa.int64())})
        for batch in batches(release, "dropped", ["id", "text"], size=1024)
    ]
    documents = pa.concat_tables(parts)
    documents = documents.filter(documents["id"].is_valid())
    for batch in batches(release, "removed", ["id", "start", "end"]):
        spans = pa.table({"id": batch["id"], "chars": pc.subtract(batch["end"], batch["start"])})
        parts = [documents, spans.filter(pc.is_in(spans["id"], value_set=documents["id"]))]
        documents = pa.concat_tables(parts).group_by("id").aggregate([("chars", "sum")])
        documents = documents.rename_columns(["id", "chars"])
    return documents["chars"]


def _binned(lengths: pa.Array | pa.ChunkedArray) -> NDArray[np.int64]:
    counts, _ = np.histogram(np.array(lengths.drop_null()), [0, *EDGES[1:-1], np.inf])
    return counts.astype(np.int64)

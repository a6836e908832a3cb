"""Which copies a tool dropped, against those that are known."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pyarrow.parquet as pq

from cleaning.settings import Settings

# From where on two texts are near copies, for this package; and the bins that pairs are told in.
THRESHOLD = Settings().dedup.threshold
BINS = (0, 0.55, 0.65, 0.75, 0.875, 0.925, 1, 2)


def answer(documents: Path, kept: Path) -> Iterator[str]:
    """Yield what a tool did with the pairs of a text and its copy; nothing if none are known.

    A pair is resolved when one of the two is dropped. A drop is wrong when the document has no twin that is as similar
    as the threshold, or its twin was dropped too.
    """
    if "twin" not in pq.ParquetDataset(documents).schema.names:
        return
    table = pq.read_table(documents, columns=["id", "twin", "similarity"])
    ids = set(table["id"].to_pylist())
    gone = ids - set(pq.read_table(kept, columns=["id"])["id"].to_pylist())
    pairs = [(row["id"], row["twin"], row["similarity"]) for row in table.to_pylist() if row["twin"] in ids]
    near = [(one, other) for one, other, similarity in pairs if similarity >= THRESHOLD]
    alike = dict(near) | {other: one for one, other in near}
    resolved = sum(one in gone or other in gone for one, other in near)
    both = sum(one in gone and other in gone for one, other in near)
    share = resolved / max(1, len(near))
    yield f"{resolved} of {len(near)} pairs of similarity {THRESHOLD} or more resolved ({share:.4f})"
    alone = len(gone - alike.keys())
    yield f"{len(gone)} documents dropped; wrong: {alone} without a twin that similar, and one too many of {both} pairs"
    yield from _by_similarity(pairs, gone)


def _by_similarity(pairs: list[tuple[str, str, float]], gone: set[str]) -> Iterator[str]:
    for low, high in pairwise(BINS):
        chosen = [pair for pair in pairs if low <= pair[2] < high]
        if chosen:
            dropped = sum(one in gone or other in gone for one, other, _ in chosen)
            name = "similarity 1" if low == 1 else f"similarity {low} to below {high}"
            yield f"  {name}: {dropped} of {len(chosen)} pairs"

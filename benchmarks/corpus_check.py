"""Look whether texts of a made corpus resemble each other that should not.

    python benchmarks/corpus_check.py CORPUS.parquet [--sample 500] [--among 100000]

Texts drawn at random from the whole file are compared with each of its first texts, `--among` of them, by the true
Jaccard similarity of their sets of word 5-shingles. A text and its twin, and copies of one text, are left out; the
similarity that the file tells of a pair is computed again where both texts are there.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
from corpus_copies import SHINGLE
from numpy.typing import NDArray

from cleaning.dedup.shingles import shingles

Row = dict[str, Any]


def main() -> None:
    """Compare and report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--sample", type=int, default=500)
    parser.add_argument("--among", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    sample = Sample(drawn(options.corpus, options.sample, options.seed))
    highest, wrong, pairs = np.zeros(len(sample.rows)), 0, 0
    for number, row in enumerate(rows_of(options.corpus)):
        if number == options.among:
            break
        similarity, related = sample.similarities(row["text"]), sample.related(row)
        for place in np.flatnonzero(related):
            told = sample.told(int(place), row)
            pairs += told is not None
            wrong += told is not None and abs(told - similarity[place]) > 1e-9
        highest = np.maximum(highest, np.where(related, 0, similarity))
    print(f"{len(highest)} texts, each compared with {min(number + 1, options.among)}")
    print("similarity to the most similar other text:", end=" ")
    print(", ".join(f"{name} {value:.3f}" for name, value in spread(highest)))
    print(f"{pairs} pairs of a text and its copy seen; {wrong} are not as similar as the file says")


class Sample:
    """Texts that others are compared with, all at once."""

    def __init__(self, rows: list[Row]) -> None:
        self.rows = rows
        sets = [shingles(row["text"], SHINGLE) for row in rows]
        self.sizes = np.array([len(found) for found in sets])
        found, places = np.concatenate(sets), np.repeat(np.arange(len(sets)), self.sizes)
        order = np.argsort(found, kind="stable")
        self.hashes, self.places = found[order], places[order]
        self.ids = np.array([row["id"] for row in rows])
        self.families = np.array([row["twin"] or row["id"] for row in rows])

    def similarities(self, text: str) -> NDArray[np.float64]:
        """Return how similar a text is to each of the sample."""
        found = shingles(text, SHINGLE)
        first, last = (np.searchsorted(self.hashes, found, side=side) for side in ("left", "right"))
        hits = [self.places[start:end] for start, end in zip(first, last, strict=True) if end > start]
        common = np.bincount(np.concatenate(hits or [self.places[:0]]), minlength=len(self.sizes))
        return np.asarray(common / (self.sizes + len(found) - common))

    def related(self, row: Row) -> NDArray[np.bool_]:
        """Return which of the sample are this text, or were made from the same one."""
        return np.asarray(self.families == (row["twin"] or row["id"]))

    def told(self, place: int, row: Row) -> float | None:
        """Return the similarity that the file tells of a pair, if it does."""
        other = self.rows[place]
        if other["twin"] == row["id"]:
            return float(other["similarity"])
        return float(row["similarity"]) if row["twin"] == other["id"] else None


def rows_of(path: Path) -> Iterator[Row]:
    """Yield the rows of a corpus."""
    for batch in pq.ParquetFile(path).iter_batches(1_000, columns=["id", "text", "twin", "similarity"]):
        yield from batch.to_pylist()


def drawn(path: Path, count: int, seed: int) -> list[Row]:
    """Return rows from anywhere in a corpus."""
    total = pq.ParquetFile(path).metadata.num_rows
    chosen = set(np.random.default_rng(seed).choice(total, min(count, total), replace=False).tolist())
    return [row for number, row in enumerate(rows_of(path)) if number in chosen]


def spread(values: NDArray[np.float64]) -> list[tuple[str, float]]:
    """Return what is said of many values."""
    return [("median", np.median(values)), ("99 of 100 below", np.quantile(values, 0.99)), ("highest", values.max())]


if __name__ == "__main__":
    main()

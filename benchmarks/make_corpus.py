"""Make a large corpus of which the copies are known, from articles.

    python benchmarks/make_corpus.py ARTICLES.parquet CORPUS.parquet --documents 1000000 [--seed 1]

Most texts are new: sentences of different articles put together at random, as long as the articles are. They share a
sentence now and then, and no more. Others are copies of one of them, each of another one: exact copies, in which case,
spaces and punctuation are changed, and near copies of several similarities, above and below the threshold from which
the package calls two texts near copies. All have headlines of their own, so that only the texts tell the copies.

The columns are those of a scraped corpus, `id`, `text`, `title`, `source`, `url` and `date`, and two that hold the
answer: `twin`, the id of the text that it was made from, and `similarity`, the true Jaccard similarity of the two as
sets of word 5-shingles; both are null in new texts. Rows are shuffled. A few sites have many documents, and many have
few; neither they nor their addresses exist.

The corpus is written row group by row group: memory holds the sentences of the articles, a row group, and a few bytes
for each document. The same articles, numbers, seed and versions give the same bytes. What it is not: real text, or real
copies. Sentences come again in many texts of a large corpus, so it compresses better than a real one, and no text has
more than one copy. `corpus_check.py` looks whether any texts resemble each other that should not.
"""

from __future__ import annotations

import argparse
import gc
import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from corpus_items import NEAR, Item, Plan
from corpus_pool import read_pool
from corpus_rows import SCHEMA, Maker

# Documents of a row group.
GROUP = 10_000


def main() -> None:
    """Make a corpus and say what is in it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--documents", type=int, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--exact", type=float, default=0.05, help="the share of exact copies")
    parser.add_argument("--near", type=float, default=0.10, help="the share of near copies, of all similarities")
    parser.add_argument("--text", default="text", help="the column with the texts")
    parser.add_argument("--title", default="title", help="the column with the headlines, if there is one")
    parser.add_argument("--date", default="date", help="the column with the dates, if there is one")
    options = parser.parse_args()
    gc.disable()  # rows hold no cycles, and looking for some takes a quarter of the time
    started = time.perf_counter()
    pool = read_pool(options.articles, text=options.text, title=options.title, date=options.date)
    plan = Plan.of(options.documents, exact=options.exact, near=options.near)
    print(f"{len(pool.sentences)} sentences of {len(pool.lengths)} articles; {time.perf_counter() - started:.0f} s")
    tally = Tally()
    write(options.output, tally.counted(Maker(pool, plan, options.seed).rows(shuffled(plan, options.seed))))
    print(*tally.report(plan), f"{time.perf_counter() - started:.0f} s", sep="\n")


def shuffled(plan: Plan, seed: int) -> Iterator[Item]:
    """Yield the documents of a plan in the order in which they are written."""
    order = np.random.default_rng(seed).permutation(plan.documents)
    return (plan.item(int(number)) for number in order)


def write(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    """Write rows, a row group at a time."""
    with pq.ParquetWriter(path, SCHEMA, compression="zstd") as writer:
        group: list[dict[str, Any]] = []
        for row in rows:
            group.append(row)
            if len(group) == GROUP:
                writer.write_table(pa.Table.from_pylist(group, SCHEMA))
                group = []
        if group:
            writer.write_table(pa.Table.from_pylist(group, SCHEMA))


class Tally:
    """Counts rows on their way."""

    def __init__(self) -> None:
        self.size = 0
        self.sites: dict[str, int] = {}
        self.similarities: list[float] = []

    def counted(self, rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        """Yield the rows as they are."""
        for row in rows:
            self.size += len(row["text"].encode())
            self.sites[row["source"]] = self.sites.get(row["source"], 0) + 1
            if row["twin"] is not None:
                self.similarities.append(row["similarity"])
            yield row

    def report(self, plan: Plan) -> Iterator[str]:
        """Yield lines that say what was written."""
        largest = max(self.sites.values(), default=0)
        yield f"{plan.documents} documents, {self.size / 1e6:.1f} MB of text as UTF-8"
        yield f"{len(self.sites)} sites, the largest with {largest} documents"
        yield f"{plan.originals} new texts, {plan.exact} exact copies, {plan.near} near copies of similarities {NEAR}"
        yield from _bins(np.array(self.similarities))


def _bins(similarities: np.ndarray[Any, Any]) -> Iterator[str]:
    """Yield how many copies there are by their true similarity."""
    edges: Sequence[float] = (0, 0.55, 0.65, 0.75, 0.8, 0.875, 0.925, 1)
    for low, high in pairwise(edges):
        yield f"  similarity {low:.3f} to below {high:.3f}: {((similarities >= low) & (similarities < high)).sum()}"
    yield f"  similarity 1: {(similarities == 1).sum()}"


if __name__ == "__main__":
    main()

"""How many copies deduplication finds, against the true similarity of all pairs.

    python benchmarks/dedup_recall.py TEXTS.parquet [--config SETTINGS.toml]
    python benchmarks/dedup_recall.py TEXTS.parquet --show 0.7 0.8 [--same-headline] [--limit 40]

The table has the columns `text` and `id`, or `url` instead, and may have `title` and `date`. Its texts are taken as
they are: to measure what a build compares, give it the file under `data/` of a release that was built with
`dedup.exact`, `dedup.near` and `dedup.headlines` switched off. Texts without any word are left out.

Brute force counts what every two texts share. It takes memory for the shingles of all texts and for the pairs of at
least `--least`, and time for all pairs that share anything: tens of thousands of articles are fine, millions are not.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
from dedup_found import Mark, Text, bands_of_texts, marks_of
from dedup_show import beginning, differences
from dedup_truth import Pairs, all_pairs
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from cleaning.boilerplate.headline import same_headline_forms
from cleaning.dedup.shingles import jaccard, shingles
from cleaning.reason import Reason
from cleaning.settings import Dedup, Settings
from cleaning.words import Hashes

BIN = 0.05


def main() -> None:
    """Measure and print, or show pairs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--config", type=Path, help="settings other than the defaults, as for `cleaning build`")
    parser.add_argument("--least", type=float, default=0.5, help="the least similarity that is counted")
    parser.add_argument("--show", type=float, nargs=2, metavar=("LOW", "HIGH"), help="print pairs instead")
    parser.add_argument("--same-headline", action="store_true", help="of these only the ones of one headline")
    parser.add_argument("--limit", type=int, default=40, help="so many of them at most, drawn at random")
    options = parser.parse_args()
    settings = (Settings.load(options.config) if options.config else Settings()).dedup
    texts, sets = read(options.texts, settings.shingle)
    if options.show:
        low, high = options.show
        show(texts, all_pairs(sets, low), high, options)
    else:
        for line in report(texts, sets, settings, options.least):
            print(line)


def read(path: Path, size: int) -> tuple[list[Text], list[Hashes]]:
    """Return the texts that have words, and their shingles."""
    file = pq.ParquetFile(path)
    names = set(file.schema_arrow.names)
    key = "id" if "id" in names else "url"
    rows = file.read([key, "text", *sorted(names & {"title", "date"})]).to_pylist()
    texts = [
        Text(id=row[key], text=row["text"], title=row.get("title"), date=row.get("date")) for row in rows if row["text"]
    ]
    sets = [shingles(text["text"], size) for text in texts]
    chosen = [place for place, found in enumerate(sets) if len(found)]
    return [texts[place] for place in chosen], [sets[place] for place in chosen]


def report(texts: Sequence[Text], sets: Sequence[Hashes], settings: Dedup, least: float) -> Iterator[str]:
    """Yield the lines of the report."""
    least = min(least, settings.threshold)
    started = time.perf_counter()
    pairs = all_pairs(sets, least)
    truth = time.perf_counter()
    marks, alike = marks_of(texts, settings)
    yield f"{len(texts)} texts, {len(pairs.one)} pairs of similarity {least:.2f} or more; {len(marks)} texts dropped"
    yield f"{truth - started:.0f} s for all pairs, {time.perf_counter() - truth:.0f} s for deduplication"
    near = pairs.where(pairs.similarity >= settings.threshold)
    yield from of_pairs(near, marks, len(texts))
    yield of_clusters(near, alike, len(texts))
    yield from of_marks(marks, sets, settings)
    yield from of_bins(pairs, bands_of_texts(texts, settings), settings, least)
    yield f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if mac() else 2**10):.0f} MB"


def of_pairs(near: Pairs, marks: Sequence[Mark], count: int) -> Iterator[str]:
    """Yield what became of the pairs at or above the threshold."""
    stands_for = np.arange(count)
    for mark in marks:
        stands_for[mark.row] = mark.kept_row
    together = int((stands_for[near.one] == stands_for[near.other]).sum())
    dropped = stands_for != np.arange(count)
    resolved = int((dropped[near.one] | dropped[near.other]).sum())
    total = max(1, len(near.one))
    yield f"pairs at or above the threshold: {len(near.one)}"
    yield f"  both kept with, or dropped for, the same text: {together} ({together / total:.4f})"
    yield f"  at least one of the two dropped: {resolved} ({resolved / total:.4f})"


def of_clusters(near: Pairs, alike: NDArray[np.int64], count: int) -> str:
    """Return how many of the pairs what was seen to be alike connects."""
    graph = coo_matrix((np.ones(len(alike)), (alike[:, 0], alike[:, 1])), shape=(count, count))
    labels = connected_components(graph, directed=False)[1]
    together = int((labels[near.one] == labels[near.other]).sum())
    return f"  in one cluster: {together} ({together / max(1, len(near.one)):.4f})"


def of_marks(marks: Sequence[Mark], sets: Sequence[Hashes], settings: Dedup) -> Iterator[str]:
    """Yield how many texts were dropped for each reason, and how many of them for none that is kept and like them."""
    least = {Reason.SAME_HEADLINE: settings.headline_threshold}
    rows = {mark.row for mark in marks}
    wrong = [
        mark
        for mark in marks
        if mark.kept_row in rows
        or jaccard(sets[mark.row], sets[mark.kept_row]) < least.get(mark.reason, settings.threshold)
    ]
    for reason, number in sorted(Counter(mark.reason.value for mark in marks).items()):
        yield f"dropped as {reason}: {number}"
    yield f"dropped without a kept text that is similar enough: {len(wrong)} (must be 0)"


def of_bins(pairs: Pairs, bands: NDArray[Any], settings: Dedup, least: float) -> Iterator[str]:
    """Yield a table: pairs by similarity, those that agree in a band, and how many should by the formula."""
    found = np.zeros(len(pairs.one), bool)
    for column in bands.T:
        found |= column[pairs.one] == column[pairs.other]
    chance = 1 - (1 - pairs.similarity**settings.rows) ** settings.bands
    yield ""
    yield "| Similarity | Pairs | Agree in a band | Share | By the formula |"
    yield "|---|---|---|---|---|"
    for start in np.arange(round(least / BIN), round(1 / BIN)) * BIN:
        last = start + BIN > 1 - BIN / 2
        chosen = (pairs.similarity >= start - 1e-9) & ((pairs.similarity < start + BIN - 1e-9) | last)
        total, agree = int(chosen.sum()), int(found[chosen].sum())
        share = f"{agree / total:.3f} | {chance[chosen].mean():.3f}" if total else "– | –"
        yield f"| {start:.2f}–{start + BIN:.2f} | {total} | {agree} | {share} |"
    yield ""
    yield f"candidates of the bands alone: {candidates(bands)}"


def candidates(bands: NDArray[Any]) -> int:
    """Return how many pairs agree in a band, those that agree in several counted for each."""
    sizes = [np.unique(column, return_counts=True)[1] for column in bands.T]
    return int(sum((size * (size - 1) // 2).sum() for size in sizes))


def show(texts: Sequence[Text], pairs: Pairs, high: float, options: argparse.Namespace) -> None:
    """Print pairs to be read: their headlines, their beginning, and in what they differ."""
    chosen = [
        (texts[one], texts[other], similarity)
        for one, other, similarity in zip(*(column.tolist() for column in pairs), strict=True)
        if similarity < high and not (options.same_headline and not same_headline(texts[one], texts[other]))
    ]
    print(f"{len(chosen)} pairs")
    random.Random(1).shuffle(chosen)
    for one, other, similarity in chosen[: options.limit]:
        print(f"\n{similarity:.3f}  {one['id']}  {one['date'] or ''}  {other['id']}  {other['date'] or ''}")
        print(f"  1 {one['title'] or ''}\n  2 {other['title'] or ''}\n  > {beginning(one['text'])}")
        print(*differences(one["text"], other["text"]), sep="\n")


def same_headline(one: Text, other: Text) -> bool:
    """Whether two texts have the same headline, a site's name aside."""
    forms = [min(same_headline_forms(text["title"]), key=len) if text["title"] else "" for text in (one, other)]
    return forms[0] == forms[1] != ""


def mac() -> bool:
    """Whether the system tells memory in bytes."""
    return sys.platform == "darwin"


if __name__ == "__main__":
    main()

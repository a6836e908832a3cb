"""Rows of a made corpus: what the documents are becomes what they say."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Iterator
from itertools import accumulate
from math import isqrt
from random import Random
from typing import Any

import pyarrow as pa
import xxhash
from corpus_copies import SHINGLE, exact_copy, near_copy
from corpus_items import Item, Plan
from corpus_pool import Pool
from corpus_texts import drawn, new_text, new_title

from cleaning.dedup.shingles import jaccard, shingles

SCHEMA = pa.schema({
    "id": pa.string(),
    "text": pa.string(),
    "title": pa.string(),
    "source": pa.string(),
    "url": pa.string(),
    "date": pa.string(),
    "twin": pa.string(),
    "similarity": pa.float64(),
})  # fmt: skip


class Maker:
    """Makes the documents of a plan. Each depends on its number and the seed alone, so a copy needs no memory."""

    def __init__(self, pool: Pool, plan: Plan, seed: int) -> None:
        self.pool = pool
        self.seed = seed
        # The share of a site falls as one over its rank, as it often does where people choose.
        self.weights = list(accumulate(1 / (rank + 1) for rank in range(max(10, isqrt(plan.documents)))))

    def rows(self, items: Iterable[Item]) -> Iterator[dict[str, Any]]:
        """Yield documents in the order of the items."""
        for item in items:
            chance = Random(f"{self.seed} page {item.number}")
            text, similarity = self._text(item)
            name = self._id(item.number)
            site = f"news{bisect(self.weights, chance.random() * self.weights[-1]) + 1}.example"
            yield {
                "id": name,
                "text": text,
                "title": new_title(self.pool, chance),
                "source": site,
                "url": f"https://{site}/{name}",
                "date": drawn(self.pool.dates, chance) if self.pool.dates else None,
                "twin": None if item.twin is None else self._id(item.twin),
                "similarity": similarity,
            }

    def _text(self, item: Item) -> tuple[str, float | None]:
        """Return a document's text, and how similar it is to the one it was made from."""
        chance = self._chance(item.number)
        if item.twin is None:
            return new_text(self.pool, chance), None
        original = new_text(self.pool, self._chance(item.twin))
        if item.similarity == 1:
            return exact_copy(original, chance), 1.0
        copy = near_copy(original, item.similarity, self.pool, chance)
        return copy, jaccard(shingles(original, SHINGLE), shingles(copy, SHINGLE))

    def _chance(self, number: int) -> Random:
        return Random(f"{self.seed} text {number}")

    def _id(self, number: int) -> str:
        return str(xxhash.xxh3_64_hexdigest(f"{self.seed} {number}".encode()))

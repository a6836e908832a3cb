"""From the staged table to the marks: candidates, confirmation, choice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, combinations, pairwise
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ..boilerplate.headline import same_headline_forms
from ..document import Reason
from ..settings import Dedup
from ..text import words
from .choose import ISO_DATE, UNDATED, Entry, Mark, Pair, choose
from .confirm import Confirm
from .shingles import Shingles, band_hashes, shingles

# In a larger group of equals not every pair is tried: each is tried with its neighbours and with the first.
ALL_PAIRS = 40

# A shorter headline is no evidence: "Weather", "Letters to the editor".
HEADLINE_WORDS = 4


def find_copies(daft: Any, documents: Any, keys: pa.Table, settings: Dedup) -> list[Mark]:
    """Return who is dropped in favour of whom.

    Args:
        daft: the engine.
        documents: the engine's table of documents, with the columns ``row`` and ``text``.
        keys: the documents that are kept so far: ``row``, ``id``, ``n_chars``, ``date``, ``digest``, ``title``.
        settings: what counts as a copy.
    """
    keys = _by_preference(keys)
    exact = list(_exact(keys)) if settings.exact else []
    copies = {pair.other for pair in exact}
    singles = keys.filter(pc.invert(pc.is_in(keys["row"], pa.array(sorted(copies), pa.int64()))))
    near = set(_banded(daft, documents, singles, settings)) if settings.near else set()
    titled = set(_same_headline(singles)) if settings.headlines else set()
    candidates = sorted(near | titled)
    wanted = sorted({row for pair in candidates for row in pair})
    texts = dict(_read_shingles(daft, documents, wanted, settings.shingle))
    confirm = Confirm(texts, titled, {pair.other: pair.one for pair in exact}, settings)
    pairs = [*(pair for candidate in candidates if (pair := confirm(*candidate))), *exact]
    involved = {row for pair in pairs for row in (pair.one, pair.other)}
    return choose(_entries(keys, involved), pairs, confirm)


def _by_preference(keys: pa.Table) -> pa.Table:
    """Return the documents from the one that :func:`choose` prefers on.

    What is tried, and which of some copies stands for them, then depends on the documents and never on their numbers.
    """
    dated = pc.fill_null(pc.match_substring_regex(keys["date"], ISO_DATE), fill_value=False)
    by = pa.table({"n_chars": keys["n_chars"], "date": pc.if_else(dated, keys["date"], UNDATED), "id": keys["id"]})
    return keys.take(pc.sort_indices(by, [("n_chars", "descending"), ("date", "ascending"), ("id", "ascending")]))


def _exact(keys: pa.Table) -> Iterator[Pair]:
    for group in _groups(keys["digest"].to_pylist(), keys["row"].to_pylist()):
        yield from (Pair(group[0], other, Reason.EXACT_DUPLICATE, 1.0) for other in group[1:])


def _banded(daft: Any, documents: Any, singles: pa.Table, settings: Dedup) -> Iterator[tuple[int, int]]:
    """Yield candidate pairs: documents that agree in at least one LSH band."""
    rows = singles["row"].to_numpy()
    ranked = daft.from_arrow(pa.table({"row": rows, "rank": np.arange(len(rows))}))
    table = documents.join(ranked, on="row", how="inner")
    hashes = band_hashes(daft, daft.col("text"), shingle=settings.shingle, bands=settings.bands, rows=settings.rows)
    banded = table.select("rank", *hashes).sort("rank").to_arrow()
    rows = rows[banded["rank"].to_numpy()]
    for name in banded.column_names[1:]:
        values = banded[name].to_numpy()
        order = np.argsort(values, kind="stable")
        edges = np.flatnonzero(np.diff(values[order])) + 1
        for group in np.split(rows[order], edges):
            if len(group) > 1:
                yield from _pairs(group.tolist())


def _same_headline(singles: pa.Table) -> Iterator[tuple[int, int]]:
    """Yield candidate pairs: documents with the same headline, a site's name aside."""
    titles, rows = [], []
    for title, row in zip(singles["title"].to_pylist(), singles["row"].to_pylist(), strict=True):
        if title and len(words(title)) >= HEADLINE_WORDS:
            titles.append(min(same_headline_forms(title), key=len))
            rows.append(row)
    for group in _groups(titles, rows):
        yield from _pairs(group)


def _groups(values: Sequence[str], rows: Sequence[int]) -> Iterator[list[int]]:
    groups = defaultdict(list)
    for value, row in zip(values, rows, strict=True):
        groups[value].append(row)
    yield from (group for group in groups.values() if len(group) > 1)


def _pairs(group: list[int]) -> Iterator[tuple[int, int]]:
    """Yield pairs of a group that is in order of preference; each with the smaller number first."""
    first, *others = group
    small = len(group) <= ALL_PAIRS
    tried = combinations(group, 2) if small else chain(((first, other) for other in others), pairwise(others))
    yield from ((min(pair), max(pair)) for pair in tried)


def _entries(keys: pa.Table, involved: Iterable[int]) -> dict[int, Entry]:
    wanted = keys.filter(pc.is_in(keys["row"], pa.array(sorted(involved), pa.int64())))
    columns = [wanted[name].to_pylist() for name in ("row", "id", "n_chars", "date")]
    return {row: Entry(row, *values) for row, *values in zip(*columns, strict=True)}


def _read_shingles(daft: Any, documents: Any, rows: list[int], size: int) -> Iterator[tuple[int, Shingles]]:
    if not rows:
        return
    wanted = daft.from_arrow(pa.table({"row": pa.array(rows, pa.int64())}))
    table = documents.join(wanted, on="row", how="inner")
    for batch in table.select("row", "text").to_arrow_iter():
        for row, text in zip(batch["row"].to_pylist(), batch["text"].to_pylist(), strict=True):
            yield row, shingles(text, size)

"""Ids that are unique: two records that claim the same one are told apart by where they came from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import count

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .documents import Corpus, Rows

Claim = tuple[str, str, str, int]


def unique_ids(corpus: Corpus) -> tuple[Corpus, dict[int, str], dict[int, str]]:
    """Return the corpus with ids that are unique, the new parent ids of articles by row, and the new ids by row.

    Only documents whose id another one has are looked at more closely.
    """
    rows = _claimed_twice(corpus)
    if not len(rows):
        return corpus, {}, {}
    told = corpus.take(rows, ["id", "origin", "digest"])
    claims = list(zip(*(told[name].to_pylist() for name in ("id", "origin", "digest")), rows.tolist(), strict=True))
    ids = dict(_renamed(claims, corpus.ids))
    return corpus.with_ids(ids), dict(_parents(corpus, claims, ids)), ids


def pages_of(corpus: Corpus, parents: Mapping[int, str]) -> Rows:
    """Return pairs of rows, in two columns: an article, and the document that it had been spliced on to.

    Args:
        corpus: the documents.
        parents: new ids of parents, by the row of the article: see :func:`unique_ids`.
    """
    articles = np.flatnonzero(corpus.keys["split_off"])
    if not len(articles):
        return np.zeros((0, 2), np.int64)
    told = corpus.take(articles, ["parent_id"])["parent_id"].to_pylist()
    names = [parents.get(row, name) for row, name in zip(articles.tolist(), told, strict=True)]
    found = pc.index_in(pa.array(names, corpus.ids.type), corpus.ids)
    there = found.is_valid().to_numpy(zero_copy_only=False)
    return np.stack([articles[there], found.drop_null().to_numpy().astype(np.int64)], axis=1)


def _claimed_twice(corpus: Corpus) -> Rows:
    """Return the rows whose id others have too. They stand together in the order of ids."""
    ordered = corpus.ids.take(pa.array(corpus.order))
    if len(ordered) < 2:
        return np.zeros(0, np.int64)
    same = pc.fill_null(pc.equal(ordered[1:], ordered[:-1]), fill_value=False).to_numpy(zero_copy_only=False)
    return np.sort(corpus.order[np.concatenate([same, [False]]) | np.concatenate([[False], same])])


def _renamed(claims: Iterable[Claim], ids: pa.Array) -> Iterator[tuple[int, str]]:
    """Yield new ids by row.

    Of the documents with one id, the first by origin and content keeps it; the others get ``~2``, ``~3`` …, but for
    those that are ids already. So the answer does not depend on the order of arrival.
    """
    groups = defaultdict(list)
    for id_, origin, digest, row in claims:
        groups[id_].append((origin, digest, row))
    for id_, group in groups.items():
        taken = set(pc.filter(ids, pc.fill_null(pc.starts_with(ids, f"{id_}~"), fill_value=False)).to_pylist())
        free = (name for rank in count(2) if (name := f"{id_}~{rank}") not in taken)
        yield from ((row, name) for (_, _, row), name in zip(sorted(group)[1:], free, strict=False))


def _parents(corpus: Corpus, claims: Iterable[Claim], ids: dict[int, str]) -> Iterator[tuple[int, str]]:
    """Yield new parent ids by row: an article stands in the same record as its parent."""
    renamed = {(id_, origin): ids[row] for id_, origin, _, row in claims if row in ids}
    articles = np.flatnonzero(corpus.keys["split_off"])
    if not len(articles):
        return
    told = corpus.take(articles, ["parent_id", "origin"])
    for row, parent, origin in zip(articles.tolist(), *(told[n].to_pylist() for n in told.column_names), strict=True):
        if (parent, origin) in renamed:
            yield row, renamed[parent, origin]

"""Which split a document belongs to, and which folder of the table `default`.

The split is told by a hash of an id, so a document has the same in each release, whatever else the releases hold. What
belongs together shares the id that is hashed: copies and near copies, the dropped among them too, and the articles of
one page. It is the id of the oldest of them, then the smallest, so that those that are added later change nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import xxhash
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from ..dedup import Marks
from ..release.tables import SPLITS
from ..settings import Release
from .documents import Corpus, Rows
from .name import pages_of

# What a language tag must look like to name a folder and a config; all others are in this one.
UNKNOWN = "und"
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of the table `default`.

    Attributes:
        folders, splits: of each part, in their order: the folder in the table's own, empty for that one, and the split.
        of_rows: the part of each row.
    """

    folders: tuple[str, ...]
    splits: tuple[str, ...]
    of_rows: Rows

    def order(self, corpus: Corpus) -> Rows:
        """Return the rows in the order of a release: part after part, and within each by id."""
        if len(self.splits) == 1:
            return corpus.order
        return corpus.order[np.argsort(self.of_rows[corpus.order], kind="stable")]


def parts_of(corpus: Corpus, marks: Marks, parents: Mapping[int, str], settings: Release) -> Parts:
    """Return the part that each document belongs to, or would if it were kept.

    Args:
        corpus: the documents.
        marks: those that are dropped as copies.
        parents: new ids of parents, by the row of the article.
        settings: how large the splits are, and whether languages are apart.
    """
    split = np.zeros(len(corpus), np.int64)
    if settings.validation or settings.test:
        told = split_of(corpus.ids.take(pa.array(_leaders(corpus, marks, parents))), settings)
        split = np.array([SPLITS.index(name) for name in told], np.int64)
    tags, language = _languages(corpus) if settings.by_language else ([""], np.zeros(len(corpus), np.int64))
    found, of_rows = np.unique(language * len(SPLITS) + split, return_inverse=True)
    return Parts(
        tuple(tags[part // len(SPLITS)] for part in found.tolist()),
        tuple(SPLITS[part % len(SPLITS)] for part in found.tolist()),
        of_rows.astype(np.int64),
    )


def split_of(ids: pa.Array, settings: Release) -> list[str]:
    """Return the split that each id belongs to.

    Hashes are taken as shares of the largest: the first ones make ``test``, the last ones ``validation``. So a split
    that is made larger keeps what it has.

    >>> from collections import Counter
    >>> ids = pa.array([str(number) for number in range(1000)])
    >>> Counter(split_of(ids, Release(test=0.05, validation=0.1)))
    Counter({'train': 857, 'validation': 97, 'test': 46})
    """
    shares = np.array([0.5 if id_ is None else _share(id_) for id_ in ids.to_pylist()])
    found = np.where(shares < settings.test, "test", np.where(shares >= 1 - settings.validation, "validation", "train"))
    return [str(name) for name in found]


def _share(id_: str) -> float:
    return xxhash.xxh3_64_intdigest(f"split {id_}".encode()) / 2**64


def _leaders(corpus: Corpus, marks: Marks, parents: Mapping[int, str]) -> Rows:
    """Return, for each row, the row whose id tells the split."""
    leaders = np.arange(len(corpus))
    edges = np.concatenate([np.stack([marks.rows, marks.kept], axis=1), marks.kin, pages_of(corpus, parents)])
    if not len(edges):
        return leaders
    rows, index = np.unique(edges, return_inverse=True)
    one, other = index.reshape(-1, 2).T
    graph = coo_matrix((np.ones(len(one), np.int8), (one, other)), shape=(len(rows), len(rows)))
    labels = connected_components(graph, directed=False)[1]
    order = np.lexsort((corpus.rank[rows], corpus.keys["published"][rows], labels))
    first = order[np.searchsorted(labels[order], np.arange(labels.max() + 1))]
    leaders[rows] = rows[first[labels]]
    return leaders


def _languages(corpus: Corpus) -> tuple[list[str], NDArray[np.int64]]:
    """Return the names of the languages in order, and the number of each row's."""
    names = [name for tags in _tags(corpus) for name in tags]
    found, numbers = np.unique(np.array(names, str), return_inverse=True)
    return found.tolist(), numbers.astype(np.int64)


def _tags(corpus: Corpus) -> Iterator[list[str]]:
    for file in corpus.files:
        for batch in file.read(["language"]):
            yield [tag if tag and _TAG.fullmatch(tag) else UNKNOWN for tag in batch["language"].to_pylist()]

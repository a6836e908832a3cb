"""Who is kept and who is dropped, given who resembles whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from ..reason import Reason

Rows = NDArray[np.int64]

# Asked for two rows: how alike the documents are and in what way, or None when they are not.
Likeness = Callable[[int, int], tuple[Reason, float] | None]


@dataclass(frozen=True, slots=True)
class Marks:
    """Documents that are dropped in favour of others, in ascending order: an array each.

    Attributes:
        rows: who is dropped.
        kept: in whose favour.
        reasons: as what.
        similarities: how alike the two are.
        kin: pairs of documents that were seen to be alike, though neither was dropped for the other: two columns. They
            and the marks connect all that belongs together.
    """

    rows: Rows
    kept: Rows
    reasons: tuple[Reason, ...]
    similarities: NDArray[np.float64]
    kin: Rows

    @classmethod
    def none(cls) -> Marks:
        """Return no marks."""
        return cls(np.zeros(0, np.int64), np.zeros(0, np.int64), (), np.zeros(0), np.zeros((0, 2), np.int64))

    def __len__(self) -> int:
        return len(self.rows)

    def with_copies(self, originals: Rows, copies: Rows) -> Marks:
        """Return the marks with those of exact copies.

        A copy is dropped in favour of its original, and where that one is dropped too, in favour of the same document.
        """
        if not len(copies):
            return self
        at = np.searchsorted(self.rows, originals)
        there = np.zeros(len(originals), bool)
        there[at < len(self)] = self.rows[at[at < len(self)]] == originals[at < len(self)]
        kept, similarities = originals.copy(), np.ones(len(originals))
        kept[there], similarities[there] = self.kept[at[there]], self.similarities[at[there]]
        reasons = [
            self.reasons[place] if dropped else Reason.EXACT_DUPLICATE
            for place, dropped in zip(at.tolist(), there.tolist(), strict=True)
        ]
        rows = np.concatenate([self.rows, copies])
        order = np.argsort(rows)
        every = [*self.reasons, *reasons]
        return Marks(
            rows[order],
            np.concatenate([self.kept, kept])[order],
            tuple(every[place] for place in order.tolist()),
            np.concatenate([self.similarities, similarities])[order],
            self.kin,
        )


def choose(pairs: Rows, preference: Rows, likeness: Likeness) -> Marks:
    """Decide, in each cluster of documents that candidate pairs connect, who is kept.

    Documents are taken in order of preference. One that resembles a document already kept is dropped in its favour, and
    of several the one that it resembles most; another is kept. So nobody is dropped for a chain of resemblances: each
    mark names a kept document that is similar enough by itself. A document is compared with those that it makes a
    candidate pair with, and with those in whose favour these were dropped.

    Args:
        pairs: candidates, an array of two columns, each pair once.
        preference: by row, its place in the order of preference.
        likeness: confirms a pair.
    """
    marks: list[tuple[int, int, Reason, float]] = []
    kin: list[tuple[int, int]] = []
    for cluster, beside in _clusters(pairs):
        keeper: dict[int, int] = {}
        for row in sorted(cluster, key=lambda row: preference[row]):
            near = {keeper[other] for other in beside[row] if other in keeper}
            alike = ((other, likeness(row, other)) for other in near)
            found = [(told[1], -int(preference[other]), other, told[0]) for other, told in alike if told]
            if not found:
                keeper[row] = row
                dropped = (other for other in beside[row] if keeper.get(other, other) != other)
                kin += ((row, other) for other in dropped if likeness(row, other))
                continue
            similarity, _, kept, reason = max(found, key=lambda item: item[:2])
            keeper[row] = kept
            marks.append((row, kept, reason, similarity))
            kin += ((row, other) for _, _, other, _ in found if other != kept)
    marks.sort(key=lambda mark: mark[0])
    return Marks(
        np.array([mark[0] for mark in marks], np.int64),
        np.array([mark[1] for mark in marks], np.int64),
        tuple(mark[2] for mark in marks),
        np.array([mark[3] for mark in marks], np.float64),
        np.array(kin, np.int64).reshape(-1, 2),
    )


def _clusters(pairs: Rows) -> Iterator[tuple[list[int], dict[int, list[int]]]]:
    """Yield the connected components of a graph, given by its edges: the members, and the neighbours of each."""
    rows, index = np.unique(pairs, return_inverse=True)
    one, other = index.reshape(-1, 2).T
    graph = coo_matrix((np.ones(len(one), np.int8), (one, other)), shape=(len(rows), len(rows)))
    count, labels = connected_components(graph, directed=False)
    members = np.split(rows[np.argsort(labels, kind="stable")], np.cumsum(np.bincount(labels, minlength=count))[:-1])
    edges = np.argsort(labels[one], kind="stable")
    of_clusters = np.split(pairs[edges], np.cumsum(np.bincount(labels[one], minlength=count))[:-1])
    for cluster, within in zip(members, of_clusters, strict=True):
        beside: dict[int, list[int]] = defaultdict(list)
        for left, right in within.tolist():
            beside[left].append(right)
            beside[right].append(left)
        yield cluster.tolist(), beside

"""Who is kept and who is dropped, given who resembles whom."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from ..document import Reason

# Only dates in ISO form can be compared; a document without one counts as the youngest.
ISO_DATE, UNDATED = r"^[0-9]{4}-[0-9]{2}", "9999"


@dataclass(frozen=True, slots=True)
class Entry:
    """What decides about one document.

    Attributes:
        row: its number in the staged table; it only names the document and decides nothing.
        id: its id.
        n_chars: characters of its clean text.
        date: when it was published, as given; only ISO dates count.
    """

    row: int
    id: str
    n_chars: int
    date: str | None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two documents that resemble each other enough, by row, and how."""

    one: int
    other: int
    reason: Reason
    similarity: float


@dataclass(frozen=True, slots=True)
class Mark:
    """A document that is dropped in favour of another."""

    row: int
    kept_row: int
    reason: Reason
    similarity: float


def choose(
    entries: Mapping[int, Entry], pairs: Iterable[Pair], compare: Callable[[int, int], Pair | None]
) -> list[Mark]:
    """Decide, in each cluster of documents that pairs connect, who is kept.

    Documents are taken from the most complete on, then the oldest, then the one with the smallest id. One that
    resembles a document already kept is dropped in its favour; another is kept. So nobody is dropped for a chain of
    resemblances: each mark names a kept document that is similar enough by itself.

    Args:
        entries: the documents that occur in pairs, by row.
        pairs: confirmed pairs.
        compare: asked for a pair of a cluster that is not among ``pairs``; returns it confirmed, or None.
    """
    known = {frozenset((pair.one, pair.other)): pair for pair in pairs}
    marks: list[Mark] = []
    for cluster in _clusters([(pair.one, pair.other) for pair in known.values()]):
        kept: list[int] = []
        for row in sorted(cluster, key=lambda row: _preference(entries[row])):
            twins = ((other, known.get(frozenset((row, other))) or compare(row, other)) for other in kept)
            best = max(
                ((pair.similarity, -position, pair, other) for position, (other, pair) in enumerate(twins) if pair),
                key=lambda found: found[:2],
                default=None,
            )
            if best is None:
                kept.append(row)
            else:
                marks.append(Mark(row, best[3], best[2].reason, best[2].similarity))
    return sorted(marks, key=lambda mark: mark.row)


def _preference(entry: Entry) -> tuple[int, str, str]:
    date = entry.date if entry.date and re.match(ISO_DATE, entry.date) else UNDATED
    return -entry.n_chars, date, entry.id


def _clusters(edges: list[tuple[int, int]]) -> list[list[int]]:
    """Return the connected components of a graph, given by its edges."""
    if not edges:
        return []
    rows, index = np.unique(np.array(edges), return_inverse=True)
    one, other = index.reshape(-1, 2).T
    graph = coo_matrix((np.ones(len(one), np.int8), (one, other)), shape=(len(rows), len(rows)))
    _, labels = connected_components(graph, directed=False)
    members = defaultdict(list)
    for row, label in zip(rows.tolist(), labels.tolist(), strict=True):
        members[label].append(row)
    return list(members.values())

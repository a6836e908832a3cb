"""Which lines stand in many documents: counted over the whole corpus, in memory that does not grow with the lines.

Most lines stand in one document. They are counted twice: first roughly, in a table of fixed size where some lines share
a place, and then, of the lines whose place has enough, exactly.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from ..settings import Dedup, Templates
from ..words import Hashes, mixed
from .documents import Corpus, Rows
from .keys import band_name

# Places of the table in which lines are first counted; each takes four bytes.
PLACES = 1 << 24

# A paragraph must stand on the pages of so many sites to be more than a matter of one site.
FEWEST_SITES = 2


@dataclass(frozen=True)
class Frequent:
    """Lines that stand in many documents.

    Attributes:
        pages: by the key of a line on a site, on how many of its pages the line stands, and how many would be enough.
        shared: by the key of a line, in how many texts of several sites it stands, copies and near copies counted once,
            and how many would be enough.
    """

    pages: Mapping[int, tuple[int, int]]
    shared: Mapping[int, tuple[int, int]]

    def among(self, keys: Hashes, sites: Hashes) -> NDArray[np.bool_]:
        """Return which of some lines are frequent, given by their keys and the sites of their documents."""
        return _is_in(on_site(keys, sites), self._on_sites) | _is_in(keys, self._anywhere)

    @cached_property
    def _on_sites(self) -> Hashes:
        return np.array(sorted(self.pages), np.uint64)

    @cached_property
    def _anywhere(self) -> Hashes:
        return np.array(sorted(self.shared), np.uint64)


def on_site(keys: Hashes, sites: Hashes) -> Hashes:
    """Return the keys that lines have on sites.

    >>> key = np.array([7], np.uint64)
    >>> bool(on_site(key, np.array([1], np.uint64)) == on_site(key, np.array([2], np.uint64)))
    False
    """
    return mixed(keys ^ mixed(sites))


def frequent_lines(corpus: Corpus, settings: Templates, dedup: Dedup) -> Frequent:
    """Return the lines that stand in many of the documents that are kept so far."""
    pages = _site_lines(corpus, settings)
    return Frequent(pages, _shared_lines(corpus, settings, dedup) if settings.shared and dedup.near else {})


def lines_of(corpus: Corpus) -> Iterator[tuple[Hashes, Rows]]:
    """Yield the keys of lines, and the rows of their documents, a batch of documents at a time."""
    row = 0
    for file in corpus.files:
        for batch in file.read(["line_keys"]):
            column = batch["line_keys"]
            keys = column.flatten().to_numpy().astype(np.uint64)
            yield keys, row + np.repeat(np.arange(len(column)), np.diff(column.offsets.to_numpy()))
            row += len(column)


def _site_lines(corpus: Corpus, settings: Templates) -> dict[int, tuple[int, int]]:
    sites = corpus.keys["site"].astype(np.uint64)
    counted = _once(corpus, corpus.kept & (sites != 0), mixed(sites))
    keys, rows = _likely(corpus, counted, settings.min_pages, sites)
    found, first, counts = np.unique(keys, return_index=True, return_counts=True)
    of_sites = dict(zip(*(part.tolist() for part in np.unique(sites[counted], return_counts=True)), strict=True))
    told = zip(found.tolist(), sites[rows[first]].tolist(), counts.tolist(), strict=True)
    enough = {key: (count, max(settings.min_pages, settings.min_share * of_sites[site])) for key, site, count in told}
    return {key: (count, round(least)) for key, (count, least) in enough.items() if count >= least}


def _shared_lines(corpus: Corpus, settings: Templates, dedup: Dedup) -> dict[int, tuple[int, int]]:
    counted = _once(corpus, corpus.kept)
    enough = max(settings.shared, round(settings.shared_share * np.count_nonzero(counted)))
    keys, rows = _likely(corpus, counted, enough, None)
    _, group, counts = np.unique(keys, return_inverse=True, return_counts=True)
    chosen = counts[group] >= enough
    keys, rows = keys[chosen], rows[chosen]
    if not len(keys):
        return {}
    labels = _near_copies(corpus, rows, dedup)
    texts, sites = _different(keys, labels), _different(keys, corpus.keys["site"][rows].astype(np.int64))
    return {key: (count, enough) for key, count in texts.items() if count >= enough and sites[key] >= FEWEST_SITES}


def _once(corpus: Corpus, wanted: NDArray[np.bool_], beside: Hashes | None = None) -> NDArray[np.bool_]:
    """Return the wanted documents, but of all with the same words, and the same beside, only the first by id."""
    rows = corpus.order[wanted[corpus.order]]
    told = corpus.keys["digest_low"][rows].astype(np.uint64)
    _, first = np.unique(told if beside is None else told ^ beside[rows], return_index=True)
    counted = np.zeros(len(corpus), bool)
    counted[rows[first]] = True
    return counted


def _likely(corpus: Corpus, counted: NDArray[np.bool_], least: int, sites: Hashes | None) -> tuple[Hashes, Rows]:
    """Return the lines that may stand in so many of the counted documents, on one site or anywhere, with their rows."""
    table = np.zeros(PLACES, np.uint32)
    for keys, _ in _counted_lines(corpus, counted, sites):
        np.add.at(table, _place(keys), 1)
    found = [(np.zeros(0, np.uint64), np.zeros(0, np.int64))]
    for keys, rows in _counted_lines(corpus, counted, sites):
        likely = table[_place(keys)] >= least
        found.append((keys[likely], rows[likely]))
    return np.concatenate([keys for keys, _ in found]), np.concatenate([rows for _, rows in found])


def _counted_lines(corpus: Corpus, counted: NDArray[np.bool_], sites: Hashes | None) -> Iterator[tuple[Hashes, Rows]]:
    for keys, rows in lines_of(corpus):
        keep = counted[rows]
        yield keys[keep] if sites is None else on_site(keys[keep], sites[rows[keep]]), rows[keep]


def _place(keys: Hashes) -> NDArray[np.int64]:
    return (keys >> np.uint64(8)).astype(np.int64) % PLACES


def _near_copies(corpus: Corpus, rows: Rows, dedup: Dedup) -> Rows:
    """Return a label for each row: the same for documents that are connected by bands of their sketches."""
    unique, index = np.unique(rows, return_inverse=True)
    edges = []
    for band in range(dedup.bands):
        values = corpus.column(band_name(band))[unique]
        order = np.argsort(values, kind="stable")
        same = values[order][1:] == values[order][:-1]
        edges.append(np.stack([order[:-1][same], order[1:][same]]))
    one, other = np.concatenate(edges, axis=1)
    graph = coo_matrix((np.ones(len(one), np.int8), (one, other)), shape=(len(unique), len(unique)))
    labels: Rows = connected_components(graph, directed=False)[1].astype(np.int64)
    return labels[index]


def _different(keys: Hashes, values: Rows) -> dict[int, int]:
    """Return how many different values each key has."""
    pairs = np.unique(np.stack([keys, values.astype(np.uint64)]), axis=1)
    found, counts = np.unique(pairs[0], return_counts=True)
    return dict(zip(found.tolist(), counts.tolist(), strict=True))


def _is_in(keys: Hashes, known: Hashes) -> NDArray[np.bool_]:
    if not len(known):
        return np.zeros(len(keys), bool)
    return np.asarray(known[np.minimum(np.searchsorted(known, keys), len(known) - 1)] == keys)

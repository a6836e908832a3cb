"""Copies among the staged documents: what :mod:`cleaning.dedup` asks for, read from files as it asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..child import Child
from ..dedup import Keys, Marks, find_copies, is_generic, shingles_of
from ..engine import Engine
from ..settings import Dedup
from ..words import Hashes, Words, in_chunks
from .documents import Corpus, Rows
from .keys import band_name
from .staged import StagedFile

# Shingles of so many documents are held in memory at a time: pairs are looked at cluster by cluster.
HELD = 4096


def dedup_keys(corpus: Corpus) -> Keys:
    """Return what deduplication asks of the documents kept so far."""
    return Keys(
        rows=_by_preference(corpus),
        digests=(_hashes(corpus, "digest_high"), _hashes(corpus, "digest_low")),
        headline=_hashes(corpus, "headline"),
        band=lambda band: corpus.column(band_name(band)).astype(np.uint64, copy=False),
        is_generic=lambda row: is_generic(corpus.take(np.array([row]), ["title"])["title"][0].as_py() or ""),
    )


def mark_copies(engine: Engine, corpus: Corpus, settings: Dedup, folder: Path, *, first: Rows | None = None) -> Marks:
    """Return who is dropped in favour of whom, of the documents kept so far.

    Args:
        engine: reads the texts of candidates.
        corpus: the documents.
        settings: what counts as a copy.
        folder: where the shingles of candidates are kept meanwhile.
        first: rows to be preferred to all others.
    """
    keys = dedup_keys(corpus)
    if first is not None:
        later = ~np.isin(keys.rows, first)
        keys = replace(keys, rows=np.concatenate([keys.rows[~later], keys.rows[later]]))
    return find_copies(keys, lambda rows: _shingles(engine, corpus, rows, settings.shingle, folder), settings)


def _hashes(corpus: Corpus, name: str) -> Hashes:
    return corpus.keys[name].astype(np.uint64, copy=False)


def _by_preference(corpus: Corpus) -> Rows:
    """Return the rows kept so far: the most complete first, then the oldest, then the smallest id.

    What is tried, and which of some copies stands for them, then depends on the documents and never on their rows.
    """
    rows = corpus.order[corpus.kept[corpus.order]]
    order = np.lexsort((corpus.keys["published"][rows], -corpus.keys["n_chars"][rows].astype(np.int64)))
    return rows[order]


@dataclass(frozen=True, slots=True)
class _Job:
    """Rows of a staged file, told by their numbers in it, and where their shingles go."""

    file: StagedFile
    numbers: Rows
    size: int
    output: Path


def _shingles(engine: Engine, corpus: Corpus, rows: Rows, size: int, folder: Path) -> Callable[[int], Hashes]:
    """Write the shingles of some documents to files, and return what reads those of one."""
    folder.mkdir(exist_ok=True)
    jobs, begins = [], []
    for number, (file, found, numbers) in enumerate(corpus.by_file(rows)):
        jobs.append(_Job(file, numbers, size, folder / f"{number:06d}.shingles"))
        begins.append((found, jobs[-1].output))
    counts = {job.output: counted for job, counted in engine.map(_write, jobs)}
    paths = [output for _, output in begins]
    which = np.repeat(np.arange(len(begins)), [len(found) for found, _ in begins])
    ends = [np.cumsum(counts[output]) for output in paths]
    stop = np.concatenate([np.zeros(0, np.int64), *ends])
    start = np.concatenate([np.zeros(0, np.int64), *(np.concatenate([[0], end[:-1]]) for end in ends)])

    @lru_cache(HELD)
    def read(row: int) -> Hashes:
        place = int(np.searchsorted(rows, row))
        count = int(stop[place] - start[place])
        return np.fromfile(paths[which[place]], np.uint64, count, offset=8 * int(start[place]))

    return read


def _write(child: Child, job: _Job) -> NDArray[np.int64]:
    return child.insist(_write_here, job)


def _write_here(job: _Job) -> NDArray[np.int64]:
    """Write the shingles of some documents, each sorted and once, and return how many each of them has."""
    counts: list[int] = []
    with job.output.open("wb") as output:
        for chunk in in_chunks(job.file.take(job.numbers, ["text"])["text"].to_pylist()):
            found, offsets = shingles_of(Words.of(chunk), job.size)
            for start, end in zip(offsets[:-1].tolist(), offsets[1:].tolist(), strict=True):
                unique = np.unique(found[start:end])
                unique.tofile(output)
                counts.append(len(unique))
    return np.array(counts, np.int64)

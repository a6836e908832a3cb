"""Lines that one site says on many of its pages: boilerplate in any language, and only the whole corpus shows it.

Lines are counted by site, each once a page, and pages that are exact copies once: a paragraph that only copies of one
text share is no template. A line between two paragraphs may be one that an author likes to write, and goes only when it
is far more frequent (compare the pattern-aware line filter of arXiv 2510.24139; BigScience ROOTS, arXiv 2303.03915, cut
lines of 15 characters and more that stood on 10 pages of a site).

Most lines stand on one page. They are counted twice: first roughly, in a table of fixed size where some lines share a
place, and then, of the lines whose place has enough, exactly. So memory does not grow with the number of lines.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ..boilerplate.settle import settle
from ..child import Child
from ..document import Cut, Document, Reason, remove
from ..engine import Engine
from ..pipeline import judge_quality
from ..settings import Settings
from ..settings import Templates as TemplateSettings
from ..text import is_prose
from ..words import Hashes, mixed
from .documents import Corpus, Rows
from .keys import keys_of
from .rows import from_row, line_keys, to_rows
from .staged import StagedFile

# Places of the table in which lines are first counted; each takes four bytes.
PLACES = 1 << 24

# What a line key means: on how many pages of its site it stands, and how many would be enough.
Pages = Mapping[int, tuple[int, int]]


def cut_templates(engine: Engine, corpus: Corpus, settings: Settings) -> Corpus:
    """Return the corpus without its sites' template lines. Each cut says on how many pages its line stands."""
    if not settings.templates.cut or not corpus.keys["site"].any():
        return corpus
    counted = _counted(corpus)
    frequent = _frequent(corpus, counted, settings.templates)
    jobs = list(_jobs(corpus, frequent, settings))
    recut = {job.file: file for job, file in engine.map(_recut, jobs) if file}
    return Corpus.of([recut.get(file, file) for file in corpus.files]) if recut else corpus


def _counted(corpus: Corpus) -> NDArray[np.bool_]:
    """Return which documents count as pages of their site: those that are kept, one of all with the same words."""
    told = np.flatnonzero(corpus.kept & (corpus.keys["site"] != 0))
    told = told[np.argsort(corpus.rank[told])]  # of copies the first by id, whatever file it stands in
    one = mixed(corpus.keys["site"][told].astype(np.uint64)) ^ corpus.keys["digest_low"][told].astype(np.uint64)
    _, first = np.unique(one, return_index=True)
    counted = np.zeros(len(corpus), bool)
    counted[told[first]] = True
    return counted


def _frequent(corpus: Corpus, counted: NDArray[np.bool_], settings: TemplateSettings) -> Pages:
    table = np.zeros(PLACES, np.uint32)
    for keys, _ in _line_keys(corpus, counted):
        np.add.at(table, _place(keys), 1)
    sites, sizes = np.unique(corpus.keys["site"][counted], return_counts=True)
    pages: dict[int, int] = {}
    site_of: dict[int, int] = {}
    for keys, site in _line_keys(corpus, counted):
        likely = table[_place(keys)] >= settings.min_pages
        for key, owner in zip(keys[likely].tolist(), site[likely].tolist(), strict=True):
            pages[key] = pages.get(key, 0) + 1
            site_of[key] = owner
    size = dict(zip(sites.tolist(), sizes.tolist(), strict=True))
    enough = {key: max(settings.min_pages, settings.min_share * size[site_of[key]]) for key in pages}
    return {key: (count, round(enough[key])) for key, count in pages.items() if count >= enough[key]}


def _line_keys(corpus: Corpus, wanted: NDArray[np.bool_]) -> Iterator[tuple[Hashes, Hashes]]:
    """Yield the keys of lines of the wanted documents, and the sites of these, a batch of documents at a time."""
    row = 0
    for file in corpus.files:
        for batch in file.read(["line_keys"]):
            column = batch["line_keys"]
            owner = row + np.repeat(np.arange(len(column)), np.diff(column.offsets.to_numpy()))
            keep = wanted[owner]
            keys = column.flatten().to_numpy().astype(np.uint64)
            yield keys[keep], corpus.keys["site"][owner[keep]].astype(np.uint64)
            row += len(column)


def _place(keys: Hashes) -> NDArray[np.int64]:
    return (keys >> np.uint64(8)).astype(np.int64) % PLACES


@dataclass(frozen=True, slots=True)
class _Job:
    """A staged file, which of its rows hold template lines, and which lines these are."""

    file: StagedFile
    rows: Rows
    pages: Pages
    settings: Settings


def _jobs(corpus: Corpus, frequent: Pages, settings: Settings) -> Iterator[_Job]:
    if not frequent:
        return
    wanted = np.array(sorted(frequent), np.uint64)
    kept = corpus.kept
    for number, file in enumerate(corpus.files):
        rows, found, row = [], set(), 0
        for batch in file.read(["line_keys"]):
            column = batch["line_keys"]
            keys = column.flatten().to_numpy().astype(np.uint64)
            owner = row + np.repeat(np.arange(len(column)), np.diff(column.offsets.to_numpy()))
            at = np.minimum(np.searchsorted(wanted, keys), len(wanted) - 1)
            held = (wanted[at] == keys) & kept[corpus.starts[number] + owner]
            rows += np.unique(owner[held]).tolist()
            found |= set(keys[held].tolist())
            row += len(column)
        if rows:
            yield _Job(file, np.array(rows, np.int64), {key: frequent[key] for key in found}, settings)


def _recut(child: Child, job: _Job) -> StagedFile | None:
    return child.call(_recut_here, job)


def _recut_here(job: _Job) -> StagedFile | None:
    """Write a staged file again without template lines; None if none goes."""
    carry = job.settings.input.columns.carry
    changed: dict[int, Document] = {}
    for row, told in zip(job.rows.tolist(), job.file.take(job.rows).to_pylist(), strict=True):
        document = from_row(told, carry)
        proposed = list(_template_cuts(document, job.pages, job.settings.templates))
        if proposed:
            cuts = settle(document.repaired, [*document.cuts, *proposed])
            text = remove(document.repaired, cuts)
            changed[row] = judge_quality(dataclasses.replace(document, cuts=cuts, text=text), job.settings)
    if not changed:
        return None
    rows = _replaced(job.file, to_rows(list(changed.values()), carry), list(changed))
    file = dataclasses.replace(job.file, name=f"{job.file.name}.recut")
    file.write(rows, keys_of(rows, job.settings.dedup))
    return file


def _replaced(file: StagedFile, rows: pa.Table, numbers: list[int]) -> pa.Table:
    """Return the rows of a file with some of them replaced."""
    old = pa.Table.from_batches(list(file.read()))
    stays = np.ones(old.num_rows, bool)
    stays[numbers] = False
    return pa.concat_tables([old.filter(pa.array(stays)).cast(rows.schema), rows]).combine_chunks()


def _template_cuts(document: Document, pages: Pages, settings: TemplateSettings) -> Iterator[Cut]:
    keys = line_keys(document.source, document.text)
    prose = [is_prose(document.text[start:end]) and key not in pages for (start, end), key in keys.items()]
    for number, ((start, end), key) in enumerate(keys.items()):
        if key not in pages or end - start < settings.min_chars:
            continue
        count, enough = pages[key]
        surrounded = 0 < number < len(prose) - 1 and prose[number - 1] and prose[number + 1]
        if count >= enough * (settings.surrounded if surrounded else 1):
            first, last = _in_repaired(document, start), _in_repaired(document, end - 1) + 1
            yield Cut(first, last, "templates.line", Reason.SITE_TEMPLATE, f"on {count} pages of {document.source}")


def _in_repaired(document: Document, offset: int) -> int:
    """Return where a character of the clean text stands in the repaired text."""
    for cut in document.cuts:
        if cut.start > offset:
            break
        offset += cut.end - cut.start
    return offset

"""Lines that one site says on many of its pages, and paragraphs that many texts of several sites share.

They are boilerplate in any language, and only the whole corpus shows it. Lines are counted by site, each once a page,
and pages that are exact copies once. A line between two paragraphs may be one that an author likes to write, and goes
only when it is far more frequent (compare the pattern-aware line filter of arXiv 2510.24139; BigScience ROOTS, arXiv
2303.03915, cut lines of 15 characters and more that stood on 10 pages of a site). Paragraphs that sites share, such as
an agency's footer, are counted once for all near copies of a text: what only copies of one story share is no template
but a duplicate.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from ..boilerplate.settle import settle
from ..child import Child
from ..document import Cut, Document, remove
from ..engine import Engine
from ..pipeline import judge_quality
from ..reason import Reason
from ..settings import Settings
from ..settings import Templates as TemplateSettings
from ..text import is_prose
from .documents import Corpus, Rows
from .keys import keys_of, site_key
from .lines import Frequent, frequent_lines, lines_of, on_site
from .rows import from_row, line_keys, to_rows
from .staged import StagedFile


def cut_templates(engine: Engine, corpus: Corpus, settings: Settings) -> Corpus:
    """Return the corpus without template lines. Each cut says on how many pages, or in how many texts, its line is."""
    if not settings.templates.cut:
        return corpus
    frequent = frequent_lines(corpus, settings.templates, settings.dedup)
    if not frequent.pages and not frequent.shared:
        return corpus
    jobs = list(_jobs(corpus, frequent, settings))
    recut = {job.file: file for job, file in engine.map(_recut, jobs) if file}
    return Corpus.of([recut.get(file, file) for file in corpus.files]) if recut else corpus


@dataclass(frozen=True, slots=True)
class _Job:
    """A staged file, which of its rows hold template lines, and which lines these are."""

    file: StagedFile
    rows: Rows
    frequent: Frequent
    settings: Settings


def _jobs(corpus: Corpus, frequent: Frequent, settings: Settings) -> Iterator[_Job]:
    sites = corpus.keys["site"].astype(np.uint64)
    held = np.zeros(len(corpus), bool)
    for keys, rows in lines_of(corpus):
        held[rows[frequent.among(keys, sites[rows])]] = True
    for file, _, numbers in corpus.by_file(np.flatnonzero(held & corpus.kept)):
        yield _Job(file, numbers, frequent, settings)


def _recut(child: Child, job: _Job) -> StagedFile | None:
    return child.insist(_recut_here, job)


def _recut_here(job: _Job) -> StagedFile | None:
    """Write a staged file again without template lines; None if none goes."""
    carry = job.settings.input.columns.carry
    changed: dict[int, Document] = {}
    for row, told in zip(job.rows.tolist(), job.file.take(job.rows).to_pylist(), strict=True):
        document = from_row(told, carry)
        proposed = list(_template_cuts(document, job.frequent, job.settings.templates))
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


def _template_cuts(document: Document, frequent: Frequent, settings: TemplateSettings) -> Iterator[Cut]:
    spans = line_keys(document.text)
    keys = np.array(list(spans.values()), np.uint64)
    sites = np.full(len(keys), site_key(document.source), np.uint64)
    told = zip(spans.items(), on_site(keys, sites).tolist(), frequent.among(keys, sites).tolist(), strict=True)
    lines = [(span, key, on_its_site, is_frequent) for (span, key), on_its_site, is_frequent in told]
    prose = [is_prose(document.text[start:end]) and not is_frequent for (start, end), _, _, is_frequent in lines]
    for number, ((start, end), key, on_its_site, _) in enumerate(lines):
        between = 0 < number < len(prose) - 1 and prose[number - 1] and prose[number + 1]
        more = settings.surrounded if between else 1
        count, enough = frequent.pages.get(on_its_site, (0, 1))
        texts, shared = frequent.shared.get(key, (0, 1))
        if count >= enough * more and end - start >= settings.min_chars:
            yield _cut(document, start, end, Reason.SITE_TEMPLATE, f"on {count} pages of {document.source}")
        elif texts >= shared * more and end - start >= settings.shared_min_chars:
            yield _cut(document, start, end, Reason.SHARED_PARAGRAPH, f"in {texts} texts of several sites")


def _cut(document: Document, start: int, end: int, reason: Reason, evidence: str) -> Cut:
    rule = "templates.line" if reason is Reason.SITE_TEMPLATE else "templates.paragraph"
    return Cut(_in_repaired(document, start), _in_repaired(document, end - 1) + 1, rule, reason, evidence)


def _in_repaired(document: Document, offset: int) -> int:
    """Return where a character of the clean text stands in the repaired text."""
    for cut in document.cuts:
        if cut.start > offset:
            break
        offset += cut.end - cut.start
    return offset

"""The main job: raw files in, a validated release out."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa

from ..dedup import Marks
from ..engine import Engine, EngineName
from ..engine import engine as running
from ..errors import BrokenPromiseError, OutputError
from ..read import Found, check_columns, find
from ..reason import Reason
from ..release import Release
from ..release.card import write_card
from ..release.croissant import write_croissant
from ..release.diff import diff
from ..release.folder import Building, building
from ..release.index import index_schema, read_index, write_index
from ..release.manifest import read_manifest, write_manifest
from ..release.numbers import write_statistics
from ..release.provenance import write_provenance
from ..release.statistics import Statistics, statistics
from ..release.sums import write_sums
from ..release.tables import schema_of
from ..release.template import card_template
from ..report import write_report
from ..review.verdicts import file_of
from ..schema import FOLDERS
from ..settings import Dedup, Settings
from ..validate import Suites, Verdict, choose, validate
from .copies import dedup_keys, mark_copies
from .documents import Corpus
from .inputs import described
from .keys import code_of
from .name import unique_ids
from .previous import drop_known
from .splits import parts_of
from .staged import StagedFile, clear
from .tables import Changes, write_tables
from .takedown import Takedown, take_down
from .tasks import TASK_BYTES, Task, tasks
from .templates import cut_templates
from .work import Job, Outcome, clean_task, stage_unreadable


@dataclass(slots=True)
class Progress:
    """How far a build is; told before the first task and after every one.

    Attributes:
        tasks: parts of the input that are cleaned together.
        tasks_done: how many of them have been.
        read: records read.
        split_off: articles that had been spliced on to them.
        outcomes: documents so far by reason, with ``kept`` for those without one.
    """

    tasks: int = 0
    tasks_done: int = 0
    read: int = 0
    split_off: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)

    def add(self, outcome: Outcome, *, tasks: int = 1) -> None:
        """Count what came of a task."""
        self.tasks_done += tasks
        self.read += outcome.read
        self.split_off += outcome.split_off
        self.outcomes.update(dict(outcome.reasons))


class Watch(Protocol):
    """Who is told how far a build is."""

    def phase(self, name: str) -> None:
        """A part of the work begins."""

    def progress(self, progress: Progress) -> None:
        """Some documents have been cleaned."""

    def tell(self, message: str) -> None:
        """Something is worth knowing."""

    def warn(self, message: str) -> None:
        """Something does not stop the build and is worth knowing."""

    def done(self, known: Statistics, verdict: Verdict) -> None:
        """The release is described by these numbers, and validated with this result."""


class _Nobody:
    def phase(self, name: str) -> None:
        pass

    def progress(self, progress: Progress) -> None:
        pass

    def tell(self, message: str) -> None:
        pass

    def warn(self, message: str) -> None:
        pass

    def done(self, known: Statistics, verdict: Verdict) -> None:
        pass


def build(  # noqa: PLR0913  (each is a choice of its own, and by keyword)
    inputs: Sequence[str | Path] | str | Path,
    output: str | Path,
    *,
    settings: Settings | None = None,
    previous: Sequence[str | Path] | str | Path = (),
    takedown: str | Path | None = None,
    last: str | Path | None = None,
    expectations: str | Path | None = None,
    engine: EngineName = "native",
    overwrite: bool = False,
    watch: Watch | None = None,
) -> Release:
    """Clean all documents of the inputs and publish them as a validated release.

    The release appears whole or not at all. The same inputs and settings give the same bytes, whatever the engine and
    the number of workers.

    Args:
        inputs: folders, files, globs or fsspec addresses; one of them or several.
        output: the release folder, which must not exist unless ``overwrite`` is set.
        settings: see :class:`cleaning.Settings`.
        previous: earlier releases, one or several; documents that they have already are dropped, and the twin is named.
        takedown: a list of ids and addresses, one a line; these documents are left out, with their copies.
        last: the release before this one; what changed since then must be within the bounds of the drift suite.
        expectations: a folder with suites of your own; Python files in it are run. See docs/promises.md.
        engine: ``native`` runs in this process; ``ray`` on a Ray cluster.
        overwrite: replace the release that is there once the new one is complete.
        watch: told how far it is.

    Raises:
        SettingsError: the card's template cannot be used.
        InputError: an input is not there or holds nothing that can be read, or ``takedown`` lists nothing.
        OutputError: the output exists or cannot be written.
        BrokenPromiseError: what was made does not hold its promises. It is kept in ``OUTPUT.refused``.
        ValidationError: the promises could not be checked.
    """
    settings, watch = settings or Settings(), watch or _Nobody()
    with building(Path(output), overwrite=overwrite) as place, running(engine, settings.engine.workers) as workers:
        given = _Given.of(previous, takedown, last, expectations, settings)
        watch.phase("finding inputs")
        # What builds and reviews of this output make is no input of it, where they stand among the inputs.
        made = (place.output, place.refused, file_of(place.output))
        found = find(_listed(inputs), piece_bytes=TASK_BYTES, without=made)
        check_columns(found.pieces, settings.input)
        for suffix, count in found.skipped:
            watch.warn(f"{count} files of unknown kind {suffix or '(no suffix)'} were skipped")
        told, stamps = described(found.pieces)
        staged = _stage(workers, found, tasks(found.pieces, stamps, settings), place.work, settings, watch)
        counts = _tables(workers, staged, given, place, settings, watch)
        _describe(found, told, given, place, counts, settings, watch)
    return Release.open(output)


def _listed(given: Sequence[str | Path] | str | Path) -> list[str | Path]:
    return [given] if isinstance(given, str | Path) else list(given)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Given:
    """What a build is given beside its inputs and settings."""

    previous: tuple[Path, ...]
    takedown: Takedown
    last: Path | None
    suites: Suites | None

    @classmethod
    def of(
        cls,
        previous: Sequence[str | Path] | str | Path,
        takedown: str | Path | None,
        last: str | Path | None,
        expectations: str | Path | None,
        settings: Settings,
    ) -> _Given:
        """Load what can be refused before any work is done."""
        given = cls(
            previous=tuple(map(Path, _listed(previous))),
            takedown=Takedown.read(Path(takedown)) if takedown else Takedown(),
            last=Path(last) if last else None,
            suites=choose(Path(expectations)) if expectations else None,
        )
        for release in given.previous:
            read_index(release, settings.dedup).close()
        card_template(settings.card)
        if given.last:
            read_manifest(given.last)
        return given


@dataclass(frozen=True, slots=True)
class _Staged:
    """Staged files and what they count to."""

    files: tuple[StagedFile, ...]
    read: int
    split_off: int


def _stage(  # noqa: PLR0913, PLR0917
    workers: Engine, found: Found, wanted: Sequence[Task], folder: Path, settings: Settings, watch: Watch
) -> _Staged:
    """Clean all tasks but those that an interrupted build has done already."""
    watch.phase("cleaning")
    files = [StagedFile(folder, task.key) for task in wanted]
    progress = Progress(tasks=len(wanted))
    waiting: list[Job] = []
    for task, file in zip(wanted, files, strict=True):
        if file.is_whole():
            progress.add(Outcome.of(file.read_keys(["reason", "split_off"])))
        else:
            waiting.append(Job(task, folder, settings))
    if progress.tasks_done:
        watch.tell(f"{progress.tasks_done} of {len(wanted)} parts were cleaned by a build that did not end: used again")
    clear(folder, files)
    if found.unreadable:
        file, outcome = stage_unreadable(found.unreadable, folder, settings)
        files.append(file)
        progress.add(outcome, tasks=0)
    watch.progress(progress)  # so that the watch knows what had been done before
    for _, outcome in workers.map(clean_task, waiting):
        progress.add(outcome)
        watch.progress(progress)
    return _Staged(tuple(files), progress.read, progress.split_off)


def _tables(  # noqa: PLR0913, PLR0917
    workers: Engine, staged: _Staged, given: _Given, place: Building, settings: Settings, watch: Watch
) -> dict[str, int]:
    """Write the tables of the release, and return its counts."""
    watch.phase("looking for templates")
    corpus = cut_templates(workers, Corpus.of(staged.files), settings)
    watch.phase("looking for duplicates")
    corpus, parents, ids = unique_ids(corpus)
    shingles = place.work / "shingles"
    corpus, taken, in_vain = take_down(workers, corpus, parents, given.takedown, settings.dedup, shingles)
    if given.takedown.entries:
        watch.tell(f"{len(taken)} documents are taken down, for {len(given.takedown.entries)} entries of the list")
    if in_vain:
        watch.warn(f"the takedown list names no document in line {', '.join(map(str, in_vain))}")
    corpus, twins = drop_known(corpus, dedup_keys(corpus), given.previous, settings.dedup)
    marks = mark_copies(workers, corpus, settings.dedup, shingles)
    watch.phase("writing")
    parts = parts_of(corpus, marks, parents, settings.release)
    write_tables(workers, corpus, Changes(ids, parents, twins, marks, taken, parts), place.path, settings)
    _write_index(corpus, marks, place.path, settings.dedup)
    return _counts(staged, corpus, marks)


def _write_index(corpus: Corpus, marks: Marks, release: Path, dedup: Dedup) -> None:
    """Write what tells the documents that are kept in the end."""
    kept = corpus.kept.copy()
    kept[marks.rows] = False
    rows = corpus.order[kept[corpus.order]]
    names = index_schema(dedup).names
    held = {name: corpus.keys[name][rows] for name in names if name in corpus.keys}
    bands = {name: corpus.column(name)[rows] for name in names if name not in held and name != "id"}
    write_index(release, dedup, {"id": corpus.ids.take(pa.array(rows)), **held, **bands})


def _counts(staged: _Staged, corpus: Corpus, marks: Marks) -> dict[str, int]:
    unreadable = int((corpus.keys["reason"] == code_of(Reason.UNREADABLE)).sum())
    kept = int(corpus.kept.sum()) - len(marks)
    return {
        "read": staged.read,
        "split_off": staged.split_off,
        "kept": kept,
        "dropped": len(corpus) - kept - unreadable,
        "unreadable": unreadable,
    }


def _describe(  # noqa: PLR0913, PLR0917  (what was found, what came of it, and where it goes)
    found: Found,
    told: list[dict[str, Any]],
    given: _Given,
    place: Building,
    counts: dict[str, int],
    settings: Settings,
    watch: Watch,
) -> None:
    """Write what says what the tables are, after checking that they are it."""
    folder = place.path
    skipped = [{"suffix": suffix, "files": count} for suffix, count in found.skipped]
    write_manifest(
        folder,
        counts=counts,
        inputs=told,
        settings=settings,
        skipped=skipped,
        previous=given.previous,
        takedown=given.takedown.told(),
    )
    known = statistics(folder, counts)
    write_statistics(folder, known)
    watch.phase("validating")
    verdict = validate(folder, results=folder / "validation", expectations=given.suites, last=given.last)
    if not verdict.holds:
        refused = place.refuse()
        raise BrokenPromiseError(_refusal(verdict, refused), refused, verdict)
    for promise in verdict.warnings:
        watch.warn(f"{promise.name}: {promise.unexpected} of {promise.evaluated} ({', '.join(promise.ids[:3])} …)")
    watch.phase("describing")
    judged = json.loads(verdict.to_json())
    configs = {config: schema_of(folder, config) for config in FOLDERS}
    unsaid = write_card(folder, known, judged, settings, configs)
    if unsaid:
        watch.warn(f"the card leaves gaps that only you can fill: {', '.join(unsaid)}")
    write_croissant(folder, known, settings)
    write_provenance(folder)
    write_report(folder, known, judged, settings, _since(given.last, folder, watch))
    write_sums(folder)
    watch.done(known, verdict)


def _since(last: Path | None, release: Path, watch: Watch) -> dict[str, int | str] | None:
    """Return what changed since the last release, if more of it is here than its numbers."""
    if last is None or not (last / FOLDERS["default"]).is_dir():
        return None
    try:
        return diff(last, release).in_short()
    except OutputError as error:  # its numbers are enough for drift, and the release is none the worse
        watch.warn(f"the report does not say what changed since the last release: {error}")
        return None


def _refusal(verdict: Verdict, where: Path) -> str:
    broken = [
        f"{promise.name}: {promise.unexpected} of {promise.evaluated}, such as {', '.join(promise.ids[:5])}"
        f" ({promise.meaning})"
        for promise in verdict.broken
    ]
    return "\n  ".join([f"nothing is published: promises are broken; what was made is in {where}", *broken])

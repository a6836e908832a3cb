"""The main job: raw files in, a validated release out."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa

from ..dedup import Mark, find_copies
from ..engine import EngineName, batches, start
from ..errors import BrokenPromiseError
from ..read import Found, Piece, check_columns, find
from ..release import Release
from ..release.card import write_card
from ..release.croissant import write_croissant
from ..release.folder import Building, building
from ..release.manifest import write_manifest
from ..release.parquet import write_table
from ..release.statistics import Statistics, statistics
from ..release.sums import write_sums
from ..release.tables import schema_of
from ..report import write_report
from ..schema import FOLDERS
from ..settings import Settings
from ..validate import Verdict, validate
from .name import unique_ids
from .rows import staged_schema, to_rows
from .source import RawSource
from .stage import Progress, Staged, stage
from .tables import release_tables
from .templates import cut_templates
from .work import cleaned, unreadable


class Watch(Protocol):
    """Who is told how far a build is."""

    def phase(self, name: str) -> None:
        """A part of the work begins."""

    def progress(self, progress: Progress) -> None:
        """A batch of documents has been cleaned."""

    def warn(self, message: str) -> None:
        """Something does not stop the build and is worth knowing."""

    def done(self, known: Statistics, verdict: Verdict) -> None:
        """The release is described by these numbers, and validated with this result."""


class _Nobody:
    def phase(self, name: str) -> None:
        pass

    def progress(self, progress: Progress) -> None:
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
        engine: ``native`` runs in this process; ``ray`` on a Ray cluster.
        overwrite: replace the release that is there once the new one is complete.
        watch: told how far it is.

    Raises:
        InputError: an input is not there or holds nothing that can be read.
        OutputError: the output exists or cannot be written.
        BrokenPromiseError: what was made does not hold its promises. It is kept in ``OUTPUT.refused``.
        ValidationError: the promises could not be checked.
    """
    settings, watch = settings or Settings(), watch or _Nobody()
    wanted = [inputs] if isinstance(inputs, str | Path) else list(inputs)
    with building(Path(output), overwrite=overwrite) as place:
        watch.phase("finding inputs")
        found = find(wanted)
        check_columns(found.pieces, settings.input)
        for suffix, count in found.skipped:
            watch.warn(f"{count} files of unknown kind {suffix or '(no suffix)'} were skipped")
        counts = _tables(found, place.path, settings, engine, watch)
        _describe(found, place, counts, settings, watch)
    return Release.open(output)


def _tables(found: Found, folder: Path, settings: Settings, engine: EngineName, watch: Watch) -> dict[str, int]:
    """Write the tables of the release, and return its counts."""
    daft = start(engine)
    work, carry = folder / ".work", settings.input.columns.carry
    watch.phase("cleaning")
    staged = stage(_cleaned(daft, found, settings), staged_schema(carry), work, watch.progress)
    watch.phase("looking for templates")
    staged = cut_templates(daft, staged, settings)
    watch.phase("looking for duplicates")
    ids = unique_ids(staged.keys)
    kept = staged.keys.filter(staged.keys["reason"].is_null())
    marks = find_copies(daft, staged.documents(daft), _with_ids(kept, ids[0]), settings.dedup)
    watch.phase("writing")
    for config, (schema, rows) in release_tables(daft, staged, marks, ids, carry).items():
        write_table(folder / FOLDERS[config], schema, rows, settings.release)
    shutil.rmtree(work)
    return _counts(staged, marks)


def _cleaned(daft: Any, found: Found, settings: Settings) -> Iterator[pa.RecordBatch]:
    """Yield staged rows in whatever order they are done."""
    schema = staged_schema(settings.input.columns.carry)
    if found.unreadable:
        lost = [unreadable(item.origin, item.message) for item in found.unreadable]
        yield from to_rows(lost, settings.input.columns.carry).to_batches()
    workers = settings.engine.workers or os.cpu_count() or 1
    table = RawSource(found.pieces, settings.input).read()
    lists = table.select(cleaned(settings, workers).alias("documents")).explode("documents")
    rows = lists.select(daft.functions.unnest(daft.col("documents"))).select(*schema.names)
    yield from batches(rows)


def _with_ids(keys: pa.Table, ids: dict[int, str]) -> pa.Table:
    rows, old = keys["row"].to_pylist(), keys["id"].to_pylist()
    renamed = pa.array([ids.get(row, name) for row, name in zip(rows, old, strict=True)], pa.string())
    return keys.set_column(keys.schema.get_field_index("id"), "id", renamed)


def _counts(staged: Staged, marks: Sequence[Mark]) -> dict[str, int]:
    progress = staged.progress
    unreadable_count = progress.outcomes["unreadable"]
    kept = progress.outcomes["kept"] - len(marks)
    return {
        "read": progress.read,
        "split_off": progress.split_off,
        "kept": kept,
        "dropped": progress.read + progress.split_off - kept - unreadable_count,
        "unreadable": unreadable_count,
    }


def _describe(found: Found, place: Building, counts: dict[str, int], settings: Settings, watch: Watch) -> None:
    """Write what says what the tables are, after checking that they are it."""
    folder = place.path
    skipped = [{"suffix": suffix, "files": count} for suffix, count in found.skipped]
    write_manifest(folder, counts=counts, inputs=_inputs(found.pieces), settings=settings, skipped=skipped)
    watch.phase("validating")
    verdict = validate(folder, results=folder / "validation")
    if not verdict.holds:
        raise BrokenPromiseError(_refusal(verdict, place.refuse()))
    for promise in verdict.warnings:
        watch.warn(f"{promise.name}: {promise.unexpected} of {promise.evaluated} ({', '.join(promise.ids[:3])} …)")
    watch.phase("describing")
    known, told = statistics(folder, counts), json.loads(verdict.to_json())
    configs = {config: schema_of(folder, config) for config in FOLDERS}
    unsaid = write_card(folder, known, told, settings, configs)
    if unsaid:
        watch.warn(f"the card leaves gaps that only you can fill: {', '.join(unsaid)}")
    write_croissant(folder, known, settings)
    write_report(folder, known, told, settings)
    write_sums(folder)
    watch.done(known, verdict)


def _refusal(verdict: Verdict, where: Path) -> str:
    broken = [
        f"{promise.name}: {promise.unexpected} of {promise.evaluated}, such as {', '.join(promise.ids[:5])}"
        f" ({promise.meaning})"
        for promise in verdict.broken
    ]
    return "\n  ".join([f"nothing is published: promises are broken; what was made is in {where}", *broken])


def _inputs(pieces: Sequence[Piece]) -> list[dict[str, Any]]:
    """Return what identifies each input file: its bytes' digest, or only its size where they cannot be read here."""
    files: dict[tuple[str, str], int] = {}
    for piece in pieces:
        files[piece.origin, piece.path] = files.get((piece.origin, piece.path), 0) + piece.size_bytes
    return [_input(origin, path, size) for (origin, path), size in sorted(files.items())]


def _input(origin: str, path: str, size: int) -> dict[str, Any]:
    try:
        with Path(path).open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            return {"origin": origin, "bytes": os.fstat(file.fileno()).st_size, "sha256": digest}
    except OSError:  # an address, or a file that is gone or forbidden: its row in `dropped` says so
        return {"origin": origin, "bytes": size}

"""What a worker does with a task: raw records in, staged documents out."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa

from ..child import Child, DiedError, limit_memory, orphaned, place
from ..collector import collector_waits
from ..document import Document, Dropped, Raw
from ..errors import CleaningError, RecordError
from ..personal import hide
from ..pipeline import clean, judge_all
from ..read import Unreadable, records
from ..reason import Reason
from ..settings import Settings
from .keys import KEPT, keys_of, reason_of
from .rows import staged_schema, to_rows
from .staged import StagedFile
from .tasks import Task

# Documents that are measured and made rows of together, unless they are large.
ROWS, CHARS = 256, 2_000_000

# While a record is being read, and not yet cleaned, its number is this much less.
_READING = -(1 << 40)


@dataclass(frozen=True, slots=True)
class Lost:
    """A record that cost a worker its life: it is not tried again.

    Attributes:
        piece: the number of its piece in the task.
        number: its number in the piece, from 0; all after it are lost too if it could not even be read.
        reading: whether it was being read, and not yet cleaned.
        message: what happened.
    """

    piece: int
    number: int
    reading: bool
    message: str


@dataclass(frozen=True, slots=True)
class Job:
    """A task with what is needed to do it."""

    task: Task
    folder: Path
    settings: Settings
    lost: tuple[Lost, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many documents came of a task.

    Attributes:
        read: records read.
        split_off: articles that had been spliced on to them.
        reasons: documents by reason, with ``kept`` for those without one.
    """

    read: int = 0
    split_off: int = 0
    reasons: tuple[tuple[str, int], ...] = ()

    @classmethod
    def of(cls, keys: pa.Table) -> Outcome:
        """Count documents by their keys."""
        articles = sum(keys["split_off"].to_pylist())
        counts = Counter(keys["reason"].to_pylist())
        reasons = ((reason_of(code).value if code != KEPT else "kept", count) for code, count in counts.items())
        return cls(keys.num_rows - articles, articles, tuple(sorted(reasons)))


def clean_task(child: Child, job: Job) -> Outcome:
    """Clean a task in a child process, as often as it takes to get past what kills the child.

    A record that takes more computing than it may is lost. One that the child dies of in another way is tried once
    more first: somebody else may have killed it.
    """
    suspected: tuple[int, int] | None = None
    while True:
        try:
            return child.insist(clean_here, job)
        except DiedError as died:
            if died.in_time and died.at != suspected:
                suspected = died.at
            else:
                job = replace(job, lost=(*job.lost, _lost(died, job.settings)))


def _lost(died: DiedError, settings: Settings) -> Lost:
    piece, number = died.at or (0, 0)
    if died.in_time:
        doing = "read" if number < 0 else "cleaned"
        message = f"the worker that {doing} it ended, and again when it was retried: {died.why}"
    else:
        message = f"took more than {settings.input.max_seconds:g} seconds; the bound is input.max_seconds"
    return Lost(piece, number - _READING if number < 0 else number, number < 0, message)


def clean_here(job: Job) -> Outcome:
    """Clean a task in this process, and stage what comes of it."""
    limit_memory(job.settings.input.max_memory_mb)
    with collector_waits():
        return _cleaned(job)


def _cleaned(job: Job) -> Outcome:
    carry = job.settings.input.columns.carry
    rows = [staged_schema(carry).empty_table()]
    waiting: list[Document] = []
    chars = 0
    for documents in _outcomes(job):
        waiting += documents
        chars += sum(len(document.text) for document in documents)
        if len(waiting) >= ROWS or chars >= CHARS:
            rows.append(to_rows(judge_all(waiting, job.settings.quality), carry))
            waiting, chars = [], 0
            gc.collect(1)  # what has been made meanwhile
        if orphaned():
            raise CleaningError("nobody waits for this any more")
    rows.append(to_rows(judge_all(waiting, job.settings.quality), carry))
    return stage(StagedFile(job.folder, job.task.key), pa.concat_tables(rows), job.settings)


def stage(file: StagedFile, rows: pa.Table, settings: Settings) -> Outcome:
    """Write staged rows and their keys, and say what they are."""
    rows = rows.combine_chunks()
    keys = keys_of(rows, settings.dedup)
    file.write(rows, keys)
    return Outcome.of(keys)


def _outcomes(job: Job) -> Iterator[list[Document]]:
    for number in range(len(job.task.pieces)):
        yield from _of_piece(job, number)


def _of_piece(job: Job, piece: int) -> Iterator[list[Document]]:
    lost = {(item.number, item.reading): item for item in job.lost if item.piece == piece}
    found = iter(records(job.task.pieces[piece], job.settings.input))
    number = 0
    while True:
        if (number, True) in lost:
            yield [unreadable(job.task.pieces[piece].origin, lost[number, True].message)]
            return
        place.begins(piece, number + _READING)
        record = next(found, None)
        place.ends()
        if record is None:
            return
        if (number, False) in lost:
            yield [unreadable(record.origin, lost[number, False].message)]
        else:
            place.begins(piece, number, job.settings.input.max_seconds)
            documents = outcome(record, job.settings)
            place.ends()
            yield documents
        number += 1


def outcome(record: Raw | Unreadable, settings: Settings) -> list[Document]:
    """Return the documents that come of a record: itself first, then the articles split off from it.

    A record that cannot be decoded or extracted becomes a document without id, dropped as unreadable. Anything else
    that goes wrong is a bug and stops the build; the message names the record.
    """
    if isinstance(record, Unreadable):
        return [unreadable(record.origin, hide(record.message, settings.personal))]
    try:
        document = clean(record, settings)
    except RecordError as error:
        return [unreadable(record.origin, hide(str(error), settings.personal))]
    except MemoryError:
        message = f"took more than {settings.input.max_memory_mb} MB of memory; the bound is input.max_memory_mb"
        return [unreadable(record.origin, message)]
    except Exception as error:
        raise CleaningError(f"{record.origin}: cleaning failed, and this is a bug: {error!r}") from error
    return [document, *document.split_off]


def unreadable(origin: str, message: str) -> Document:
    """Return the document that stands for a record that could not be read."""
    return Document(repaired="", text="", origin=origin, dropped=Dropped(Reason.UNREADABLE, message))


def stage_unreadable(found: Iterable[Unreadable], folder: Path, settings: Settings) -> tuple[StagedFile, Outcome]:
    """Stage what could not even be listed."""
    file = StagedFile(folder, "unreadable")
    documents = [unreadable(item.origin, item.message) for item in found]
    return file, stage(file, to_rows(documents, settings.input.columns.carry), settings)

"""An engine that works in the test's own process, and a corpus staged by it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

from cleaning.child import Child
from cleaning.corpus.documents import Corpus
from cleaning.corpus.rows import from_row, to_rows
from cleaning.corpus.staged import StagedFile
from cleaning.corpus.work import stage
from cleaning.document import Document
from cleaning.settings import Settings

T = TypeVar("T")
R = TypeVar("R")


class ThisProcess(Child):
    """A child that is none."""

    def call(self, work: Callable[[T], R], item: T) -> R:
        """Do the work."""
        return work(item)


class Here:
    """See :class:`cleaning.engine.Engine`."""

    def map(self, work: Callable[[Child, T], R], items: Sequence[T]) -> Iterator[tuple[T, R]]:
        for item in items:
            yield item, work(ThisProcess(), item)


def staged(folder: Path, documents: Sequence[Document], settings: Settings | None = None, *, files: int = 1) -> Corpus:
    """Return documents as a staged corpus of some files, dealt out in turn."""
    folder.mkdir(parents=True, exist_ok=True)
    made = [StagedFile(folder, f"{number}") for number in range(files)]
    for number, file in enumerate(made):
        stage(file, to_rows(documents[number::files]), settings or Settings())
    return Corpus.of(made)


def rows_of_corpus(corpus: Corpus) -> list[dict[str, Any]]:
    """Return all staged rows, in the order of the corpus."""
    return [row for file in corpus.files for batch in file.read() for row in batch.to_pylist()]


def documents_of(corpus: Corpus) -> dict[str, Document]:
    """Return all documents by id."""
    return {row["id"]: from_row(row) for row in rows_of_corpus(corpus)}

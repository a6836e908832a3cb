"""A Parquet file of texts without its copies, by this package: the only place here that calls its deduplication."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import blake2b
from itertools import pairwise
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from against_input import Writer

from cleaning.corpus.copies import mark_copies
from cleaning.corpus.documents import Corpus
from cleaning.corpus.keys import keys_of
from cleaning.corpus.staged import StagedFile
from cleaning.engine import engine
from cleaning.settings import Dedup
from cleaning.words import Words, in_chunks

# Documents that are read at a time.
GROUP = 2_000


def write_without_copies(path: Path, folder: Path, settings: Dedup) -> int:
    """Write the texts that are kept to `kept/`, and return how many there are. Headlines and dates are not looked at.

    As in a build, the texts are staged in files, and only a few values of each are held in memory.
    """
    dropped = _copies(_stage(path, folder / "staged", settings), folder / "shingles", settings)
    (folder / "kept").mkdir()
    kept = 0
    with Writer(folder / "kept" / "documents.parquet") as writer:
        for batch in pq.ParquetFile(path).iter_batches(GROUP, columns=["id", "text"]):
            table = pa.Table.from_batches([batch])
            table = table.filter(pc.invert(pc.is_in(table["id"].cast(pa.large_string()), dropped)))
            kept += len(table)
            writer.write(table)
    return kept


def _copies(files: Sequence[StagedFile], folder: Path, settings: Dedup) -> pa.Array:
    """Return the ids of the texts that are dropped."""
    corpus = Corpus.of(files)
    with engine(workers=1) as workers:
        marks = mark_copies(workers, corpus, settings, folder)
    return corpus.ids.take(pa.array(marks.rows))


def _stage(path: Path, folder: Path, settings: Dedup) -> list[StagedFile]:
    """Write the texts to staged files, with what the whole corpus needs to know of each beside them."""
    folder.mkdir()
    files = []
    for number, batch in enumerate(pq.ParquetFile(path).iter_batches(GROUP, columns=["id", "text"])):
        rows = _rows(batch)
        files.append(StagedFile(folder, f"{number:06d}"))
        files[-1].write(rows.select(["id", "text", "title"]), keys_of(rows, settings))
    return files


def _rows(batch: pa.RecordBatch) -> pa.Table:
    """Return texts as rows of which nothing is known but the text."""
    texts = batch["text"].to_pylist()
    nothing = pa.nulls(len(batch), pa.string())
    return pa.table({
        "id": batch["id"].cast(pa.large_string()),
        "text": pa.array(texts, pa.large_string()),
        "n_chars": pa.array(map(len, texts), pa.int64()),
        "digest": pa.array(_digests(texts), pa.string()),
        **dict.fromkeys(("origin", "title", "date", "source", "reason", "parent_id"), nothing),
    })  # fmt: skip


def _digests(texts: Sequence[str]) -> Iterator[str]:
    """Yield what texts share that have the same words, as :func:`cleaning.quality.measures` tells it."""
    for chunk in in_chunks(texts):
        words = Words.of(chunk)
        hashes = words.hashes.astype("<u8")
        for start, end in pairwise(words.offsets.tolist()):
            yield blake2b(hashes[start:end].tobytes(), digest_size=16).hexdigest()

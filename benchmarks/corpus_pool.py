"""What a made corpus is made of: the sentences, headlines, dates and lengths of real articles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from cleaning.text import has_unspaced, words

# Words of a sentence that is taken, and words that a new text has at least: then no sentence is most of a text.
SENTENCE, SHORTEST = (8, 40), 100

# Sentences that are held at most, which bounds the memory; what comes later in the file is not read.
MOST = 500_000

# Fewer sentences than this would meet again and again in texts that should have nothing in common.
FEWEST = 1_000

_SENTENCE_END = re.compile(r"(?<=[.!?؟۔।])\s+|(?<=[。！？])|\n+")


@dataclass(slots=True)
class Pool:
    """What new texts are drawn from.

    Attributes:
        sentences: each with the number of its words, and with the space after it if its script has spaces; no two of
            them have the same words.
        lengths: words of each article, so that new texts are as long as real ones.
        titles: headlines, as words.
        dates: as they are written in the file.
    """

    sentences: list[tuple[str, int]] = field(default_factory=list)
    lengths: list[int] = field(default_factory=list)
    titles: list[list[str]] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)


def read_pool(path: Path, *, text: str = "text", title: str = "title", date: str = "date") -> Pool:
    """Read articles, row group by row group, until there are sentences enough.

    Args:
        path: a Parquet file.
        text: its column with the text.
        title: the one with the headline; it may be missing.
        date: the one with the date; it may be missing.

    Raises:
        SystemExit: there is no such column of texts, or too little in it.
    """
    pool, seen = Pool(), set[str]()
    for article in _articles(path, text, [title, date]):
        if len(pool.sentences) >= MOST:
            break
        _add(pool, seen, article[text])
        if article.get(title):
            pool.titles.append(article[title].split())
        if article.get(date):
            pool.dates.append(str(article[date]))
    if len(pool.sentences) < FEWEST:
        raise SystemExit(f"{path}: only {len(pool.sentences)} sentences of {SENTENCE[0]} to {SENTENCE[1]} words")
    return pool


def _articles(path: Path, text: str, others: list[str]) -> Iterator[dict[str, Any]]:
    file = pq.ParquetFile(path)
    names = file.schema_arrow.names
    if text not in names:
        raise SystemExit(f"{path}: no column {text!r}; there are {', '.join(names)}")
    for batch in file.iter_batches(1_000, columns=[text, *(name for name in others if name in names)]):
        yield from (article for article in batch.to_pylist() if article[text])


def _add(pool: Pool, seen: set[str], text: str) -> None:
    length = 0
    for part in _SENTENCE_END.split(text):
        sentence = " ".join(part.split())
        found = words(sentence.casefold())
        length += len(found)
        key = " ".join(found)
        if SENTENCE[0] <= len(found) <= SENTENCE[1] and key not in seen:
            seen.add(key)
            pool.sentences.append((sentence if has_unspaced(sentence) else f"{sentence} ", len(found)))
    pool.lengths.append(max(length, SHORTEST))

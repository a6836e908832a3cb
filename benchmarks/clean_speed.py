"""How fast texts and pages are cleaned, on one core, beside trafilatura on the same pages in the same run.

    python benchmarks/clean_speed.py                     # made-up articles in the languages of the test cases
    python benchmarks/clean_speed.py pages.parquet       # a column `html`: pages; or else `text`: texts

A page goes through each of the ways below before the next page comes, so that what else the machine does disturbs all
of them alike. "of all" compares the sums of their times, "a page" is the median of the pages' own ratios. The texts are
cleaned once before, so that rules, patterns and models are loaded: a language takes up to a second when its first text
comes. What is told of a document when it is asked for (`dropped`, `signals`) is measured apart.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

# One core is what is measured; NumPy would take all of them.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import pyarrow.parquet as pq
import trafilatura

from cleaning import Settings, clean_html, clean_text
from cleaning.decode import decode
from cleaning.html import read_quickly

STORIES = Path(__file__).parents[1] / "tests" / "cases" / "boilerplate" / "prose.json"
MADE_UP = 400
FAST = Settings.of({"extract": {"mode": "fast"}})

Document = dict[str, Any]
WAYS: dict[str, tuple[str, Callable[[Any], object]]] = {
    "trafilatura": ("html", lambda html: trafilatura.extract(html, include_comments=False)),
    "clean_html": ("html", clean_html),
    "clean_html, fast": ("html", lambda html: clean_html(html, settings=FAST)),
    "clean_text of the whole page": ("rendered", clean_text),
    "clean_text of trafilatura's text": ("extracted", clean_text),
    "clean_text": ("text", clean_text),
    "clean_text, dropped asked for": ("text", lambda text: clean_text(text).dropped),
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("parquet", nargs="?", type=Path, help="a file with a column `html` or `text`")
    parser.add_argument("--limit", type=int, default=1000, help="so many documents at most")
    parser.add_argument("--repeat", type=int, default=3, help="the fastest of so many times counts")
    arguments = parser.parse_args()
    documents = read(arguments.parquet, arguments.limit)
    ways = {name: way for name, way in WAYS.items() if way[0] in documents[0]}
    for column, work in ways.values():
        for document in documents:
            work(document[column])
    seconds = [
        [fastest(work, document[column], arguments.repeat) for column, work in ways.values()] for document in documents
    ]
    report(ways, documents, seconds)


def read(path: Path | None, limit: int) -> list[Document]:
    """Return documents by the columns that are measured; without a file, made-up texts."""
    if path is None:
        stories = json.loads(STORIES.read_text("utf-8")).values()
        texts = ["\n\n".join([story["headline"], *story["paragraphs"] * 3]) for story in stories]
        return [{"text": text} for text in (texts * (MADE_UP // len(texts) + 1))[: min(limit, MADE_UP)]]
    file = pq.ParquetFile(path)
    column = "html" if "html" in file.schema_arrow.names else "text"
    values = [value for value in file.read([column]).column(column).to_pylist() if value][:limit]
    return [of_page(value) if column == "html" else {"text": value} for value in values]


def of_page(html: bytes | str) -> Document:
    """Return a page, all that it shows as plain text, and what trafilatura takes for its main text."""
    rendered = read_quickly(decode(html, is_html=True).text).text
    return {"html": html, "rendered": rendered, "extracted": trafilatura.extract(html, include_comments=False) or ""}


def fastest(work: Callable[[Any], object], content: object, repeat: int) -> float:
    """Return the seconds of processor time that a document takes, at best."""
    return min(once(work, content) for _ in range(repeat))


def once(work: Callable[[Any], object], content: object) -> float:
    """Return the seconds of processor time that a document takes, once."""
    start = time.process_time()
    work(content)
    return time.process_time() - start


def report(
    ways: dict[str, tuple[str, Callable[[Any], object]]], documents: Sequence[Document], seconds: list[list[float]]
) -> None:
    """Print a line for each way; the first one is what the others are compared with."""
    print(f"{'what':34}{'documents':>10}{'KB each':>9}{'ms each':>9}{'MB/s':>8}{'of all':>9}{'a page':>9}")
    of_ways = list(zip(*seconds, strict=True))
    for (name, (column, _)), taken in zip(ways.items(), of_ways, strict=True):
        size, total = sum(map(size_of, (document[column] for document in documents))), sum(taken)
        share = statistics.median(time / beside for time, beside in zip(taken, of_ways[0], strict=True))
        print(
            f"{name:34}{len(documents):10}{size / len(documents) / 1e3:9.1f}{total / len(documents) * 1e3:9.3f}"
            f"{size / total / 1e6:8.2f}{total / sum(of_ways[0]):9.3f}{share:9.3f}"
        )
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if mac() else 2**10):.0f} MB")


def size_of(content: bytes | str) -> int:
    """Return how many bytes a document has, as UTF-8."""
    return len(content if isinstance(content, bytes) else content.encode("utf-8", "replace"))


def mac() -> bool:
    """Whether the system tells memory in bytes."""
    return sys.platform == "darwin"


if __name__ == "__main__":
    main()

"""How fast texts and pages are cleaned, on one core, beside trafilatura on the same pages in the same run.

    python benchmarks/clean_speed.py                     # made-up articles in the languages of the test cases
    python benchmarks/clean_speed.py pages.parquet       # a column `html`: pages; or else `text`: texts

Texts that were never a page are cleaned as they are. Pages are cleaned as HTML, and what trafilatura takes out of them
is cleaned as text. What is told of a document when it is asked for (`dropped`, `signals`) is measured apart.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import trafilatura

from cleaning import clean_html, clean_text

STORIES = Path(__file__).parents[1] / "tests" / "cases" / "boilerplate" / "prose.json"
MADE_UP = 400


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("parquet", nargs="?", type=Path, help="a file with a column `html` or `text`")
    parser.add_argument("--limit", type=int, default=1000, help="so many documents at most")
    parser.add_argument("--repeat", type=int, default=3, help="the fastest of so many runs counts")
    arguments = parser.parse_args()
    column, documents = read(arguments.parquet, arguments.limit)
    print(f"{'what':34}{'documents':>10}{'KB each':>9}{'ms each':>9}{'MB/s':>8}")
    if column == "html":
        extractor = measure("trafilatura", trafilatura_text, documents, arguments.repeat)
        cleaner = measure("clean_html", clean_html, documents, arguments.repeat)
        print(f"clean_html takes {cleaner / extractor:.2f} times as long as trafilatura")
        documents = [trafilatura_text(page) for page in documents]
    cleaner = measure("clean_text", clean_text, documents, arguments.repeat)
    measure("clean_text, dropped asked for", lambda text: clean_text(text).dropped, documents, arguments.repeat)
    if column == "html":
        print(f"clean_text takes 1/{extractor / cleaner:.0f} of trafilatura's time a page")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if mac() else 2**10):.0f} MB")


def read(path: Path | None, limit: int) -> tuple[str, list[Any]]:
    """Return the name of the column and what it holds; without a file, made-up texts."""
    if path is None:
        stories = json.loads(STORIES.read_text("utf-8")).values()
        texts = ["\n\n".join([story["headline"], *story["paragraphs"] * 3]) for story in stories]
        return "text", (texts * (MADE_UP // len(texts) + 1))[: min(limit, MADE_UP)]
    file = pq.ParquetFile(path)
    column = "html" if "html" in file.schema_arrow.names else "text"
    values = file.read([column]).column(column).to_pylist()
    return column, [value for value in values if value][:limit]


def measure(name: str, work: Callable[[Any], object], documents: Sequence[Any], repeat: int) -> float:
    """Print and return the seconds of processor time that a document takes."""
    for document in documents[:20]:  # what is loaded at first use is no part of it
        work(document)
    seconds = min(once(work, documents) for _ in range(repeat)) / len(documents)
    size = sum(len(d if isinstance(d, bytes) else d.encode("utf-8", "replace")) for d in documents) / len(documents)
    print(f"{name:34}{len(documents):10}{size / 1e3:9.1f}{seconds * 1e3:9.3f}{size / seconds / 1e6:8.2f}")
    return seconds


def once(work: Callable[[Any], object], documents: Sequence[Any]) -> float:
    """Return the seconds of processor time that all documents take, once."""
    start = time.process_time()
    for document in documents:
        work(document)
    return time.process_time() - start


def trafilatura_text(html: bytes | str) -> str:
    """Return what trafilatura takes for the main text."""
    return trafilatura.extract(html, include_comments=False) or ""


def mac() -> bool:
    """Whether the system tells memory in bytes."""
    return sys.platform == "darwin"


if __name__ == "__main__":
    main()

"""A small release in which every promise holds, made of plain rows that a test can then spoil."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from cleaning.schema import CONFIGS, FOLDERS
from cleaning.settings import Settings
from cleaning.text import words

Row = dict[str, Any]


@dataclass
class Made:
    """The rows of each config, the manifest, and the schemas that the files are written with."""

    rows: dict[str, list[Row]]
    manifest: dict[str, Any]
    schemas: dict[str, pa.Schema] = field(default_factory=lambda: dict(CONFIGS))

    def document(self, name: str) -> Row:
        """Return the clean document with an id."""
        return next(row for row in self.rows["default"] if row["id"] == name)

    def dropped(self, name: str | None) -> Row:
        """Return the row of `dropped` with an id."""
        return next(row for row in self.rows["dropped"] if row["id"] == name)

    def count(self, **changes: int) -> None:
        """Add to the counts of the manifest."""
        for name, change in changes.items():
            self.manifest["counts"][name] += change

    def put(self, row: Row, at: int | None = None) -> None:
        """Add a clean document that was read."""
        self.rows["default"].insert(len(self.rows["default"]) if at is None else at, row)
        self.count(read=1, kept=1)

    def write(self, folder: Path) -> Path:
        """Write the release folder, and return it."""
        for config, rows in self.rows.items():
            write_shards(folder / FOLDERS[config], self.schemas[config], [rows])
        (folder / "manifest.json").write_text(json.dumps(self.manifest), "utf-8")
        return folder


def write_shards(folder: Path, schema: pa.Schema, shards: Sequence[list[Row]]) -> None:
    """Write rows as the Parquet files of one config."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, rows in enumerate(shards):
        path = folder / f"train-{number:05d}-of-{len(shards):05d}.parquet"
        pq.write_table(pa.Table.from_pylist(rows, schema=schema), path)


def document(name: str, text: str, removed: int = 0, **given: Any) -> Row:
    """Return a clean document with its counts; ``removed`` characters were cut out of it."""
    row: Row = {
        "id": name,
        "origin": f"news/{name}.txt",
        "source": "news.example",
        "title": f"What happened to {name}",
        "text": text,
        "language": "en",
        "language_score": 0.9,
        "date": "2024-02-29",
        "captions": [],
        "n_chars": len(text),
        "n_words": len(words(text)),
        "n_chars_repaired": len(text) + removed,
    }
    return {**row, **given}


def span(name: str, start: int, text: str, **given: Any) -> Row:
    """Return a row of `removed`."""
    row = {"id": name, "start": start, "end": start + len(text), "rule": "en.share-bar", "reason": "share-bar"}
    return {**row, "text": text, **given}


def good() -> Made:
    """Return a release of four clean documents, two dropped ones and a record that could not be read.

    ``flood`` lost two spans and was repaired; ``talks`` had ``talks.2`` spliced on; ``copy`` was a copy of ``rain``.
    """
    second = "تبدأ المقالة الثانية حيث تنتهي الأولى، وهي عن شيء آخر، تماما لا علاقة له بها البتة."
    kept = [
        document("flood", "The river rose for three days.\n\nNobody was hurt, the ministry said.", removed=20),
        document("rain", "It rained in the north, where it had not rained since the spring.", title=None, date=None),
        document("talks", "The talks go on in Geneva, a diplomat said.", removed=len(second) + 2),
        document("talks.2", second, parent_id="talks", language="ar", language_score=1.0),
    ]
    removed = [
        span("flood", 0, "Share this\n"),
        span("flood", 41, "\n\n[ad_12]", rule="common.shortcode", reason="advertisement"),
        span("talks", 43, "\n\n" + second, rule="splice", reason="spliced-article"),
    ]
    dropped: list[Row] = [
        {"id": "copy", "origin": "news/copy.txt", "reason": "near-duplicate", "kept_id": "rain", "similarity": 0.93},
        {"id": "short", "origin": "news/short.txt", "reason": "too-short", "text": "Short."},
        {"id": None, "origin": "news/torn.gz", "reason": "unreadable", "text": ""},
    ]
    repairs: list[Row] = [
        {"id": "flood", "number": 0, "round": 1, "start": 5, "end": 6, "rule": "space.no-break", "before": "\xa0"},
        {"id": "short", "number": 0, "round": 1, "start": 0, "end": 1, "rule": "space.no-break", "before": "\xa0"},
    ]
    settings = Settings.of({"quality": {"min_chars": 1, "min_words": 0, "languages": ["en", "ar"]}})
    counts = {"read": 6, "kept": 4, "split_off": 1, "dropped": 2, "unreadable": 1}
    return Made(
        {"default": kept, "removed": removed, "dropped": dropped, "repairs": repairs},
        {"counts": counts, "settings": settings.model_dump()},
    )

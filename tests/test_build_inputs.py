"""Inputs of every kind in one build: each gives its document, and who watches is told how far it is."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from corpora import Row, article, rows_of

import cleaning
from cleaning.settings import Settings
from cleaning.text import words

SETTINGS = Settings.of({"input": {"columns": {"carry": ["section"]}}, "engine": {"workers": 1}})


def delimited(rows: list[Row], delimiter: str) -> bytes:
    written = io.StringIO()
    table = csv.DictWriter(written, rows[0], delimiter=delimiter)
    table.writeheader()
    table.writerows(rows)
    return written.getvalue().encode()


def parquet(rows: list[Row]) -> bytes:
    written = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_pylist(rows), written)
    return bytes(written.getvalue())


def page(text: str) -> bytes:
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in text.split("\n\n"))
    return f"<html><head><title>Page</title></head><body><article>{paragraphs}</article></body></html>".encode()


KINDS: dict[str, Callable[[list[Row]], bytes]] = {
    "a.jsonl": lambda rows: b"".join(json.dumps(row).encode() + b"\n" for row in rows),
    "b.jsonl.gz": lambda rows: gzip.compress(KINDS["a.jsonl"](rows)),
    "c.jsonl.zst": lambda rows: zstandard.compress(KINDS["a.jsonl"](rows)),
    "d.json": lambda rows: json.dumps(rows, indent=1).encode(),
    "e.csv": lambda rows: delimited(rows, ","),
    "f.tsv.gz": lambda rows: gzip.compress(delimited(rows, "\t")),
    "g.parquet": parquet,
    "h.txt": lambda rows: rows[0]["text"].encode(),
    "i.html": lambda rows: page(rows[0]["text"]),
}
TABLES = [name for name in KINDS if name < "h"]


class Listener:
    """Writes down what a build tells."""

    def __init__(self) -> None:
        self.phases: list[str] = []
        self.warnings: list[str] = []
        self.read = 0
        self.tasks_done: list[int] = []
        self.results: list[Any] = []

    def tell(self, message: str) -> None:
        pass

    def phase(self, name: str) -> None:
        self.phases.append(name)

    def progress(self, progress: Any) -> None:
        self.read = progress.read
        self.tasks_done.append(progress.tasks_done)

    def warn(self, message: str) -> None:
        self.warnings.append(message)

    def done(self, known: Any, verdict: Any) -> None:
        self.results += [known, verdict]


@dataclass(frozen=True)
class OfEveryKind:
    """Documents by the file that they came from, and what was told meanwhile."""

    documents: dict[str, Row]
    told: Listener


@pytest.fixture(scope="module")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> OfEveryKind:
    folder = tmp_path_factory.mktemp("kinds")
    (folder / "in").mkdir()
    for name, pack in KINDS.items():
        row = {"id": "7", "text": article(name), "section": name}
        (folder / "in" / name).write_bytes(pack([row]))
    (folder / "in" / "photo.png").write_bytes(b"\x89PNG")
    listener = Listener()
    cleaning.build(folder / "in", folder / "release", settings=SETTINGS, watch=listener)
    rows = rows_of(folder / "release", "default")
    return OfEveryKind({row["origin"].partition("#")[0]: row for row in rows}, listener)


@pytest.mark.parametrize("name", KINDS)
def test_each_kind_of_input_gives_its_document(kinds: OfEveryKind, name: str) -> None:
    row = kinds.documents[name]
    assert words(row["text"]) == words(article(name))
    assert row["section"] == (name if name in TABLES else None)
    assert row["origin"] == (f"{name}#1" if name in TABLES else name)


def test_ids_that_collide_are_told_apart_by_origin(kinds: OfEveryKind) -> None:
    given = {name: kinds.documents[name]["id"] for name in TABLES}
    assert given == {name: "7" if rank == 1 else f"7~{rank}" for rank, name in enumerate(TABLES, 1)}
    assert len({row["id"] for row in kinds.documents.values()}) == len(KINDS)


def test_a_build_tells_how_far_it_is(kinds: OfEveryKind) -> None:
    told = kinds.told
    assert told.phases[0] == "finding inputs"
    assert {"cleaning", "looking for duplicates", "writing", "validating", "describing"} <= set(told.phases)
    assert told.read == len(KINDS)
    assert told.tasks_done[0] == 0  # told before the first task: what had been done before is no measure of speed
    assert told.tasks_done == sorted(told.tasks_done)
    assert "1 files of unknown kind .png were skipped" in told.warnings
    known, verdict = told.results
    assert known.counts["kept"] == len(KINDS)
    assert verdict.holds

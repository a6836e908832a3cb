"""The jobs of `against_datatrove.py` as this package does them; run by it."""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.json as pj
import pyarrow.parquet as pq
from against_copies import write_without_copies
from against_input import Writer

from cleaning.corpus.build import build
from cleaning.schema import FOLDERS
from cleaning.settings import Settings

ONE_WORKER = Settings.of({"engine": {"workers": 1}})

# Bytes of JSON lines that are read at a time.
BLOCK = 32_000_000

Told = dict[str, Any]


def copies(work: Path, folder: Path) -> Told:
    """Read texts, find copies, write those that are kept."""
    return {"kept": write_without_copies(work / "documents" / "documents.parquet", folder, Settings().dedup)}


def whole_build(work: Path, folder: Path) -> Told:
    """Build a release."""
    release = build(work / "documents", folder / "release", settings=ONE_WORKER)
    return {"kept": release.counts["kept"]}


def floor(work: Path, folder: Path) -> Told:
    """Read JSON lines and write Parquet, with the schema known."""
    schema = pq.read_schema(work / "documents" / "documents.parquet")
    options = pj.ParseOptions(explicit_schema=schema)
    reading = pj.ReadOptions(block_size=BLOCK, use_threads=False)
    kept = 0
    with (
        pj.open_json(work / "lines" / "documents.jsonl", reading, options) as batches,
        Writer(folder / "documents.parquet") as writer,
    ):
        for batch in batches:
            writer.write(pa.Table.from_batches([batch]))
            kept += len(batch)
    return {"kept": kept}


def reasons(folder: Path) -> Told:
    """Return how many documents of a release were dropped, and why."""
    dropped = pq.read_table(folder / "release" / FOLDERS["dropped"], columns=["reason"])
    return {f"dropped as {reason}:": count for reason, count in sorted(Counter(dropped["reason"].to_pylist()).items())}


JOBS: dict[str, Callable[[Path, Path], Told]] = {"copies": copies, "build": whole_build, "floor": floor}


def main() -> None:
    """Do a job and write down how long it took."""
    job, work, folder = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    began, used = time.perf_counter(), time.process_time()
    told = JOBS[job](work, folder)
    told |= {"seconds": time.perf_counter() - began, "start": used}
    if job == "build":
        told["details"] = reasons(folder)
    (folder / "result.json").write_text(json.dumps(told), "utf-8")


if __name__ == "__main__":
    main()

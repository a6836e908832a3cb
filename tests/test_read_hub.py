"""Datasets on the Hub, read from where they are: in a process of its own, because these tests are offline otherwise."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hub import hub

READ = """
import json, sys
from cleaning.errors import InputError
from cleaning.read import find, records
from cleaning.settings import Input

for given in sys.argv[1:]:
    try:
        pieces = find([given], piece_bytes=4_000_000).pieces
    except InputError as error:
        print(json.dumps(str(error)))
        continue
    found = [one for piece in pieces for one in records(piece, Input())]
    print(json.dumps({one.origin: getattr(one, "content", str(one))[:9] for one in found}))
"""

CARD = """---
configs:
- config_name: default
  data_files:
  - split: train
    path: data/train-*
- config_name: notes
  data_files: notes/*.jsonl
---
# A dataset
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hub")
    for name in ("data", "notes"):
        (folder / name).mkdir()
    texts = [f"text {n:04} {os.urandom(20_000).hex()}" for n in range(400)]
    pq.write_table(pa.table({"text": texts}), folder / "data/train-0.parquet", row_group_size=50, compression="none")
    (folder / "notes/a.jsonl").write_text('{"text": "a note"}\n')
    (folder / "README.md").write_text(CARD)
    (folder / ".gitattributes").write_text("* text=auto\n")
    return folder


def read(endpoint: str, cache: Path, *given: str, **chosen: str) -> list[dict[str, str] | str]:
    ours = {name: value for name, value in os.environ.items() if not name.startswith("HF_")}
    environment = ours | {"HF_ENDPOINT": endpoint, "HF_HOME": str(cache), "no_proxy": "*"} | chosen
    command = [sys.executable, "-c", READ, *given]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)
    assert ended.returncode == 0, ended.stderr
    return [json.loads(line) for line in ended.stdout.splitlines()]


def test_a_dataset_of_the_hub_is_read_row_group_by_row_group(folder: Path, tmp_path: Path) -> None:
    with hub(folder) as (endpoint, asked):
        (found,) = read(endpoint, tmp_path / "cache", "hf://datasets/org/name")
    assert found == {f"data/train-0.parquet#{n + 1}": f"text {n:04}" for n in range(400)}
    size = (folder / "data/train-0.parquet").stat().st_size
    ranges = [re.search(r"parquet bytes=(\d+)-(\d+)", line) for line in asked if "parquet" in line]
    assert len(ranges) > 4
    assert all(part and int(part[2]) - int(part[1]) < size / 2 for part in ranges), "the file is never asked for whole"
    assert not list(tmp_path.rglob("*.parquet")), "and nothing is kept"
    assert not any("notes" in line for line in asked)


def test_folders_files_and_patterns_of_the_hub_are_read(folder: Path, tmp_path: Path) -> None:
    note = {"a.jsonl#1": "a note"}
    given = {
        "hf://datasets/org/name/notes": note,
        "hf://datasets/org/name/notes/a.jsonl": note,
        "hf://datasets/org/name@main/notes": note,
        "hf://datasets/org/name/*/*.jsonl": {"notes/a.jsonl#1": "a note"},
        "hf://datasets/org/nothing": "hf://datasets/org/nothing: there is no such file or folder",
        "hf://datasets/org/name/nothing": "hf://datasets/org/name/nothing: there is no such file or folder",
    }
    with hub(folder) as (endpoint, _):
        assert read(endpoint, tmp_path, *given) == list(given.values())


@pytest.mark.parametrize(
    ("chosen", "sent"),
    [
        ({}, False),
        ({"HF_TOKEN": "hf_secret"}, False),
        ({"HF_TOKEN": "hf_secret", "HF_HUB_DISABLE_IMPLICIT_TOKEN": "0"}, True),
        ({"FSSPEC_HF_TOKEN": "hf_secret"}, True),
    ],
)
def test_a_token_is_sent_where_that_is_asked_for(
    folder: Path, tmp_path: Path, chosen: dict[str, str], sent: bool
) -> None:
    with hub(folder) as (endpoint, asked):
        read(endpoint, tmp_path, "hf://datasets/org/name/notes", **chosen)
    assert {line.endswith(" hf_secret") for line in asked} == {sent}

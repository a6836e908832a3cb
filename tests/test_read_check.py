from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cleaning.errors import InputError
from cleaning.read import check_columns, find
from cleaning.settings import Columns, Input


def check(folder: Path, **columns: Any) -> None:
    check_columns(find([folder]).pieces, Input(columns=Columns(**columns)))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.csv").write_text("text,section\none,x\n")
    (tmp_path / "b.jsonl").write_text('broken\n{"text": "one"}\n' + json.dumps({"text": "two", "meta": {"tag": 1}}))
    pq.write_table(pa.table({"text": ["one"], "topic": ["t"]}), tmp_path / "c.parquet")
    return tmp_path


def test_columns_that_some_file_has_are_fine(folder: Path) -> None:
    check(folder)
    check(folder, carry=["section", "meta.tag", "topic"], title="topic")


@pytest.mark.parametrize("columns", [{"carry": ["sektion"]}, {"title": "sektion"}, {"text": "sektion"}])
def test_a_column_that_no_file_has_is_refused(folder: Path, columns: dict[str, Any]) -> None:
    message = "no input has a column sektion, which input.columns names; there are: text, section, meta, topic"
    with pytest.raises(InputError, match=message):
        check(folder, **columns)


def test_tables_without_any_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("n,section\n1,x\n")
    with pytest.raises(InputError, match=r"no column holds the text or the page: .*; the columns are n, section"):
        check(tmp_path)
    (tmp_path / "b.txt").write_text("but this can be read")
    check(tmp_path)
    with pytest.raises(InputError, match="no input has a column sektion"):
        check(tmp_path, carry=["sektion"])


def test_a_damaged_file_may_hold_anything(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(b"PAR1 and no more")
    check(tmp_path, carry=["section"])

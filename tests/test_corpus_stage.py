"""Staged documents are numbered, counted and written as they come."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest
from corpora import article

from cleaning.corpus import stage as staging
from cleaning.corpus.rows import staged_schema, to_rows
from cleaning.corpus.stage import Progress, Staged, stage
from cleaning.corpus.work import unreadable
from cleaning.document import Document, Raw
from cleaning.engine import start
from cleaning.pipeline import clean
from cleaning.settings import Settings


def documents(count: int) -> list[Document]:
    return [clean(Raw(origin=f"{number}.txt", content=article(number, 12)), Settings()) for number in range(count)]


def staged(folder: Path, found: list[Document], size: int = 2) -> tuple[Staged, list[int]]:
    """Stage documents some at a time, and return how many had been read each time that it was told."""
    told: list[int] = []

    def tell(progress: Progress) -> None:
        told.append(progress.read)

    parts = (to_rows(found[start : start + size]) for start in range(0, len(found), size))
    return stage((batch for part in parts for batch in part.to_batches()), staged_schema(), folder, tell), told


def test_documents_are_numbered_and_counted(tmp_path: Path) -> None:
    found = [*documents(4), unreadable("torn.gz", "cut off"), clean(Raw(origin="s", content="Short."), Settings())]
    result, told = staged(tmp_path / "work", found)
    assert told == [2, 4, 6]
    assert result.progress == Progress(6, 0, {"kept": 4, "unreadable": 1, "too-short": 1})  # type: ignore[arg-type]
    assert result.keys["row"].to_pylist() == list(range(6))
    assert result.keys["origin"].to_pylist() == [document.origin for document in found]
    assert result.keys["id"].to_pylist()[4] is None
    table = result.documents(start()).sort("row").to_pydict()
    assert table["text"] == [document.text for document in found]


def test_an_article_that_was_split_off_was_not_read(tmp_path: Path) -> None:
    (one,) = documents(1)
    (seed,) = (path for path in (Path(__file__).parent.parent / "seeds").glob("003*"))
    spliced = clean(Raw(origin="seed", content=seed.read_bytes()), Settings())
    result, _ = staged(tmp_path / "work", [one, spliced, *spliced.split_off])
    assert (result.progress.read, result.progress.split_off) == (2, 1)


def test_nothing_is_staged_as_a_table_without_rows(tmp_path: Path) -> None:
    result, told = staged(tmp_path / "work", [])
    assert told == []
    assert len(result.keys) == 0
    assert result.documents(start()).count_rows() == 0


def test_large_corpora_are_staged_in_several_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "FILE_BYTES", 4000)
    monkeypatch.setattr(staging, "GROUP_BYTES", 1000)
    result, _ = staged(tmp_path / "work", documents(12), size=1)
    assert len(list(result.folder.glob("*.parquet"))) >= 3
    table = result.documents(start()).sort("row").to_pydict()
    assert table["origin"] == [f"{number}.txt" for number in range(12)]


def test_rows_that_change_take_the_place_of_the_old_ones(tmp_path: Path) -> None:
    found = documents(5)
    result, _ = staged(tmp_path / "work", found)
    changed = to_rows([clean(Raw(origin="3.txt", content="Short."), Settings())])
    recut = result.with_recut(changed.append_column("row", pa.array([3], pa.int64())))
    table = recut.documents(start()).sort("row").to_pydict()
    assert table["text"] == [found[0].text, found[1].text, found[2].text, "Short.", found[4].text]
    assert recut.progress.outcomes == {"kept": 4, "too-short": 1}
    assert recut.progress.read == 5
    assert sorted(zip(recut.keys["row"].to_pylist(), recut.keys["reason"].to_pylist(), strict=True)) == [
        (row, "too-short" if row == 3 else None) for row in range(5)
    ]

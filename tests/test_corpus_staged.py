"""Staged files appear whole or not at all, and give back any of their rows."""

from __future__ import annotations

import dataclasses
import errno
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from corpora import article
from here import rows_of_corpus, staged
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaning.corpus import staged as staging
from cleaning.corpus.documents import Corpus
from cleaning.corpus.keys import KEPT, UNDATED, keys_of
from cleaning.corpus.rows import to_rows
from cleaning.corpus.staged import StagedFile, clear
from cleaning.corpus.work import Outcome, stage, unreadable
from cleaning.document import Document, Raw
from cleaning.pipeline import clean
from cleaning.settings import Dedup, Settings


def documents(count: int) -> list[Document]:
    return [
        clean(Raw(origin=f"{number}.txt", id=f"{number:03}", content=article(number, 12)), Settings())
        for number in range(count)
    ]


FOUND = documents(12)


def test_documents_stand_in_the_order_of_their_ids(tmp_path: Path) -> None:
    corpus = staged(tmp_path, [FOUND[3], unreadable("torn.gz", "cut off"), FOUND[1], FOUND[2]])
    assert [row["id"] for row in rows_of_corpus(corpus)] == ["001", "002", "003", None]
    assert corpus.ids.to_pylist() == ["001", "002", "003", None]
    assert corpus.kept.tolist() == [True, True, True, False]


def test_a_corpus_of_several_files_knows_the_order_of_all(tmp_path: Path) -> None:
    corpus = staged(tmp_path, [*FOUND[::-1], unreadable("b", ""), unreadable("a", "")], files=3)
    assert len(corpus) == 14
    ordered = corpus.ids.take(pa.array(corpus.order)).to_pylist()
    assert ordered == [*(f"{number:03}" for number in range(12)), None, None]
    rows = rows_of_corpus(corpus)
    assert [rows[row]["origin"] for row in corpus.order[-2:]] == ["a", "b"]
    assert corpus.rank[corpus.order].tolist() == list(range(14))


@settings(max_examples=40, deadline=None)
@given(st.sets(st.integers(0, 11)), st.integers(1, 4))
def test_any_rows_can_be_taken(tmp_path_factory: pytest.TempPathFactory, chosen: set[int], files: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(staging, "BATCH_BYTES", 3000)
        corpus = staged(tmp_path_factory.mktemp("any"), FOUND, files=files)
    rows = np.array(sorted(chosen), np.int64)
    if len(rows):
        expected = [rows_of_corpus(corpus)[row]["text"] for row in rows]
        assert corpus.take(rows, ["text"])["text"].to_pylist() == expected


def test_what_is_not_whole_is_not_there(tmp_path: Path) -> None:
    file = StagedFile(tmp_path, "key")
    assert not file.is_whole()
    stage(file, to_rows(FOUND[:3]), Settings())
    assert file.is_whole()
    content = file.documents.read_bytes()
    for damaged in (content[: len(content) // 2], b""):
        file.documents.write_bytes(damaged)
        assert not file.is_whole()
    file.documents.write_bytes(content)
    file.keys.unlink()
    assert not file.is_whole()


def test_a_full_disk_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        stage(StagedFile(tmp_path, "key"), to_rows(FOUND[:3]), Settings())
    assert list(tmp_path.iterdir()) == []


def test_what_nobody_wants_any_more_is_removed(tmp_path: Path) -> None:
    wanted, other = StagedFile(tmp_path, "wanted"), StagedFile(tmp_path, "other")
    for file in (wanted, other):
        stage(file, to_rows(FOUND[:1]), Settings())
    (tmp_path / "shingles").mkdir()
    (tmp_path / "key.documents.7.part").touch()
    clear(tmp_path, [wanted, StagedFile(tmp_path, "not yet")])
    assert sorted(tmp_path.iterdir()) == sorted([wanted.documents, wanted.keys])


def test_documents_are_counted_by_their_keys(tmp_path: Path) -> None:
    (seed,) = (Path(__file__).parent.parent / "seeds").glob("003*")
    spliced = clean(Raw(origin="seed", content=seed.read_bytes()), Settings())
    short = clean(Raw(origin="s", content="Short."), Settings())
    found = [*FOUND[:2], spliced, *spliced.split_off, short, unreadable("torn.gz", "cut off")]
    outcome = stage(StagedFile(tmp_path, "key"), to_rows(found), Settings())
    assert outcome == Outcome(5, 1, (("kept", 4), ("too-short", 1), ("unreadable", 1)))


def test_keys_say_what_the_corpus_needs() -> None:
    made = [
        Document(repaired="", text=article(1), id="a", title="A bridge over the river", date="2024-02-03"),
        Document(repaired="", text=article(1), id="b", title="Weather", date="soon", source="b.example"),
        Document(repaired="", text="", id="c", title="A BRIDGE over the river | The Daily", date="2024-02"),
    ]
    made[0] = dataclasses.replace(made[0], digest="ff" * 16)
    keys = keys_of(to_rows(made), Dedup()).to_pydict()
    assert keys["published"] == [20240203000000, UNDATED, 20240200000000]
    assert keys["digest_high"][0] == keys["digest_low"][0] == (1 << 64) - 1
    assert keys["headline"][0] == keys["headline"][2] != keys["headline"][1] == 0
    assert [bool(site) for site in keys["site"]] == [False, True, False]
    assert keys["reason"] == [KEPT] * 3
    assert keys["band0"][0] == keys["band0"][1] != keys["band0"][2] == 0
    assert keys["bytes"][0] > len(article(1)) > keys["bytes"][2]
    assert "band0" not in keys_of(to_rows(made), Dedup(near=False)).column_names


def test_a_corpus_without_documents_is_empty(tmp_path: Path) -> None:
    corpus = staged(tmp_path, [])
    assert (len(corpus), rows_of_corpus(corpus), corpus.order.tolist()) == (0, [], [])
    assert isinstance(corpus, Corpus)

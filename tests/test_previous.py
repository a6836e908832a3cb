"""What an earlier release has is left out of the next one, told without its texts, and the twin is named."""

from __future__ import annotations

import json
import random
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from corpora import Row, article, by_id, rows_of, sentences, text_of, write_lines
from here import staged

import cleaning
from cleaning.cli import main
from cleaning.corpus.copies import dedup_keys
from cleaning.corpus.previous import drop_known
from cleaning.dedup import jaccard, shingles
from cleaning.document import Document, Raw
from cleaning.errors import OutputError
from cleaning.pipeline import clean
from cleaning.release.sums import sha256
from cleaning.settings import Settings

TOLD = sentences("told", 24)
FORECAST = sentences("weather", 24)
TITLE = "Council votes on the new harbour bridge"
RETOLD = text_of(TOLD[:17] + sentences("retold", 7))  # less like it than a near copy

FIRST = {
    "bridge": {"text": text_of(TOLD), "title": TITLE},
    "harvest": {"text": article("harvest")},
    "weather": {"text": text_of(FORECAST), "title": "Weather forecast for Monday"},
}
SECOND = {
    "same": {"text": text_of(TOLD).upper()},
    "near": {"text": text_of([*TOLD[:-1], *sentences("end", 1)])},
    "titled": {"text": RETOLD, "title": f"{TITLE} | The Daily"},
    "untitled": {"text": text_of(TOLD[:16] + sentences("other", 8))},
    "series": {"text": text_of(FORECAST[:17] + sentences("new", 7)), "title": "Weather forecast for Monday"},
    "new": {"text": article("new")},
    "bridge": {"text": article("the same id, another text")},
}  # fmt: skip


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("previous")
    for name, rows in (("first", FIRST), ("second", SECOND)):
        write_lines(folder / name / "a.jsonl", [{"id": id_, **row} for id_, row in rows.items()])
    cleaning.build(folder / "first", folder / "v1")
    # The texts of the earlier release are not needed.
    for file in (folder / "v1" / "data").iterdir():
        file.unlink()
    cleaning.build(folder / "second", folder / "v2", previous=folder / "v1")
    return folder


def test_twins_are_named_and_how_alike_they_are(releases: Path) -> None:
    dropped: dict[str, Row] = by_id(releases / "v2", "dropped")
    told = {id_: (row["reason"], row["kept_id"], row["evidence"]) for id_, row in dropped.items()}
    assert told == {
        "same": ("earlier-release", "bridge", "an exact copy is in v1"),
        "near": ("earlier-release", "bridge", "a near copy, as sketches of both tell, is in v1"),
        "titled": (
            "earlier-release",
            "bridge",
            "the same headline and a text alike, as sketches of both tell, is in v1",
        ),
    }
    assert dropped["same"]["similarity"] == 1
    assert dropped["near"]["similarity"] > 0.75 > dropped["titled"]["similarity"] > 0.4


def test_what_is_new_stays(releases: Path) -> None:
    assert by_id(releases / "v2", "default").keys() == {"untitled", "series", "new", "bridge"}


def test_the_manifest_names_the_release(releases: Path) -> None:
    first, second = (json.loads((releases / name / "manifest.json").read_text()) for name in ("v1", "v2"))
    assert first["previous"] == []
    (told,) = second["previous"]
    digests = {
        "sha256": first["tables"]["default"]["sha256"],
        "manifest_sha256": sha256(releases / "v1" / "manifest.json"),
    }
    assert told == {"name": "v1", "version": None, **digests}


def test_several_releases_can_be_given(releases: Path, tmp_path: Path) -> None:
    rows = [{"id": "h", **FIRST["harvest"]}, {"id": "n", **SECOND["new"]}, {"text": article(3)}]
    write_lines(tmp_path / "third" / "a.jsonl", rows)
    earlier = [part for name in ("v2", "v1") for part in ("--previous", str(releases / name))]
    arguments = ["build", str(tmp_path / "third"), "--output", str(tmp_path / "v3"), *earlier]
    ended = CliRunner().invoke(main, arguments)
    assert ended.exit_code == 0, ended.output
    evidence = {row["id"]: row["evidence"] for row in rows_of(tmp_path / "v3", "dropped")}
    assert evidence == {"h": "an exact copy is in v1", "n": "an exact copy is in v2"}


def test_an_index_made_in_another_way_is_refused(releases: Path, tmp_path: Path) -> None:
    settings = Settings.of({"dedup": {"shingle": 3}})
    message = r"v1: its index was made with shingle 5 and not 3: set \[dedup\] as it was there"
    with pytest.raises(OutputError, match=message):
        cleaning.build(releases / "second", tmp_path / "v2", settings=settings, previous=releases / "v1")
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_release_or_has_no_index_is_refused(releases: Path, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="not a release"):
        cleaning.build(releases / "second", tmp_path / "v2", previous=tmp_path)
    (tmp_path / "v1").mkdir()
    (tmp_path / "v1" / "manifest.json").write_bytes((releases / "v1" / "manifest.json").read_bytes())
    with pytest.raises(OutputError, match=r"index/documents\.parquet: cannot be read, so what .*v1 has is not known"):
        cleaning.build(releases / "second", tmp_path / "v2", previous=tmp_path / "v1")


def test_the_index_holds_what_is_kept_in_the_order_of_ids(releases: Path) -> None:
    table = pq.read_table(releases / "v2" / "index" / "documents.parquet")
    assert table["id"].to_pylist() == ["bridge", "new", "series", "untitled"]
    assert table.nbytes < 250 * len(table)


def test_sketches_miss_hardly_a_near_copy_and_take_no_stranger_for_one(releases: Path, tmp_path: Path) -> None:
    chance = random.Random(3)
    texts = [sentences(f"text {number}", 40) for number in range(200)]
    write_lines(tmp_path / "in" / "a.jsonl", [{"id": f"{n:03}", "text": text_of(told)} for n, told in enumerate(texts)])
    cleaning.build(tmp_path / "in", tmp_path / "v1")
    copies = [[sentences(chance.random(), 1)[0] if chance.random() < 0.05 else one for one in told] for told in texts]
    made: list[Document] = [
        clean(Raw(origin="", id=f"c{number:03}", content=text_of(told)), Settings())
        for number, told in enumerate([*copies, *(sentences(f"stranger {number}", 40) for number in range(200))])
    ]
    corpus = staged(tmp_path / "work", made, files=3)
    left, twins = drop_known(corpus, dedup_keys(corpus), [tmp_path / "v1"], Settings().dedup)
    ids = corpus.ids.to_pylist()
    assert all(ids[row] == f"c{twin}" for row, (twin, _, _) in twins.items())
    alike = [jaccard(*(shingles(text_of(one), 5) for one in pair)) for pair in zip(texts, copies, strict=True)]
    found = {int(twin) for twin, _, _ in twins.values()}
    assert {number for number, similarity in enumerate(alike) if similarity > 0.87} <= found
    assert not {number for number, similarity in enumerate(alike) if similarity < 0.63} & found
    assert sum(0.63 < similarity < 1 for similarity in alike) > 100
    assert np.count_nonzero(left.kept) == 400 - len(twins)

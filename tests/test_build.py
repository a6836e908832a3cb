"""Raw files in, a validated dataset out: what a build promises, on the seeds and on a made corpus."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner
from corpora import SEEDS, Row, article, by_id, rows_of, sentences, sums, text_of, write_lines
from datasets import load_dataset

import cleaning
from cleaning.cli import main
from cleaning.corpus import build as building
from cleaning.corpus import tasks
from cleaning.dedup.shingles import jaccard, shingles
from cleaning.document import Repair, put_back, undo
from cleaning.errors import BrokenPromiseError, OutputError
from cleaning.release.sums import check_sums
from cleaning.schema import CONFIGS, FOLDERS
from cleaning.settings import Settings

FLOOD, BRIDGE = sentences("flood", 24), sentences("bridge", 16)
HEADLINE = "Council votes on the new harbour bridge"

# Who is kept, and what the others lack to be.
MADE: dict[str, Row] = {
    "full": {"text": text_of(FLOOD), "date": "2024-03-01", "section": "weather"},
    "elder": {"text": text_of(FLOOD).replace("The", "the", 1), "date": "2024-02-29", "section": "local"},
    "shorter": {"text": text_of(FLOOD[:-1]), "date": "2020-01-01"},
    "bridge": {"text": text_of(BRIDGE), "title": HEADLINE},
    "retold": {"text": text_of(BRIDGE[:13] + sentences("retold", 2)), "title": f"{HEADLINE} | The Daily"},
    "only-headline": {"text": article("only headline"), "title": HEADLINE},
    "only-half": {"text": text_of(BRIDGE[:13] + sentences("half", 2)), "title": "Ferry sails for the last time today"},
    "mended": {"text": article("mended").replace(" of ", "\xa0of\x07\xa0").replace("a", "Ã¡", 3), "section": "culture"},
    "trimmed": {"text": article("trimmed") + " Write to user@example.com.\n\nLeave a Reply"},
    "short": {"text": "Nobody was hurt.", "section": "weather"},
}
DROPPED = {
    "full": ("exact-duplicate", "elder"),
    "shorter": ("near-duplicate", "elder"),
    "retold": ("same-headline", "bridge"),
    "short": ("too-short", None),
}

RULED_OUT = Settings.of({"boilerplate": {"without": ["common.ad-marker"]}})


@dataclass(frozen=True)
class Built:
    """Releases of the same documents, made in different ways."""

    usual: Path
    hurried: Path
    scattered: Path


def settings(**engine: int) -> Settings:
    carried = {"columns": {"carry": ["section"]}}
    return Settings.of({"input": carried, "personal": {"mode": "report"}, "engine": engine})


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("made")
    rows = [{"id": name, **row} for name, row in MADE.items()]
    write_lines(folder / "in" / "a.jsonl", rows[:5])
    write_lines(folder / "in" / "b.jsonl", rows[5:])
    for number, row in enumerate(reversed(rows)):
        write_lines(folder / "scattered" / f"{number}.jsonl", [row])
    found = Built(*(folder / name / "release" for name in ("usual", "hurried", "far")))
    cleaning.build(folder / "in", found.usual, settings=settings(workers=1))
    with pytest.MonkeyPatch.context() as patch:
        for module in (building, tasks):
            patch.setattr(module, "TASK_BYTES", 1)  # a task for each record
        files = [folder / "in" / "b.jsonl", folder / "in" / "a.jsonl"]
        cleaning.build(files, found.hurried, settings=settings(workers=2))
    cleaning.build(folder / "scattered", found.scattered, settings=settings(workers=1))
    return found


def test_five_seeds_are_six_documents(seeds_release: Path) -> None:
    counts = cleaning.Release.open(seeds_release).counts
    assert counts == {"read": 5, "kept": 6, "split_off": 1, "dropped": 0, "unreadable": 0}
    documents = by_id(seeds_release, "default")
    assert sorted(row["origin"] for row in documents.values()) == sorted(
        [
            *(path.name for path in SEEDS.iterdir()),
            "003_02b6c4cede56e227.txt",
        ]
    )
    (article,) = (row for row in documents.values() if row["parent_id"])
    assert documents[article["parent_id"]]["origin"] == article["origin"] == "003_02b6c4cede56e227.txt"


def test_every_document_read_is_somewhere(seeds_release: Path, built: Built) -> None:
    for release in (seeds_release, built.usual):
        counts = cleaning.Release.open(release).counts
        assert counts["read"] + counts["split_off"] == counts["kept"] + counts["dropped"] + counts["unreadable"]
        assert len(rows_of(release, "default")) == counts["kept"]
        assert len(rows_of(release, "dropped")) == counts["dropped"] + counts["unreadable"]


def test_a_release_has_its_files_and_nothing_else(seeds_release: Path) -> None:
    assert {path.name for path in seeds_release.iterdir()} == {
        "README.md", "SHA256SUMS", "croissant.json", "index", "manifest.json", "plots", "provenance.json",
        "report.html", "statistics.json", "validation", *FOLDERS.values(),
    }  # fmt: skip
    assert [path.name for path in seeds_release.parent.iterdir()] == ["release"]
    assert check_sums(seeds_release) == []


def test_the_text_that_went_in_can_be_rebuilt_from_the_release(seeds_release: Path, built: Built) -> None:
    given = {path.name: path.read_text("utf-8") for path in SEEDS.iterdir()}
    for release, raw in ((seeds_release, given), (built.usual, {name: row["text"] for name, row in MADE.items()})):
        documents = by_id(release, "default") | by_id(release, "dropped")
        rebuilt = {name: rebuild(release, row) for name, row in documents.items() if not row.get("parent_id")}
        for name, (repaired, decoded) in rebuilt.items():
            origin = documents[name]["origin"]
            text = raw[name if release == built.usual else origin]
            assert decoded == text
            assert repaired == cleaning.clean_text(text).repaired


def rebuild(release: Path, row: Row) -> tuple[str, str]:
    """Return the repaired and the decoded text of a document, from the tables alone."""
    removed = [(span["start"], span["text"]) for span in rows_of(release, "removed") if span["id"] == row["id"]]
    repaired = put_back(row["text"], removed)
    told = sorted((span["number"], span) for span in rows_of(release, "repairs") if span["id"] == row["id"])
    repairs = [Repair(*(span[name] for name in ("round", "start", "end", "before", "rule"))) for _, span in told]
    return repaired, undo(repaired, repairs)


def test_what_was_mended_is_told(built: Built) -> None:
    rules = {row["rule"] for row in rows_of(built.usual, "repairs") if row["id"] == "mended"}
    assert len(rules) >= 3, rules
    assert by_id(built.usual, "default")["mended"]["text"] == article("mended").replace("a", "á", 3)


def test_a_spliced_article_is_a_span_of_its_parent(seeds_release: Path) -> None:
    (article,) = (row for row in rows_of(seeds_release, "default") if row["parent_id"])
    removed = rows_of(seeds_release, "removed")
    (span,) = (row for row in removed if row["id"] == article["parent_id"] and row["reason"] == "spliced-article")
    assert rebuild(seeds_release, article)[0].strip() == span["text"].strip()


def test_copies_name_who_was_kept_and_how_alike_they_are(built: Built) -> None:
    dropped = by_id(built.usual, "dropped")
    assert {name: (row["reason"], row["kept_id"]) for name, row in dropped.items()} == DROPPED
    assert set(by_id(built.usual, "default")) == MADE.keys() - DROPPED.keys()
    for name, (_, kept) in DROPPED.items():
        if kept:
            alike = jaccard(*(shingles(MADE[one]["text"], 5) for one in (name, kept)))
            assert dropped[name]["similarity"] == pytest.approx(alike)
    assert dropped["full"]["similarity"] == 1
    assert 0.8 <= dropped["shorter"]["similarity"] < 1
    assert 0.5 <= dropped["retold"]["similarity"] < 0.8
    assert dropped["short"]["similarity"] is None
    assert dropped["short"]["evidence"] == "16 characters, fewer than 100"


def test_columns_are_carried_along(built: Built) -> None:
    carried = {name: row["section"] for name, row in by_id(built.usual, "default").items()}
    assert carried == {name: MADE[name].get("section") for name in MADE.keys() - DROPPED.keys()}


def test_workers_batches_and_the_order_of_inputs_change_no_byte(built: Built) -> None:
    assert sums(built.usual) == sums(built.hurried)
    assert {path.name for path in built.usual.rglob("*")} == {path.name for path in built.hurried.rglob("*")}


@pytest.mark.parametrize("config", CONFIGS)
def test_how_records_are_spread_over_files_changes_only_their_origins(built: Built, config: str) -> None:
    one, other = rows_of(built.usual, config), rows_of(built.scattered, config)
    assert [without_origin(row) for row in one] == [without_origin(row) for row in other]
    assert one


def without_origin(row: Row) -> Row:
    return {name: value for name, value in row.items() if name != "origin"}


@pytest.mark.parametrize("streaming", [False, True])
@pytest.mark.parametrize("config", CONFIGS)
def test_each_table_loads_offline(built: Built, config: str, streaming: bool) -> None:
    table = load_dataset(str(built.usual), config, split="train", streaming=streaming)
    loaded = list(table)
    assert [row["id"] for row in loaded] == [row["id"] for row in rows_of(built.usual, config)]
    assert set(loaded[0]) >= set(CONFIGS[config].names)


def test_a_build_does_not_read_what_it_made(tmp_path: Path) -> None:
    write_lines(tmp_path / "a.jsonl", [{"id": "one", "text": article("one")}])
    first = cleaning.build(tmp_path, tmp_path / "release")
    sums = (first.path / "SHA256SUMS").read_bytes()
    (tmp_path / "release.verdicts.jsonl").write_text('{"text": "a verdict"}\n', "utf-8")
    again = cleaning.build(tmp_path, tmp_path / "release", overwrite=True)
    assert again.counts["read"] == 1
    assert (again.path / "SHA256SUMS").read_bytes() == sums


def test_the_readme_line_loads_the_documents(seeds_release: Path) -> None:
    frame = load_dataset(str(seeds_release))["train"].to_pandas()
    assert len(frame) == 6
    assert frame["text"].str.len().tolist() == frame["n_chars"].tolist()


def test_a_broken_promise_publishes_nothing(tmp_path: Path) -> None:
    config = tmp_path / "settings.toml"
    config.write_text(RULED_OUT.to_toml(), "utf-8")
    arguments = ["build", str(SEEDS / "001_f93bb066681b8fc3.txt"), "--output", str(tmp_path / "release")]
    ended = CliRunner().invoke(main, [*arguments, "--config", str(config)])
    assert ended.exit_code == 1
    assert f"error: nothing is published: promises are broken; what was made is in {tmp_path}/release.refused" in (
        ended.stderr
    )
    (row,) = rows_of(tmp_path / "release.refused", "default")
    assert f"no-ad-markers: 1 of 1, such as {row['id']}" in ended.stderr
    assert "[ad_1]" in row["text"]
    told = json.loads((tmp_path / "release.refused" / "validation" / "results.json").read_text("utf-8"))
    assert [promise["name"] for promise in told["promises"] if not promise["ok"]] == ["no-ad-markers"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["release.refused", "settings.toml"]


def test_a_release_stays_when_the_one_to_replace_it_is_refused(tmp_path: Path, seeds_release: Path) -> None:
    output = tmp_path / "release"
    shutil.copytree(seeds_release, output)
    with pytest.raises(BrokenPromiseError, match="no-ad-markers"):
        cleaning.build(SEEDS, output, settings=RULED_OUT, overwrite=True)
    assert check_sums(output) == []
    assert sums(output) == sums(seeds_release)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["release", "release.refused"]


def test_an_output_that_exists_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "release").mkdir()
    (tmp_path / "release" / "notes.txt").write_text("mine")
    for overwrite in (False, True):
        with pytest.raises(OutputError, match="exists"):
            cleaning.build(SEEDS, tmp_path / "release", overwrite=overwrite)
    assert [path.name for path in tmp_path.rglob("*")] == ["release", "notes.txt"]

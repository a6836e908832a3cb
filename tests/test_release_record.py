"""A document of a release is shown as it went in: kept or dropped, with cuts, repairs and the one kept for it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from releases import Made, document, good
from written import tables

from cleaning.cli import main
from cleaning.document import remove
from cleaning.errors import OutputError
from cleaning.release.record import find_record, near_ids, rows_with

COPY = "It rained hard in the north, where it had not rained since spring."


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = good()
    made.dropped("copy")["text"] = COPY
    folder = tmp_path_factory.mktemp("record") / "release"
    tables(folder, made, per_shard=2)
    return folder


def said(*arguments: str) -> tuple[int, str]:
    ended = CliRunner().invoke(main, ["explain", *arguments])
    return ended.exit_code, ended.output


@pytest.mark.parametrize("name", ["flood", "rain", "talks", "talks.2", "copy", "short"])
def test_every_document_is_found_and_its_cuts_make_its_text(release: Path, name: str) -> None:
    found = find_record(release, name).document
    assert found.id == name
    assert remove(found.repaired, found.cuts) == found.text


def test_a_kept_document_has_its_cuts_and_repairs(release: Path) -> None:
    found = find_record(release, "flood").document
    assert [(cut.rule, cut.reason.value) for cut in found.cuts] == [
        ("en.share-bar", "share-bar"),
        ("common.shortcode", "advertisement"),
    ]
    assert [repair.before for repair in found.repairs] == ["\xa0"]
    assert found.dropped is None


def test_a_dropped_copy_has_the_text_that_was_kept(release: Path) -> None:
    found = find_record(release, "copy")
    assert found.document.dropped
    assert (found.document.text, found.kept_id) == (COPY, "rain")
    assert found.kept == good().document("rain")["text"]


def test_only_row_groups_that_can_hold_an_id_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, release: Path
) -> None:
    read: list[int] = []
    inner = pq.ParquetFile.iter_batches

    def noted(self: pq.ParquetFile, **given: Any) -> Any:
        read.extend(given["row_groups"])
        return inner(self, **given)

    monkeypatch.setattr(pq.ParquetFile, "iter_batches", noted)
    assert [row["id"] for row in rows_with(release, "default", "talks")] == ["talks"]
    assert read == [0]  # of two shards with a row group each


def test_an_id_that_is_not_there_names_those_near_it(release: Path) -> None:
    with pytest.raises(OutputError, match=r"no document has the id 'talk'; near it are talks, talks\.2$"):
        find_record(release, "talk")
    assert near_ids(release, "x") == []


def test_a_reason_of_another_version_is_said(tmp_path: Path) -> None:
    made: Made = good()
    made.dropped("short")["reason"] = "not-yet-thought-of"
    tables(tmp_path, made)
    with pytest.raises(OutputError, match=r"short: 'not-yet-thought-of' .* another version"):
        find_record(tmp_path, "short")


def test_the_twin_may_be_in_another_release(tmp_path: Path) -> None:
    made = good()
    made.dropped("copy").update(kept_id="elsewhere", reason="earlier-release", text=COPY)
    tables(tmp_path, made)
    assert "its text is not in this release" in said(str(tmp_path), "--id", "copy")[1]


def test_an_id_of_another_release_is_no_document_of_this_one(tmp_path: Path) -> None:
    made = good()
    made.dropped("copy").update(kept_id="rain", reason="earlier-release", text=COPY)
    tables(tmp_path, made)
    assert find_record(tmp_path, "copy").kept is None


def test_what_a_release_does_not_say_of_dropped_documents_is_null(release: Path) -> None:
    told = json.loads(said(str(release), "--id", "short", "--json")[1])
    assert (told["signals"], told["n_words"]) == (None, None)
    assert json.loads(said(str(release), "--id", "rain", "--json")[1])["n_words"] == 13


def test_a_reason_without_evidence_has_no_colon(release: Path) -> None:
    assert "dropped  near-duplicate\n" in said(str(release), "--id", "copy")[1]


def test_control_characters_of_a_document_are_pictures_in_the_terminal(tmp_path: Path) -> None:
    made = good()
    made.document("rain").update(url="https://x.example/\x1b]0;title", date="2024\x9b31m", author="\x7f")
    tables(tmp_path, made)
    text = said(str(tmp_path), "--id", "rain")[1]
    assert "https://x.example/␛]0;title" in text
    assert not set(text) & {chr(code) for code in (*range(9), *range(11, 32), *range(127, 160))}


@pytest.mark.parametrize("option", [["--html"], ["--language", "en"], ["--url", "https://x.example"]])
def test_what_a_release_says_itself_cannot_be_given(release: Path, option: list[str]) -> None:
    status, text = said(str(release), "--id", "rain", *option)
    assert status == 2
    assert "are for a FILE" in text


def test_a_file_is_no_release(tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_text("no release", "utf-8")
    assert "text.txt: not a release" in said(str(tmp_path / "text.txt"), "--id", "x")[1]


def test_the_command_shows_cuts_and_how_a_copy_differs(release: Path) -> None:
    status, text = said(str(release), "--id", "flood")
    assert status == 0
    assert text.startswith("id       flood\n")
    assert "[-Share this-]{en.share-bar: share-bar}" in text
    assert "repair   space.no-break" in text
    text = said(str(release), "--id", "copy")[1]
    assert "── kept in its place: rain, similarity 0.93 ─" in text
    assert "It rained[- hard-] in the north, where it had not rained since {+the +}spring." in text


def test_machines_get_json(release: Path) -> None:
    data = json.loads(said(str(release), "--id", "copy", "--json")[1])
    assert data["dropped"]["reason"] == "near-duplicate"
    assert data["kept"]["id"] == "rain"
    assert ["first", " hard"] in data["kept"]["difference"]
    assert json.loads(said(str(release), "--id", "flood", "--json")[1])["cuts"][0]["text"] == "Share this\n"


def test_a_folder_needs_an_id_and_an_id_a_release(release: Path, tmp_path: Path) -> None:
    status, text = said(str(release))
    assert status == 2
    assert "--id" in text
    assert said(str(tmp_path), "--id", "flood")[0] == 2


def test_equal_texts_are_said_to_be_equal(tmp_path: Path) -> None:
    made = good()
    made.put(document("twin", "The same."))
    made.dropped("copy").update(kept_id="twin", text="The same.", reason="exact-duplicate")
    tables(tmp_path, made)
    assert "the texts are the same, word for word" in said(str(tmp_path), "--id", "copy")[1]

"""What changed between two releases is told: documents by reason, cuts, columns, settings, and the next version."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from releases import Made, document, good, span
from written import tables

from cleaning import diff
from cleaning.cli import main
from cleaning.errors import OutputError
from cleaning.release.diff import Difference
from cleaning.release.diff.about import Change, Other
from cleaning.release.diff.documents import ABSENT
from cleaning.release.diff.version import next_version
from cleaning.release.sums import write_sums
from cleaning.settings import Settings

Spoil = Callable[[Made], object]


def written(folder: Path, change: Spoil = lambda _: None, **settings: Any) -> Path:
    made = good()
    change(made)
    folder.mkdir()
    tables(folder, made, Settings.of(settings))
    return folder


def compared(tmp_path: Path, change: Spoil, before: Spoil = lambda _: None, **settings: Any) -> Difference:
    return diff(written(tmp_path / "old", before), written(tmp_path / "new", change, **settings))


def sizes(difference: Difference) -> dict[str, int]:
    names = ("added", "removed", "changed", "described")
    return {name: count for name in names if (count := getattr(difference, name).documents)}


def test_a_release_and_its_copy_do_not_differ(tmp_path: Path) -> None:
    difference = compared(tmp_path, lambda _: None)
    assert difference.is_empty
    assert difference.version is None
    assert sizes(difference) == {}
    assert not difference.cuts
    assert difference.other == Other((), (), (), ())


@pytest.mark.parametrize("which", ["old", "new"])
def test_a_release_that_is_not_as_it_was_published_is_not_compared(tmp_path: Path, which: str) -> None:
    for name in ("old", "new"):
        write_sums(written(tmp_path / name))
    (tmp_path / which / "README.md").write_text("notes of one's own are no table", "utf-8")
    assert diff(tmp_path / "old", tmp_path / "new").is_empty
    (shard,) = (tmp_path / which / "data").iterdir()
    rows = pq.read_table(shard)
    text = pa.array([f"{text} [ad_1]" for text in rows["text"].to_pylist()], pa.large_string())
    pq.write_table(rows.set_column(rows.schema.get_field_index("text"), "text", text), shard)
    with pytest.raises(OutputError, match=rf"{which}: data/train-.*parquet: changed: not as it was published"):
        diff(tmp_path / "old", tmp_path / "new")


def test_where_a_document_was_read_is_no_change_of_it_but_of_the_release(tmp_path: Path) -> None:
    difference = compared(tmp_path, lambda made: made.document("flood").update(origin="other/file.txt"))
    assert sizes(difference) == {}
    assert difference.why.startswith("only where documents were read")


def drop(made: Made, name: str, reason: str | None) -> None:
    made.rows["default"] = [row for row in made.rows["default"] if row["id"] != name]
    if reason:
        made.rows["dropped"].append({"id": name, "origin": "x", "reason": reason, "text": ""})


def test_who_is_gone_and_why(tmp_path: Path) -> None:
    def change(made: Made) -> None:
        drop(made, "rain", "taken-down")
        drop(made, "talks.2", None)

    removed = compared(tmp_path, change).removed
    assert removed.documents == 2
    assert removed.ids == ("rain", "talks.2")
    assert {count.name: count.documents for count in removed.reasons} == {"taken-down": 1, ABSENT: 1}
    assert {count.name: count.documents for count in removed.languages} == {"en": 1, "ar": 1}


def test_who_is_new_and_why_they_had_not_been_there(tmp_path: Path) -> None:
    def change(made: Made) -> None:
        made.rows["default"] += [document("short", "No more so short."), document("new", "Something else.")]

    added = compared(tmp_path, change).added
    assert added.ids == ("new", "short")
    assert added.chars == len("No more so short.Something else.")
    assert {count.name: count.documents for count in added.reasons} == {"too-short": 1, ABSENT: 1}


def test_texts_that_changed_are_shown(tmp_path: Path) -> None:
    difference = compared(tmp_path, lambda made: made.document("rain").update(text="It rained in the north, at last."))
    assert sizes(difference) == {"changed": 1}
    ((name, change),) = difference.changed.examples
    assert name == "rain"
    assert change == ("… It rained in the north, [-where it had not rained since the spring-]{+at last+}. …")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("title", "Another"),
        ("language", "fr"),
        ("date", None),
        ("captions", ["A caption"]),
        ("parent_id", "rain"),
        ("language_score", 0.5),
    ],
)
def test_what_is_said_beside_a_text_is_a_change_of_its_own(tmp_path: Path, column: str, value: object) -> None:
    difference = compared(tmp_path, lambda made: made.document("flood").update({column: value}))
    assert sizes(difference) == {"described": 1}
    assert difference.described.ids == ("flood",)
    assert difference.why.startswith("texts, or what is said of them, changed")


def test_cuts_are_counted_by_reason_and_those_of_changed_texts_apart(tmp_path: Path) -> None:
    def change(made: Made) -> None:
        made.document("rain")["text"] = "It rained."
        made.rows["removed"] += [span("rain", 0, "Share"), span("flood", 50, "Tweet")]

    (cuts,) = compared(tmp_path, change).cuts
    assert cuts.reason == "share-bar"
    assert (cuts.spans, cuts.chars) == ((1, 3), (11, 21))
    assert (cuts.changed_spans, cuts.changed_chars) == ((0, 1), (0, 5))


def test_settings_and_licence(tmp_path: Path) -> None:
    difference = compared(tmp_path, lambda _: None, card={"license": "MIT"}, quality={"min_chars": 7})
    assert [change.name for change in difference.other.settings] == ["card.license", "quality.min_chars"]
    assert difference.other.settings[1] == Change("quality.min_chars", "100", "7")
    assert difference.why.startswith("the licence is another")


def test_an_older_release_may_lack_a_column_and_a_table(tmp_path: Path) -> None:
    old, new = written(tmp_path / "old"), written(tmp_path / "new")
    for file in (old / "repairs").iterdir():
        file.unlink()
    (file,) = (old / "data").iterdir()
    table = pa.parquet.read_table(file)
    pa.parquet.write_table(table.drop_columns(["author"]), file)
    manifest = json.loads((old / "manifest.json").read_text("utf-8"))
    manifest["tables"]["default"]["sha256"] = "another"
    del manifest["tables"]["repairs"]
    (old / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    difference = diff(old, new)
    assert sizes(difference) == {}
    assert difference.other.columns[0].name == "default.author"
    assert all(change.old == "" for change in difference.other.columns)
    assert difference.why.startswith("columns were added")
    assert diff(new, old).why.startswith("a column is gone")


def test_what_is_no_release_is_said(tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    with pytest.raises(OutputError, match="nothing: not a release"):
        diff(written(tmp_path / "old"), tmp_path / "nothing")


def test_a_file_that_is_cut_short_is_said(tmp_path: Path) -> None:
    old, new = written(tmp_path / "old"), written(tmp_path / "new", lambda made: drop(made, "rain", None))
    (file,) = (new / "data").iterdir()
    file.write_bytes(file.read_bytes()[:-20])
    with pytest.raises(OutputError, match="cannot be read"):
        diff(old, new)


def test_a_release_that_has_lost_rows_is_said(tmp_path: Path) -> None:
    old, new = written(tmp_path / "old"), written(tmp_path / "new", lambda made: drop(made, "rain", None))
    (file,) = (new / "data").iterdir()
    pa.parquet.write_table(pa.parquet.read_table(file).slice(1), file)
    with pytest.raises(OutputError, match="default has 2 rows, not the 3"):
        diff(old, new)


COLUMN = Other((Change("default.new", "", "string"),), (), (), ())
RETYPED = Other((Change("default.date", "string", "date32"),), (), (), ())
LICENCE = Other((), (Change("card.license", '"MIT"', '"Apache-2.0"'),), (), ())
NOTHING = Other((), (), (), ())


@pytest.mark.parametrize(
    ("old", "documents", "other", "new"),
    [
        ("1.2.3", {"added": 1, "removed": 0}, RETYPED, "2.0.0"),
        ("1.2.3", {"changed": 1}, LICENCE, "2.0.0"),
        ("1.2.3", {"removed": 1}, NOTHING, "1.3.0"),
        ("1.2.3", {"added": 1}, COLUMN, "1.3.0"),
        ("1.2.3", {}, COLUMN, "1.3.0"),
        ("1.2.3", {"changed": 5}, NOTHING, "1.2.4"),
        ("v1.2.3-rc.1", {"described": 1}, NOTHING, "1.2.4"),
        ("", {"changed": 5}, NOTHING, "1.0.0"),
        ("June", {"changed": 5}, NOTHING, "1.0.0"),
    ],
)
def test_the_next_version(old: str, documents: dict[str, int], other: Other, new: str) -> None:
    assert next_version(old, documents, other, same=False)[0] == new


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    folder = tmp_path_factory.mktemp("pair")

    def change(made: Made) -> None:
        drop(made, "rain", "taken-down")
        made.document("flood")["text"] = "The | river\n<b>rose</b>."
        made.rows["removed"].pop(0)

    return str(written(folder / "old")), str(written(folder / "new", change, quality={"min_chars": 7}))


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["diff", *arguments])
    return result.exit_code, result.output


def test_the_terminal_says_what_changed_and_the_version(pair: tuple[str, str]) -> None:
    status, output = run(*pair)
    assert status == 0
    assert "- removed              1 documents" in output
    assert "taken-down 1" in output
    assert "settings: quality.min_chars: 100 → 7" in output
    assert "next version: 1.0.0 (documents were added or removed" in output


def test_json_is_one_object(pair: tuple[str, str]) -> None:
    told = json.loads(run(*pair, "--json")[1])
    assert told["removed"]["ids"] == ["rain"]
    assert told["cuts"][0]["reason"] == "share-bar"


def test_markdown_shows_texts_as_they_are(pair: tuple[str, str]) -> None:
    output = run(*pair, "--markdown")[1]
    assert "| removed | 1 |" in output
    assert "<b>" not in output
    assert "&lt;b&gt;" in output


def test_the_exit_code_can_tell(pair: tuple[str, str]) -> None:
    assert run(*pair, "--exit-code")[0] == 1
    assert run(pair[0], pair[0], "--exit-code")[0] == 0
    assert run(pair[0], str(Path(pair[0]).parent))[0] == 2

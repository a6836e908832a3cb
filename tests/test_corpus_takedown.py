"""What is asked to be taken down is gone from every file, with its copies and the rest of its page."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from corpora import SEEDS, Row, article, by_id, rows_of, sentences, text_of, write_lines

import cleaning
from cleaning.cli import main
from cleaning.corpus.takedown import Takedown, address, forms
from cleaning.errors import InputError
from cleaning.settings import Settings

ASKED = sentences("asked", 20)
ROWS: dict[str, Row] = {
    "asked": {"text": "Share this article\n\n" + text_of(ASKED), "title": "What nobody is to read again"},
    "copy": {"text": text_of(ASKED).upper()},
    "near": {"text": text_of([*ASKED[:-1], *sentences("end", 1)])},
    "quotes": {"text": text_of(ASKED[:8] + sentences("other", 14))},
    "by-address": {"text": article("address"), "url": "https://www.News.example/story/7/?page=2#comments"},
    "short": {"text": "Too short to be kept, and secret."},
    "other": {"text": article("other"), "url": "https://news.example/story/8"},
}
LIST = """\ufeff# asked for in June
asked

http://news.example/story/7?page=2
short
nobody has this id
"""


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("takedown")
    write_lines(folder / "a.jsonl", [{"id": name, **row} for name, row in ROWS.items()])
    (folder / "list.txt").write_text(LIST, "utf-8")
    command = ["build", f"{folder}/a.jsonl", "--output", f"{folder}/release", "--takedown", f"{folder}/list.txt"]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 0, result.output
    assert "5 documents are taken down, for 4 entries of the list" in result.stderr
    assert "warning: the takedown list names no document in line 6" in result.stderr
    return folder / "release"


def test_the_audit_says_what_is_gone_and_why(release: Path) -> None:
    dropped = by_id(release, "dropped")
    assert {name: (row["reason"], row["evidence"]) for name, row in dropped.items()} == {
        "asked": ("taken-down", "listed"),
        "by-address": ("taken-down", "listed"),
        "short": ("taken-down", "listed"),
        "copy": ("taken-down", "a copy of asked, which is taken down"),
        "near": ("taken-down", "a copy of asked, which is taken down"),
    }
    assert sorted(by_id(release, "default")) == ["other", "quotes"], "what only quotes it stays"


def test_no_file_repeats_what_is_gone(release: Path) -> None:
    gone = [
        ASKED[12],
        "nobody is to read",
        "Share this article",
        "secret",
        sentences("address", 1)[0],
        "asked for in June",
    ]
    for path in filter(Path.is_file, release.rglob("*")):
        content = str(pq.read_table(path).to_pylist()) if path.suffix == ".parquet" else path.read_text("utf-8")
        assert not [text for text in gone if text.casefold() in content.casefold()], path


# What goes with `asked`, and why: a row, and settings.
WITH_IT: dict[str, tuple[Row, dict[str, dict[str, object]]]] = {
    "dropped for its language": ({"text": text_of(ASKED)}, {"quality": {"languages": ["ar"]}}),
    "near, and dropped": (
        {"text": text_of([*ASKED[:-1], *sentences("end", 1)])},
        {"quality": {"languages": ["ar"]}, "dedup": {"near": True}},
    ),
    "same headline": (
        {"text": text_of(ASKED[:15] + sentences("other", 7)), "title": "What nobody is to read again"},
        {},
    ),
}


@pytest.mark.parametrize("name", WITH_IT)
def test_what_deduplication_calls_a_copy_goes_too(tmp_path: Path, name: str) -> None:
    row, settings = WITH_IT[name]
    rows = {"asked": ROWS["asked"], "with it": row, "other": {"text": article("other"), "language": "ar"}}
    write_lines(tmp_path / "a.jsonl", [{"id": id_, **one} for id_, one in rows.items()])
    (tmp_path / "list").write_text("asked  # in June", "utf-8")
    cleaning.build(tmp_path, tmp_path / "release", settings=Settings.of(settings), takedown=tmp_path / "list")
    dropped = by_id(tmp_path / "release", "dropped")
    assert dropped["with it"]["evidence"] == "a copy of asked, which is taken down"
    assert dropped["with it"]["text"] == ""
    assert list(by_id(tmp_path / "release", "default")) == ["other"]


def test_with_a_copy_goes_the_rest_of_its_page(tmp_path: Path, seeds_release: Path) -> None:
    (spliced,) = (row for row in rows_of(seeds_release, "default") if row["parent_id"])
    (tmp_path / "pages").mkdir()
    for seed in SEEDS.iterdir():
        (tmp_path / "pages" / seed.name).write_bytes(seed.read_bytes())
    write_lines(tmp_path / "pages/z.jsonl", [{"id": "asked", "text": spliced["text"]}])
    (tmp_path / "list").write_text("asked", "utf-8")
    cleaning.build(tmp_path / "pages", tmp_path / "release", takedown=tmp_path / "list")
    dropped = by_id(tmp_path / "release", "dropped")
    evidence = {row["evidence"] for row in dropped.values() if row["reason"] == "taken-down"}
    assert "a copy of asked, which is taken down" in evidence
    assert any(told.endswith("which is a copy of what is taken down") for told in evidence)


def test_the_manifest_says_which_list_it_was(release: Path) -> None:
    told = cleaning.Release.open(release).manifest["takedown"]
    assert told["entries"] == 4
    assert len(told["sha256"]) == 64


@pytest.mark.parametrize("spliced", [True, False])
def test_with_a_document_goes_the_rest_of_its_page(tmp_path: Path, seeds_release: Path, spliced: bool) -> None:
    (article_row,) = (row for row in rows_of(seeds_release, "default") if row["parent_id"])
    asked, other = article_row["id"], article_row["parent_id"]
    asked, other = (asked, other) if spliced else (other, asked)
    (tmp_path / "list").write_text(asked, "utf-8")
    cleaning.build(SEEDS, tmp_path / "release", takedown=tmp_path / "list")
    dropped = by_id(tmp_path / "release", "dropped")
    assert {name: row["evidence"] for name, row in dropped.items()} == {
        asked: "listed",
        other: f"on the page of {asked}, which is listed",
    }


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"# nothing\n\n", "lists nothing"),
        (b"", "lists nothing"),
        (b"\xff\xfe\x00", "not UTF-8"),
        (None, "No such file"),
    ],
)
def test_a_list_that_says_nothing_stops_the_build(tmp_path: Path, content: bytes | None, message: str) -> None:
    if content is not None:
        (tmp_path / "list").write_bytes(content)
    with pytest.raises(InputError, match=message):
        Takedown.read(tmp_path / "list")


@pytest.mark.parametrize(
    "entry", ["a.example/x", "www.a.example/x/", "HTTP://A.example/x", "https://a.example/x#part", "//a.example/x"]
)
def test_an_entry_is_an_address_in_any_of_its_forms(entry: str) -> None:
    assert address("https://www.a.example/x") in forms(entry)


def test_an_entry_is_an_id_that_looks_like_an_address() -> None:
    assert "https://a.example/x/" in forms("https://a.example/x/")
    assert forms("doc-17") == {"doc-17"}


def test_remarks_end_an_entry(tmp_path: Path) -> None:
    (tmp_path / "list").write_text("# all\na # one\n\nhttps://a.example/x#part\t# by court\na\n", "utf-8")
    assert Takedown.read(tmp_path / "list").entries == {"a": 2, "https://a.example/x#part": 4}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example", "http://a.example/"),
        ("https://a.example/x", "https://A.example/x/"),
        ("https://www.a.example/x", "https://a.example/x#part"),
    ],
)
def test_addresses_of_one_page_are_the_same(one: str, other: str) -> None:
    assert address(one) == address(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/x", "https://a.example/X"),
        ("https://a.example/x?id=1", "https://a.example/x?id=2"),
        ("https://a.example:8080/x", "https://a.example/x"),
        ("a.example/x", "https://a.example/x"),
        ("http://[broken", "http://broken"),
    ],
)
def test_addresses_of_different_pages_are_not(one: str, other: str) -> None:
    assert address(one) != address(other)

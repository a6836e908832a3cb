"""Bad input is told apart, counted, and stops nothing else; what stops a build leaves nothing behind."""

from __future__ import annotations

import gzip
import io
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from corpora import Row, article, rows_of, write_lines

import cleaning
from cleaning.cli import main
from cleaning.errors import CleaningError
from cleaning.settings import Settings

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\xf4\x00\x00\x01\x2c\x08\x06\x00\x00\x00" + bytes(range(256)) * 4


def line(name: str) -> bytes:
    return json.dumps({"id": name, "text": article(name)}).encode() + b"\n"


def parquet(rows: list[Row]) -> bytes:
    written = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), written)
    return written.getvalue()


def packed(names: list[str]) -> bytes:
    return gzip.compress(b"".join(map(line, names)))


HALF = parquet([{"id": f"half-{number}", "text": article(number)} for number in range(50)])

FILES: dict[str, bytes] = {
    "empty.txt": b"",
    "photo.txt": PNG,
    "noise.txt": bytes(range(256)) * 9,
    "long.jsonl": line("before") + b'{"text": "' + b"a" * 50_000_000 + b'"}\n' + line("after"),
    "cut.jsonl.gz": packed([f"cut-{number}" for number in range(300)])[:-2000],
    "broken.jsonl": line("first") + b'{"text": "no end\n' + b"[1, 2]\n" + line("last"),
    "half.parquet": HALF[: len(HALF) // 2],
    "not.parquet": b"PAR1 is how they begin",
    "nothing.jsonl": b'{"id": "nothing", "text": ""}\n{"id": "null", "text": null}\n',
    "surrogate.jsonl": b'{"id": "surrogate", "text": "' + article("s").replace("\n", " ").encode() + b' \\ud800."}\n',
    "invalid.txt": article("invalid").encode().replace(b"bridge", b"br\xfcdge") + b" Ferry \xff\xfe.",
    "good.txt": article("good").encode(),
}

# What cannot be read, and what is said about it.
UNREADABLE = {
    "empty.txt": "empty file: there is no record in it",
    "photo.txt": "these bytes are no text but a PNG image: convert it, or leave it out of the input",
    "noise.txt": "these bytes are ",
    "nothing.jsonl#1": "no text: text is empty or missing",
    "nothing.jsonl#2": "no text: text is empty or missing",
    "long.jsonl#2": "longer than 20,000,000 bytes, which is no document; the bound is input.max_bytes",
    "cut.jsonl.gz": "cut off: the gzip data end too early; the last record before that is cut.jsonl.gz#",
    "broken.jsonl#2": "not JSON: ",
    "broken.jsonl#3": "not a JSON object but a value of type list",
    "half.parquet": "cannot be read, or not to its end: ",
    "not.parquet": "cannot be read, or not to its end: ",
    "gone.txt": "there is no such file any more",
    "locked": "cannot be listed: Permission denied",
    "locked.txt": "cannot be read: Permission denied",
}


@dataclass(frozen=True)
class Survived:
    """The release that came of all this."""

    counts: dict[str, int]
    kept: dict[str, Row]
    dropped: dict[str, Row]


@pytest.fixture(scope="module")
def survived(tmp_path_factory: pytest.TempPathFactory) -> Survived:
    folder = tmp_path_factory.mktemp("faults")
    (folder / "in" / "locked").mkdir(parents=True)
    for name, content in FILES.items():
        (folder / "in" / name).write_bytes(content)
    (folder / "in" / "locked.txt").write_text(article("locked"))
    (folder / "in" / "gone.txt").symlink_to(folder / "nowhere.txt")
    with pytest.MonkeyPatch.context() as patch:
        forbid(patch, folder / "in" / "locked", folder / "in" / "locked.txt")
        # Workers read the files, in processes of their own.
        (folder / "hook").mkdir()
        (folder / "hook" / "sitecustomize.py").write_text(FORBIDDEN.format(file=str(folder / "in" / "locked.txt")))
        patch.syspath_prepend(str(folder / "hook"))
        release = cleaning.build(folder / "in", folder / "release")
    kept, dropped = (rows_of(folder / "release", config) for config in ("default", "dropped"))
    return Survived(release.counts, *({row["origin"]: row for row in rows} for rows in (kept, dropped)))


FORBIDDEN = """
from pathlib import Path

opened = Path.open

def open_path(path, *arguments, **named):
    if str(path) == {file!r}:
        raise PermissionError(13, "Permission denied", str(path))
    return opened(path, *arguments, **named)

Path.open = open_path
"""


def forbid(patch: pytest.MonkeyPatch, folder: Path, file: Path) -> None:
    """Make a folder and a file forbidden for everybody, also for root, whom permissions do not bind."""
    scan, opened = os.scandir, Path.open

    def scandir(path: Any = ".") -> Any:
        if path == str(folder):
            raise PermissionError(13, "Permission denied", str(folder))
        return scan(path)

    def open_path(path: Path, *arguments: Any, **named: Any) -> Any:
        if path == file:
            raise PermissionError(13, "Permission denied", str(file))
        return opened(path, *arguments, **named)

    patch.setattr(os, "scandir", scandir)
    patch.setattr(Path, "open", open_path)


@pytest.mark.parametrize("origin", UNREADABLE)
def test_what_cannot_be_read_is_told_and_why(survived: Survived, origin: str) -> None:
    row = survived.dropped[origin]
    assert (row["reason"], row["id"], row["text"]) == ("unreadable", None, "")
    assert UNREADABLE[origin] in row["evidence"]


def test_bad_input_stops_nothing_else(survived: Survived) -> None:
    origins = ["good.txt", "long.jsonl#1", "long.jsonl#3", "broken.jsonl#1", "broken.jsonl#4", "cut.jsonl.gz#1"]
    for origin in origins:
        assert survived.kept[origin]["text"]
    assert sum(origin.startswith("cut.jsonl.gz#") for origin in survived.kept) > 10


def test_all_of_it_is_counted(survived: Survived) -> None:
    counts = survived.counts
    assert counts["unreadable"] == len(UNREADABLE)
    assert {origin for origin, row in survived.dropped.items() if row["reason"] == "unreadable"} == UNREADABLE.keys()
    assert counts["kept"] == len(survived.kept)
    assert counts["read"] == counts["kept"] + counts["dropped"] + counts["unreadable"]


def test_bytes_that_are_no_utf8_become_text(survived: Survived) -> None:
    row = survived.kept["invalid.txt"]
    assert row["text"].startswith(article("invalid")[:20])


def test_half_a_character_is_marked_as_lost(survived: Survived) -> None:
    assert "\ufffd" in survived.kept["surrogate.jsonl#1"]["text"]


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("build nowhere --output out", "nowhere: there is no such file or folder"),
        ("build photos --output out", "photos: no file of a known kind, only 1 .png"),
        ("build in --output photos", "/photos: exists; choose another --output, or replace it with --overwrite"),
        ("build in --output photos --overwrite", "/photos: exists and is not a release, so it is not overwritten"),
        ("build in --output photos/a.png/out", "photos/a.png/out: cannot be written: Not a directory"),
        (
            "build in --output out --config typo.toml",
            "typo.toml: quality.min_char: no such setting; did you mean quality.min",
        ),
        ("build in --output out --config no.toml", "no.toml: No such file or directory"),
        ("build in --output out --config carry.toml", "input.columns.carry: row: the tables have such a column"),
        ("build in --output out --config column.toml", "no input has a column body2, which input.columns names"),
        ("rules xx", "there are no rules for 'xx' yet; there are some for common, ar, bg, bn"),
        ("validate photos", "is photos a release?"),
        ("clean photos/a.png", "these bytes are no text but a PNG image"),
        ("clean in/a.jsonl", "in/a.jsonl holds many records: use `cleaning build"),
        ("settings --config photos/a.png", "photos/a.png: not TOML"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("photos").mkdir()
    Path("photos/a.png").write_bytes(PNG)
    write_lines(Path("in/a.jsonl"), [{"text": article(1), "row": "1"}])
    Path("typo.toml").write_text("[quality]\nmin_char = 5\n")
    Path("carry.toml").write_text('[input.columns]\ncarry = ["row"]\n')
    Path("column.toml").write_text('[input.columns]\ntext = "body2"\n')
    before = sorted(tmp_path.rglob("*"))
    ended = CliRunner().invoke(main, command.split())
    assert ended.exit_code == 2
    assert ended.stderr.startswith("error: ")
    assert ended.stderr.count("\n") == 1
    assert message in ended.stderr
    assert ended.stdout == ""
    assert sorted(tmp_path.rglob("*")) == before


HOOK = """
from cleaning.corpus import work


def fail(record, settings):
    raise ZeroDivisionError("no such luck")


work.clean = fail
"""


def test_a_bug_of_ours_stops_the_build_and_names_the_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # In the worker processes only, which is where documents are cleaned.
    (tmp_path / "hook").mkdir()
    (tmp_path / "hook" / "sitecustomize.py").write_text(HOOK)
    monkeypatch.syspath_prepend(str(tmp_path / "hook"))
    write_lines(tmp_path / "in" / "a.jsonl", [{"text": article(1)}])
    (tmp_path / "out").mkdir()
    with pytest.raises(CleaningError) as caught:
        cleaning.build(tmp_path / "in", tmp_path / "out" / "release", settings=Settings.of({"engine": {"workers": 1}}))
    assert str(caught.value) == "a.jsonl#1: cleaning failed, and this is a bug: ZeroDivisionError('no such luck')"
    assert list((tmp_path / "out").iterdir()) == []

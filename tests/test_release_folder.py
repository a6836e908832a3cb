"""A release appears whole or not at all, and nothing that is not a release is ever replaced."""

from __future__ import annotations

import dataclasses
import errno
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cleaning.errors import OutputError
from cleaning.release.folder import building, unlock
from cleaning.release.lock import Owner

MANIFEST = json.dumps({"package": {"name": "scrape2corpus"}})


def fill(folder: Path, text: str) -> None:
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "rows").write_text(text, "utf-8")
    (folder / "manifest.json").write_text(MANIFEST, "utf-8")


def rows(folder: Path) -> str:
    return (folder / "data" / "rows").read_text("utf-8")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def fail(
    output: Path, error: type[BaseException], *, overwrite: bool = False, refuse: bool = False, work: bool = False
) -> None:
    """Build half a release and raise an error."""
    with building(output, overwrite=overwrite) as build:
        fill(build.path, "half")
        if work:
            build.work.mkdir()
            (build.work / "done").write_text("cleaned", "utf-8")
        if refuse:
            build.refuse()
        raise error


def test_the_output_appears_at_the_end(tmp_path: Path) -> None:
    output = tmp_path / "corpora" / "news"
    with building(output) as build:
        fill(build.path, "new")
        assert not output.exists()
    assert rows(output) == "new"
    assert names(output.parent) == ["news"]


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt, SystemExit])
def test_a_build_that_fails_leaves_nothing(tmp_path: Path, error: type[BaseException]) -> None:
    with pytest.raises(error):
        fail(tmp_path / "news", error)
    assert names(tmp_path) == []


def test_an_output_that_exists_is_refused_before_anything_is_done(tmp_path: Path) -> None:
    fill(tmp_path / "news", "old")
    with pytest.raises(OutputError, match=r"news: exists; choose another --output, or replace it with --overwrite"):
        building(tmp_path / "news").__enter__()
    assert names(tmp_path) == ["news"]
    assert rows(tmp_path / "news") == "old"


def test_a_release_is_replaced_only_when_the_new_one_is_whole(tmp_path: Path) -> None:
    fill(tmp_path / "news", "old")
    with building(tmp_path / "news", overwrite=True) as build:
        fill(build.path, "new")
        assert rows(tmp_path / "news") == "old"
    assert rows(tmp_path / "news") == "new"
    assert names(tmp_path) == ["news"]


def test_a_release_stays_when_the_new_one_fails(tmp_path: Path) -> None:
    fill(tmp_path / "news", "old")
    with pytest.raises(RuntimeError):
        fail(tmp_path / "news", RuntimeError, overwrite=True)
    assert rows(tmp_path / "news") == "old"
    assert names(tmp_path) == ["news"]


@pytest.mark.parametrize("manifest", [None, '{"manifest_version": 3}'])
def test_a_folder_that_is_no_release_is_never_overwritten(tmp_path: Path, manifest: str | None) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "thesis.txt").write_text("years of work", "utf-8")
    if manifest:
        (home / "manifest.json").write_text(manifest, "utf-8")
    with pytest.raises(OutputError, match="home: exists and is not a release"):
        building(home, overwrite=True).__enter__()
    assert (home / "thesis.txt").read_text("utf-8") == "years of work"
    assert names(tmp_path) == ["home"]


def test_a_file_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "news").write_text("a file", "utf-8")
    with pytest.raises(OutputError, match="not a release"):
        building(tmp_path / "news", overwrite=True).__enter__()
    assert (tmp_path / "news").read_text("utf-8") == "a file"


def test_an_output_that_appears_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    attempt = building(tmp_path / "news")
    fill(attempt.__enter__().path, "new")
    fill(tmp_path / "news", "someone else's")
    with pytest.raises(OutputError, match="cannot be put in place"):
        attempt.__exit__(None, None, None)
    assert rows(tmp_path / "news") == "someone else's"
    assert names(tmp_path) == ["news"]


def test_a_refused_release_is_kept_for_inspection(tmp_path: Path) -> None:
    fill(tmp_path / "news", "old")
    for text in ("first", "second"):
        with building(tmp_path / "news", overwrite=True) as build:
            fill(build.path, text)
            assert build.refuse() == tmp_path / "news.refused"
        assert rows(tmp_path / "news.refused") == text
    assert rows(tmp_path / "news") == "old"
    assert names(tmp_path) == ["news", "news.refused"]


def test_a_refused_release_survives_the_error_that_reports_it(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError):
        fail(tmp_path / "news", RuntimeError, refuse=True)
    assert names(tmp_path) == ["news.refused"]


def test_what_stands_where_refused_ones_go_is_not_deleted(tmp_path: Path) -> None:
    (tmp_path / "news.refused").mkdir()
    (tmp_path / "news.refused" / "notes.txt").write_text("mine", "utf-8")
    with pytest.raises(OutputError, match=r"news\.refused: exists and is not a release"):
        building(tmp_path / "news").__enter__()
    assert names(tmp_path) == ["news.refused"]


def test_what_a_killed_build_left_is_replaced(tmp_path: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path; from cleaning.release.folder import building\n"
        "with building(Path(sys.argv[1])) as build:\n"
        "    (build.path / 'half').mkdir(); (build.path / 'half' / 'done').touch(); os.kill(os.getpid(), 9)\n"
    )
    killed = subprocess.run([sys.executable, "-c", code, str(tmp_path / "news")], check=False)
    assert killed.returncode == -9
    assert names(tmp_path) == [".news.building"]
    with building(tmp_path / "news") as build:
        assert names(build.path) == []
        fill(build.path, "new")
    assert names(tmp_path) == ["news"]


def test_what_was_cleaned_is_there_again_in_the_next_build(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError):
        fail(tmp_path / "news", RuntimeError, work=True)
    assert names(tmp_path) == [".news.building"]
    assert names(tmp_path / ".news.building") == ["work"]
    with building(tmp_path / "news") as build:
        assert (build.work / "done").read_text("utf-8") == "cleaned"
        fill(build.path, "new")
        shutil.rmtree(build.work)
    assert names(tmp_path) == ["news"]
    assert names(tmp_path / "news") == ["data", "manifest.json"]


def test_who_builds_is_named(tmp_path: Path) -> None:
    with building(tmp_path / "news") as build:
        fill(build.path, "first")
        with pytest.raises(OutputError, match=rf"\(process {os.getpid()} on .+, since 20.+\).*`cleaning unlock"):
            building(tmp_path / "news").__enter__()


def test_a_build_on_another_machine_is_not_disturbed(tmp_path: Path) -> None:
    # Its lock cannot be seen from here.
    (tmp_path / ".news.building").mkdir()
    other = Owner("elsewhere", 7, "2024-01-01T00:00:00+00:00")
    (tmp_path / ".news.building" / "owner.json").write_text(json.dumps(dataclasses.asdict(other)))
    with pytest.raises(OutputError, match="process 7 on elsewhere, since 2024"):
        building(tmp_path / "news").__enter__()
    assert unlock(tmp_path / "news") == other
    with building(tmp_path / "news") as build:
        fill(build.path, "new")
    assert rows(tmp_path / "news") == "new"


def test_whose_lock_is_broken_publishes_nothing(tmp_path: Path) -> None:
    first = building(tmp_path / "news")
    build = first.__enter__()
    fill(build.path, "first")
    build.work.mkdir()
    (build.work / "done").touch()
    owner = unlock(tmp_path / "news")
    assert owner is not None
    assert owner.process == os.getpid()
    with building(tmp_path / "news") as second:
        assert names(second.work) == ["done"]
        fill(second.path, "second")
        with pytest.raises(OutputError, match="the lock was broken"):
            first.__exit__(None, None, None)
        shutil.rmtree(second.work)
    assert rows(tmp_path / "news") == "second"
    assert names(tmp_path) == ["news"]


def test_there_may_be_nothing_to_unlock(tmp_path: Path) -> None:
    assert unlock(tmp_path / "news") is None
    assert names(tmp_path) == []


def test_two_builds_of_one_output_do_not_meet(tmp_path: Path) -> None:
    with building(tmp_path / "news") as build:
        fill(build.path, "first")
        with pytest.raises(OutputError, match="another build is writing it"):
            building(tmp_path / "news").__enter__()
    assert rows(tmp_path / "news") == "first"


@pytest.mark.parametrize("output_there", [True, False])
def test_a_swap_that_was_interrupted_is_finished(tmp_path: Path, output_there: bool) -> None:
    fill(tmp_path / ".news.old", "old")
    if output_there:
        fill(tmp_path / "news", "new")
    with pytest.raises(OutputError, match="news: exists"):
        building(tmp_path / "news").__enter__()
    assert names(tmp_path) == ["news"]
    assert rows(tmp_path / "news") == ("new" if output_there else "old")


def test_a_parent_that_cannot_be_written_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> int:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr("cleaning.release.lock.os.open", refuse)  # root may write everywhere
    with pytest.raises(OutputError, match="cannot be written: Permission denied"):
        building(tmp_path / "news").__enter__()


def test_a_parent_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="cannot be written"):
        building(tmp_path / "file" / "news").__enter__()

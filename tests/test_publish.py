"""`cleaning publish`: what may be published, what the command says, and which exit status it ends with."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hub_store import TOKEN, hub_store
from publishing import bytes_of, versions

import cleaning
from cleaning.cli import main
from cleaning.release.publish import version_of
from cleaning.release.publish.contents import Contents
from cleaning.release.sums import write_sums


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Contents:
    return versions(tmp_path_factory.mktemp("releases"))[0]


@pytest.fixture
def spoilt(first: Contents, tmp_path: Path) -> Path:
    return Path(shutil.copytree(first.release, tmp_path / "release"))


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "corpus"
    assert not list(tmp_path.glob(".corpus*"))


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [*map(str, arguments)])


def test_the_command_says_what_it_did_and_how_to_load_it(first: Contents, folder: Path) -> None:
    planned, done, again = (run("publish", first.release, folder, *more) for more in (["--dry-run"], [], []))
    assert [result.exit_code for result in (planned, done, again)] == [0, 0, 0]
    assert "15 files would be sent" in planned.output
    assert "  data/train-00000-of-00001.parquet\n" in planned.output
    assert f"{folder}: 15 files sent" in done.output
    assert done.output.endswith(f'load it with: load_dataset("{folder}", split="train")\n')
    assert f"{folder}: already published; nothing was sent" in again.output
    assert run("publish", first.release, folder, "--quiet").output == ""


def test_it_is_a_function_too(first: Contents, folder: Path) -> None:
    assert cleaning.publish(first.release, folder).sent == tuple(first.names)


@pytest.mark.parametrize("name", ["report.html", "data/train-00000-of-00001.parquet", "manifest.json"])
@pytest.mark.parametrize("change", ["changed", "missing"])
def test_changed_files_are_refused(spoilt: Path, folder: Path, name: str, change: str) -> None:
    content = (spoilt / name).read_bytes()
    (spoilt / name).unlink()
    if change == "changed":
        (spoilt / name).write_bytes(content[:-20] + b"X" * 20)
    result = run("publish", spoilt, folder)
    assert result.exit_code == 1, result.output
    assert "nothing is published: promises are broken\n  files-unchanged: " in result.output
    assert f"{name}: {change}" in result.output
    assert not folder.exists()


def test_a_broken_promise_is_named(spoilt: Path, folder: Path) -> None:
    manifest = json.loads((spoilt / "manifest.json").read_text("utf-8"))
    manifest["counts"]["read"] += 1
    (spoilt / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    write_sums(spoilt)
    result = run("publish", spoilt, folder)
    assert result.exit_code == 1
    assert "documents-accounted-for" in result.output
    assert not folder.exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["name"], "type ./name for a new folder, or USER/NAME"),
        (["./folder", "--tag", "v1"], "--tag, --private, --revision and --message are for the Hub alone"),
        (["s3://bucket/path", "--private"], "are for the Hub alone"),
    ],
)
def test_what_cannot_be_done_is_told_before_any_work(first: Contents, arguments: list[str], message: str) -> None:
    result = run("publish", first.release, *arguments)
    assert (result.exit_code, message in result.output) == (2, True)


def test_a_folder_that_is_no_release(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert run("publish", tmp_path / "empty", folder).exit_code == 2


@pytest.mark.parametrize(("version", "tag"), [("1.2.0", "v1.2.0"), ("v1.2.0", "v1.2.0"), ("", ""), (None, "")])
def test_the_tag_is_the_version_that_the_release_says(version: str | None, tag: str, tmp_path: Path) -> None:
    card = {} if version is None else {"version": version}
    manifest = {"package": {"name": "scrape2corpus"}, "settings": {"card": card}}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    assert version_of(tmp_path) == tag


def test_no_token_is_in_what_is_shown(first: Contents, monkeypatch: pytest.MonkeyPatch) -> None:
    from huggingface_hub import close_session, constants  # noqa: PLC0415  (after the variables of conftest.py)

    with hub_store() as hub:
        monkeypatch.setattr(constants, "ENDPOINT", hub.endpoint)
        monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
        monkeypatch.setattr(constants, "HF_HUB_DISABLE_XET", True)
        monkeypatch.setenv("HF_TOKEN", TOKEN)
        monkeypatch.setenv("no_proxy", "*")
        done = run("--debug", "publish", first.release, "user/name")
        hub.fault = lambda _method, _path: 403
        failed = run("--debug", "publish", first.release, "user/name")
        close_session()
    assert (done.exit_code, failed.exit_code) == (0, 2)
    assert "this version has no tag" in done.output
    assert "Traceback" in failed.output
    assert "this token may not write there" in failed.output
    assert TOKEN not in done.output + failed.output
    assert hub.datasets["user/name"].files()["README.md"] == bytes_of(first)["README.md"]

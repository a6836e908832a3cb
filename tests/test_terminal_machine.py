"""What machines read: one JSON object, whole, and nothing else on standard output."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from releases import good
from test_terminal import VERDICT
from written import tables, whole

from cleaning.cli import main
from cleaning.corpus.build import Watch
from cleaning.release import Release
from cleaning.terminal.machine import print_build


def test_a_build_is_told_in_an_object(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    print_build(Release(tmp_path), tables(tmp_path, good()), VERDICT, ["something is odd"])
    assert json.loads(capsys.readouterr().out) == {
        "release": str(tmp_path),
        "counts": {"read": 6, "kept": 4, "split_off": 1, "dropped": 2, "unreadable": 1},
        "dropped_by_reason": {"near-duplicate": 1, "too-short": 1, "unreadable": 1},
        "characters_cut_by_reason": {"spliced-article": 85, "share-bar": 11, "advertisement": 9},
        "promises": 4,
        "promises_not_held": ["no-ad-markers", "language-known", "documents-add-up"],
        "warnings": ["something is odd"],
    }


def test_a_quiet_build_says_nothing_but_the_object(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def build(_inputs: Any, output: Path, *, watch: Watch, **_: Any) -> Release:
        watch.warn("something is odd")
        watch.done(tables(output, good()), VERDICT)
        return Release(output)

    monkeypatch.setattr("cleaning.corpus.build.build", build)
    ended = CliRunner().invoke(main, ["build", "seeds", "--output", str(tmp_path), "--json", "--quiet"])
    told = json.loads(ended.stdout)
    assert (ended.exit_code, ended.stderr) == (0, "")
    assert (told["counts"]["kept"], told["warnings"]) == (4, ["something is odd"])


def test_a_verdict_is_told_in_an_object(tmp_path: Path) -> None:
    whole(tmp_path)
    (tmp_path / "README.md").write_text("changed")
    ended = CliRunner().invoke(main, ["validate", str(tmp_path), "--json"])
    told = json.loads(ended.stdout)
    assert ended.exit_code == 1
    assert (told["release"], told["holds"]) == (str(tmp_path), False)
    assert {promise["name"]: promise["ids"] for promise in told["promises"] if not promise["ok"]} == {
        "files-unchanged": ["README.md: changed"]
    }

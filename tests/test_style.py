"""The code is linted, formatted and typed, its files stay small, and CI runs what the README tells people to run."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from corpora import ROOT

LONGEST = 350


@pytest.mark.parametrize(
    "arguments",
    [["ruff", "check", "--no-cache"], ["ruff", "format", "--no-cache", "--check"], ["mypy"]],
    ids=["lint", "format", "types"],
)
def test_nothing_is_found(arguments: list[str]) -> None:
    ended = subprocess.run([sys.executable, "-m", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr


def test_no_file_of_the_package_is_long() -> None:
    lengths = {
        path.relative_to(ROOT): path.read_text("utf-8").count("\n") for path in (ROOT / "cleaning").rglob("*.py")
    }
    assert len(lengths) > 50
    assert [path for path, length in lengths.items() if length > LONGEST] == []


def test_ci_runs_the_command_of_the_readme() -> None:
    script = ROOT / ".ci" / "run"
    (command,) = (line for line in script.read_text("utf-8").splitlines() if "pytest" in line)
    readme = (ROOT / "README.md").read_text("utf-8")
    assert f"    {command}\n" in readme
    assert os.access(script, os.X_OK)

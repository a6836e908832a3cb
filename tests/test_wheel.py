"""What is installed from the wheel works without the source tree, and makes the same release."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from corpora import ROOT, SEEDS, sums

PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]

# Builds a release, and tells where the files of the package came from.
BUILD = """
import json, sys
from cleaning.cli import main
from cleaning.rules import languages
from cleaning.shipped import shipped

main(["build", "seeds", "--output", "release", "--quiet"], standalone_mode=False)
files = [module.__file__ for name, module in sys.modules.items() if name.partition(".")[0] == "cleaning"]
shipped = [str(shipped(name)) for name in ("dataset_card.md", "expectations")]
print(json.dumps({"files": files + shipped, "languages": languages()}))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    options = ["--no-deps", "--no-index", "--no-build-isolation", "--wheel-dir", str(folder)]
    subprocess.run([*PIP, "wheel", *options, str(ROOT)], check=True)
    (found,) = folder.glob("*.whl")
    return found


def test_the_wheel_holds_the_package_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    package = {path.relative_to(ROOT).as_posix() for path in (ROOT / "cleaning").rglob("*") if path.is_file()}
    expectations = {f"cleaning/_shipped/expectations/{path.name}" for path in (ROOT / "expectations").iterdir()}
    expected = {name for name in package if not name.endswith(".pyc")} | expectations
    assert {name for name in names if ".dist-info/" not in name} == expected | {"cleaning/_shipped/dataset_card.md"}
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)
    assert "cleaning/py.typed" in names  # type checkers read the annotations only then


def test_what_is_installed_builds_the_same_release(wheel: Path, tmp_path: Path, seeds_release: Path) -> None:
    installed = tmp_path / "installed"
    options = ["--no-deps", "--no-index", "--no-compile", "--target", str(installed)]
    subprocess.run([*PIP, "install", *options, str(wheel)], check=True)
    shutil.copytree(SEEDS, tmp_path / "seeds")
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    command = [sys.executable, "-c", BUILD]
    ended = subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True, text=True)
    told = json.loads(ended.stdout)  # and nothing else is said, since the build is quiet
    assert ended.stderr == ""
    assert len(told["files"]) > 40
    assert [file for file in told["files"] if not file.startswith(f"{installed}/cleaning/")] == []
    assert set(told["languages"]) == {path.stem for path in (ROOT / "cleaning" / "languages").glob("*.toml")}
    assert sums(tmp_path / "release") == sums(seeds_release)

"""The road of a team that releases data from CI, from raw pages to a loaded dataset, by the commands of docs/ci.md."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from corpora import ROOT, SEEDS
from datasets import load_dataset

from cleaning.cli import main

SHIPPED = json.loads((ROOT / "expectations/drift.json").read_text("utf-8"))
WORKFLOW = ROOT / ".github/workflows/release-dataset.yml"
PAGE = ROOT / "docs/ci.md"
SETTINGS = """
[card]
name = "Seeds"
license = "CC-BY-4.0"
version = "{version}"
"""


def run(folder: Path, *command: str | Path) -> subprocess.CompletedProcess[str]:
    """Run `cleaning` in a folder, as a user would."""
    arguments = [sys.executable, "-m", "cleaning", *map(str, command)]
    return subprocess.run(arguments, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def road(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which a release was built and published, a second one refused, and then built with other bounds."""
    folder = tmp_path_factory.mktemp("road")
    shutil.copytree(SEEDS, folder / "pages")
    (folder / "one.toml").write_text(SETTINGS.format(version="1.0.0"), "utf-8")
    (folder / "two.toml").write_text(SETTINGS.format(version="1.1.0"), "utf-8")
    (folder / "takedown.txt").write_text("nobody has this id\n", "utf-8")
    first = run(folder, "build", "pages", "--output", "last", "--config", "one.toml", "--summary", "summary.md")
    assert first.returncode == 0, first.stderr
    published = run(folder, "publish", "last", "./published/1.0.0")
    assert published.returncode == 0, published.stderr
    notes = "".join(json.dumps({"text": f"Note {number}."}) + "\n" for number in range(40))
    (folder / "pages/notes.jsonl").write_text(notes, "utf-8")
    command = ["build", "pages", "--output", "release", "--config", "two.toml", "--last", "last"]
    refused = run(folder, *command, "--summary", "refused.md", "--takedown", "takedown.txt")
    assert refused.returncode == 1, refused.stderr
    assert not (folder / "release").exists()
    (folder / "promises").mkdir()
    (folder / "promises/drift.json").write_text(json.dumps(wider(SHIPPED)), "utf-8")
    second = run(folder, *command, "--summary", "summary.md", "--expectations", "promises")
    assert second.returncode == 0, second.stderr
    return folder


def wider(suite: dict[str, Any]) -> dict[str, Any]:
    """Return the suite of drift with upper bounds so high that forty short notes may come."""
    expectations = [item | {"kwargs": widened(item["kwargs"])} for item in suite["expectations"]]
    return suite | {"expectations": expectations}


def widened(arguments: dict[str, Any]) -> dict[str, Any]:
    return {name: 10 * value if name == "max_value" else value for name, value in arguments.items()}


def test_a_release_that_drifted_is_refused_and_the_summary_says_why(road: Path) -> None:
    told = (road / "refused.md").read_text("utf-8")
    assert "drift-kept" in told
    assert "100.0% → 13.0%" in told
    assert "drift-kept" in (road / "release.refused/validation/junit.xml").read_text("utf-8")


def test_the_summary_of_the_job_tells_of_both_builds(road: Path) -> None:
    told = (road / "summary.md").read_text("utf-8")
    assert told.count("promises") >= 2
    assert "| 45 | 1 | 6 | 40 | 0 |" in told


def test_a_release_that_is_validated_again_says_so_to_ci(road: Path) -> None:
    assert run(road, "validate", "release", "--last", "last", "--junit", "junit.xml").returncode == 0
    suite = ET.parse(road / "junit.xml").getroot()
    cases = list(suite.iter("testcase"))
    assert len(cases) > 40
    assert not list(suite.iter("failure"))


def test_what_changed_is_told_with_the_next_version(road: Path) -> None:
    told = json.loads(run(road, "diff", "last", "release", "--json").stdout)
    assert [change["name"] for change in told["other"]["inputs"]] == ["notes.jsonl"]
    assert told["version"] == "1.0.1", "the notes are too short to be kept: only `dropped` changed"
    assert run(road, "diff", "last", "release", "--exit-code").returncode == 1


def test_the_report_says_what_changed_since_the_last_release(road: Path) -> None:
    page = (road / "release/report.html").read_text("utf-8")
    told = page[page.index('id="since"') : page.index('id="first"')]
    assert re.findall(r'<th scope="row">(.*?)</th><td class="n">(.*?)</td>', told) == [
        ("documents added", "0"),
        ("removed", "0"),
        ("with another text", "0"),
        ("described otherwise", "0"),
        ("next version", "1.0.1"),
    ]
    assert 'id="since"' not in (road / "last/report.html").read_text("utf-8")


def test_a_last_release_that_is_not_whole_is_said_and_stops_nothing(road: Path) -> None:
    shutil.copytree(road / "last", road / "torn")
    for shard in (road / "torn/dropped").iterdir():
        shard.unlink()
    built = run(road, "build", "pages", "--output", "again", "--last", "torn", "--expectations", "promises")
    assert built.returncode == 0, built.stderr
    assert "the report does not say what changed since the last release: torn: dropped" in built.stderr
    assert 'id="since"' not in (road / "again/report.html").read_text("utf-8")


def test_what_is_published_loads(road: Path) -> None:
    assert run(road, "publish", "release", "./published/1.1.0").returncode == 0
    loaded = load_dataset(str(road / "published/1.1.0"), split="train", cache_dir=str(road / "cache"))
    assert len(loaded) == 6
    assert all(loaded["text"])


def test_a_release_that_was_tampered_with_is_not_published(road: Path) -> None:
    shutil.copytree(road / "release", road / "tampered")
    with (road / "tampered/README.md").open("a", encoding="utf-8") as card:
        card.write("trust me\n")
    refused = run(road, "publish", "tampered", "./published/1.2.0")
    assert refused.returncode == 1
    assert "README.md" in refused.stderr
    assert not (road / "published/1.2.0").exists()


def commands_of_the_workflow() -> Iterator[str]:
    for step in yaml.safe_load(WORKFLOW.read_text("utf-8"))["jobs"]["release"]["steps"]:
        yield from re.findall(r"cleaning (\w+) ([^\n]*)", step.get("run", "").replace("\\\n", " "))


def commands_of_the_page() -> Iterator[str]:
    yield from re.findall(r"^    cleaning (\w+) ([^\n]*)", PAGE.read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("source", [commands_of_the_workflow, commands_of_the_page])
def test_commands_and_options_that_are_shown_exist(source: object) -> None:
    shown = list(source())  # type: ignore[operator]
    assert {name for name, _ in shown} >= {"build", "diff", "publish"}
    for name, arguments in shown:
        command = main.commands[name]
        known = {option for item in command.params if isinstance(item, click.Option) for option in item.opts}
        assert set(re.findall(r"(--[\w-]+)", arguments)) <= known, name


def test_no_value_from_outside_is_a_part_of_a_script() -> None:
    steps = yaml.safe_load(WORKFLOW.read_text("utf-8"))["jobs"]["release"]["steps"]
    assert not [step["run"] for step in steps if "${{" in step.get("run", "")]

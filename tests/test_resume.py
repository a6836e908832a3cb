"""A build that is interrupted or killed, at any moment, is taken up by the next one, with the same bytes in the end."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from corpora import article, sums, write_lines

import cleaning
from cleaning.corpus.tasks import tasks
from cleaning.read import find
from cleaning.settings import Settings

FILES, KILLS = 24, 20

COMMAND = """
import signal
from cleaning.corpus import tasks
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell lets what it starts in the background ignore it
tasks.TASK_PIECES = 1  # a task for each file
from cleaning.__main__ import main
main()
"""


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("resume") / "in"
    for number in range(FILES):
        texts = [article(f"{number} {row}", 60) for row in range(12)]
        rows = [{"id": f"{number}-{row}", "text": text} for row, text in enumerate(texts)]
        write_lines(folder / f"{number:02}.jsonl", rows)
    return folder


@pytest.fixture(scope="module")
def undisturbed(inputs: Path) -> str:
    output = inputs.parent / "undisturbed" / "release"
    cleaning.build(inputs, output)
    return sums(output)


class Started:
    """A build in a process group of its own."""

    def __init__(self, inputs: Path, output: Path, *, largest_file: int | None = None) -> None:
        command = [sys.executable, "-c", COMMAND, "build", str(inputs), "--output", str(output)]
        if largest_file:
            command = ["bash", "-c", f'ulimit -f {largest_file}; exec "$@"', "bash", *command]
        self.process = subprocess.Popen(
            command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, start_new_session=True
        )
        self.staged = output.parent / f".{output.name}.building" / "work"

    def send(self, number: int, *, to_all: bool) -> None:
        if to_all:
            os.killpg(self.process.pid, number)
        else:
            os.kill(self.process.pid, number)

    def end(self) -> tuple[int, str]:
        _, told = self.process.communicate(timeout=120)
        return self.process.returncode, told

    def has_staged(self, count: int) -> bool:
        return self.process.poll() is not None or len(list(self.staged.glob("*.keys"))) >= count


def wait_for(happened: Callable[[], bool], seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "nothing happened"
        time.sleep(0.01)


def test_what_an_interrupted_build_has_cleaned_is_used_again(inputs: Path, undisturbed: str, tmp_path: Path) -> None:
    build = Started(inputs, tmp_path / "release")
    wait_for(lambda: build.has_staged(3))
    build.send(signal.SIGINT, to_all=True)  # as a terminal does: to the build and to its workers
    status, told = build.end()
    assert status == 130
    assert told.endswith("interrupted: nothing is published; the same command takes up where it stopped\n")
    assert "Traceback" not in told
    assert [path.name for path in tmp_path.iterdir()] == [".release.building"]
    done = len(list(build.staged.glob("*.keys")))
    assert 3 <= done < FILES
    status, told = Started(inputs, tmp_path / "release").end()
    assert status == 0
    assert f"{done} of {FILES} parts were cleaned by a build that did not end: used again" in told
    assert sums(tmp_path / "release") == undisturbed
    assert [path.name for path in tmp_path.iterdir()] == ["release"]


def test_killed_again_and_again_it_ends_with_the_same_bytes(inputs: Path, undisturbed: str, tmp_path: Path) -> None:
    chance = random.Random(7)
    output = tmp_path / "release"
    for number in range(KILLS):
        build = Started(inputs, output)
        # At a random moment of a build, but for the first seconds, which pass with imports; some get to the end.
        wait_for(lambda: build.has_staged(min(number, FILES)))  # noqa: B023
        time.sleep(chance.random())
        build.send(signal.SIGKILL, to_all=number % 2 == 0)
        build.end()
        if output.exists():
            break
    if not output.exists():
        status, told = Started(inputs, output).end()
        assert (status, "used again" in told) == (0, True), told
    assert sums(output) == undisturbed
    assert [path.name for path in tmp_path.iterdir()] == ["release"]


def test_a_full_disk_costs_nothing_but_time(inputs: Path, undisturbed: str, tmp_path: Path) -> None:
    # No file may grow as large as the tables of the release become; the staged parts are smaller.
    status, told = Started(inputs, tmp_path / "release", largest_file=100).end()
    assert status == 2
    assert "File too large" in told
    assert len(list((tmp_path / ".release.building" / "work").glob("*.keys"))) == FILES
    status, told = Started(inputs, tmp_path / "release").end()
    assert (status, f"{FILES} of {FILES} parts" in told) == (0, True)
    assert sums(tmp_path / "release") == undisturbed


def keys(folder: Path, settings: Settings | None = None, stamp: str = "") -> list[str]:
    pieces = find([folder]).pieces
    stamps = {piece.path: stamp + Path(piece.path).read_text("utf-8") for piece in pieces}
    return [task.key for task in tasks(pieces, stamps, settings or Settings())]


def test_parts_are_told_by_what_goes_in_and_what_is_done_with_it(tmp_path: Path) -> None:
    write_lines(tmp_path / "one" / "a.jsonl", [{"text": article(1)}])
    write_lines(tmp_path / "other" / "a.jsonl", [{"text": article(1)}])
    before = keys(tmp_path / "one")
    assert keys(tmp_path / "other") == before  # the same file somewhere else
    assert keys(tmp_path / "one", Settings.of({"engine": {"workers": 7}, "card": {"name": "n"}})) == before
    assert keys(tmp_path / "one", Settings.of({"quality": {"min_chars": 7}})) != before
    assert keys(tmp_path / "one", Settings.of({"dedup": {"bands": 7}})) != before
    (tmp_path / "one" / "a.jsonl").write_text(json.dumps({"text": article(2)}) + "\n")
    assert keys(tmp_path / "one") != before
    (tmp_path / "other" / "a.jsonl").rename(tmp_path / "other" / "b.jsonl")
    assert keys(tmp_path / "other") != before  # origins are in the tables


def test_no_part_of_other_settings_is_used(inputs: Path, tmp_path: Path) -> None:
    build = Started(inputs, tmp_path / "release")
    wait_for(lambda: build.has_staged(2))
    build.send(signal.SIGKILL, to_all=True)
    build.end()
    told: list[str] = []
    settings = Settings.of({"quality": {"min_chars": 99}})
    cleaning.build(inputs, tmp_path / "release", settings=settings, watch=Listening(told))
    assert told == []


class Listening:
    """Keeps what it is told."""

    def __init__(self, told: list[str]) -> None:
        self._told = told

    def tell(self, message: str) -> None:
        self._told.append(message)

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *_: None


@pytest.fixture(autouse=True)
def _no_output(capfd: pytest.CaptureFixture[str]) -> Iterator[None]:
    yield
    capfd.readouterr()

"""Work is done by some engine, the same work by any of them, and what goes wrong in a worker is handed on."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from corpora import SEEDS, article, sums, write_lines

import cleaning
from cleaning.child import Child
from cleaning.engine import EngineName, engine
from cleaning.errors import CleaningError, SettingsError
from cleaning.settings import Settings


def triple(number: int) -> int:
    if number == 13:
        raise CleaningError("13 is unlucky")
    return 3 * number


def tripled(child: Child, number: int) -> int:
    return child.call(triple, number)


@pytest.fixture(params=["native", "ray"])
def name(request: pytest.FixtureRequest) -> EngineName:
    chosen: EngineName = request.param
    return chosen


def test_each_item_comes_back_with_its_result(name: EngineName) -> None:
    with engine(name, workers=2) as workers:
        assert sorted(workers.map(tripled, range(9))) == [(number, 3 * number) for number in range(9)]
        assert list(workers.map(tripled, [])) == []
        assert sorted(workers.map(tripled, [5])) == [(5, 15)]
        with pytest.raises(CleaningError, match="13 is unlucky"):
            list(workers.map(tripled, range(10, 20)))


def test_an_engine_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(SettingsError, match=r"pip install 'scrape2corpus\[ray\]'"), engine("ray"):
        pass


def test_a_native_engine_ends_its_children() -> None:
    with engine(workers=2) as workers:
        children = {os.getpid(), *(pid for _, pid in workers.map(whose, range(8)))}
    assert len(children) > 1
    for child in children - {os.getpid()}:
        with pytest.raises(ProcessLookupError):
            os.kill(child, 0)


def whose(child: Child, _: int) -> int:
    return child.call(own, 0)


def own(_: int) -> int:
    return os.getpid()


KILLING = """
from cleaning.corpus import work

clean = work.clean

def deadly(record, settings):
    import os, signal
    words = str(record.content).split()
    if words[:1] == ["deadly"] and not os.path.exists(words[1]):
        open(words[1], "w").close()
        os.kill(int(os.environ.get("RAY_WORKER_PID") or os.getppid()), signal.SIGKILL)
    return clean(record, settings)

work.clean = deadly
"""


def test_a_release_of_a_cluster_is_the_same_and_a_killed_worker_costs_only_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "hook").mkdir()
    (tmp_path / "hook" / "sitecustomize.py").write_text(KILLING)
    killed = tmp_path / "killed"
    for number in range(6):
        texts = [f"deadly {killed} {article(7)}" if number == 3 else article(f"{number} {row}") for row in range(8)]
        rows = [{"id": f"{number}-{row}", "text": text} for row, text in enumerate(texts)]
        write_lines(tmp_path / "in" / f"{number}.jsonl", rows)
    settings = Settings.of({"engine": {"workers": 2}, "release": {"row_group_bytes": 4000, "max_shard_bytes": 20_000}})
    inputs = [SEEDS, tmp_path / "in"]
    monkeypatch.setattr("cleaning.corpus.tasks.TASK_PIECES", 2)
    cleaning.build(inputs, tmp_path / "laptop" / "release", settings=settings)
    monkeypatch.syspath_prepend(str(tmp_path / "hook"))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, sys.path)))
    cleaning.build(inputs, tmp_path / "cluster" / "release", settings=settings, engine="ray")
    assert killed.exists()  # the process of Ray's that waited for the worker
    assert sums(tmp_path / "cluster" / "release") == sums(tmp_path / "laptop" / "release")

"""A record that never ends, takes all memory or kills its worker costs itself alone, and says so."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from corpora import Row, article, rows_of, write_lines

import cleaning
from cleaning.child import Child, DiedError
from cleaning.errors import CleaningError
from cleaning.settings import Settings

HOOK = """
import os, re, signal
from cleaning.corpus import work

clean = work.clean

def bad(record, settings):
    told = str(record.content)
    if "never ends" in told:
        re.fullmatch("(a|aa)+b", "a" * 99)  # in C code, which no signal handler of Python interrupts
    if "takes all" in told:
        held = bytearray(1 << 40)
    if "crashes" in told:
        os.kill(os.getpid(), signal.SIGSEGV)
    if told.startswith("once ") and not os.path.exists(told.split()[1]):
        open(told.split()[1], "w").close()
        os.kill(os.getpid(), signal.SIGKILL)
    return clean(record, settings)

work.clean = bad
"""

WHY = {
    "never ends": "took more than 10 seconds; the bound is input.max_seconds",
    "takes all": "took more than 3000 MB of memory; the bound is input.max_memory_mb",
    "crashes": "the worker that cleaned it ended, and again when it was retried: SIGSEGV",
}


@pytest.fixture
def hooked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make workers stumble over some texts."""
    (tmp_path / "hook").mkdir()
    (tmp_path / "hook" / "sitecustomize.py").write_text(HOOK)
    monkeypatch.syspath_prepend(str(tmp_path / "hook"))
    return tmp_path


def test_each_costs_itself_alone(hooked: Path) -> None:
    once = hooked / "once"
    texts = [article(0), *(f"This {what}. {article(what)}" for what in WHY), f"once {once} {article(1)}", article(2)]
    write_lines(hooked / "in" / "a.jsonl", [{"id": str(number), "text": text} for number, text in enumerate(texts)])
    chosen = {"input": {"max_seconds": 10.0, "max_memory_mb": 3000}, "engine": {"workers": 1}}
    release = cleaning.build(hooked / "in", hooked / "release", settings=Settings.of(chosen))
    dropped: list[Row] = rows_of(hooked / "release", "dropped")
    assert {row["origin"]: row["evidence"] for row in dropped} == {
        f"a.jsonl#{number}": why for number, why in enumerate(WHY.values(), 2)
    }
    assert {row["reason"] for row in dropped} == {"unreadable"}
    assert release.counts == {"read": 6, "kept": 3, "split_off": 0, "dropped": 0, "unreadable": 3}
    assert once.exists()  # who was killed by somebody else was tried again


def test_a_reader_that_crashes_costs_the_rest_of_its_file(hooked: Path) -> None:
    code = "\nfrom cleaning.read import records\ndef torn(piece, settings):\n    for number, record in enumerate(records(piece, settings)):\n        if number == 2 and piece.origin == 'a.jsonl': os.kill(os.getpid(), signal.SIGSEGV)\n        yield record\nwork.records = torn\n"  # noqa: E501
    (hooked / "hook" / "sitecustomize.py").write_text(HOOK + code)
    for name in ("a", "b"):
        write_lines(hooked / "in" / f"{name}.jsonl", [{"text": article(f"{name}{row}")} for row in range(4)])
    release = cleaning.build(hooked / "in", hooked / "release")
    (row,) = rows_of(hooked / "release", "dropped")
    assert row["origin"] == "a.jsonl"
    assert row["evidence"] == "the worker that read it ended, and again when it was retried: SIGSEGV"
    assert release.counts["kept"] == 6


def double(number: int) -> int:
    return 2 * number


def fail(message: str) -> None:
    raise CleaningError(message)


def leave(status: int) -> None:
    os._exit(status)


def test_a_child_answers_fails_dies_and_works_again() -> None:
    child = Child()
    assert child.call(double, 21) == 42
    with pytest.raises(CleaningError, match="no such luck"):
        child.call(fail, "no such luck")
    with pytest.raises(DiedError, match="it exited") as died:
        child.call(leave, 3)
    assert died.value.at is None
    assert child.call(double, 4) == 8
    child.close()
    with pytest.raises(DiedError):
        child.call(double, 4)


def die_until(told: tuple[Path, int]) -> int:
    """Die of a signal so often, and then return how often it was."""
    log, times = told
    done = len(log.read_text()) if log.exists() else 0
    if done < times:
        log.write_text("x" * (done + 1))
        os.kill(os.getpid(), signal.SIGKILL)
    return done


def test_work_that_a_worker_died_of_at_nothing_is_done_again(tmp_path: Path) -> None:
    child = Child()
    assert child.insist(die_until, (tmp_path / "twice", 2)) == 2
    with pytest.raises(CleaningError, match="worker processes end by themselves, 3 times in a row: SIGKILL"):
        child.insist(die_until, (tmp_path / "always", 99))
    child.close()

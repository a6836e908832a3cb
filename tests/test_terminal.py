"""What a person sees: progress while it works, a summary at the end, and nothing but results in a pipe."""

from __future__ import annotations

import io
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from releases import document, good
from rich.console import Console
from rich.text import Text
from written import tables

from cleaning.corpus.build import Progress
from cleaning.errors import InputError
from cleaning.release import Release
from cleaning.terminal.progress import Watcher, watching
from cleaning.terminal.show import print_language, print_languages, print_summary, print_text, print_verdict
from cleaning.validate import Promise, Verdict


def promise(name: str, *, ok: bool = True, **given: Any) -> Promise:
    known = {"suite": "rows", "severity": "critical", "meaning": "it matters", "evaluated": 4000, "unexpected": 0}
    return Promise(name=name, ok=ok, **{**known, **given})


VERDICT = Verdict(
    (
        promise("id-present"),
        promise("no-ad-markers", ok=False, unexpected=1200, ids=tuple("abcdefg")),
        promise("language-known", ok=False, severity="warning", unexpected=1, ids=("h",)),
        promise("documents-add-up", ok=False, unexpected=1),
    )
)


def test_a_verdict_names_what_is_broken_and_by_whom(capsys: pytest.CaptureFixture[str]) -> None:
    print_verdict(VERDICT)
    assert capsys.readouterr().out.splitlines() == [
        "holds   id-present",
        "BROKEN  no-ad-markers: 1,200 of 4,000, such as a, b, c, d, e",
        "warning language-known: 1 of 4,000, such as h",
        "BROKEN  documents-add-up: 1 of 4,000",
        "validation: 1 of 4 promises hold",
    ]


def test_promises_that_hold_can_be_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    print_verdict(Verdict((promise("id-present"), promise("text-present"))), only_broken=True)
    assert capsys.readouterr().out == "validation: 2 of 2 promises hold\n"


def test_a_summary_counts_documents_and_characters_by_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = good()
    made.put(document("flood-2", "A" * 3000))
    made.count(read=1000)
    print_summary(Release(tmp_path / "news"), tables(tmp_path / "news", made), VERDICT)
    said = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    for line in ("read 1,007", "split off 1", "kept 5", "dropped 2", "near-duplicate 1", "too-short 1"):
        assert line in said
    assert "unreadable 1" in said
    assert "spliced-article 85" in said
    assert "share-bar 11" in said
    assert said[-1] == f"release: {tmp_path}/news"


def test_long_lines_are_not_broken(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    print_text(Text("a word " * 100))
    assert capsys.readouterr().out.count("\n") == 1


def test_languages_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    print_languages()
    said = capsys.readouterr().out
    for word in ("tag", "rules", "phrases", "common", "French", "العربية"):
        assert word in said


def test_a_language_without_rules_is_named() -> None:
    with pytest.raises(InputError, match="'xx' yet; there are some for common, ar"):
        print_language("xx")


def test_markup_in_an_example_is_shown_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    print_language("common")
    assert "  - [ad_1]\n" in capsys.readouterr().out


def lines(monkeypatch: pytest.MonkeyPatch, *told: tuple[float, Progress]) -> list[str]:
    """Return the line of a watcher that starts at 100 seconds, at each time after it was told how far the build is."""
    monkeypatch.setattr("time.monotonic", lambda: 100.0)
    watcher = Watcher(Console(file=io.StringIO()))
    watcher.phase("cleaning")
    said = [watcher.line()]
    for at, progress in told:
        monkeypatch.setattr("time.monotonic", lambda at=at: at)
        watcher.progress(progress)
        said.append(watcher.line())
    return said


def test_progress_is_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    begun, halfway = Progress(8), Progress(8, 2, 3000, 5, Counter(kept=2900))
    ended = Progress(8, 8, 8000, 5, Counter({"too-short": 100, "kept": 7905}))
    assert lines(monkeypatch, (101.0, begun), (103.0, halfway), (110.0, ended)) == [
        "cleaning … 0 s",
        "cleaning … 1 s, 0 read",
        "cleaning … 3 s, about 6 s left, 3,000 read (1,500/s): 2,900 kept",
        "cleaning … 10 s, 8,000 read: 7,905 kept, 100 too-short",
    ]


def test_parts_that_are_used_again_do_not_count_as_done_now(monkeypatch: pytest.MonkeyPatch) -> None:
    reused, more = Progress(100, 90, 9000, 0, Counter(kept=9000)), Progress(100, 92, 9400, 0, Counter(kept=9400))
    *_, line = lines(monkeypatch, (110.0, reused), (130.0, more))
    assert line == "cleaning … 30 s, about 80 s left, 9,400 read (20/s): 9,400 kept"


def test_what_is_left_is_said_in_minutes_and_hours(monkeypatch: pytest.MonkeyPatch) -> None:
    *_, line = lines(monkeypatch, (100.0, Progress(1000)), (700.0, Progress(1000, 100, 600)))
    assert line == "cleaning … 10 min, about 1 h 30 min left, 600 read (1/s)"


def test_the_live_line_says_the_same() -> None:
    console = Console(file=io.StringIO(), width=200)
    watcher = Watcher(console)
    console.print(watcher)
    assert isinstance(console.file, io.StringIO)
    assert console.file.getvalue().rstrip().endswith(" starting … 0 s")


def test_a_log_gets_a_line_now_and_then(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("cleaning.terminal.progress.PAUSE", 0.05)
    with watching() as watcher:
        watcher.phase("writing")
        time.sleep(0.3)
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) >= 2
    assert set(said.err.splitlines()) == {"writing … 0 s"}


def test_a_pipe_gets_warnings_and_no_progress(capsys: pytest.CaptureFixture[str]) -> None:
    with watching() as watcher:
        watcher.phase("cleaning")
        watcher.warn("1 files of unknown kind [.png] were skipped")
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "warning: 1 files of unknown kind [.png] were skipped\n")
    assert watcher.warnings == ["1 files of unknown kind [.png] were skipped"]


def test_who_wants_quiet_gets_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with watching(quiet=True) as watcher:
        watcher.phase("cleaning")
        watcher.warn("1 files of unknown kind .png were skipped")
    assert capsys.readouterr() == ("", "")


def test_a_terminal_gets_progress(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    with watching() as watcher:
        watcher.phase("looking for duplicates")
    assert "looking for duplicates … 0 s" in capsys.readouterr().err

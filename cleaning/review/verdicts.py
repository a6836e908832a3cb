"""The file of verdicts: a line of JSON for each, written as it is said; the last one on a cut counts."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, BinaryIO

from ..errors import InputError, OutputError
from .cuts import Asked

RIGHT, WRONG = "right", "wrong"
_NAMES = ("id", "start", "end", "rule", "reason", "language", "verdict", "sha256", "text", "before", "after")
_LONGEST = 2_000  # characters of a cut that are noted

Verdict = dict[str, Any]
Key = tuple[Any, ...]


def file_of(release: Path, given: Path | None = None) -> Path:
    """Return where verdicts on a release are kept: beside it, unless somewhere else is given.

    Raises:
        OutputError: it would be in the release, whose files are what its checksums say.
    """
    place = release.resolve()
    path = given or place.with_name(f"{place.name}.verdicts.jsonl")
    if path.resolve().is_relative_to(place):
        raise OutputError(f"{path}: is inside the release, which may not change: keep verdicts elsewhere")
    return path


def verdict_of(asked: Asked, said: str) -> Verdict:
    """Return the line that says whether a cut is right."""
    row = asked.row
    return {
        **{name: row[name] for name in ("id", "start", "end", "rule", "reason")},
        "language": asked.language,
        "verdict": said,
        "sha256": asked.digest,
        "text": row["text"][:_LONGEST],
        "before": asked.before,
        "after": asked.after,
    }


def key_of(verdict: Verdict) -> Key:
    """Return what tells the cut that a verdict is on; the same place with another text is another cut."""
    return tuple(verdict[name] for name in ("id", "start", "end", "rule", "sha256"))


def append(path: Path, verdict: Verdict) -> None:
    """Write a verdict to the end of the file, safe from a crash once this returns.

    Raises:
        OutputError: the file cannot be written.
    """
    try:
        with path.open("a+b") as file:
            line = json.dumps(verdict, ensure_ascii=False) + "\n"
            file.write(_missing_end(file) + line.encode())
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise OutputError(f"{path}: {error.strerror}") from error


def _missing_end(file: BinaryIO) -> bytes:
    """Return the line feed that the last line lacks if an editor or a crash left it without one."""
    if not file.seek(0, os.SEEK_END):
        return b""
    file.seek(-1, os.SEEK_END)
    return b"" if file.read(1) == b"\n" else b"\n"


def read(path: Path) -> dict[Key, Verdict]:
    """Return the last verdict on each cut; without a file there are none.

    Raises:
        InputError: the file cannot be read, or a line of it is no verdict.
    """
    verdicts: dict[Key, Verdict] = {}
    try:
        lines = path.read_text("utf-8").split("\n")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read: {error}") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            verdict = _parsed(line, f"{path}, line {number}")
            verdicts[key_of(verdict)] = verdict
    return verdicts


def _parsed(line: str, place: str) -> Verdict:
    try:
        verdict = json.loads(line)
    except ValueError as error:
        raise InputError(f"{place}: not JSON: mend or remove the line") from error
    if not isinstance(verdict, dict) or any(name not in verdict for name in _NAMES):
        raise InputError(f"{place}: no verdict: it needs {', '.join(_NAMES)}")
    if verdict["verdict"] not in {RIGHT, WRONG}:
        raise InputError(f"{place}: the verdict is {verdict['verdict']!r}, neither {RIGHT} nor {WRONG}")
    return verdict

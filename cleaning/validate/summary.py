"""A job summary in Markdown, which CI systems show beside a run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from ..errors import BrokenPromiseError, OutputError
from ..release.manifest import read_manifest
from ..release.markdown import Markdown, code, escape, table
from .results import Promise, Verdict

_HOLDS = "all critical promises hold"
_COUNTS = ("read", "split_off", "kept", "dropped", "unreadable")

# Ids shown of a promise.
_SHOWN = 5


def append_summary(path: Path, name: str, counts: Mapping[str, int], verdict: Verdict) -> None:
    """Append the summary to a file, such as the one that ``$GITHUB_STEP_SUMMARY`` names; it is made if need be.

    Raises:
        OutputError: the file cannot be written.
    """
    try:
        with path.open("a", encoding="utf-8", newline="\n") as file:
            file.write(summary(name, counts, verdict))
    except OSError as error:
        raise OutputError(f"{path}: {error.strerror}") from error


@contextmanager
def summarized(path: Path | None) -> Iterator[None]:
    """Append a summary of what is refused in this block, if a path is given."""
    try:
        yield
    except BrokenPromiseError as error:
        if path and error.release and error.verdict:
            counts = read_manifest(error.release)["counts"]
            append_summary(path, error.release.name.removesuffix(".refused"), counts, error.verdict)
        raise


def summary(name: str, counts: Mapping[str, int], verdict: Verdict) -> str:
    """Return the counts, and the promises that do not hold with ids.

    >>> counts = {"read": 3, "split_off": 0, "kept": 2, "dropped": 1, "unreadable": 0}
    >>> print(summary("news", counts, Verdict(())))
    ## news: all critical promises hold
    <BLANKLINE>
    | read | split off | kept | dropped | unreadable |
    |---:|---:|---:|---:|---:|
    | 3 | 0 | 2 | 1 | 0 |
    <BLANKLINE>
    0 of 0 promises hold.
    <BLANKLINE>
    """
    broken = len(verdict.broken)
    result = f"{broken} critical promise{' is' if broken == 1 else 's are'} broken" if broken else _HOLDS
    held = sum(promise.ok for promise in verdict.promises)
    parts = [
        f"## {escape(name)}: {result}",
        table([[counts[count] for count in _COUNTS]], *(count.replace("_", " ") for count in _COUNTS)),
        f"{held} of {len(verdict.promises)} promises hold.",
    ]
    for title, promises in (("Broken", verdict.broken), ("Warnings", verdict.warnings)):
        if promises:
            parts.append(f"### {title}\n\n" + _table(promises))
    return "\n\n".join(parts) + "\n"


def _table(promises: tuple[Promise, ...]) -> str:
    rows = [
        (code(item.name), item.severity, f"{item.unexpected:,} of {item.evaluated:,}", _ids(item), item.meaning)
        for item in promises
    ]
    return table(rows, "Promise", "Severity", "Unexpected", "Such as", "Why")


def _ids(promise: Promise) -> Markdown:
    return Markdown(", ".join(code(name) for name in promise.ids[:_SHOWN]))

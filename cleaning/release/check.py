"""Whether a release on disk is what it promises: its data, and its files."""

from __future__ import annotations

from pathlib import Path

from ..validate import Promise, Verdict, validate
from .sums import check_sums, read_sums


def check(release: Path) -> Verdict:
    """Check the promises of a published release, and that its files are those that were published.

    Raises:
        ValidationError: the promises could not be checked.
        OutputError: the folder is no release.
    """
    data = validate(release)
    return Verdict((*data.promises, _files_unchanged(release)))


def _files_unchanged(release: Path) -> Promise:
    problems = check_sums(release)
    return Promise(
        name="files-unchanged",
        suite="files",
        severity="critical",
        meaning="What is loaded is what was validated and published.",
        ok=not problems,
        evaluated=len(read_sums(release)),
        unexpected=len(problems),
        ids=tuple(problems[:20]),
    )

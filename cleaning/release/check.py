"""Whether a release on disk is what it promises: its data, and its files."""

from __future__ import annotations

from pathlib import Path

from ..errors import ValidationError
from ..validate import Promise, Suites, Verdict, choose, validate
from ..validate.chosen import IN_RELEASE
from .sums import check_sums, read_sums


def check(release: Path, *, expectations: Path | None = None, last: Path | None = None) -> Verdict:
    """Check the promises of a published release, and that its files are those that were published.

    Args:
        release: the release folder.
        expectations: a folder with suites of one's own, whose Python files are run. By default the suites that the
            release was built with: those in it, or else those of the package. Code in a release is never run.
        last: the release before this one. With it, what changed since then is checked too.

    Raises:
        ValidationError: the promises could not be checked.
        OutputError: the folder is no release.
    """
    data = validate(release, expectations=expectations or _own(release), last=last)
    return Verdict((*data.promises, _files_unchanged(release)))


def _own(release: Path) -> Suites | None:
    folder = release / IN_RELEASE
    if not folder.is_dir():
        return None
    try:
        return choose(folder, run_code=False)
    except ValidationError as error:
        raise ValidationError(f"{error}; the folder that it was built with, as --expectations, may say more") from error


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

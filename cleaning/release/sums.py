"""SHA256SUMS: what anyone needs to check a copy of a release, with ``sha256sum -c SHA256SUMS``."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

from ..errors import OutputError

NAME = "SHA256SUMS"
_LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_sums(release: Path) -> Path:
    """Write the sums of every file of a release but the sums themselves, sorted by path."""
    path = release / NAME
    path.write_text(format_sums({name: sha256(release / name) for name in _files(release)}), "utf-8", newline="\n")
    return path


def check_sums(release: Path) -> list[str]:
    """Return what is wrong with the files of a release: each one that is missing, changed or extra. Empty: nothing.

    Raises:
        OutputError: there is no SHA256SUMS, or a line of it has another form.
    """
    sums, there = read_sums(release), set(_files(release))
    problems = [f"{name}: missing" for name in sums.keys() - there]
    problems += [f"{name}: not in {NAME}" for name in there - sums.keys()]
    problems += [f"{name}: changed" for name in sums.keys() & there if sha256(release / name) != sums[name]]
    return sorted(problems)


def read_sums(release: Path) -> dict[str, str]:
    """Return the SHA-256 of each file as SHA256SUMS gives it, by path relative to the release.

    Raises:
        OutputError: there is no SHA256SUMS, or a line of it has another form.
    """
    path = release / NAME
    if not path.is_file():
        raise OutputError(f"{path}: not there: {release} is not a release, or not a whole one")
    return parse_sums(path.read_text("utf-8"), str(path))


def parse_sums(text: str, origin: str) -> dict[str, str]:
    """Return the SHA-256 of each file by path, as the text of a SHA256SUMS gives it; errors name its origin.

    Raises:
        OutputError: a line has another form.
    """
    sums = {}
    for number, line in enumerate(text.rstrip("\n").split("\n"), 1):
        match = _LINE.fullmatch(line)
        if not match:
            raise OutputError(f"{origin}, line {number}: not a SHA-256 and a path; get the release again")
        sums[match[2]] = match[1]
    return sums


def format_sums(sums: Mapping[str, str]) -> str:
    r"""Return the text of a SHA256SUMS, sorted by path.

    >>> format_sums({"b": "22", "a": "11"})
    '11  a\n22  b\n'
    """
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items()))


def _files(release: Path) -> list[str]:
    """Return the files of a release but for hidden ones: no loader reads what a download or a file manager leaves."""
    paths = (path.relative_to(release) for path in release.rglob("*") if path.is_file())
    shown = (path.as_posix() for path in paths if not any(part.startswith(".") for part in path.parts))
    return sorted(path for path in shown if path != NAME)

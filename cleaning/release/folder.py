"""A release folder appears whole or not at all.

Everything is made in a hidden folder beside the output, on the same file system, and renamed at the end. A build that
fails or is interrupted leaves nothing; one that was killed leaves a hidden folder, which the next one replaces.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ..errors import OutputError
from .manifest import read_manifest


@dataclass(frozen=True, slots=True)
class Building:
    """A release that is being made.

    Attributes:
        path: the folder to write into.
        output: where it will be when it is whole.
        refused: where it will be if it is refused.
    """

    path: Path
    output: Path
    refused: Path

    def refuse(self) -> Path:
        """Move what was made to ``<output>.refused`` for inspection, in place of one refused before.

        Nothing is published then: what ``output`` held stays as it is.
        """
        if self.refused.exists():
            shutil.rmtree(self.refused)
        self.path.rename(self.refused)
        return self.refused


@contextmanager
def building(output: Path, *, overwrite: bool = False) -> Iterator[Building]:
    """Give a folder to make a release in, and publish it as ``output`` when the block ends.

    Args:
        output: the release's folder; folders above it are made.
        overwrite: replace a release that is there. It stays in place, readable, until the new one is whole.

    Raises:
        OutputError: before anything is done, when the output exists and must not be overwritten or is no release,
            when another build of the same output is running, or when its parent cannot be written.
    """
    final = output.resolve()
    build = Building(_beside(final, "building"), final, final.with_name(f"{final.name}.refused"))
    lock = _claim(build.path, output)
    try:
        _finish_swap(final)
        _check_free(final, overwrite=overwrite)
        _check_replaceable(build.refused)
        yield build
        if build.path.exists():
            _publish(build, overwrite=overwrite)
    finally:
        if build.path.exists():
            shutil.rmtree(build.path)
        os.close(lock)


def release_name(release: Path) -> str:
    """Return the name that a release has, or will have when it is published.

    >>> release_name(Path("corpora/.news.building")), release_name(Path("corpora/news"))
    ('news', 'news')
    """
    name = release.resolve().name
    hidden = name.startswith(".") and name.endswith(".building")
    return name.removeprefix(".").removesuffix(".building") if hidden else name


def _beside(final: Path, what: str) -> Path:
    return final.with_name(f".{final.name}.{what}")


def _claim(path: Path, output: Path) -> int:
    """Make an empty folder that only this process works in, and return the lock that says so.

    The lock is the kernel's, on the folder itself: it goes when the process does, however it ends.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
        lock = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        raise OutputError(f"{output}: cannot be written: {error.strerror} ({error.filename})") from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        ours = path.exists() and os.path.samestat(path.stat(), os.fstat(lock))
    except BlockingIOError:
        ours = False
    if not ours:  # locked by another build, or published by it between the calls above
        os.close(lock)
        raise OutputError(f"{output}: another build is writing it; wait for it, or choose another --output")
    _empty(path)
    return lock


def _empty(folder: Path) -> None:
    """Remove what a build that was killed left."""
    for item in folder.iterdir():
        if item.is_dir() and not item.is_symlink():
            shutil.rmtree(item)
        else:
            item.unlink()


def _finish_swap(final: Path) -> None:
    """Finish what a build that was killed between the two renames of :func:`_publish` had begun."""
    old = _beside(final, "old")
    if old.exists() and not final.exists():
        old.rename(final)
    elif old.exists():
        shutil.rmtree(old)


def _check_free(final: Path, *, overwrite: bool) -> None:
    if not final.exists():
        return
    if not overwrite:
        raise OutputError(f"{final}: exists; choose another --output, or replace it with --overwrite")
    _check_replaceable(final)


def _check_replaceable(folder: Path) -> None:
    """Refuse to delete what this package did not make."""
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return
    try:
        read_manifest(folder)
    except OutputError as error:
        raise OutputError(f"{folder}: exists and is not a release, so it is not overwritten: move it away") from error


def _publish(build: Building, *, overwrite: bool) -> None:
    old = _beside(build.output, "old")
    replaces = overwrite and build.output.exists()
    if replaces:
        build.output.rename(old)
    try:
        build.path.rename(build.output)
    except OSError as error:
        if replaces:
            old.rename(build.output)
        raise OutputError(f"{build.output}: cannot be put in place: {error.strerror}") from error
    if replaces:
        shutil.rmtree(old)

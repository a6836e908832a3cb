"""A release folder appears whole or not at all.

Everything is made in a hidden folder beside the output, on the same file system, and renamed at the end. A build that
fails, is interrupted or killed leaves there what it has cleaned, and nothing else; the next build of the same output
takes up from it.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ..errors import OutputError
from .lock import Lock, Owner, break_lock
from .manifest import read_manifest


@dataclass(frozen=True, slots=True)
class Building:
    """A release that is being made, in a hidden folder of its own.

    Attributes:
        folder: the hidden folder.
        output: where the release will be when it is whole.
        refused: where it will be if it is refused.
    """

    folder: Path
    output: Path
    refused: Path

    @property
    def path(self) -> Path:
        """The folder to make the release in; it has the release's name already."""
        return self.folder / self.output.name

    @property
    def work(self) -> Path:
        """A folder for what is no part of the release. If this build does not end, the next one finds it again."""
        return self.folder / "work"

    def refuse(self) -> Path:
        """Move what was made to ``<output>.refused`` for inspection, in place of one refused before.

        Nothing is published then: what ``output`` held stays as it is. What was cleaned is not kept for the next build:
        it would be refused again.
        """
        if self.work.exists():
            shutil.rmtree(self.work)
        if self.refused.exists():
            shutil.rmtree(self.refused)
        self.path.rename(self.refused)
        return self.refused

    def keep_work(self) -> None:
        """Remove everything but what has been cleaned, and the folder too if that is nothing."""
        if self.path.exists():
            shutil.rmtree(self.path)
        if not self.work.exists() or not any(self.work.iterdir()):
            shutil.rmtree(self.folder)


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
    lock = Lock(build.folder, output)
    try:
        _finish_swap(final)
        _check_free(final, overwrite=overwrite)
        _check_replaceable(build.refused)
        if build.path.exists():  # left by a build that was killed
            shutil.rmtree(build.path)
        build.path.mkdir()
        yield build
        if build.path.exists():
            lock.check()
            _publish(build, overwrite=overwrite)
            shutil.rmtree(build.folder)
    finally:
        if lock.is_ours():
            build.keep_work()
        lock.close()


def unlock(output: Path) -> Owner | None:
    """Break the lock of a build, and return who held it; None if nobody did.

    What it has cleaned stays for the next build.
    """
    return break_lock(_beside(output.resolve(), "building"))


def _beside(final: Path, what: str) -> Path:
    return final.with_name(f".{final.name}.{what}")


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

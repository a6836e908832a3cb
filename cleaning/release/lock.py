"""Who is building a release: a lock on its hidden folder that names its owner.

On one machine the kernel holds the lock, and it goes when the process does, however it ends. Machines that share a file
system may not see each other's locks; there the owner's name, written into the folder, says that it is taken.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import socket
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from ..errors import OutputError

_OWNER = "owner.json"


@dataclass(frozen=True, slots=True)
class Owner:
    """Who holds a lock."""

    host: str
    process: int
    since: str

    @classmethod
    def this(cls) -> Owner:
        """Return this process."""
        return cls(socket.gethostname(), os.getpid(), datetime.now(UTC).isoformat(timespec="seconds"))

    def __str__(self) -> str:
        return f"process {self.process} on {self.host}, since {self.since}"


class Lock:
    """A lock on a folder, held from when it is made until it is released.

    Args:
        folder: the folder; it is made if it is not there.
        output: what messages call it.

    Raises:
        OutputError: somebody else holds it, or the folder cannot be made.
    """

    def __init__(self, folder: Path, output: Path) -> None:
        self._folder, self._output, self.owner = folder, output, Owner.this()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._file = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        except OSError as error:
            raise OutputError(f"{output}: cannot be written: {error.strerror} ({error.filename})") from error
        try:
            self._claim()
        except BaseException:
            os.close(self._file)
            raise

    def _claim(self) -> None:
        other = owner_of(self._folder)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            free = self.is_ours() and (other is None or other.host == self.owner.host)
        except BlockingIOError:
            free = False
        if not free:
            told = f" ({other})" if other else ""
            raise OutputError(
                f"{self._output}: another build is writing it{told}: wait for it, choose another --output, or, if it is"
                f" gone or hangs, `cleaning unlock {self._output}`"
            )
        (self._folder / _OWNER).write_text(json.dumps(asdict(self.owner)), "utf-8")

    def is_ours(self) -> bool:
        """Whether the folder is still the one that was locked, and not one that somebody else has put there."""
        try:
            return os.path.samestat(self._folder.stat(), os.fstat(self._file))
        except OSError:
            return False

    def check(self) -> None:
        """Make sure that the lock is still ours.

        Raises:
            OutputError: somebody has broken it.
        """
        if not self.is_ours() or owner_of(self._folder) != self.owner:
            raise OutputError(f"{self._output}: the lock was broken by somebody else, so nothing is published")

    def close(self) -> None:
        """Let others have it."""
        if self.is_ours():
            (self._folder / _OWNER).unlink(missing_ok=True)
        os.close(self._file)


def owner_of(folder: Path) -> Owner | None:
    """Return who says that a folder is theirs."""
    try:
        return Owner(**json.loads((folder / _OWNER).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def break_lock(folder: Path) -> Owner | None:
    """Take a folder from whoever holds it, with what has been done there, and return who that was.

    The folder is put away and made anew, so that its owner, if there still is one, finds that it has lost it and cannot
    publish anything.
    """
    owner = owner_of(folder)
    if not folder.exists():
        return None
    taken = folder.with_name(f"{folder.name}.{os.getpid()}")
    folder.rename(taken)
    folder.mkdir()
    for item in taken.iterdir():
        if item.name != _OWNER:
            item.rename(folder / item.name)
    shutil.rmtree(taken)
    return owner

"""A process that does work for this one, and may die of it.

A page can make a parser run for ever, take all memory, or crash. In a process of its own it costs nobody else: the
kernel ends the process when its time is up, also in the midst of C code, and the parent learns from a file which record
it was at. The child reads pickled work from its standard input and writes pickled answers.
"""

from __future__ import annotations

import os
import pickle
import resource
import signal
import struct
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from threading import Lock
from typing import Any, TypeVar

from .errors import CleaningError

T = TypeVar("T")
R = TypeVar("R")

# What a thread more would be worth, other children take: each of them computes on one core.
_ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")

_AT = struct.Struct("<qq")
_NOTHING = _AT.pack(-1, -1)

# How often work is done that a process dies of without being at anything.
TRIES = 3

_MAIN = "from cleaning.child import serve; serve()"


class DiedError(Exception):
    """A child ended before it had answered.

    Attributes:
        at: what it was at last: the two numbers given to :func:`begins`, or None if it was at nothing.
        signal: the signal that ended it, or None if it ended itself.
    """

    def __init__(self, at: tuple[int, int] | None, status: int) -> None:
        self.at, self.signal = at, -status if status < 0 else None
        super().__init__(f"a worker process ended by itself: {self.why}")

    @property
    def why(self) -> str:
        """What ended it, in words."""
        if self.signal is None:
            return "it exited"
        try:
            return signal.Signals(self.signal).name
        except ValueError:
            return f"signal {self.signal}"

    @property
    def in_time(self) -> bool:
        """Whether it was not its time limit that ended it."""
        return self.signal != signal.SIGPROF


class Child:
    """A child process. It is started when it is first called, and again after it died."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._place: Any = None
        self._closed = False
        self._busy = Lock()

    def call(self, work: Callable[[T], R], item: T) -> R:
        """Return what the work returns for an item, or raise what it raises.

        Raises:
            DiedError: the process ended.
        """
        with self._busy:
            process = self._running()
            try:
                pickle.dump((work, item), process.stdin, pickle.HIGHEST_PROTOCOL)  # type: ignore[arg-type]
                process.stdin.flush()  # type: ignore[union-attr]
                result, error = pickle.load(process.stdout)  # type: ignore[arg-type]  # noqa: S301  (our own process)
            except (BrokenPipeError, EOFError, pickle.UnpicklingError) as broken:
                raise self._died(process) from broken
        if error is not None:
            raise error
        return result  # type: ignore[no-any-return]

    def insist(self, work: Callable[[T], R], item: T) -> R:
        """Return what the work returns, and do it again if the process ends while it is at nothing that can be told.

        Somebody may have killed it; whoever asks for the work has no part in that.

        Raises:
            DiedError: the process ended while it was at something.
            CleaningError: it ended again and again.
        """
        for _ in range(TRIES):
            try:
                return self.call(work, item)
            except DiedError as died:
                last = died
                if died.at is not None:
                    raise
        raise CleaningError(f"worker processes end by themselves, {TRIES} times in a row: {last.why}")

    def close(self) -> None:
        """End the process, also in the midst of work for another thread; it starts no more."""
        self._closed = True
        while not self._busy.acquire(timeout=0.1):
            if process := self._process:
                process.kill()
        if self._process:
            self._died(self._process)
        self._busy.release()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._closed:
            raise DiedError(None, -signal.SIGKILL)
        if self._process is None:
            self._place = tempfile.TemporaryFile()  # noqa: SIM115  (closed when the process has ended)
            self._process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-c", _MAIN, str(self._place.fileno()), str(os.getpid())],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                pass_fds=[self._place.fileno()],
                env={**os.environ, **_ONE_THREAD, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            )
        return self._process

    def _died(self, process: subprocess.Popen[bytes]) -> DiedError:
        process.kill()  # if it has only closed its pipe
        status = process.wait()
        for pipe in (process.stdin, process.stdout):
            with suppress(BrokenPipeError):
                pipe.close()  # type: ignore[union-attr]
        written = os.pread(self._place.fileno(), _AT.size, 0)
        self._place.close()
        self._process = None
        return DiedError(_AT.unpack(written) if len(written) == _AT.size and written != _NOTHING else None, status)


class Place:
    """Where a child says what it is at, and how long that may take."""

    def __init__(self, file: int | None = None) -> None:
        self.file = file

    def begins(self, one: int, other: int, seconds: float = 0) -> None:
        """Say that something begins, told by two numbers; the process ends if it takes more seconds of computing."""
        if self.file is not None:
            os.pwrite(self.file, _AT.pack(one, other), 0)
            if seconds:
                signal.setitimer(signal.ITIMER_PROF, seconds)

    def ends(self) -> None:
        """Say that it has ended."""
        if self.file is not None:
            signal.setitimer(signal.ITIMER_PROF, 0)
            os.pwrite(self.file, _NOTHING, 0)


# In a process that is no child it says nothing.
place = Place()


def limit_memory(megabytes: int) -> None:
    """Let this process, if it is a child, have so much memory at most; 0 means no limit."""
    if place.file is None:
        return
    hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
    resource.setrlimit(resource.RLIMIT_DATA, (megabytes << 20 if megabytes else hard, hard))


def orphaned() -> bool:
    """Whether the parent of this process is gone, so that nobody wants what it does."""
    return place.file is not None and os.getppid() != _parent


_parent = 0


def serve() -> None:
    """Do work for the parent of this process until it wants no more."""
    global _parent
    place.file, _parent = map(int, sys.argv[1:])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    while True:
        try:
            work, item = pickle.load(sys.stdin.buffer)  # noqa: S301  (our own parent)
        except EOFError:
            return
        answer: tuple[Any, Exception | None]
        try:
            answer = work(item), None
        except Exception as error:
            answer = None, error
        pickle.dump(answer, answers, pickle.HIGHEST_PROTOCOL)
        answers.flush()

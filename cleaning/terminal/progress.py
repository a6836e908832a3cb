"""Progress of a build: a live line in a terminal, a plain line a minute where there is none, as in the log of CI."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event, Thread
from typing import TYPE_CHECKING

from rich.console import Console, RenderableType
from rich.live import Live
from rich.spinner import Spinner
from rich.text import Text

if TYPE_CHECKING:  # a progress line need not import the engine
    from ..corpus.build import Progress
    from ..release.statistics import Statistics
    from ..validate import Verdict

# Seconds between the lines of a log.
PAUSE = 60.0


@dataclass(frozen=True, slots=True)
class _Mark:
    """How far the cleaning was at a moment.

    Attributes:
        at: seconds, by a clock that only goes forward.
        tasks: parts that were done.
        read: records that were read.
    """

    at: float
    tasks: int
    read: int


class Watcher:
    """Shows how far a build is; see :class:`cleaning.corpus.build.Watch`.

    Attributes:
        warnings: all that was warned of, in order.
        result: what the release holds and whether its promises hold, once it is done.
    """

    def __init__(self, console: Console) -> None:
        self._console, self._phase, self._begun = console, "starting", time.monotonic()
        self._progress: Progress | None = None
        self._first: _Mark | None = None
        self._last: _Mark | None = None
        self._spinner = Spinner("dots")
        self.warnings: list[str] = []
        self.result: tuple[Statistics, Verdict] | None = None

    def phase(self, name: str) -> None:
        """A part of the work begins."""
        self._phase = name

    def progress(self, progress: Progress) -> None:
        """Some documents have been cleaned; what the first call tells had been done before."""
        self._progress = progress
        self._last = _Mark(time.monotonic(), progress.tasks_done, progress.read)
        self._first = self._first or self._last

    def tell(self, message: str) -> None:
        """Show something worth knowing above the live line."""
        self._console.print(Text(message), soft_wrap=True)

    def warn(self, message: str) -> None:
        """Show a warning above the live line."""
        self.warnings.append(message)
        self._console.print(Text.assemble(("warning: ", "yellow"), message), soft_wrap=True)

    def done(self, known: Statistics, verdict: Verdict) -> None:
        """Keep the numbers for a summary."""
        self.result = known, verdict

    def __rich__(self) -> RenderableType:
        """Return the live line."""
        self._spinner.update(text=Text(self.line()))
        return self._spinner

    def line(self) -> str:
        """Return how far the build is: phase, time, how long still, how fast, and what became of the documents."""
        line = f"{self._phase} … {_duration(time.monotonic() - self._begun)}"
        if not (self._progress and self._first and self._last):
            return line
        outcomes = ", ".join(f"{count:,} {name}" for name, count in sorted(self._progress.outcomes.items()))
        pace = _pace(self._first, self._last, self._progress.tasks)
        return f"{line}{pace[0]}, {self._progress.read:,} read{pace[1]}" + (f": {outcomes}" if outcomes else "")


def _pace(first: _Mark, last: _Mark, tasks: int) -> tuple[str, str]:
    """Return how long the cleaning will go on, and how fast it is, as far as what was done since the first mark tells.

    >>> _pace(_Mark(10.0, 90, 9000), _Mark(30.0, 92, 9400), 100)
    (', about 80 s left', ' (20/s)')
    """
    done, seconds = last.tasks - first.tasks, last.at - first.at
    if not done or last.tasks >= tasks:
        return "", ""
    left = _duration(seconds * (tasks - last.tasks) / done)
    return f", about {left} left", f" ({(last.read - first.read) / max(seconds, 0.1):,.0f}/s)"


def _duration(seconds: float) -> str:
    """Return a time as a person says it.

    >>> [_duration(seconds) for seconds in (7.4, 119, 120, 3900, 90_000)]
    ['7 s', '119 s', '2 min', '1 h 05 min', '25 h 00 min']
    """
    minutes = round(seconds / 60)
    if seconds < 120:
        return f"{seconds:.0f} s"
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02} min"


@contextmanager
def watching(*, quiet: bool = False) -> Iterator[Watcher]:
    """Show progress on standard error while the block runs."""
    console = Console(stderr=True, quiet=quiet, highlight=False)
    watcher = Watcher(console)
    if quiet:
        yield watcher
    elif console.is_terminal:
        with Live(watcher, console=console, refresh_per_second=8, transient=True):
            yield watcher
    else:
        with _telling(watcher):
            yield watcher


@contextmanager
def _telling(watcher: Watcher) -> Iterator[None]:
    """Say how far the build is every minute, while the block runs."""
    ended = Event()

    def tell() -> None:
        while not ended.wait(PAUSE):
            watcher.tell(watcher.line())

    teller = Thread(target=tell, name="progress", daemon=True)
    teller.start()
    try:
        yield
    finally:
        ended.set()
        teller.join()

"""Progress of a build: a live line in a terminal, and nothing but warnings where there is none."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console, RenderableType
from rich.live import Live
from rich.spinner import Spinner
from rich.text import Text

if TYPE_CHECKING:  # a progress line need not import the engine
    from ..corpus.build import Progress
    from ..release.statistics import Statistics
    from ..validate import Verdict


class Watcher:
    """Shows how far a build is; see :class:`cleaning.corpus.build.Watch`."""

    def __init__(self, console: Console) -> None:
        self._console, self._phase, self._begun = console, "starting", time.monotonic()
        self._progress: Progress | None = None
        self._spinner = Spinner("dots")
        self.result: tuple[Statistics, Verdict] | None = None

    def phase(self, name: str) -> None:
        """A part of the work begins."""
        self._phase = name

    def progress(self, progress: Progress) -> None:
        """Some documents have been cleaned."""
        self._progress = progress

    def tell(self, message: str) -> None:
        """Show something worth knowing above the live line."""
        self._console.print(Text(message), soft_wrap=True)

    def warn(self, message: str) -> None:
        """Show a warning above the live line."""
        self._console.print(Text.assemble(("warning: ", "yellow"), message), soft_wrap=True)

    def done(self, known: Statistics, verdict: Verdict) -> None:
        """Keep the numbers for a summary."""
        self.result = known, verdict

    def __rich__(self) -> RenderableType:
        """Return the live line."""
        self._spinner.update(text=Text(self._line()))
        return self._spinner

    def _line(self) -> str:
        seconds = time.monotonic() - self._begun
        if not self._progress:
            return f"{self._phase} … {seconds:.0f} s"
        read, left = self._progress.read, self._left(self._progress, seconds)
        outcomes = ", ".join(f"{count:,} {name}" for name, count in sorted(self._progress.outcomes.items()))
        return f"{self._phase} … {seconds:.0f} s{left}, {read:,} read ({read / max(seconds, 0.1):,.0f}/s): {outcomes}"

    @staticmethod
    def _left(progress: Progress, seconds: float) -> str:
        """Return how long the cleaning will go on, as far as the parts that are done can tell."""
        done = progress.tasks_done
        return f", about {seconds * (progress.tasks - done) / done:.0f} s left" if 0 < done < progress.tasks else ""


@contextmanager
def watching(*, quiet: bool = False) -> Iterator[Watcher]:
    """Show progress on standard error while the block runs, if that is a terminal."""
    console = Console(stderr=True, quiet=quiet, highlight=False)
    watcher = Watcher(console)
    if not console.is_terminal or quiet:
        yield watcher
        return
    with Live(watcher, console=console, refresh_per_second=8, transient=True):
        yield watcher

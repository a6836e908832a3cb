"""How long builds take and how much memory, by the size of the corpus and the number of workers.

    python benchmarks/build_scale.py 31k.parquet 1m.parquet               # with a worker for each core
    python benchmarks/build_scale.py 31k.parquet --workers 1 2            # with one, then with two

Make corpora with `make_corpus.py`. Each build runs in a session of its own. Memory is what all its processes hold at
one time, shared pages once (PSS, read twice a second); "at rest" is the memory of the process that is started, which
alone grows with the corpus. Linux only.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from against_run import _session as session_of

from cleaning.corpus.build import Progress, build
from cleaning.release.statistics import Statistics
from cleaning.settings import Settings
from cleaning.validate import Verdict

PAUSE = 0.5


def main() -> None:
    """Run builds one after another, and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", nargs="+", type=Path)
    parser.add_argument("--workers", nargs="+", type=int, default=[0], help="0 means one for each core")
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        alone(options.corpora[0], options.one, options.workers[0])
        return
    print("          corpus workers documents       s ms each   cpu s     MB at rest  phases in seconds")
    for corpus in options.corpora:
        for workers in options.workers:
            print(measured(corpus, workers), flush=True)


def measured(corpus: Path, workers: int) -> str:
    """Build a corpus in a process of its own, and return a line about it."""
    with tempfile.TemporaryDirectory(dir=corpus.parent) as folder:
        command = [sys.executable, __file__, str(corpus), "--workers", str(workers), "--one", f"{folder}/release"]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True) as job:
            peaks = [0, 0]
            while job.poll() is None:
                every = [
                    (place, _memory(place)) for place in Path("/proc").glob("[0-9]*") if session_of(place) == job.pid
                ]
                peaks[0] = max(peaks[0], sum(held for _, held in every))
                peaks[1] = max(peaks[1], *(held for place, held in every if place.name == str(job.pid)), 0)
                time.sleep(PAUSE)
            told = json.loads(job.stdout.read().splitlines()[-1]) if job.stdout else {}
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    seconds, documents = told["seconds"], told["documents"]
    phases = ", ".join(f"{name} {took:.0f}" for name, took in told["phases"].items())
    return (
        f"{corpus.stem:>16} {workers:>7} {documents:>9,} {seconds:>7.1f} {1000 * seconds / documents:>7.3f} {cpu:>7.0f}"
        f" {peaks[0] / 1e6:>6.0f} {peaks[1] / 1e6:>7.0f}  {phases}"
    )


def _memory(process: Path) -> int:
    try:
        lines = (process / "smaps_rollup").read_text().splitlines()
    except OSError:  # it has ended meanwhile
        return 0
    return next((1024 * int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


class Phases:
    """Writes down when the parts of a build begin."""

    def __init__(self) -> None:
        self.begun: list[tuple[str, float]] = []

    def phase(self, name: str) -> None:
        """Write one down."""
        self.begun.append((name, time.perf_counter()))

    def progress(self, progress: Progress) -> None:
        """Nothing is shown."""

    def tell(self, message: str) -> None:
        """Nothing is shown."""

    def warn(self, message: str) -> None:
        """Nothing is shown."""

    def done(self, known: Statistics, verdict: Verdict) -> None:
        """Nothing is shown."""

    def took(self) -> dict[str, float]:
        """Return the seconds of each part."""
        ends = [*(begin for _, begin in self.begun[1:]), time.perf_counter()]
        return {name: end - begin for (name, begin), end in zip(self.begun, ends, strict=True)}


def alone(corpus: Path, output: Path, workers: int) -> None:
    """Build a corpus, and print what it took."""
    phases, begin = Phases(), time.perf_counter()
    release = build(corpus, output, settings=Settings.of({"engine": {"workers": workers}}), watch=phases)
    told: dict[str, Any] = {"seconds": time.perf_counter() - begin, "phases": phases.took()}
    print(json.dumps(told | {"documents": release.counts["read"]}))


if __name__ == "__main__":
    main()

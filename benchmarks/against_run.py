"""Runs a job in a process of its own, on one core, and measures it."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# Seconds between two looks at the memory.
PAUSE = 0.2

# One core is what is measured: libraries that start threads of their own gain nothing by more of them.
ENVIRONMENT = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "RAYON_NUM_THREADS": "1",
    "HF_HUB_OFFLINE": "1",
    "PYTHONHASHSEED": "0",
}


@dataclass(frozen=True, slots=True)
class Measured:
    """What a job took.

    Attributes:
        seconds: from the first document read to the last one written.
        start: seconds around that: Python, imports, the end of the process.
        processor: seconds of processor time that its processes took, but for the start.
        peak: bytes of memory that its processes held at one time, at most.
        told: what the job says about itself.
    """

    seconds: float
    start: float
    processor: float
    peak: int
    told: dict[str, Any]


def run(command: list[str], folder: Path, core: int) -> Measured:
    """Run a job that works in a folder and writes `result.json` there when it is done.

    Raises:
        SystemExit: it failed; the end of what it said is the message.
    """
    if sys.platform != "linux":
        raise SystemExit("jobs are bound to one core and their memory is read as Linux does it: run this on Linux")
    folder.mkdir()
    log = folder / "log.txt"
    began, before = time.perf_counter(), _processor()
    with log.open("w") as output:
        # A session of its own, by which the processes that it starts are known.
        job = subprocess.Popen(
            ["taskset", "--cpu-list", str(core), *command],
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            env={**os.environ, **ENVIRONMENT, "HF_HOME": str(folder / "hub")},
        )
        peak = 0
        while job.poll() is None:
            peak = max(peak, memory(job.pid))
            time.sleep(PAUSE)
    took = time.perf_counter() - began
    if job.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{log.read_text('utf-8', 'replace')[-3000:]}")
    told = json.loads((folder / "result.json").read_text("utf-8"))
    return Measured(told["seconds"], took - told["seconds"], _processor() - before - told["start"], peak, told)


def _processor() -> float:
    """Return the processor time of all jobs so far, and of what they started and waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def memory(session: int) -> int:
    """Return the bytes of memory that the processes of a session hold now."""
    return sum(_resident(place) for place in Path("/proc").glob("[0-9]*") if _session(place) == session)


def _session(process: Path) -> int | None:
    try:
        # The name, in parentheses, may hold spaces; the session is the fourth field after it.
        return int((process / "stat").read_text().rpartition(")")[2].split()[3])
    except OSError:  # it has ended meanwhile
        return None


def _resident(process: Path) -> int:
    try:
        return int((process / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0

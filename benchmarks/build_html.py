"""What a build adds to the cleaning of pages: the same ones with `cleaning.clean_html` alone, and with a build.

    python benchmarks/build_html.py PAGES.parquet --limit 600

The table has a column `html`, and may have `url`. Seconds are those of the processor, of the build's worker too. Of the
build, "cleaning" is everything from reading to the staged documents. A build of three times the pages, less one of them
once, leaves out what only the start costs: libraries, models and rules. Linux only.
"""

from __future__ import annotations

import argparse
import os
import resource
import tempfile
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from build_scale import Phases

from cleaning import clean_html
from cleaning.corpus.build import build
from cleaning.settings import Settings


def main() -> None:
    """Run both, and print what they took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--limit", type=int, default=600)
    options = parser.parse_args()
    there = [name for name in ("html", "url") if name in pq.read_schema(options.pages).names]
    pages = pq.read_table(options.pages, columns=there).slice(0, options.limit)
    with tempfile.TemporaryDirectory() as folder:
        once = built(Path(folder), pages)
        loop(pages.to_pylist())  # loads the rules of every language, as the build's worker has done by then
        alone = loop(pages.to_pylist())
        thrice = built(Path(folder), pa.concat_tables([pages] * 3))
        alone = (alone + loop(pages.to_pylist())) / 2  # before and after, for the machine may have changed
    again = (thrice["cleaning"] - once["cleaning"]) / 2
    print(f"{len(pages)} pages: clean_html alone {alone:.1f} s; the same pages more in a build {again:.1f} s")
    print(
        f"a build's cleaning takes {again / alone:.3f} times as long, but the start: {once['cleaning'] - again:.1f} s"
    )


def loop(pages: list[dict[str, str]]) -> float:
    """Return the seconds that cleaning takes."""
    start = used()
    for page in pages:
        clean_html(page["html"], url=page.get("url"))
    return used() - start


def built(folder: Path, pages: pa.Table) -> dict[str, float]:
    """Return the seconds of each phase of a build with one worker."""
    pq.write_table(pages, folder / "pages.parquet")
    phases = Used()
    settings = Settings.of({"engine": {"workers": 1}, "quality": {"min_chars": 0, "min_words": 0}})
    build(folder / "pages.parquet", folder / f"release-{len(pages)}", settings=settings, watch=phases)
    return phases.took()


class Used(Phases):
    """Writes down how much of the processor had been used when a part began."""

    def phase(self, name: str) -> None:
        """Write one down."""
        self.begun.append((name, used()))

    def took(self) -> dict[str, float]:
        """Return the seconds of each part."""
        ends = [*(begin for _, begin in self.begun[1:]), used()]
        return {name: end - begin for (name, begin), end in zip(self.begun, ends, strict=True)}


def used() -> float:
    """Return the processor time of this process and all that it started, in seconds."""
    ticks = os.sysconf("SC_CLK_TCK")
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    alive = sum(sum(map(int, _stat(pid)[11:13])) for pid in _children(os.getpid()))
    return time.process_time() + ended.ru_utime + ended.ru_stime + alive / ticks


def _children(pid: int) -> list[int]:
    found = [
        int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()
    ]
    return [*found, *(deeper for child in found for deeper in _children(child))]


def _stat(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


if __name__ == "__main__":
    main()

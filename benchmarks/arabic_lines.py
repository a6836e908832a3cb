"""How well the cleaner finds what should go in Arabic news, by paper.

    python benchmarks/arabic_lines.py ARTICLES.parquet LABELS.jsonl [--fold A] [--show]

The articles are a table with `url`, `title` and `text`. A label says which spans of one article's text should go:
`{"url": …, "paper": …, "fold": …, "spans": [{"start": …, "end": …, "text": …}]}`. Neither is part of the project.
Letters and digits are counted, not spaces and punctuation: whether a dash beside a cut goes with it is not the
question. A span counts as found, or as right, from nine tenths on.
"""

from __future__ import annotations

import argparse
import json
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from cleaning.document import Raw
from cleaning.pipeline import clean
from cleaning.settings import Settings

ENOUGH = 0.9
SETTINGS = Settings()

Spans = list[tuple[int, int]]


def counted(text: str, spans: Spans) -> Spans:
    """Return spans of a text as ranges of its letters and digits, which repairs leave as they are."""
    places = [place for place, character in enumerate(text) if character.isalnum()]
    ranges = [(bisect_left(places, start), bisect_left(places, end)) for start, end in spans]
    return [(start, end) for start, end in ranges if start < end]


def covered(span: tuple[int, int], spans: Spans) -> int:
    """Return how much of a span the others cover; they do not overlap."""
    return sum(max(0, min(span[1], end) - max(span[0], start)) for start, end in spans)


def compare(wanted: Spans, cut: Spans) -> Counter[str]:
    """Return the counts of one article that precision and recall are made of."""
    return Counter(
        wanted=len(wanted),
        cut=len(cut),
        found=sum(covered(span, cut) >= ENOUGH * (span[1] - span[0]) for span in wanted),
        right=sum(covered(span, wanted) >= ENOUGH * (span[1] - span[0]) for span in cut),
        wanted_letters=sum(end - start for start, end in wanted),
        cut_letters=sum(end - start for start, end in cut),
        common_letters=sum(covered(span, wanted) for span in cut),
    )


def examine(label: dict[str, Any], article: dict[str, Any], *, show: bool) -> Counter[str]:
    """Clean one article and compare with its label; show what differs if asked."""
    text = article["text"]
    if any(text[span["start"] : span["end"]] != span["text"] for span in label["spans"]):
        raise SystemExit(f"{label['url']}: the label is of another text")
    document = clean(Raw(origin="label", content=text, title=article["title"], language="ar"), SETTINGS)
    wanted = counted(text, [(span["start"], span["end"]) for span in label["spans"]])
    cut = counted(document.repaired, [(span.start, span.end) for span in document.cuts])
    if show:
        for line in _differences(label, document.repaired, wanted, cut):
            print(line)
    return compare(wanted, cut)


def _differences(label: dict[str, Any], text: str, wanted: Spans, cut: Spans) -> Iterator[str]:
    places = [place for place, character in enumerate(text) if character.isalnum()]
    for name, spans, others in (("missed", wanted, cut), ("wrong", cut, wanted)):
        for start, end in spans:
            if covered((start, end), others) < ENOUGH * (end - start):
                yield f"{name} {label.get('id', label['url'])}: {text[places[start] : places[end - 1] + 1][:150]!r}"


def report(name: str, counts: Counter[str]) -> str:
    """Return one line of the table."""

    def share(part: str, whole: str) -> str:
        return f"{counts[part] / counts[whole]:.3f}" if counts[whole] else "-"

    return "| {} | {} | {} | {} | {} | {} | {} | {} |".format(
        name,
        counts["articles"],
        counts["wanted"],
        counts["cut"],
        share("right", "cut"),
        share("found", "wanted"),
        share("common_letters", "cut_letters"),
        share("common_letters", "wanted_letters"),
    )


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("labels", type=Path)
    parser.add_argument("--fold", help="only the papers of this fold")
    parser.add_argument("--show", action="store_true", help="print what was missed and what was cut wrongly")
    options = parser.parse_args()
    labels = [json.loads(line) for line in options.labels.read_text("utf-8").splitlines()]
    labels = [label for label in labels if options.fold in (None, label["fold"])]
    rows = pq.read_table(options.articles, columns=["url", "title", "text"]).to_pylist()
    articles = {row["url"]: row for row in rows}
    papers: dict[str, Counter[str]] = {}
    for label in labels:
        counts = papers.setdefault(label["paper"], Counter())
        counts["articles"] += 1
        counts.update(examine(label, articles[label["url"]], show=options.show))
    print("| paper | articles | spans | cuts | precision | recall | of letters: precision | recall |")
    print("|---|---|---|---|---|---|---|---|")
    for paper, counts in sorted(papers.items()):
        print(report(paper, counts))
    print(report("all", sum(papers.values(), Counter())))


if __name__ == "__main__":
    main()

"""The quality gate: an invented article in each language, with what sites put around it, and how well it is told apart.

Each case in ``cases/gate/`` becomes three inputs: *residue*, the article as an extractor returns it, with a few lines
too many; *page*, a whole page as text; and *html*, the same page with markup. ``floors.json`` holds what each must
reach, and ``floors.lock`` every value that a floor has had. ``python tests/gate.py`` measures all of them and raises
floors; ``python tests/gate.py --because "…"`` also lowers those that are not reached, and writes down why.
"""

from __future__ import annotations

import hashlib
import json
import math
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple

from cleaning.document import Document
from cleaning.pipeline import clean_html, clean_text
from cleaning.settings import Settings
from cleaning.text import words

FOLDER = Path(__file__).parent / "cases" / "gate"
FLOORS, LOCK = FOLDER / "floors.json", FOLDER / "floors.lock"
KINDS = ("residue", "page", "html")

# A shingle is so many words in a row.
SHINGLE = 4

# How much worse than measured a case may become before the gate closes.
MARGIN = {"f1": 0.02, "false_cuts": 0.01}


@dataclass(frozen=True)
class Case:
    """An article and what a site of its language puts around it; which line is which, the files say."""

    tag: str
    headline: str
    paragraphs: tuple[str, ...]
    keeps: tuple[str, ...]
    caption: str
    menu: tuple[str, ...]
    teasers: tuple[str, ...]
    comments: tuple[str, ...]
    byline: str
    dated: str
    share: tuple[str, ...]
    inside: tuple[str, ...]
    tags: str
    related: str
    newsletter: tuple[str, ...]
    form: tuple[str, ...]
    footer: tuple[str, ...]

    @classmethod
    def read(cls, tag: str) -> Case:
        table = json.loads((FOLDER / f"{tag}.json").read_text("utf-8"))
        known: dict[str, Any] = {name: tuple(told) if isinstance(told, list) else told for name, told in table.items()}
        return cls(tag=tag, **known)

    @property
    def article(self) -> list[str]:
        """The lines that stay: the paragraphs, and between them sentences that look like boilerplate and are none."""
        first, *rest = self.paragraphs
        mixed = [line for pair in zip_longest(rest, self.keeps) for line in pair if line]
        return [first, *mixed]

    @property
    def interrupted(self) -> list[str]:
        """The article with lines inside that do not belong to it."""
        lines = self.article
        return [*lines[:2], self.inside[0], *lines[2:-1], *self.inside[1:], lines[-1]]


class Score(NamedTuple):
    """How well an article is told apart.

    Attributes:
        f1: of word shingles, against the article; the headline counts neither way.
        false_cuts: the share of the article's characters that were cut.
    """

    f1: float
    false_cuts: float


def tags() -> list[str]:
    """Return the languages that have a case."""
    return sorted(path.stem for path in FOLDER.glob("*.json") if path != FLOORS)


def residue(case: Case) -> str:
    after = [case.tags, *case.newsletter[:1], case.related, *case.teasers[:2]]
    return "\n\n".join([case.byline, *case.interrupted, *after])


def page(case: Case) -> str:
    before = [*case.menu, *case.teasers[2:], case.headline, case.byline, case.dated, *case.share, case.caption]
    after = [case.tags, *case.share, case.related, *case.teasers, *case.newsletter]
    return "\n".join([*before, *case.interrupted, *after, *case.form, *case.comments, *case.footer])


def html(case: Case) -> str:
    """Return the page with markup, which says what is what in half of the languages, and in the others nothing."""
    box = _named if sum(map(ord, case.tag)) % 2 == 0 else _plain
    head = f"<meta charset='utf-8'><title>{case.headline}</title>"
    body = [
        box("header", _list(case.menu)),
        box("aside", _list(case.teasers[2:])),
        box("article", *_story(case, box)),
        box("aside", f"<h3>{case.related}</h3>", _list(case.teasers)),
        box("section", *map(_paragraph, (*case.form, *case.comments))),
        box("footer", *map(_paragraph, (*case.newsletter, *case.footer))),
    ]
    return f"<!doctype html><html><head>{head}</head><body>{''.join(body)}</body></html>"


def _story(case: Case, box: Callable[..., str]) -> Iterator[str]:
    yield f"<h1>{case.headline}</h1>"
    yield box("address", case.byline)
    yield box("time", case.dated)
    yield box("menu", _list(case.share))
    yield "<img src='a.jpg'>" + box("figcaption", case.caption)
    yield from (f"<h2>{line}</h2>" if line == case.paragraphs[2] else _paragraph(line) for line in case.interrupted)
    yield box("nav", case.tags)


def _named(element: str, *content: str) -> str:
    return f"<{element}>{''.join(content)}</{element}>"


def _plain(_: str, *content: str) -> str:
    return f"<div>{''.join(content)}</div>"


def _list(lines: tuple[str, ...]) -> str:
    return "<ul>" + "".join(f"<li><a href='/{n}'>{line}</a></li>" for n, line in enumerate(lines)) + "</ul>"


def _paragraph(line: str) -> str:
    return f"<p>{line}</p>"


def cleaned(case: Case, kind: str, settings: Settings | None = None) -> Document:
    """Clean one input of a case as a user does who does not say which language it is."""
    if kind == "html":
        return clean_html(html(case), settings=settings)
    return clean_text(residue(case) if kind == "residue" else page(case), settings=settings)


def measure(case: Case, kind: str, settings: Settings | None = None) -> Score:
    document = cleaned(case, kind, settings)
    left = [line for line in document.text.split("\n") if line != case.headline]
    return Score(f1("\n".join(case.article), "\n".join(left)), false_cuts(case.article, document))


@cache
def measured(tag: str, kind: str) -> Score:
    """Return what :func:`measure` says with the settings that nobody changed, once."""
    return measure(Case.read(tag), kind)


def f1(wanted: str, got: str) -> float:
    """Return the F1 of the shingles of two texts, counted as often as they occur.

    >>> f1("one two three four five", "one two three four"), f1("one two three four", "")
    (0.6666666666666666, 0.0)
    """
    one, two = shingles(wanted), shingles(got)
    return 2 * (one & two).total() / max(1, one.total() + two.total())


def shingles(text: str) -> Counter[tuple[str, ...]]:
    found = words(text)
    return Counter(zip(*(found[first:] for first in range(SHINGLE)), strict=False))


def false_cuts(article: list[str], document: Document) -> float:
    """Return the share of an article's characters that was cut, or that the text to cut from does not even hold."""
    lost = 0
    for line in article:
        start = document.repaired.find(line)
        spans = ((max(cut.start, start), min(cut.end, start + len(line))) for cut in document.cuts)
        lost += len(line) if start < 0 else sum(max(0, end - first) for first, end in spans)
    return lost / sum(map(len, article))


# --- Floors ---


class Entry(NamedTuple):
    """One line of ``floors.lock``: a floor that was set, on which form of the case, and why if it asks for less."""

    tag: str
    kind: str
    floor: Score
    digest: str
    reason: str

    @classmethod
    def parse(cls, line: str) -> Entry:
        tag, kind, least, most, digest, *reason = line.split()
        return cls(tag, kind, Score(float(least), float(most)), digest, " ".join(reason))

    def __str__(self) -> str:
        floor = f"{self.floor.f1:.3f} {self.floor.false_cuts:.3f}"
        return f"{self.tag} {self.kind} {floor} {self.digest} {self.reason}".strip()


def floors() -> dict[tuple[str, str], Score]:
    table = json.loads(FLOORS.read_text("utf-8"))
    return {(tag, kind): Score(**floor) for tag, kinds in table.items() for kind, floor in kinds.items()}


def locked() -> list[Entry]:
    return [Entry.parse(line) for line in LOCK.read_text("utf-8").splitlines() if not line.startswith("#")]


def digest(tag: str) -> str:
    """Return what tells one form of a case from another."""
    return hashlib.sha256((FOLDER / f"{tag}.json").read_bytes()).hexdigest()[:12]


def below(score: Score, floor: Score) -> list[str]:
    """Return what a score does not reach of a floor."""
    worse = []
    if score.f1 < floor.f1:
        worse.append(f"F1 {score.f1:.3f}, at least {floor.f1:.3f}")
    if score.false_cuts > floor.false_cuts:
        worse.append(f"{score.false_cuts:.1%} of the article cut, at most {floor.false_cuts:.1%}")
    return worse


def unexplained(entries: list[Entry]) -> list[str]:
    """Return the lines that ask for less than the line before, or of another form of the case, and do not say why."""
    last: dict[tuple[str, str], Entry] = {}
    wrong = []
    for entry in entries:
        before = last.get(entry[:2], entry)
        if (below(entry.floor, before.floor) or entry.digest != before.digest) and len(entry.reason.split()) < 3:
            wrong.append(str(entry))
        last[entry[:2]] = entry
    return wrong


def floor_of(score: Score) -> Score:
    least, most = score.f1 - MARGIN["f1"], score.false_cuts + MARGIN["false_cuts"]
    return Score(math.floor(round(1000 * least, 6)) / 1000, math.ceil(round(1000 * most, 6)) / 1000)


def raise_floors(reason: str) -> None:
    """Measure everything; set floors where there are none, raise them, and lower them if a reason is given."""
    known = {entry[:2]: entry for entry in locked()}
    with LOCK.open("a", encoding="utf-8") as log:
        for tag in tags():
            for kind in KINDS:
                before = known.get((tag, kind))
                entry = Entry(tag, kind, _next(before, measured(tag, kind), digest(tag), reason), digest(tag), "")
                if before and entry[2:4] == before[2:4]:
                    continue
                less = before and (below(entry.floor, before.floor) or entry.digest != before.digest)
                known[tag, kind] = entry._replace(reason=reason if less else "")
                log.write(f"{known[tag, kind]}\n")
    table: dict[str, dict[str, dict[str, float]]] = {}
    for (tag, kind), entry in sorted(known.items()):
        table.setdefault(tag, {})[kind] = entry.floor._asdict()
    FLOORS.write_text(json.dumps(table, indent=2) + "\n", "utf-8")


def _next(before: Entry | None, score: Score, now: str, reason: str) -> Score:
    floor = floor_of(score)
    if before is None or before.digest != now or (reason and below(score, before.floor)):
        return floor
    return Score(max(floor.f1, before.floor.f1), min(floor.false_cuts, before.floor.false_cuts))


if __name__ == "__main__":
    raise_floors(sys.argv[2] if sys.argv[1:2] == ["--because"] else "")

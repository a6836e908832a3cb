"""A text seen as lines, with what the annotators have found in it so far."""

from __future__ import annotations

import dataclasses
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from ..document import Cut, Document, Markup
from ..reason import Reason
from ..text import SHORTEST_PROSE, count_words, has_unspaced, is_prose, squeeze, trim


class Line(NamedTuple):
    """One line that holds more than white space.

    Attributes:
        start, end: offsets in the text, without outer white space.
        text: what stands there.
        squeezed: the same without case and odd space: see :func:`cleaning.text.squeeze`.
        folded: the same as phrases are compared, without outer punctuation.
        size: how many words it has, about.
        prose: whether it reads like a paragraph.
    """

    start: int
    end: int
    text: str
    squeezed: str
    folded: str
    size: int
    prose: bool


@dataclass(frozen=True, slots=True)
class Told:
    """Something that a line says about the document, such as its author."""

    field: Literal["title", "author", "date", "caption"]
    value: str


Finding = Cut | Told


@dataclass(frozen=True, slots=True)
class Page:
    """What annotators look at. They yield findings; only :meth:`add` makes a page that knows them.

    Attributes:
        text: the repaired text.
        lines: its lines.
        cuts: spans proposed so far, in the order in which they were proposed.
        gone: for each line, whether a proposal takes all of it.
        title, author, date: what is known, from the source or from a finding; the first one told is kept.
        captions: captions found, each once.
        extracted, markup: see :class:`cleaning.document.Document`.
    """

    text: str
    lines: tuple[Line, ...]
    gone: tuple[bool, ...]
    cuts: tuple[Cut, ...] = ()
    title: str | None = None
    author: str | None = None
    date: str | None = None
    captions: tuple[str, ...] = ()
    extracted: bool | None = None
    markup: Markup | None = None

    @classmethod
    def of(cls, document: Document) -> Page:
        """Return the page of a document that nothing has been cut from."""
        lines = tuple(_lines(document.repaired))
        return cls(
            document.repaired,
            lines,
            (False,) * len(lines),
            title=document.title,
            author=document.author,
            date=document.date,
            extracted=document.extracted,
            markup=document.markup,
        )

    def add(self, findings: Iterable[Finding]) -> Page:
        """Return the page with more findings."""
        page = self
        cuts = []
        for finding in findings:
            if isinstance(finding, Cut):
                cuts.append(finding)
            else:
                page = page._with_told(finding)
        if not cuts:
            return page
        return dataclasses.replace(page, cuts=page.cuts + tuple(cuts), gone=tuple(_gone(page, cuts)))

    def _with_told(self, told: Told) -> Page:
        if told.field == "caption":
            return (
                self
                if told.value in self.captions
                else dataclasses.replace(self, captions=(*self.captions, told.value))
            )
        if getattr(self, told.field):
            return self
        known: dict[str, Any] = {told.field: told.value}
        return dataclasses.replace(self, **known)

    def open(self) -> list[int]:
        """Return the numbers of the lines that are still there."""
        return [number for number, gone in enumerate(self.gone) if not gone]

    def cut(self, number: int, rule: str, reason: Reason, evidence: str = "") -> Cut:
        """Propose that a whole line goes."""
        line = self.lines[number]
        return Cut(line.start, line.end, rule, reason, evidence)


def _lines(text: str) -> Iterator[Line]:
    """Yield the lines of a text. What is made of their letters is made of all of them at once, which is far faster."""
    unspaced = has_unspaced(text)
    position = 0
    for line, row in zip(text.split("\n"), squeeze(text).split("\n"), strict=True):
        if stripped := line.strip():
            start = position if line[0] == stripped[0] else position + line.index(stripped)
            squeezed = row.strip()
            folded = squeezed if squeezed[0].isalnum() and squeezed[-1].isalnum() else trim(squeezed)
            size = count_words(stripped) if unspaced else squeezed.count(" ") + 1
            prose = size >= SHORTEST_PROSE and is_prose(stripped, size)
            yield Line(start, start + len(stripped), stripped, squeezed, folded, size, prose)
        position += len(line) + 1


def _gone(page: Page, cuts: list[Cut]) -> list[bool]:
    gone = list(page.gone)
    for start, end in _union(sorted((cut.start, cut.end) for cut in cuts)):
        number = bisect_left(page.lines, start, key=_start)
        while number < len(gone) and page.lines[number].end <= end:
            gone[number] = True
            number += 1
    return gone


def _start(line: Line) -> int:
    return line.start


def _union(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Merge overlapping spans, given in order."""
    merged = spans[:1]
    for start, end in spans[1:]:
        if start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged

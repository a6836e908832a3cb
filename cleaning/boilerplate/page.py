"""A text seen as lines, with what the annotators have found in it so far."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from ..document import Cut, Document, Reason
from ..text import count_words, fold, is_prose, line_spans

LONGEST_FOLDED = 1000


@dataclass(frozen=True, slots=True)
class Line:
    """One line that holds more than white space.

    Attributes:
        start, end: offsets in the text, without outer white space.
        text: what stands there.
        folded: the same as phrases are compared.
        size: how many words it has, about.
        prose: whether it reads like a paragraph.
    """

    start: int
    end: int
    text: str
    folded: str
    size: int
    prose: bool

    @classmethod
    def of(cls, start: int, text: str) -> Line:
        """Return the line that begins at an offset. Very long ones are never compared, so they are not folded."""
        folded = fold(text) if len(text) <= LONGEST_FOLDED else text
        size = count_words(text)
        return cls(start, start + len(text), text, folded, size, is_prose(text, size))


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
        extracted: see :class:`cleaning.document.Document`.
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

    @classmethod
    def of(cls, document: Document) -> Page:
        """Return the page of a document that nothing has been cut from."""
        text = document.repaired
        lines = tuple(Line.of(start, text[start:end]) for start, end in line_spans(text))
        return cls(
            text,
            lines,
            (False,) * len(lines),
            title=document.title,
            author=document.author,
            date=document.date,
            extracted=document.extracted,
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


def _gone(page: Page, cuts: list[Cut]) -> Iterator[bool]:
    spans = _union(sorted((cut.start, cut.end) for cut in cuts))
    index = 0
    for line, gone in zip(page.lines, page.gone, strict=True):
        while index < len(spans) and spans[index][1] < line.end:
            index += 1
        yield gone or (index < len(spans) and spans[index][0] <= line.start)


def _union(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Merge overlapping spans, given in order."""
    merged = spans[:1]
    for start, end in spans[1:]:
        if start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged

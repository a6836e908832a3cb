"""Lines said more than once: captions around the headline, and paragraphs that an extractor doubled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import regex

from ..reason import Reason
from .page import Finding, Line, Page, Told

# Shorter paragraphs are repeated on purpose: refrains, answers, headings.
MIN_WORDS = 12

# The text begins within so many lines, or what stands before it is a list of its own.
LATEST_BEGIN = 20

# A credit in brackets at the end of a line: "(Syrian Presidency)", "（新华社）".
_CREDIT = regex.compile(r"[(（\[][^()（）\[\]]{2,60}[)）\]]$")


def captions(page: Page) -> Iterator[Finding]:
    """Yield captions: lines said again that stand before the text, or next to each other with a credit."""
    if page.extracted is False:  # menus and teasers are said again too, and the classifier knows them
        return
    lines = page.open()
    counts = Counter(page.lines[number].folded for number in lines)
    text_begins = _text_begins(page, lines, counts)
    for position, number in enumerate(lines):
        line = page.lines[number]
        if counts[line.folded] == 1 or line.size < 3 or _is_doubled_paragraph(line, counts):
            continue
        if position < text_begins or (_CREDIT.search(line.text) and _has_twin_beside(page, lines, position)):
            yield Told("caption", line.text)
            yield page.cut(number, "repeats.caption", Reason.CAPTION, f"said {counts[line.folded]} times")


def _text_begins(page: Page, lines: list[int], counts: Counter[str]) -> int:
    """Return the position of the first paragraph; 0 when there is none soon, since a poem's refrain is no caption."""
    for position, number in enumerate(lines[:LATEST_BEGIN]):
        line = page.lines[number]
        if line.prose and (counts[line.folded] == 1 or _is_doubled_paragraph(line, counts)):
            return position
    return 0


def _is_doubled_paragraph(line: Line, counts: Counter[str]) -> bool:
    """Whether an extractor may have doubled a paragraph: of text that nobody may lose, one copy stays.

    Templates say a caption four times: with the picture and below it, above the headline and after it.
    """
    return line.prose and line.size >= MIN_WORDS and 2 <= counts[line.folded] <= 3 and not _CREDIT.search(line.text)


def paragraphs(page: Page) -> Iterator[Finding]:
    """Yield paragraphs that an extractor wrote twice, in a row (p1 p1) or as a block (p1 p2 p1 p2); the first stays.

    A paragraph that comes back alone, further down, was most often meant to.
    """
    lines = [page.lines[number] for number in page.open()]
    first: dict[str, int] = {}
    originals = [first.setdefault(line.folded, position) for position, line in enumerate(lines)]
    for position, (number, line) in enumerate(zip(page.open(), lines, strict=True)):
        if line.prose and line.size >= MIN_WORDS and _is_doubled(originals, position):
            yield page.cut(number, "repeats.paragraph", Reason.REPEATED, "said before, word for word")


def _is_doubled(originals: list[int], position: int) -> bool:
    """Whether a line repeats the one before it, or one whose neighbour is repeated beside it too."""
    original = originals[position]
    if original == position:
        return False
    before, after = originals[position - 1], originals[position + 1 : position + 2]
    return before in (original, original - 1) or after == [original + 1]


def _has_twin_beside(page: Page, lines: list[int], position: int) -> bool:
    beside = lines[max(0, position - 1) : position] + lines[position + 1 : position + 2]
    return any(page.lines[other].folded == page.lines[lines[position]].folded for other in beside)

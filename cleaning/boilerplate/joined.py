"""Boilerplate on the same line as prose: a dateline before the first sentence, or a link after the last.

Extractors join what stood in elements of their own: "سبق- جدة: انطلقت …", "… نهاية الموسم. اقرأ أيضاً: …". What a rule
would take as a line of its own, at that edge of the text, goes here too, where a mark parts it from the sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, cast

import regex

from ..document import Cut
from ..reason import Reason
from ..rules import Match, Where
from ..text import count_words
from .page import Finding, Page, Told
from .phrases import Rules

# Who reports from where is short, and ends with a colon, or with a dash behind the agency in brackets.
LONGEST_HEAD = 90
_HEAD_ENDS = regex.compile(r"[:：](?!//)|\)\s*[-–—ـ](?=\s)")
_OF_HEADS = frozenset({Reason.BYLINE})
_AT_TOP = frozenset({Where.TOP, Where.EDGES})

# What stands behind the last sentence begins at its end, or with a star or a bracket, and no further back than this.
LONGEST_TAIL = 500
_TAIL_STARTS = regex.compile(r"(?:[.!?؟…。！？۔।][\"”»)\]]*|[»”]|،{2,})\s+(?=\S)|\s+(?=[*(])")

# One bare word may be the sentence's own: "He said: Nothing. Share."
FEWEST_WORDS = 2

# So many words make a sentence: one must stand before the piece, which with a full stop would be another.
SENTENCE = 8
_FULL_STOPS = (".", "。", "।", "۔", "።")
_AT_BOTTOM = frozenset({Where.BOTTOM, Where.EDGES, Where.ANYWHERE})


def find(page: Page, rules: Rules) -> Iterator[Finding]:
    """Yield what is joined to the first sentence of the text, and what is joined to the last.

    Args:
        page: the page, from which rules have taken whole lines already.
        rules: what is asked of texts in its language.
    """
    lines = page.open()
    first = next((number for number in lines if page.lines[number].prose), None)
    if first is not None:
        yield from _before(*_left(page, first), rules)
    if lines:
        yield from _after(*_left(page, lines[-1]), rules)


def _left(page: Page, number: int) -> tuple[int, str]:
    """Return where a line begins and what stands there, without what is cut at its ends already."""
    start, end = page.lines[number].start, page.lines[number].end
    cuts = sorted((cut.start, cut.end) for cut in page.cuts if cut.start < end and start < cut.end)
    for cut_start, cut_end in cuts:
        start = cut_end if cut_start <= start else start
    for cut_start, cut_end in reversed(cuts):
        end = cut_start if end <= cut_end and cut_start > start else end
    text = page.text[start:end]
    return start + len(text) - len(text.lstrip()), text.strip()


def _before(start: int, text: str, rules: Rules) -> Iterator[Finding]:
    begun = 0
    for end in (found.end() for found in _HEAD_ENDS.finditer(text, 0, LONGEST_HEAD)):
        head = text[begun:end].strip()
        matches = [*rules.match(head), *rules.match(head.rstrip(" :：-–—ـ"))]
        if match := _that(matches, _AT_TOP, _OF_HEADS):
            yield from _found(match, start + begun, start + end)
            begun = end


def _after(start: int, text: str, rules: Rules) -> Iterator[Finding]:
    """From the longest piece to the shortest, and again on what is left: two links are two pieces."""
    begins = [found.end() for found in _TAIL_STARTS.finditer(text, max(0, len(text) - LONGEST_TAIL))]
    position = 0
    while position < len(begins):
        begin = begins[position]
        tail = text[begin:]
        position += 1
        if not _may_go(text[:begin], tail):
            continue
        if match := _that(rules.match(tail), _AT_BOTTOM, frozenset(Reason)):
            yield from _found(match, start + begin, start + len(text))
            text, position = text[:begin].rstrip(), 0
            begins = [other for other in begins if other < len(text)]


def _may_go(before: str, tail: str) -> bool:
    size = count_words(tail)
    return (
        count_words(before) >= SENTENCE
        and (size >= FEWEST_WORDS or not tail[0].isalnum())
        and not (size >= SENTENCE and tail.endswith(_FULL_STOPS))
    )


def _that(matches: list[Match], where: frozenset[Where], reasons: frozenset[Reason]) -> Match | None:
    """Return the first that would take a whole line, there and for one of the reasons."""
    for match in matches:
        if not match.spans and match.definition.where in where and match.definition.reason in reasons:
            return match
    return None


def _found(match: Match, start: int, end: int) -> Iterator[Finding]:
    for name, value in match.groups:
        yield Told(cast("Literal['author', 'date', 'caption']", name), value.strip())
    yield Cut(start, end, match.rule, match.definition.reason, "joined to a sentence")

"""The headline: where it stands, and where it is said again."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from ..reason import Reason
from ..text import fold, words
from .kind import has_form_of_page, rest_has_form_of_page
from .page import Finding, Line, Page, Told

# Between so many words and characters, the first line of a clean text is taken for its headline although it is said
# only once: shorter ones are headings of sections, longer ones decks.
SURE_WORDS, SURE_CHARS = 5, 90

# How a site hangs its name on a headline: "… | Reuters", "… - The Daily".
_SITE_NAME = regex.compile(r"\s+[|–—·»-]\s+[^|–—·»]{2,40}$")
_HANGERS = frozenset("|–—·»-")
_SENTENCE_INSIDE = regex.compile(r"(?<=\p{Ll}{2})[.!?]\s+\p{Lu}|[。！？]\s*\S")

_NO_END = (".", "。", ":", "：", ",", "،", ";", "।", "۔")


def find(page: Page) -> Iterator[Finding]:
    """Yield the headline at the top of the text, and each line that only says it again."""
    yield from _find(page, has_form_of_page(page))


def find_in_rest(page: Page) -> Iterator[Finding]:
    """Yield the same of what is left of a whole page, so that it is what would be found there by itself."""
    yield from _find(page, rest_has_form_of_page(page))


def _find(page: Page, raw: bool) -> Iterator[Finding]:
    lines = page.open()
    title = page.title or _at_the_top(page, lines, raw)
    if not title:
        return
    yield Told("title", title)
    wanted = same_headline_forms(title)
    for number in lines:
        line = page.lines[number]
        if len(line.text) <= 300 and _says(line, wanted) and _says_enough(line.folded, number):
            yield page.cut(number, "headline", Reason.HEADLINE)


def could_be_headline(line: str) -> bool:
    """Whether a line has the form of a headline: one short sentence or less, and no full stop.

    >>> could_be_headline("A Russian plan for Syria … what does it include?")
    True
    >>> could_be_headline("The talks will also address regional tensions.")
    False
    """
    if len(line) > 250 or (line.endswith(_NO_END) and not line.endswith("..")):
        return False
    return 2 <= len(words(line)) <= 40 and not _SENTENCE_INSIDE.search(line)


def same_headline_forms(title: str) -> set[str]:
    """Return the folded forms under which a headline is recognised: as it is, and without a site's name.

    >>> sorted(same_headline_forms("Floods in Jeddah | The Daily"))
    ['floods in jeddah', 'floods in jeddah | the daily']
    """
    return {fold(title), fold(_SITE_NAME.sub("", title))}


def _says(line: Line, wanted: set[str]) -> bool:
    """Whether a line is one of the forms of a headline, with or without a site's name of its own."""
    if line.folded in wanted:
        return True
    return not _HANGERS.isdisjoint(line.text) and not wanted.isdisjoint(same_headline_forms(line.text))


def _says_enough(folded: str, number: int) -> bool:
    """A headline of one or two words may also be a heading further down."""
    return number < 5 or len(words(folded)) >= 3


def _at_the_top(page: Page, lines: list[int], raw: bool) -> str | None:
    """Return the line in a headline's form that is said again near the top, or else a first line that must be one."""
    top = [page.lines[number] for number in lines[:12]]
    for position, line in enumerate(top[:5]):
        again = any(other.folded == line.folded for other in top[position + 1 : position + 8])
        if again and could_be_headline(line.text) and _begins_text(line, top[position + 1 :]):
            return line.text
        if line.prose and not raw:  # what is said twice below the first paragraph is a heading
            break
    return top[0].text if top and not raw and _must_be_headline(top) else None


def _must_be_headline(top: list[Line]) -> bool:
    """Whether the first line, said only once, is a headline for sure and not a heading of a text without one.

    A raw page begins with the site's own lines, and a short line over a text may be its first section's heading.
    """
    return (
        len(top) > 1
        and len(top[0].text) <= SURE_CHARS
        and top[0].size >= SURE_WORDS
        and top[1].prose
        and len(top[1].text) > len(top[0].text)
        and could_be_headline(top[0].text)
    )


def _begins_text(line: Line, following: list[Line]) -> bool:
    """Whether a paragraph longer than the line comes soon."""
    paragraph = next((other for other in following if other.prose and other.folded != line.folded), None)
    return paragraph is not None and len(paragraph.text) > len(line.text)

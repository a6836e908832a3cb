"""Lines that the rules of a language name: see :mod:`cleaning.rules`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal, cast

from ..document import Cut
from ..rules import Language, Match, Where, load
from .page import Finding, Line, Page, Told

# A list of headlines under "Related" is never longer.
LONGEST_LIST = 30

_TOLD = ("author", "date", "caption")


@cache
def rules_for(language: str | None, without: frozenset[str] = frozenset()) -> tuple[Language, ...]:
    """Return what is asked of a text: the rules of all languages, its own, and English.

    English is always among them, because sites in any language carry English widgets.
    """
    tags = ["common", *([language] if language else []), "en"]
    loaded = {found.tag: found for tag in tags if (found := load(tag))}
    return tuple(found.without(without) for found in loaded.values())


class Named:
    """What the rules of some languages say of each line of one page; each line is asked once."""

    def __init__(self, page: Page, languages: Sequence[Language]) -> None:
        self._languages = languages
        self._inline = [language for language in languages if language.has_inline(page.text)]
        self._whole: dict[str, tuple[Match, ...]] = {}

    def whole(self, line: Line) -> tuple[Match, ...]:
        """Return the rules that name the whole line."""
        if line.text not in self._whole:
            found = (match for language in self._languages for match in language.whole(line.text, line.folded))
            self._whole[line.text] = tuple(found)
        return self._whole[line.text]

    def inline(self, line: Line) -> Iterator[Match]:
        """Yield the rules that cut inside the line."""
        for language in self._inline:
            yield from language.inline(line.text)


def anywhere(page: Page, named: Named) -> Iterator[Finding]:
    """Yield what rules find that may fire anywhere."""
    for number in page.open():
        line = page.lines[number]
        whole = next((match for match in named.whole(line) if match.definition.where is Where.ANYWHERE), None)
        for match in [whole] if whole else named.inline(line):
            yield from _findings(page, number, match)


def edges(page: Page, named: Named) -> Iterator[Finding]:
    """Yield what rules find that may fire only before the first paragraph, or only after the last.

    Each edge is walked inwards until a paragraph that no rule names. A text without any paragraph, such as a poem or a
    list, has no edges.
    """
    lines = page.open()
    if not any(page.lines[number].prose for number in lines):
        return
    yield from _edge(page, lines, named, {Where.TOP, Where.EDGES})
    yield from _edge(page, lines[::-1], named, {Where.BOTTOM, Where.EDGES})


def _edge(page: Page, inwards: list[int], named: Named, where: set[Where]) -> Iterator[Finding]:
    for number in inwards:
        line = page.lines[number]
        match = next((match for match in named.whole(line) if match.definition.where in where), None)
        if match:
            yield from _findings(page, number, match)
        elif line.prose:
            return


def _findings(page: Page, number: int, match: Match) -> Iterator[Finding]:
    line, rule = page.lines[number], match.definition
    if match.spans:
        for start, end in match.spans:
            yield Cut(line.start + start, line.start + end, match.rule, rule.reason)
        return
    for name, value in match.groups:
        if name in _TOLD:
            yield Told(cast("Literal['author', 'date', 'caption']", name), value.strip())
    yield page.cut(number, match.rule, rule.reason)
    if rule.name_before and number > 0 and _is_name(page, number - 1):
        yield page.cut(number - 1, match.rule, rule.reason, "name above it")
    if rule.list_after:
        for follower in _list_after(page, number):
            yield page.cut(follower, match.rule, rule.reason, "listed under it")


def _is_name(page: Page, number: int) -> bool:
    line = page.lines[number]
    return not line.prose and line.size <= 5 and not any(c.isdigit() for c in line.text)


def _list_after(page: Page, number: int) -> Iterator[int]:
    for follower in range(number + 1, min(number + 1 + LONGEST_LIST, len(page.lines))):
        if page.lines[follower].prose:
            return
        yield follower

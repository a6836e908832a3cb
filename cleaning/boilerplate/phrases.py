"""Lines that the rules of a language name: see :mod:`cleaning.rules`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from ..document import Cut
from ..rules import Match, Rulebook, Where, load
from .page import Finding, Page, Told

# A list of headlines under "Related" is never longer.
LONGEST_LIST = 30

_TOLD = ("author", "date", "caption")


@dataclass(frozen=True, slots=True)
class Rules:
    """What is asked of the lines of a text."""

    book: Rulebook

    def match(self, line: str) -> list[Match]:
        """Return all that fires on a line, wherever it stands; it has no white space at its ends."""
        return sorted(self.book.match(line), key=lambda match: not _fires_anywhere(match))


def _fires_anywhere(match: Match) -> bool:
    return match.definition.where is Where.ANYWHERE


@cache
def rules_for(language: str | None, without: frozenset[str] = frozenset()) -> Rules:
    """Return what is asked of a text: the rules of all languages, its own, and English.

    English is always among them, because sites in any language carry English widgets.
    """
    tags = ["common", *([language] if language else []), "en"]
    loaded = {found.tag: found for tag in tags if (found := load(tag))}
    return Rules(Rulebook([found.without(without) for found in loaded.values()]))


class Named:
    """What the rules of some languages say of the lines of one page. A line is asked once, however often it is said."""

    def __init__(self, page: Page, rules: Rules) -> None:
        self.rules = rules
        self._possible = rules.book.possible("\n".join(line.squeezed for line in page.lines))
        self._whole: dict[str, list[Match]] = {}

    def whole(self, page: Page, number: int) -> list[Match]:
        """Return the rules that name a whole line, also those that do so only at the edges."""
        line = page.lines[number]
        found = self._whole.get(line.text)
        if found is None:
            found = self._whole[line.text] = self.rules.book.whole(
                line.text, line.folded, self._possible.get(number, ())
            )
        return found

    def anywhere(self, page: Page, number: int) -> list[Match]:
        """Return the surest rule that names a whole line wherever it stands, or else those that cut inside it."""
        for match in self.whole(page, number):
            if _fires_anywhere(match):
                return [match]
        return self.rules.book.inline(page.lines[number].text, self._possible.get(number, ()))

    def everywhere(self, page: Page) -> Iterator[tuple[int, list[Match]]]:
        """Yield the lines that rules name as a whole, also those that do so only at the edges, with these rules."""
        for number in range(len(page.lines)):
            if found := self.whole(page, number):
                yield number, found


def anywhere(page: Page, named: Named) -> Iterator[Finding]:
    """Yield what rules find that may fire anywhere."""
    for number in page.open():
        for match in named.anywhere(page, number):
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
        match = next((match for match in named.whole(page, number) if match.definition.where in where), None)
        if match:
            yield from _findings(page, number, match)
        elif page.lines[number].prose:
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

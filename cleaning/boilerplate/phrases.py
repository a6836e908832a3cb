"""Lines that the rules of a language name: see :mod:`cleaning.rules`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal, cast

from ..document import Cut
from ..rules import Language, Match, Where, load
from ..text import words
from .page import Finding, Page, Told

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


def anywhere(page: Page, languages: Sequence[Language]) -> Iterator[Finding]:
    """Yield what rules find that may fire anywhere."""
    for number in page.open():
        for match in _matches(page, number, languages):
            if match.definition.where is Where.ANYWHERE:
                yield from _findings(page, number, match)
                if not match.spans:
                    break


def edges(page: Page, languages: Sequence[Language]) -> Iterator[Finding]:
    """Yield what rules find that may fire only before the first paragraph, or only after the last.

    Each edge is walked inwards until a paragraph that no rule names.
    """
    lines = page.open()
    yield from _edge(page, lines, languages, {Where.TOP, Where.EDGES})
    yield from _edge(page, lines[::-1], languages, {Where.BOTTOM, Where.EDGES})


def _edge(page: Page, inwards: list[int], languages: Sequence[Language], where: set[Where]) -> Iterator[Finding]:
    for number in inwards:
        match = next(
            (m for m in _matches(page, number, languages) if m.definition.where in where and not m.spans), None
        )
        if match:
            yield from _findings(page, number, match)
        elif page.lines[number].prose:
            return


def _matches(page: Page, number: int, languages: Sequence[Language]) -> Iterator[Match]:
    line = page.lines[number]
    for language in languages:
        yield from language.match(line.text, line.folded)


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
    return not line.prose and len(words(line.text)) <= 5 and not any(c.isdigit() for c in line.text)


def _list_after(page: Page, number: int) -> Iterator[int]:
    for follower in range(number + 1, min(number + 1 + LONGEST_LIST, len(page.lines))):
        if page.lines[follower].prose:
            return
        yield follower

"""A regular expression of a rule, and what it says of a line."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import inf

import regex

from .definition import Rule
from .literals import needed


@dataclass(frozen=True, slots=True)
class Match:
    """A rule that fires on a line: the whole line, or the spans of it that ``spans`` gives."""

    rule: str
    definition: Rule
    spans: tuple[tuple[int, int], ...] = ()
    groups: tuple[tuple[str, str], ...] = ()


class Pattern:
    """One regular expression of a rule; compiled when it is first asked, which most never are."""

    def __init__(self, name: str, rule: Rule, source: str, *, inline: bool) -> None:
        self.name, self.rule, self.source, self.inline = name, rule, source, inline
        # How long a line may be that it is asked about.
        self.bound: float = inf if inline else rule.max_chars

    @cached_property
    def compiled(self) -> regex.Pattern[str]:
        """The expression, ready to be asked."""
        return regex.compile(self.source, regex.I)

    @cached_property
    def needed(self) -> frozenset[str] | None:
        """Strings of which one stands in whatever it matches: see :func:`cleaning.rules.literals.needed`."""
        return needed(self.source)

    def match(self, line: str) -> Match | None:
        """Return what it says of a line."""
        if self.inline:
            spans = tuple(found.span() for found in self.compiled.finditer(line))
            return Match(self.name, self.rule, spans) if spans else None
        if len(line) > self.bound or not (found := self.compiled.fullmatch(line)):
            return None
        groups = tuple((name, text) for name, text in found.groupdict().items() if text)
        return Match(self.name, self.rule, groups=groups)

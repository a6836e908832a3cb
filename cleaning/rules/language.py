"""The rules of one language."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from ..text import fold
from .book import Rulebook
from .definition import Rule
from .pattern import Match, Pattern


class Language:
    """The rules of one language."""

    def __init__(self, tag: str, name: str, rules: tuple[Rule, ...]) -> None:
        self.tag, self.name, self.rules = tag, name, rules
        self.lines = {fold(phrase): self._whole(rule) for rule in reversed(rules) for phrase in rule.lines}
        self.starts = {fold(phrase): self._whole(rule) for rule in reversed(rules) for phrase in rule.starts}
        self.patterns = (*self._patterns("patterns"), *self._patterns("inline"))

    def without(self, names: frozenset[str]) -> Language:
        """Return the language without the rules of these full names."""
        left = tuple(rule for rule in self.rules if f"{self.tag}.{rule.name}" not in names)
        return self if len(left) == len(self.rules) else Language(self.tag, self.name, left)

    def match(self, line: str) -> list[Match]:
        """Return all that fires on a line, without white space at its ends; the surest first."""
        return self._alone.match(line)

    @cached_property
    def _alone(self) -> Rulebook:
        return Rulebook([self])

    def _whole(self, rule: Rule) -> Match:
        return Match(f"{self.tag}.{rule.name}", rule)

    def _patterns(self, kind: str) -> Iterator[Pattern]:
        for rule in self.rules:
            for source in getattr(rule, kind):
                yield Pattern(f"{self.tag}.{rule.name}", rule, source, inline=kind == "inline")

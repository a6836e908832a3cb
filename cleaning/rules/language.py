"""The rules of one language, made to be asked of many lines."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import regex

from ..text import fold
from .definition import Rule


@dataclass(frozen=True, slots=True)
class Match:
    """A rule that fires on a line: the whole line, or the spans of it that ``spans`` gives."""

    rule: str
    definition: Rule
    spans: tuple[tuple[int, int], ...] = ()
    groups: tuple[tuple[str, str], ...] = ()


class Language:
    """The rules of one language, ready to be asked about lines.

    Most lines are named by no rule, so each kind of rule is first asked as a whole: phrases by a table, patterns by
    their union.
    """

    def __init__(self, tag: str, name: str, rules: tuple[Rule, ...]) -> None:
        self.tag, self.name, self.rules = tag, name, rules
        self._lines = {fold(phrase): rule for rule in reversed(rules) for phrase in rule.lines}
        self._starts = {fold(phrase): rule for rule in reversed(rules) for phrase in rule.starts}
        self._patterns = [(rule, regex.compile(p, regex.I)) for rule in rules for p in rule.patterns]
        self._inline = [(rule, regex.compile(p, regex.I)) for rule in rules for p in rule.inline]
        self._bounds = sorted({rule.max_chars for rule, _ in self._patterns})
        self._any_pattern = [self._union(bound) for bound in self._bounds]
        self._any_inline = _union(pattern for _, pattern in self._inline)
        self._longest_start = max(map(len, self._starts), default=0)

    def without(self, names: frozenset[str]) -> Language:
        """Return the language without the rules of these full names."""
        left = tuple(rule for rule in self.rules if f"{self.tag}.{rule.name}" not in names)
        return self if len(left) == len(self.rules) else Language(self.tag, self.name, left)

    def has_inline(self, text: str) -> bool:
        """Whether any rule may cut inside a line of a text; when not, lines need not be asked one by one."""
        return bool(self._inline) and self._any_inline.search(text) is not None

    def inline(self, line: str) -> Iterator[Match]:
        """Yield the rules that cut spans inside a line."""
        for rule, pattern in self._inline:
            spans = tuple(found.span() for found in pattern.finditer(line))
            if spans:
                yield self._found(rule, spans)

    def whole(self, line: str, folded: str) -> Iterator[Match]:
        """Yield the rules that name a whole line, the surest first.

        Args:
            line: one line, without white space at its ends.
            folded: the same line, folded by :func:`cleaning.text.fold`.
        """
        if exact := self._lines.get(folded):
            yield self._found(exact)
        for rule in self._starting(folded):
            if len(line) <= rule.max_chars:
                yield self._found(rule)
        tier = bisect_left(self._bounds, len(line))
        if tier < len(self._bounds) and self._any_pattern[tier].fullmatch(line):
            yield from self._matching(line)

    def match(self, line: str) -> Iterator[Match]:
        """Yield all that fires on a line, without white space at its ends."""
        yield from self.whole(line, fold(line))
        yield from self.inline(line)

    def _starting(self, folded: str) -> Iterator[Rule]:
        for end in _WORD_END.finditer(folded, 0, self._longest_start + 1):
            if rule := self._starts.get(folded[: end.start()]):
                yield rule

    def _matching(self, line: str) -> Iterator[Match]:
        for rule, pattern in self._patterns:
            if len(line) <= rule.max_chars and (found := pattern.fullmatch(line)):
                groups = tuple((name, text) for name, text in found.groupdict().items() if text)
                yield self._found(rule, groups=groups)

    def _union(self, length: int) -> regex.Pattern[str]:
        """Return what matches if any pattern does that is asked of lines of this length."""
        return _union(pattern for rule, pattern in self._patterns if rule.max_chars >= length)

    def _found(
        self, rule: Rule, spans: tuple[tuple[int, int], ...] = (), groups: tuple[tuple[str, str], ...] = ()
    ) -> Match:
        return Match(f"{self.tag}.{rule.name}", rule, spans, groups)


# Where a phrase may end: after a letter, digit or mark that no other one follows. At the bound of a search too.
_WORD_END = regex.compile(r"(?<=[\w\p{M}])(?![\w\p{M}])")
_NEVER = "(?!)"


def _union(patterns: Iterable[regex.Pattern[str]]) -> regex.Pattern[str]:
    """Return what matches if any of the patterns does, in a line or in one of the lines of a text."""
    return regex.compile("|".join(f"(?:{pattern.pattern})" for pattern in patterns) or _NEVER, regex.I | regex.M)

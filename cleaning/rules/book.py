"""The rules of some languages, made to be asked of many lines."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import regex

from ..text import fold, squeeze
from .definition import Rule, Where
from .literals import DIGIT
from .needles import Needles
from .pattern import Match, Pattern

if TYPE_CHECKING:
    from .language import Language


class Rulebook:
    """The rules of some languages, ready to be asked about the lines of a text.

    Most lines are named by no rule. Phrases are looked up in tables, and a pattern is only asked of lines that hold
    what it needs, which is looked for in all lines and for all patterns at once.

    Args:
        languages: whose rules.
        where: which of their rules, by where they may fire. What is cut inside lines is cut anywhere.
    """

    def __init__(self, languages: Sequence[Language], where: Collection[Where] = tuple(Where)) -> None:
        self._where = where
        self._lines = self._merged(language.lines for language in languages)
        self._starts = self._merged(language.starts for language in languages)
        self._heads = {phrase[:_HEAD] for phrase in self._starts}
        self._head_sizes = sorted({len(head) for head in self._heads})
        self._longest_start = max(map(len, self._starts), default=0)
        self._patterns = [
            (rank, pattern)
            for rank, language in enumerate(languages)
            for pattern in language.patterns
            if self._has(pattern.rule, inline=pattern.inline)
        ]
        patterns = [pattern for _, pattern in self._patterns]
        needed = [pattern.needed or frozenset() for _, pattern in self._patterns]
        self._needles = Needles([strings - {DIGIT} for strings in needed])
        self._always = _tiers(patterns, [n for n, strings in enumerate(needed) if not strings])
        self._with_digit = _tiers(patterns, [n for n, strings in enumerate(needed) if not strings or DIGIT in strings])
        self._longest = self._with_digit[-1].bound
        self._everywhere = [n for n, strings in enumerate(needed) if patterns[n].inline and not strings - {DIGIT}]

    def _has(self, rule: Rule, *, inline: bool = False) -> bool:
        return (Where.ANYWHERE if inline else rule.where) in self._where

    def _merged(self, tables: Iterable[dict[str, Match]]) -> dict[str, list[tuple[int, Match]]]:
        """Return what each phrase means in which of the languages, told by their rank."""
        merged: dict[str, list[tuple[int, Match]]] = {}
        for rank, table in enumerate(tables):
            for phrase, match in table.items():
                if self._has(match.definition):
                    merged.setdefault(phrase, []).append((rank, match))
        return merged

    def possible(self, squeezed: str) -> Mapping[int, Collection[int]]:
        """Return, by the number of a line, which patterns may match there because what they need does.

        They are told by number, as :meth:`whole` and :meth:`inline` want them. Patterns that need nothing that can be
        looked for are not among them: those two know.

        Args:
            squeezed: a text as :func:`cleaning.text.squeeze` makes it.
        """
        return self._needles.found_in(squeezed)

    def whole(self, line: str, folded: str, possible: Collection[int] = ()) -> list[Match]:
        """Return the rules that name a whole line: by language, and in it the surest first.

        Args:
            line: one line, without white space at its ends.
            folded: the same line, folded by :func:`cleaning.text.fold`.
            possible: what :meth:`possible` says of it, if anything.
        """
        found = [*self._lines.get(folded, ())]
        for size in self._head_sizes:
            if folded[:size] in self._heads:
                found += self._starting(line, folded)
                break
        others = self._others(line) if len(line) <= self._longest else ()
        if possible or others:
            found += self._matching(line, sorted({*possible, *others}))
        if len(found) > 1:
            found.sort(key=_rank)
        return [match for _, match in found]

    def inline(self, line: str, possible: Collection[int] = ()) -> list[Match]:
        """Return the rules that cut spans inside a line."""
        if not (possible or self._everywhere):
            return []
        asked = (self._patterns[number][1] for number in sorted({*possible, *self._everywhere}))
        return [match for pattern in asked if pattern.inline and (match := pattern.match(line))]

    def match(self, line: str) -> list[Match]:
        """Return all that fires on a line, without white space at its ends."""
        possible = self.possible(squeeze(line)).get(0, ())
        return [*self.whole(line, fold(line), possible), *self.inline(line, possible)]

    def _others(self, line: str) -> Sequence[int]:
        """Return the patterns that need nothing that can be looked for, or only a digit, if one of them matches."""
        for tier in self._with_digit if _DIGIT.search(line) else self._always:
            if len(line) <= tier.bound:
                return tier.numbers if tier.union.fullmatch(line) else ()
        return ()

    def _matching(self, line: str, numbers: Iterable[int]) -> Iterator[tuple[int, Match]]:
        size = len(line)
        for number in numbers:
            rank, pattern = self._patterns[number]
            if not pattern.inline and size <= pattern.bound and (match := pattern.match(line)):
                yield rank, match

    def _starting(self, line: str, folded: str) -> Iterator[tuple[int, Match]]:
        for end in _WORD_END.finditer(folded, 0, self._longest_start + 1):
            for rank, match in self._starts.get(folded[: end.start()], ()):
                if len(line) <= match.definition.max_chars:
                    yield rank, match


class _Tier:
    """Patterns that are asked of lines up to some length, first all of them as one."""

    def __init__(self, bound: float, patterns: Mapping[int, Pattern]) -> None:
        self.bound, self.numbers = bound, list(patterns)
        self._sources = [pattern.source for pattern in patterns.values()]

    @cached_property
    def union(self) -> regex.Pattern[str]:
        return regex.compile("|".join(f"(?:{source})" for source in self._sources) or _NEVER, regex.I)


def _tiers(patterns: Sequence[Pattern], numbers: Sequence[int]) -> list[_Tier]:
    """Return tiers of some patterns for whole lines, one for each of their bounds."""
    whole = {number: patterns[number] for number in numbers if not patterns[number].inline}
    bounds = sorted({pattern.bound for pattern in whole.values()}) or [0]
    return [_Tier(bound, {n: pattern for n, pattern in whole.items() if pattern.bound >= bound}) for bound in bounds]


_NEVER = "(?!)"

# Where a phrase may end: after a letter, digit or mark that no other one follows. At the bound of a search too.
_WORD_END = regex.compile(r"(?<=[\w\p{M}])(?![\w\p{M}])")

_DIGIT = re.compile(r"\d")

# So many characters of a line tell whether it may begin with a phrase.
_HEAD = 4


def _rank(ranked: tuple[int, Match]) -> int:
    return ranked[0]

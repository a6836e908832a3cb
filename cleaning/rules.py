"""Rules as data: what each language file says, checked as it is loaded.

A language is one TOML file in ``cleaning/languages``; adding one needs no Python. Its rules only *name* lines; the
cutting is done elsewhere. A rule that lacks an example that it strips or one that it keeps, or that fails one of
its own examples, does not load.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

import regex
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from .document import Reason
from .errors import RuleError
from .text import fold


class Where(StrEnum):
    """Where in a text a rule may fire."""

    ANYWHERE = "anywhere"
    TOP = "top"  # before the first paragraph of prose
    BOTTOM = "bottom"  # after the last paragraph of prose
    EDGES = "edges"  # either


class Rule(BaseModel):
    """One rule of a language file. See docs/languages.md for how to write one.

    Attributes:
        name: unique in its file; the full name is ``<file>.<name>``.
        reason: a span reason of :class:`cleaning.document.Reason`.
        lines: phrases that are a whole line; case, spaces and outer punctuation do not count.
        starts: phrases that a line begins with, followed by something that is neither a letter nor a digit.
        patterns: regular expressions (of the ``regex`` module, ignoring case) that match a whole line. A group
            ``author``, ``date`` or ``caption`` hands what it matched to the document.
        inline: regular expressions that are cut wherever they stand, also inside a line. Only for what can never be
            prose, such as shortcodes.
        where: where in the text the rule may fire.
        max_chars: a longer line is left alone by ``starts`` and ``patterns``.
        name_before: also take the short line before, when it is a name: the author above a biography.
        list_after: also take the lines that follow as long as they are not prose: the headlines under "Related".
        strips: examples of lines that go.
        keeps: examples of lines that look like it, and stay.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    reason: Reason
    lines: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    inline: tuple[str, ...] = ()
    where: Where = Where.ANYWHERE
    max_chars: int = 200
    name_before: bool = False
    list_after: bool = False
    strips: tuple[str, ...] = Field(min_length=1)
    keeps: tuple[str, ...] = Field(min_length=1)


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
        self._any_pattern = _union(pattern for _, pattern in self._patterns)
        self._longest = max((rule.max_chars for rule, _ in self._patterns), default=0)
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
        if len(line) <= self._longest and self._any_pattern.fullmatch(line):
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


def parse(tag: str, text: str) -> Language:
    """Make a language from the text of its file.

    Raises:
        RuleError: the file is not TOML, a key is unknown or missing, or a rule fails one of its own examples.
    """
    try:
        table: dict[str, Any] = tomllib.loads(text)
        name, rules = table.pop("name"), tuple(Rule.model_validate(rule) for rule in table.pop("rule", []))
        language = Language(tag, name, rules)
    except (tomllib.TOMLDecodeError, ValidationError, KeyError, regex.error) as error:
        raise RuleError(f"languages/{tag}.toml: {error}") from error
    if table:
        raise RuleError(f"languages/{tag}.toml: unknown key {', '.join(table)}")
    for problem in _problems(language):
        raise RuleError(f"languages/{tag}.toml: {problem}")
    return language


def _problems(language: Language) -> Iterable[str]:
    seen = set()
    for rule in language.rules:
        full_name = f"{language.tag}.{rule.name}"
        if rule.name in seen:
            yield f"two rules are called {rule.name}"
        seen.add(rule.name)
        for line in rule.strips:
            if full_name not in {match.rule for match in language.match(line)}:
                yield f"rule {rule.name} does not strip its example {line!r}"
        for line in rule.keeps:
            if full_name in {match.rule for match in language.match(line)}:
                yield f"rule {rule.name} strips {line!r}, which it says it keeps"


@cache
def load(tag: str) -> Language | None:
    """Return the shipped rules of a language by its BCP 47 tag, falling back from ``pt-BR`` to ``pt``.

    Returns None for a language that has no file. ``common`` holds the rules that every language shares.

    Raises:
        RuleError: the file cannot be used.
    """
    folder = files(__package__) / "languages"
    for candidate in (tag, tag.partition("-")[0]):
        file = folder / f"{candidate}.toml"
        if file.is_file():
            return parse(candidate, file.read_text("utf-8"))
    return None


def languages() -> list[str]:
    """Return the tags of the languages that have a file, ``common`` first."""
    names = (item.name for item in (files(__package__) / "languages").iterdir())
    tags = sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml"))
    return sorted(tags, key=lambda tag: tag != "common")

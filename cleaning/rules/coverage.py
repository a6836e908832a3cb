"""How well each language is covered: what its file holds, and what the quality gate measured."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from .files import languages, load
from .language import Language

# A language with less of one of these, or with a lower F1 or more false cuts, is only lightly covered.
FEWEST = {"rules": 20, "strips": 100, "keeps": 90}
# The heading and one of the sentences that look like boilerplate are at most 8 % of an article of the gate.
LOWEST_F1, MOST_FALSE_CUTS = 0.90, 0.10


@dataclass(frozen=True, slots=True)
class Measured:
    """What the quality gate measured, on one made-up article of the language.

    Attributes:
        residue: F1 of text that an extractor returned with some lines too many.
        page: F1 of a whole page as text.
        html: F1 of a page with its markup.
        false_cuts: the share of the article's characters that were cut, in the worst of the three.
    """

    residue: float
    page: float
    html: float
    false_cuts: float

    @property
    def f1(self) -> float:
        """The mean of the three."""
        return (self.residue + self.page + self.html) / 3


@dataclass(frozen=True, slots=True)
class Coverage:
    """What one language has.

    Attributes:
        tag, name: of the language.
        rules: how many there are.
        phrases: how many phrases and patterns they have.
        strips, keeps: how many lines show what goes and what stays.
        measured: what the quality gate says; None for what is no language, such as ``common``.
    """

    tag: str
    name: str
    rules: int
    phrases: int
    strips: int
    keeps: int
    measured: Measured | None

    @property
    def light(self) -> str:
        """By which bounds the language is only lightly covered; empty if by none."""
        return "; ".join(self._bounds())

    def _bounds(self) -> Iterator[str]:
        for name, fewest in FEWEST.items():
            if (count := getattr(self, name)) < fewest:
                yield f"{count} {name}, not {fewest}"
        if self.measured is None:
            yield from () if self.tag == "common" else ("not measured",)
            return
        for kind in ("residue", "page", "html"):
            if (f1 := getattr(self.measured, kind)) < LOWEST_F1:
                yield f"F1 {f1:.3f} of {kind}, not {LOWEST_F1:.3f}"
        if self.measured.false_cuts > MOST_FALSE_CUTS:
            yield f"{self.measured.false_cuts:.1%} falsely cut, over {MOST_FALSE_CUTS:.0%}"


def coverage() -> Iterator[Coverage]:
    """Yield what each language has, ``common`` first."""
    for language in filter(None, map(load, languages())):
        yield coverage_of(language)


def coverage_of(language: Language) -> Coverage:
    """Return what a language has."""
    rules = language.rules
    return Coverage(
        language.tag,
        language.name,
        len(rules),
        sum(len(rule.lines) + len(rule.starts) + len(rule.patterns) + len(rule.inline) for rule in rules),
        sum(len(rule.strips) for rule in rules),
        sum(len(rule.keeps) for rule in rules),
        measured().get(language.tag),
    )


@cache
def measured() -> dict[str, Measured]:
    """Return what the quality gate measured for each language, when it was last asked."""
    text = (files("cleaning") / "rules" / "coverage.toml").read_text("utf-8")
    return {tag: Measured(**scores) for tag, scores in tomllib.loads(text).items()}

"""Results as tables: the summary of a build, a verdict, the languages and their rules."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from .. import rules
from ..errors import InputError

if TYPE_CHECKING:  # `cleaning rules` need not import the validator
    from ..release import Release
    from ..release.statistics import Statistics
    from ..validate import Verdict


def print_text(text: Text) -> None:
    """Print styled text, with colours only in a terminal and without NO_COLOR."""
    _console().print(text, soft_wrap=True)


def print_summary(release: Release, statistics: Statistics, verdict: Verdict) -> None:
    """Print what a build did and where the release is."""
    counts = statistics.counts
    console = _console()
    outcomes = ("read", "split_off", "kept", "unreadable", "dropped")
    documents = _table("documents", "", [(name, counts[name]) for name in outcomes])
    for tally in statistics.dropped_by_reason:
        if tally.name != "unreadable":
            documents.add_row(f"  {tally.name}", f"{tally.count:,}")
    cut = _table("characters cut", "", [(tally.name, tally.chars) for tally in statistics.cut_by_reason])
    console.print(documents, cut)
    print_verdict(verdict, only_broken=True)
    console.print(Text.assemble("release: ", (str(release.path), "bold")), soft_wrap=True)


def print_verdict(verdict: Verdict, *, only_broken: bool = False) -> None:
    """Print each promise and whether it holds, with the documents that break it."""
    console = _console()
    for promise in verdict.promises:
        if promise.ok and only_broken:
            continue
        mark, style = ("holds", "green") if promise.ok else (promise.severity, "yellow")
        if promise in verdict.broken:
            mark, style = "BROKEN", "bold red"
        found = "" if promise.ok else f": {promise.unexpected:,} of {promise.evaluated:,}"
        if promise.ids:
            found += f", such as {', '.join(promise.ids[:5])}"
        console.print(Text.assemble((f"{mark:8}", style), promise.name, found), soft_wrap=True)
    held = sum(promise.ok for promise in verdict.promises)
    console.print(f"validation: {held} of {len(verdict.promises)} promises hold", soft_wrap=True)


def print_languages() -> None:
    """Print, for each language, how many rules, phrases and examples it has."""
    table = Table("tag", "language", "rules", "phrases", "examples it strips", "examples it keeps")
    for tag in rules.languages():
        language = rules.load(tag)
        if language is None:
            continue
        counts = [
            len(language.rules),
            sum(len(rule.lines) + len(rule.starts) + len(rule.patterns) + len(rule.inline) for rule in language.rules),
            sum(len(rule.strips) for rule in language.rules),
            sum(len(rule.keeps) for rule in language.rules),
        ]
        table.add_row(tag, language.name, *map(str, counts))
    _console().print(table)


def print_language(tag: str) -> None:
    """Print the rules of one language with their examples.

    Raises:
        InputError: there are no rules for this language.
    """
    language = rules.load(tag)
    if language is None:
        raise InputError(f"there are no rules for {tag!r} yet; there are some for {', '.join(rules.languages())}")
    console = _console()
    for rule in language.rules:
        console.print(
            Text(f"{language.tag}.{rule.name}", "bold"), Text(f"{rule.reason.value}, {rule.where.value}", "dim")
        )
        for line in rule.strips:
            console.print(Text(f"  - {line}", "red"), soft_wrap=True)
        for line in rule.keeps:
            console.print(Text(f"  + {line}", "green"), soft_wrap=True)


def _table(name: str, value: str, rows: Iterable[tuple[str, int]]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0))
    table.add_column(name)
    table.add_column(value, justify="right")
    for label, number in rows:
        table.add_row(label.replace("_", " "), f"{number:,}")
    return table


def _console() -> Console:
    return Console(highlight=False, color_system=None if os.environ.get("NO_COLOR") else "auto")

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
from ..rules.coverage import Coverage, coverage, coverage_of

if TYPE_CHECKING:  # `cleaning rules` need not import the validator
    from ..release import Release
    from ..release.statistics import Statistics
    from ..validate import Verdict

_HOW_TO_READ = (
    "F1 and what is falsely cut: on one made-up article of each language, as text with residue, as a page, as HTML."
)


# A document's own controls would move the cursor or rename the window; they are shown as pictures of themselves.
_PICTURES = {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\n\t"}
_PICTURES |= {0x7F: 0x2421, **dict.fromkeys(range(0x80, 0xA0), 0xFFFD)}


def print_text(text: Text) -> None:
    """Print styled text, with colours only in a terminal and without NO_COLOR, and no control character of its own."""
    text.plain = text.plain.translate(_PICTURES)
    _console().print(text, soft_wrap=True)


def print_table(table: Table) -> None:
    """Print a table, with colours only in a terminal and without NO_COLOR."""
    _console().print(table)


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
    """Print, for each language, what it has, how well it is cleaned, and whether it is only lightly covered."""
    table = Table()
    table.add_column("tag", no_wrap=True)
    table.add_column("language", min_width=12)
    for name in ("rules", "phrases", "strips", "keeps", "F1", "falsely cut"):
        table.add_column(name, justify="right")
    table.add_column("")
    light = []
    for language in coverage():
        counts = (language.rules, language.phrases, language.strips, language.keeps)
        scores = ("", "")
        if language.measured:
            scores = f"{language.measured.f1:.3f}", f"{language.measured.false_cuts:.1%}"
        mark = "light" if language.light else ""
        table.add_row(language.tag, language.name, *map(str, counts), *scores, mark)
        light += [f"light: {language.tag}: {language.light}"] if language.light else []
    _console().print(table)
    print_text(Text("\n".join([_HOW_TO_READ, *light])))


def print_language(tag: str) -> None:
    """Print the rules of one language with their examples.

    Raises:
        InputError: there are no rules for this language.
    """
    language = rules.load(tag)
    if language is None:
        raise InputError(f"there are no rules for {tag!r} yet; there are some for {', '.join(rules.languages())}")
    console = _console()
    console.print(Text(f"{language.name}: {_told(coverage_of(language))}"), soft_wrap=True)
    for rule in language.rules:
        console.print(
            Text(f"{language.tag}.{rule.name}", "bold"), Text(f"{rule.reason.value}, {rule.where.value}", "dim")
        )
        for line in rule.strips:
            console.print(Text(f"  - {line}", "red"), soft_wrap=True)
        for line in rule.keeps:
            console.print(Text(f"  + {line}", "green"), soft_wrap=True)


def _told(language: Coverage) -> str:
    told = [f"{language.rules} rules, {language.strips} lines that go, {language.keeps} that stay"]
    if scores := language.measured:
        told.append(f"F1 {scores.residue:.3f} residue, {scores.page:.3f} page, {scores.html:.3f} html")
        told.append(f"{scores.false_cuts:.1%} falsely cut")
    return "; ".join([*told, f"light: {language.light}"] if language.light else told)


def _table(name: str, value: str, rows: Iterable[tuple[str, int]]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0))
    table.add_column(name)
    table.add_column(value, justify="right")
    for label, number in rows:
        table.add_row(label.replace("_", " "), f"{number:,}")
    return table


def _console() -> Console:
    return Console(highlight=False, color_system=None if os.environ.get("NO_COLOR") else "auto")

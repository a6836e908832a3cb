"""The dataset card: README.md, made from a template whose prose is written by hand, and the plots that it shows.

Numbers, tables and columns come from the release. What nobody said is left out, and asked for by a warning: a card
with a gap that looks like a fact is worse than a short one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from ..settings import Card, Settings
from . import markdown
from .described import checked, chosen, columns
from .examples import cut_examples
from .frontmatter import front_matter, pretty_name
from .meanings import meaning
from .plots import write_plots
from .rai import STEPS
from .statistics import Statistics, Tallies, Tally
from .tables import configs_of, rows_of
from .template import card_template, render

NAME = "README.md"
_SHOWN = 20  # rows of a table that could be as long as the web
# What the card does without each setting that only a person can fill in.
_ASKED = {
    "name": "calls the dataset by its digest",
    "version": "says no version",
    "creators": "says nobody made it",
    "published": "says no day",
    "license": "says no licence",
    "homepage": "links to no page",
    "contact": "names nobody to ask, also for takedown",
    "sources": "does not say what the dataset is made from",
    "collection": "does not say how the documents were collected",
    "collected": "does not say when",
    "uses": "does not say what it is for",
    "personal_data": "says only in general what becomes of personal data",
    "biases": "says only what can be counted about biases",
    "maintenance": "does not say whether it is renewed",
    "citation": "does not say how to cite",
}
_REASONS = 6  # the most frequent ones, which examples are shown of
_EXAMPLES = 3  # of each


def write_card(
    release: Path,
    statistics: Statistics,
    verdict: Mapping[str, Any] | None,
    settings: Settings,
    configs: Mapping[str, pa.Schema],
) -> list[str]:
    """Write README.md and its plots, and return what it could not say: each setting that is empty, and what follows.

    Args:
        release: the folder, with its tables.
        statistics: the numbers of its tables.
        verdict: what validation/results.json says; None when the release was not validated.
        settings: what the release was built with.
        configs: name and schema of each table, in the order in which the card explains them.

    Raises:
        OutputError: a table is missing.
        SettingsError: the template of one's own cannot be used.
    """
    text = render(
        card_template(settings.card),
        front_matter=markdown.Markdown(front_matter(release, statistics, settings.card)),
        name=pretty_name(release, settings.card),
        card=settings.card,
        splits=[(config, [split.name for split in splits]) for config, splits in configs_of(release).items()],
        examples=_examples(release, statistics),
        plots=write_plots(release, statistics),
        steps=[markdown.Markdown(step) for step in STEPS],
        counts=statistics.counts,
        statistics=statistics,
        composition=_composition(statistics),
        personal=_personal(statistics, settings),
        largest_source=_largest(statistics),
        promises=[(markdown.code(name), why, result) for name, why, result in checked(verdict)],
        configs={config: [_column_row(row) for row in columns(schema)] for config, schema in configs.items()},
        empty=[config for config in configs if not rows_of(release, config)],
        settings=[tuple(map(markdown.code, row[:2])) + row[2:] for row in chosen(settings)],
    )
    (release / NAME).write_text(text, "utf-8", newline="\n")
    return list(_warnings(settings.card))


def _warnings(card: Card) -> Iterator[str]:
    for name, effect in _ASKED.items():
        if not getattr(card, name) and not (name == "creators" and card.publisher):
            yield f"card.{name} (it {effect})"


def _composition(statistics: Statistics) -> dict[str, list[tuple[object, ...]]]:
    return {
        "kept_by_language": _rows(statistics.kept_by_language),
        "kept_by_source": _rows(statistics.kept_by_source),
        "cut_by_reason": _reason_rows(statistics.cut_by_reason),
        "cut_by_language": _rows(statistics.cut_by_language),
        "cut_by_source": _rows(statistics.cut_by_source),
        "dropped_by_reason": _reason_rows(statistics.dropped_by_reason),
        "dropped_by_language": _rows(statistics.dropped_by_language),
        "dropped_by_source": _rows(statistics.dropped_by_source),
        "repaired_by_rule": [(markdown.code(tally.name), tally.count) for tally in statistics.repaired_by_rule],
    }


def _personal(statistics: Statistics, settings: Settings) -> dict[str, object]:
    return {
        "mode": settings.personal.mode,
        "kinds": [(markdown.code(tally.name), tally.count) for tally in statistics.personal_by_kind],
        "languages": [row[:2] for row in _rows(statistics.personal_by_language)],
    }


def _rows(tallies: Tallies) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = [(t.name or "not known", t.count, t.chars) for t in tallies[:_SHOWN]]
    rest = tallies[_SHOWN:]
    if rest:
        rows.append((f"{len(rest):,} others", sum(t.count for t in rest), sum(t.chars for t in rest)))
    return rows


def _reason_rows(tallies: Tallies) -> list[tuple[object, ...]]:
    return [(markdown.code(t.name), t.count, t.chars, markdown.Markdown(meaning(t.name))) for t in tallies]


def _examples(release: Path, statistics: Statistics) -> list[tuple[object, ...]]:
    frequent = sorted(statistics.cut_by_reason, key=lambda tally: (-tally.count, tally.name))
    found = cut_examples(release, [tally.name for tally in frequent[:_REASONS]], _EXAMPLES)
    return [(markdown.code(reason), text) for reason, text in found]


def _largest(statistics: Statistics) -> tuple[Tally, int] | None:
    """Return the source with most text and its share of all characters in percent."""
    tallies = statistics.kept_by_source
    if not tallies or not tallies[0].name or not statistics.chars:
        return None
    return tallies[0], round(100 * tallies[0].chars / statistics.chars)


def _column_row(row: tuple[str, str, str]) -> tuple[object, ...]:
    name, kind, description = row
    return (markdown.code(name), kind, markdown.Markdown(description.replace("|", "\\|")))

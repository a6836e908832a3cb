"""The dataset card: README.md, made from ``dataset_card.md``, whose prose is written by hand.

Numbers, tables and columns come from the release. What nobody said is left out, and asked for by a warning: a card
with a gap that looks like a fact is worse than a short one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import jinja2
import pyarrow as pa

from ..settings import Card, Settings
from ..shipped import shipped
from . import markdown
from .described import checked, chosen, columns
from .frontmatter import front_matter, pretty_name
from .meanings import meaning
from .statistics import Statistics, Tallies, Tally
from .tables import rows_of

NAME = "README.md"
_SHOWN = 20  # rows of a table that could be as long as the web
# What the card does without each setting that only a person can fill in.
_ASKED = {
    "license": "says no licence",
    "homepage": "links to no page",
    "contact": "names nobody to ask, also for takedown",
    "collection": "does not say how the documents were collected",
    "personal_data": "says only in general what becomes of personal data",
    "biases": "says only what can be counted about biases",
    "citation": "does not say how to cite",
}


def write_card(
    release: Path,
    statistics: Statistics,
    verdict: Mapping[str, Any] | None,
    settings: Settings,
    configs: Mapping[str, pa.Schema],
) -> list[str]:
    """Write README.md, and return what it could not say: each setting that is empty, and what follows.

    Args:
        release: the folder, with its tables.
        statistics: the numbers of its tables.
        verdict: what validation/results.json says; None when the release was not validated.
        settings: what the release was built with.
        configs: name and schema of each table, in the order in which the card explains them.

    Raises:
        OutputError: a table is missing.
    """
    text = _template().render(
        front_matter=markdown.Markdown(front_matter(release, statistics, settings.card)),
        name=pretty_name(release, settings.card),
        card=settings.card,
        counts=statistics.counts,
        statistics=statistics,
        composition=_composition(statistics),
        largest_source=_largest(statistics),
        promises=[(markdown.code(name), why, result) for name, why, result in checked(verdict)],
        configs={config: [_column_row(row) for row in columns(schema)] for config, schema in configs.items()},
        empty=[config for config in configs if not rows_of(release, config)],
        settings=[tuple(map(markdown.code, row[:2])) + row[2:] for row in chosen(settings)],
    )
    (release / NAME).write_text(text, "utf-8", newline="\n")
    return list(_warnings(settings.card))


def _template() -> jinja2.Template:
    # Markdown has an escaping of its own: finalize applies it to every value.
    environment = jinja2.Environment(
        undefined=jinja2.StrictUndefined,
        finalize=markdown.escape,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701
    )
    for use in (markdown.fence, markdown.link, markdown.prose, markdown.table):
        environment.filters[use.__name__] = use
    return environment.from_string(shipped("dataset_card.md").read_text("utf-8"))


def _warnings(card: Card) -> Iterator[str]:
    for name, effect in _ASKED.items():
        if not getattr(card, name).strip():
            yield f"card.{name} (it {effect})"


def _composition(statistics: Statistics) -> dict[str, list[tuple[object, ...]]]:
    return {
        "kept_by_language": _rows(statistics.kept_by_language),
        "kept_by_source": _rows(statistics.kept_by_source),
        "cut_by_reason": _reason_rows(statistics.cut_by_reason),
        "cut_by_language": _rows(statistics.cut_by_language),
        "dropped_by_reason": _reason_rows(statistics.dropped_by_reason),
        "dropped_by_language": _rows(statistics.dropped_by_language),
        "dropped_by_source": _rows(statistics.dropped_by_source),
        "repaired_by_rule": [(markdown.code(tally.name), tally.count) for tally in statistics.repaired_by_rule],
    }


def _rows(tallies: Tallies) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = [(t.name or "not known", t.count, t.chars) for t in tallies[:_SHOWN]]
    rest = tallies[_SHOWN:]
    if rest:
        rows.append((f"{len(rest):,} others", sum(t.count for t in rest), sum(t.chars for t in rest)))
    return rows


def _reason_rows(tallies: Tallies) -> list[tuple[object, ...]]:
    return [(markdown.code(t.name), t.count, t.chars, markdown.Markdown(meaning(t.name))) for t in tallies]


def _largest(statistics: Statistics) -> tuple[Tally, int] | None:
    """Return the source with most text and its share of all characters in percent."""
    tallies = statistics.kept_by_source
    if not tallies or not tallies[0].name or not statistics.chars:
        return None
    return tallies[0], round(100 * tallies[0].chars / statistics.chars)


def _column_row(row: tuple[str, str, str]) -> tuple[object, ...]:
    name, kind, description = row
    return (markdown.code(name), kind, markdown.Markdown(description.replace("|", "\\|")))

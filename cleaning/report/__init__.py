"""report.html: what a release holds and what was removed from it, on one page that opens from disk.

It needs no network, and is complete without its script, which only searches and filters. Every value is escaped, so a
document that contains markup shows as text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from markupsafe import Markup

from ..charts.flow import Part, flow
from ..charts.spread import lengths, names, years
from ..release.described import checked, chosen
from ..release.frontmatter import pretty_name
from ..release.statistics import Statistics, Tallies
from ..release.tables import configs_of
from ..schema import CONFIGS
from ..settings import Settings
from .copies import copies
from .page import page
from .rules import fired
from .sample import Shown, chosen_ids, dropped_sample, in_turn, shown, widest_ids, within
from .spread import spread
from .suspects import suspects

NAME = "report.html"
_PER_REASON, _LOOKED_AT = 6, 60
_ROWS = 30  # of a table that could be as long as the web
_COLUMNS = 6  # languages or sources beside each other
_WIDEST, _SUSPECTS = 40, 24
# Bytes of sampled text; escaping can make four or five of one, and then the page is still bearable.
_KEPT_BYTES, _DROPPED_BYTES = 350_000, 60_000


def write_report(
    release: Path,
    statistics: Statistics,
    verdict: Mapping[str, Any] | None,
    settings: Settings,
    since: Mapping[str, int | str] | None = None,
) -> Path:
    """Write report.html.

    Args:
        release: the folder, with its tables.
        statistics: the numbers of its tables.
        verdict: what validation/results.json says; None when the release was not validated.
        settings: what the release was built with.
        since: what changed since the last release, in a few words and numbers; None when there is no last one.

    Raises:
        OutputError: a table is missing.
    """
    text = page(
        "report.html",
        "filter.js",
        name=pretty_name(release, settings.card),
        counts=statistics.counts,
        statistics=statistics,
        dropped=within(dropped_sample(release, _PER_REASON), _DROPPED_BYTES),
        copies=copies(release, statistics.clusters),
        charts=_charts(release, statistics),
        tables={name: _crossed(statistics, name) for name in ("language", "source")},
        verdict=verdict,
        promises=checked(verdict),
        settings=chosen(settings),
        since=since,
        splits=_splits(release),
        longest=_ROWS,
        **_documents(release, statistics),
    )
    path = release / NAME
    path.write_text(text, "utf-8", newline="\n")
    return path


def _documents(release: Path, statistics: Statistics) -> dict[str, Any]:
    """Return the documents that are shown, which of their cuts to look at first, and the rules that made them."""
    widest = widest_ids(release, _WIDEST)
    pool = shown(release, list(dict.fromkeys([*widest, *chosen_ids(release, _LOOKED_AT)])))
    sources = {tally.name: tally.count for tally in statistics.sources_of_rule}
    first = suspects(pool, sources, len(statistics.cut_by_source), _SUSPECTS)
    wanted = in_turn([suspect.document.row["id"] for suspect in first], chosen_ids(release, _PER_REASON), widest)
    documents = {document.row["id"]: document for document in pool}
    kept = within((documents[name] for name in wanted), _KEPT_BYTES)
    numbers = {document.row["id"]: number for number, document in enumerate(kept, 1)}
    rules = fired(statistics, kept)
    return {
        "kept": kept,
        "numbers": numbers,
        "looked_at": len(pool),
        "suspects": [suspect for suspect in first if suspect.document.row["id"] in numbers],
        "rules": rules,
        "rule_numbers": {rule.tally.name: rule.number for rule in rules},
        "choices": _choices(kept),
    }


def _splits(release: Path) -> list[tuple[str, str]]:
    """Return the configs of clean documents and their splits."""
    others = CONFIGS.keys() - {"default"}
    found = {config: splits for config, splits in configs_of(release).items() if config not in others}
    return [(config, ", ".join(split.name for split in splits)) for config, splits in found.items()]


def _choices(documents: Sequence[Shown]) -> dict[str, list[tuple[str, int]]]:
    """Return what the documents can be filtered by, and how many there are of each."""
    found: dict[str, Counter[str]] = {name: Counter() for name in ("rule", "reason", "language", "source")}
    for document in documents:
        for name in ("rule", "reason"):
            found[name].update({getattr(piece, name) for piece in document.pieces} - {""})
        for name in ("language", "source"):
            found[name].update({document.row[name]} - {None, ""})
    return {name: sorted(counts.items()) for name, counts in found.items()}


def _charts(release: Path, statistics: Statistics) -> dict[str, Markup]:
    lengths_of = spread(release)
    kept, dropped = (_counted(tallies) for tallies in (statistics.kept_by_language, statistics.dropped_by_language))
    kept_in, dropped_in = (_counted(tallies) for tallies in (statistics.kept_by_year, statistics.dropped_by_year))
    drawn = {
        "documents": _flow_of_documents(statistics),
        "characters": _flow_of_characters(statistics),
        "lengths": lengths(lengths_of.edges, lengths_of.before, lengths_of.after) if lengths_of.edges else None,
        "languages": names(kept + dropped, kept, "Documents by language, before and after") if kept else None,
        "years": years(kept_in + dropped_in, kept_in) if len(kept_in + dropped_in) > 1 else None,
    }
    return {name: chart for name, chart in drawn.items() if chart}


def _counted(tallies: Tallies) -> Counter[str]:
    return Counter({tally.name: tally.count for tally in tallies})


def _flow_of_documents(statistics: Statistics) -> Markup | None:
    counts = statistics.counts
    sources = [Part("read", counts["read"]), Part("split off", counts["split_off"])]
    lost = [Part(tally.name, tally.count) for tally in statistics.dropped_by_reason]
    outcomes = [Part("kept", counts["kept"], is_kept=True), *lost]
    return _flow(sources, outcomes, "What became of the documents")


def _flow_of_characters(statistics: Statistics) -> Markup | None:
    dropped = sum(tally.chars for tally in statistics.dropped_by_reason)
    cut = [Part(tally.name, tally.chars) for tally in statistics.cut_by_reason[:_COLUMNS]]
    rest = Part("other cuts", sum(tally.chars for tally in statistics.cut_by_reason[_COLUMNS:]))
    lost = [*cut, rest, Part("in dropped documents", dropped)]
    outcomes = [Part("clean text", statistics.chars, is_kept=True), *lost]
    return _flow([Part("extracted", sum(part.size for part in outcomes))], outcomes, "What became of the characters")


def _flow(sources: Sequence[Part], outcomes: Sequence[Part], label: str) -> Markup | None:
    sources, outcomes = ([part for part in parts if part.size] for parts in (sources, outcomes))
    return flow(sources, outcomes, label) if sources and outcomes else None


def _crossed(statistics: Statistics, name: str) -> tuple[list[str], list[tuple[str, list[int]]]]:
    """Return the largest languages or sources, and for each reason the characters cut out of each of them."""
    tallies: Tallies = getattr(statistics, f"cut_by_{name}")[:_COLUMNS]
    pairs: Tallies = getattr(statistics, f"cut_by_{name}_and_reason")
    chars = {(pair.name, pair.reason): pair.chars for pair in pairs}
    columns = [tally.name for tally in tallies]
    rows = [
        (reason.name, [chars.get((column, reason.name), 0) for column in columns])
        for reason in statistics.cut_by_reason
    ]
    return columns, rows

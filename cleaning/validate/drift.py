"""Facts about what changed since the last release, from the numbers of both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..release.statistics import Statistics, Tallies
from .tally import Fact

# Sources compared: the largest of either release.
SOURCES = 20

# Names of what changed most that a report shows.
_NAMED = 3


def drift_facts(now: Statistics, last: Statistics) -> dict[str, Fact]:
    """Compute all facts of drift by name; docs for each of them are the reasons in ``expectations/drift.json``.

    Shares are from 0 to 1, and their changes are differences of shares, not ratios.

    Args:
        now: the numbers of a release.
        last: those of the release before it.
    """
    sources = {tally.name for numbers in (now, last) for tally in numbers.kept_by_source[:SOURCES]}
    languages = _documents(now.kept_by_language), _documents(last.kept_by_language)
    by_source = _shares(_documents(now.kept_by_source)), _shares(_documents(last.kept_by_source))
    return {
        "documents_ratio": _ratio("documents", now.counts["kept"], last.counts["kept"]),
        "kept_share_change": _largest({"kept": _kept(now)}, {"kept": _kept(last)}),
        "language_distance": _distance(*languages),
        "source_share_change": _largest(*by_source, sources),
        "length_ratio": _ratio("characters in the median document", _median(now), _median(last)),
        "cut_share_change": _largest(_cut(now), _cut(last)),
        "dropped_share_change": _largest(_dropped(now), _dropped(last)),
    }


def _documents(tallies: Tallies) -> dict[str, int]:
    return {tally.name: tally.count for tally in tallies}


def _arrived(numbers: Statistics) -> int:
    return numbers.counts["read"] + numbers.counts["split_off"]


def _kept(numbers: Statistics) -> float:
    return numbers.counts["kept"] / max(1, _arrived(numbers))


def _median(numbers: Statistics) -> int:
    return numbers.lengths[len(numbers.lengths) // 2] if numbers.lengths else 0


def _cut(numbers: Statistics) -> dict[str, float]:
    """Return the characters cut for each reason, as a share of those of all repaired texts."""
    cut = {tally.name: tally.chars for tally in numbers.cut_by_reason}
    whole = numbers.chars + sum(cut.values()) + sum(tally.chars for tally in numbers.dropped_by_reason)
    return {name: chars / max(1, whole) for name, chars in cut.items()}


def _dropped(numbers: Statistics) -> dict[str, float]:
    return {tally.name: tally.count / max(1, _arrived(numbers)) for tally in numbers.dropped_by_reason}


def _shares(counts: Mapping[str, int]) -> dict[str, float]:
    whole = max(1, sum(counts.values()))
    return {name: count / whole for name, count in counts.items()}


def _distance(now: Mapping[str, int], last: Mapping[str, int]) -> Fact:
    """Return the total variation distance: the share that would have to change its name to make both the same."""
    shares, before = _shares(now), _shares(last)
    changes = _changes(shares, before, {*shares, *before})
    return Fact(sum(map(abs, changes.values())) / 2, ids=_told(changes, shares, before))


def _largest(now: Mapping[str, float], last: Mapping[str, float], names: Iterable[str] | None = None) -> Fact:
    """Return the largest change of a share, up or down."""
    changes = _changes(now, last, {*now, *last} if names is None else names)
    return Fact(max(map(abs, changes.values()), default=0.0), ids=_told(changes, now, last))


def _changes(now: Mapping[str, float], last: Mapping[str, float], names: Iterable[str]) -> dict[str, float]:
    """Return the change of each share, the largest first."""
    changes = {name: now.get(name, 0.0) - last.get(name, 0.0) for name in names}
    return dict(sorted(changes.items(), key=lambda item: (-abs(item[1]), item[0])))


def _told(changes: Mapping[str, float], now: Mapping[str, float], last: Mapping[str, float]) -> tuple[str, ...]:
    first = [name for name, change in changes.items() if change][:_NAMED]
    return tuple(f"{name or 'not known'}: {last.get(name, 0):.1%} → {now.get(name, 0):.1%}" for name in first)


def _ratio(what: str, now: int, last: int) -> Fact:
    """Return how many times as much there is; 1 where there was nothing and is nothing."""
    return Fact(now / last if last else 1.0 + now, ids=(f"{what}: {last:,} → {now:,}",))

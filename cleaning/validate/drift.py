"""Facts about what changed since the last release, from the numbers of both.

A release of a few dozen documents differs from the next by chance alone. What chance explains counts as no change: what
stays within three standard errors, as if the documents of both were drawn at random from the same ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import log, pi, sqrt
from typing import NamedTuple

import numpy as np

from ..release.statistics import Statistics, Tallies
from .tally import Fact

# Sources compared: the largest of either release.
SOURCES = 20

# Names of what changed most that a report shows.
_NAMED = 3

# Standard errors that chance explains: many shares are compared, and one in 370 goes beyond three by chance.
_CHANCE = 3

Shares = Mapping[str, float]


def drift_facts(now: Statistics, last: Statistics) -> dict[str, Fact]:
    """Compute all facts of drift by name; docs for each of them are the reasons in ``expectations/drift.json``.

    Shares are from 0 to 1, and their changes are differences of shares, not ratios.

    Args:
        now: the numbers of a release.
        last: those of the release before it.
    """
    sources = {tally.name for numbers in (now, last) for tally in numbers.kept_by_source[:SOURCES]}
    kept, arrived = _Sizes(now.counts["kept"], last.counts["kept"]), _Sizes(_arrived(now), _arrived(last))
    by_source = _shares(_documents(now.kept_by_source)), _shares(_documents(last.kept_by_source))
    by_language = _shares(_documents(now.kept_by_language)), _shares(_documents(last.kept_by_language))
    return {
        "documents_ratio": _documents_ratio(kept),
        "kept_share_change": _largest({"kept": _kept(now)}, {"kept": _kept(last)}, arrived),
        "language_distance": _distance(*by_language, kept),
        "source_share_change": _largest(*by_source, kept, sources),
        "length_ratio": _length_ratio(now, last),
        "cut_share_change": _largest(_cut(now), _cut(last), arrived),
        "dropped_share_change": _largest(_dropped(now), _dropped(last), arrived),
    }


class _Sizes(NamedTuple):
    """How many documents the shares of both releases are of."""

    now: int
    last: int

    def error(self, now: float, last: float) -> float:
        """Return the standard error of the difference of two shares, if both are drawn from the same documents."""
        pooled = (now * self.now + last * self.last) / max(1, sum(self))
        return sqrt(max(0.0, pooled * (1 - pooled)) * self.inverse())  # counts that do not add up are above 1

    def inverse(self) -> float:
        return 1 / max(1, self.now) + 1 / max(1, self.last)


def _documents(tallies: Tallies) -> dict[str, int]:
    return {tally.name: tally.count for tally in tallies}


def _arrived(numbers: Statistics) -> int:
    return numbers.counts["read"] + numbers.counts["split_off"]


def _kept(numbers: Statistics) -> float:
    return numbers.counts["kept"] / max(1, _arrived(numbers))


def _cut(numbers: Statistics) -> Shares:
    """Return the characters cut for each reason, as a share of those of all repaired texts."""
    cut = {tally.name: tally.chars for tally in numbers.cut_by_reason}
    whole = numbers.chars + sum(cut.values()) + sum(tally.chars for tally in numbers.dropped_by_reason)
    return {name: chars / max(1, whole) for name, chars in cut.items()}


def _dropped(numbers: Statistics) -> Shares:
    return {tally.name: tally.count / max(1, _arrived(numbers)) for tally in numbers.dropped_by_reason}


def _shares(counts: Mapping[str, int]) -> Shares:
    whole = max(1, sum(counts.values()))
    return {name: count / whole for name, count in counts.items()}


def _distance(now: Shares, last: Shares, sizes: _Sizes) -> Fact:
    """Return the total variation distance: the share that would have to change its name to make both the same.

    By chance it is half the sum of the mean absolute differences, ``sqrt(2 / pi)`` standard errors each.
    """
    changes = _changes(now, last, {*now, *last})
    errors = [sizes.error(now.get(name, 0.0), last.get(name, 0.0)) for name in changes]
    by_chance = (sqrt(2 / pi) * sum(errors) + _CHANCE * sqrt(sum(error**2 for error in errors))) / 2
    distance = sum(map(abs, changes.values())) / 2
    return Fact(distance if distance > by_chance else 0.0, ids=_told(changes, now, last))


def _largest(now: Shares, last: Shares, sizes: _Sizes, names: Iterable[str] | None = None) -> Fact:
    """Return the largest change of a share, up or down, that chance does not explain."""
    changes = _changes(now, last, {*now, *last} if names is None else names)
    sure = {
        name: change
        for name, change in changes.items()
        if abs(change) > _CHANCE * sizes.error(now.get(name, 0.0), last.get(name, 0.0))
    }
    return Fact(max(map(abs, sure.values()), default=0.0), ids=_told(sure or changes, now, last))


def _changes(now: Shares, last: Shares, names: Iterable[str]) -> dict[str, float]:
    """Return the change of each share, the largest first."""
    changes = {name: now.get(name, 0.0) - last.get(name, 0.0) for name in names}
    return dict(sorted(changes.items(), key=lambda item: (-abs(item[1]), item[0])))


def _told(changes: Shares, now: Shares, last: Shares) -> tuple[str, ...]:
    first = [name for name, change in changes.items() if change][:_NAMED]
    return tuple(f"{name or 'not known'}: {last.get(name, 0):.1%} → {now.get(name, 0):.1%}" for name in first)


def _documents_ratio(kept: _Sizes) -> Fact:
    """Return how many times as many documents there are; 1 where there was nothing and is nothing."""
    now, last = kept
    ratio = now / last if last else 1.0 + now
    sure = not (now and last) or abs(log(ratio)) > _CHANCE * sqrt(kept.inverse())
    return Fact(ratio if sure else 1.0, ids=(f"documents: {last:,} → {now:,}",))


def _length_ratio(now: Statistics, last: Statistics) -> Fact:
    """Return how many times as long the median document is; 1 where the intervals of both medians meet."""
    medians = _quantile(now, 0.5), _quantile(last, 0.5)
    (low, high), (low_before, high_before) = _median_interval(now), _median_interval(last)
    sure = low > high_before or high < low_before
    ids = (f"characters in the median document: {medians[1]:,.0f} → {medians[0]:,.0f}",)
    return Fact(medians[0] / max(1, medians[1]) if sure else 1.0, ids=ids)


def _median_interval(numbers: Statistics) -> tuple[float, float]:
    """Return between which lengths the median of all documents like these is: those of the ranks around it."""
    ranks = _CHANCE * 0.5 / sqrt(max(1, numbers.counts["kept"]))
    return _quantile(numbers, 0.5 - ranks), _quantile(numbers, 0.5 + ranks)


def _quantile(numbers: Statistics, share: float) -> float:
    """Return a quantile of the lengths of documents, between the deciles that are known."""
    lengths = numbers.lengths or (0,)
    return float(np.interp(share, np.linspace(0, 1, len(lengths)), lengths))

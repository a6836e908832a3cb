"""Results for machines: one JSON object on standard output, with ids and without texts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from pathlib import Path

    from ..release import Release
    from ..release.statistics import Statistics
    from ..validate import Verdict


def print_build(release: Release, statistics: Statistics, verdict: Verdict, warnings: Sequence[str]) -> None:
    """Print what a build did: where the release is, its counts, what was dropped and cut, and what was warned of."""
    told = {
        "release": str(release.path),
        "counts": dict(statistics.counts),
        "dropped_by_reason": {tally.name: tally.count for tally in statistics.dropped_by_reason},
        "characters_cut_by_reason": {tally.name: tally.chars for tally in statistics.cut_by_reason},
        "promises": len(verdict.promises),
        "promises_not_held": [promise.name for promise in verdict.promises if not promise.ok],
        "warnings": list(warnings),
    }
    _print(told)


def print_verdict(release: Path, verdict: Verdict) -> None:
    """Print whether a release holds, and of each promise what ``validation/results.json`` says."""
    _print({"release": str(release), **json.loads(verdict.to_json())})


def _print(told: dict[str, Any]) -> None:
    click.echo(json.dumps(told, ensure_ascii=False))

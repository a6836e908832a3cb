"""What changed since the last release is told, within bounds, and each bound can be broken alone."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from releases import good

from cleaning.errors import ValidationError
from cleaning.release.numbers import from_json, read_statistics, to_json, write_statistics
from cleaning.release.statistics import Statistics, Tally, statistics
from cleaning.shipped import shipped
from cleaning.validate import validate

pytestmark = pytest.mark.filterwarnings("ignore:module 'sre_(constants|parse)' is deprecated:DeprecationWarning")

SUITE = json.loads((shipped("expectations") / "drift.json").read_text("utf-8"))
NAMES = [item["meta"]["name"] for item in SUITE["expectations"]]


def tallies(**counts: int) -> tuple[Tally, ...]:
    return tuple(Tally(name.replace("_", "-"), count, 100 * count) for name, count in counts.items())


LAST = Statistics(
    counts={"read": 1000, "kept": 800, "split_off": 0, "dropped": 190, "unreadable": 10},
    chars=80_000,
    words=16_000,
    kept_by_language=tallies(ar=500, en=300),
    kept_by_source=tallies(a=500, b=300),
    cut_by_reason=tallies(navigation=100, caption=50),
    cut_by_rule=(),
    cut_by_language=(),
    cut_by_source=(),
    dropped_by_reason=tallies(near_duplicate=150, too_short=40, unreadable=10),
    dropped_by_language=(),
    dropped_by_source=(),
    repaired_by_rule=(),
    lengths=(10, 20, 40, 60, 80, 100, 120, 140, 160, 180, 900),
    dated=0,
    dates=None,
    clusters=(),
)

# For each promise: numbers that break it and nothing else, and what the verdict then names.
CHANGED: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
    "drift-documents": (
        {"counts": {"read": 3000, "kept": 2400, "split_off": 0, "dropped": 570, "unreadable": 30}}
        | {"dropped_by_reason": tallies(near_duplicate=450, too_short=120, unreadable=30)},
        ("documents: 800 → 2,400",),
    ),
    "drift-kept": (
        {"counts": {**LAST.counts, "kept": 680}} | {"dropped_by_reason": tallies(near_duplicate=210, too_short=100)},
        ("kept: 80.0% → 68.0%",),
    ),
    "drift-languages": (
        {"kept_by_language": tallies(ar=400, en=350, fr=50)},
        ("ar: 62.5% → 50.0%", "en: 37.5% → 43.8%", "fr: 0.0% → 6.2%"),
    ),
    "drift-sources": ({"kept_by_source": tallies(a=650, b=150)}, ("a: 62.5% → 81.2%", "b: 37.5% → 18.8%")),
    "drift-lengths": (
        {"lengths": (*LAST.lengths[:5], 60, *LAST.lengths[6:])},
        ("characters in the median document: 100 → 60",),
    ),
    "drift-cut": (
        {"cut_by_reason": tallies(navigation=300, caption=50)},
        ("navigation: 8.7% → 22.2%", "caption: 4.3% → 3.7%"),
    ),
    "drift-dropped": (
        {"dropped_by_reason": tallies(near_duplicate=20, too_short=170, unreadable=10)},
        ("near-duplicate: 15.0% → 2.0%", "too-short: 4.0% → 17.0%"),
    ),
}


def release(folder: Path, numbers: Statistics) -> Path:
    path = good().write(folder)
    write_statistics(path, numbers)
    return path


@pytest.fixture(scope="module")
def drift_alone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of suites that leave little but drift to be checked, which is faster."""
    folder = tmp_path_factory.mktemp("suites")
    for name in ("rows", "table"):
        suite = json.loads((shipped("expectations") / f"{name}.json").read_text("utf-8"))
        (folder / f"{name}.json").write_text(json.dumps(suite | {"expectations": suite["expectations"][:1]}))
    return folder


@pytest.fixture
def broken(tmp_path: Path, drift_alone: Path) -> Callable[..., dict[str, tuple[str, ...]]]:
    def check(now: Statistics, last: Statistics = LAST) -> dict[str, tuple[str, ...]]:
        verdict = validate(
            release(tmp_path / "now", now), last=release(tmp_path / "last", last), expectations=drift_alone
        )
        assert {promise.name for promise in verdict.promises} >= set(NAMES)
        return {promise.name: promise.ids for promise in verdict.promises if not promise.ok}

    return check


def test_a_release_like_the_last_one_has_not_drifted(broken: Callable[..., dict[str, tuple[str, ...]]]) -> None:
    assert broken(LAST) == {}


def test_a_week_may_differ_a_little(broken: Callable[..., dict[str, tuple[str, ...]]]) -> None:
    counts = {"read": 1300, "kept": 980, "split_off": 10, "dropped": 310, "unreadable": 20}
    assert broken(dataclasses.replace(LAST, counts=counts, kept_by_language=tallies(ar=590, en=360, fr=30))) == {}


@pytest.mark.parametrize("name", NAMES)
def test_each_promise_about_drift_can_be_broken_alone(
    name: str, broken: Callable[..., dict[str, tuple[str, ...]]]
) -> None:
    changes, told = CHANGED[name]  # a promise without its corruption fails here
    assert broken(dataclasses.replace(LAST, **changes)) == {name: told}


def test_drift_is_looked_at_only_when_a_last_release_is_given(tmp_path: Path) -> None:
    verdict = validate(release(tmp_path, LAST))
    assert not {promise.name for promise in verdict.promises} & set(NAMES)


def test_numbers_are_read_as_they_were_written(tmp_path: Path) -> None:
    made = good()
    path = made.write(tmp_path)
    counted = statistics(path, made.manifest["counts"])
    assert from_json(to_json(counted)) == counted
    assert from_json(to_json(LAST)) == LAST
    write_statistics(path, counted)
    assert read_statistics(path) == counted
    assert "river" not in (path / "statistics.json").read_text("utf-8")


def test_a_last_release_without_numbers_is_counted(tmp_path: Path) -> None:
    made = good()
    made.manifest["package"] = {"name": "scrape2corpus"}
    path = made.write(tmp_path / "last")
    verdict = validate(made.write(tmp_path / "now"), last=path)
    assert all(promise.ok for promise in verdict.promises)
    assert [promise.name for promise in verdict.promises][-len(NAMES) :] == NAMES


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"chars": 1}', '{"counts": 1}', '{"chars": 1, "other": []}'])
def test_damaged_numbers_are_no_verdict(text: str, tmp_path: Path) -> None:
    now, last = release(tmp_path / "now", LAST), release(tmp_path / "last", LAST)
    (last / "statistics.json").write_text(text)
    with pytest.raises(ValidationError, match=r"drift: .*last.*statistics\.json: not the numbers of a release"):
        validate(now, last=last)


def test_a_folder_that_is_no_release_cannot_be_the_last(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="not a release"):
        validate(release(tmp_path / "now", LAST), last=tmp_path)

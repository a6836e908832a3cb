"""What changed since the last release is told, within bounds, and each bound can be broken alone."""

from __future__ import annotations

import dataclasses
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from releases import good

from cleaning.errors import ValidationError
from cleaning.release.numbers import from_json, read_statistics, to_json, write_statistics
from cleaning.release.statistics import Statistics, Tally, statistics
from cleaning.shipped import shipped
from cleaning.validate import validate
from cleaning.validate.drift import drift_facts

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
    personal_by_kind=(),
    personal_by_language=(),
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
        {"lengths": (10, 15, 30, 40, 50, 60, 70, 80, 90, 100, 900)},
        ("characters in the median document: 100 → 60",),
    ),
    "drift-cut": (
        {"cut_by_reason": tallies(navigation=300, caption=50)},
        ("navigation: 8.7% → 22.2%",),
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


# The same changes, of a release so small that chance explains them.
SMALL = dataclasses.replace(
    LAST,
    counts={"read": 12, "kept": 8, "split_off": 0, "dropped": 4, "unreadable": 0},
    chars=800,
    kept_by_language=tallies(ar=5, en=3),
    kept_by_source=tallies(a=5, b=3),
    cut_by_reason=tallies(navigation=2, caption=1),
    dropped_by_reason=tallies(near_duplicate=3, too_short=1),
)
NEXT = dataclasses.replace(
    SMALL,
    counts={"read": 12, "kept": 3, "split_off": 0, "dropped": 9, "unreadable": 0},
    kept_by_language=tallies(ar=1, en=2),
    kept_by_source=tallies(a=1, b=2),
    cut_by_reason=tallies(navigation=5),
    dropped_by_reason=tallies(near_duplicate=5, too_short=4),
    lengths=(10, 15, 30, 40, 50, 60, 70, 80, 90, 100, 900),
)


def test_what_chance_explains_is_no_drift(broken: Callable[..., dict[str, tuple[str, ...]]]) -> None:
    assert broken(NEXT, SMALL) == {}


def test_a_hundred_times_as_many_documents_show_that_it_is_drift() -> None:
    facts = drift_facts(enlarged(NEXT), enlarged(SMALL))
    assert {name for name, fact in facts.items() if fact.value not in (0, 1)} == set(facts)
    assert all(fact.value in (0, 1) for fact in drift_facts(NEXT, SMALL).values())


def enlarged(numbers: Statistics) -> Statistics:
    def times(tallies: tuple[Tally, ...]) -> tuple[Tally, ...]:
        return tuple(dataclasses.replace(tally, count=100 * tally.count, chars=100 * tally.chars) for tally in tallies)

    return dataclasses.replace(
        numbers,
        counts={name: 100 * count for name, count in numbers.counts.items()},
        chars=100 * numbers.chars,
        kept_by_language=times(numbers.kept_by_language),
        kept_by_source=times(numbers.kept_by_source),
        cut_by_reason=times(numbers.cut_by_reason),
        dropped_by_reason=times(numbers.dropped_by_reason),
    )


def test_two_draws_from_the_same_documents_have_not_drifted() -> None:
    random = np.random.default_rng(1)
    bounds = {item["kwargs"]["column"]: item["kwargs"] for item in SUITE["expectations"]}
    bounds.pop("documents_ratio")  # the sizes are asked for
    beyond = Counter[str]()
    for _ in range(1000):
        facts = drift_facts(*(drawn(random, int(size)) for size in random.integers(20, 400, 2)))
        beyond.update(
            name
            for name, within in bounds.items()
            if not within.get("min_value", 0) <= facts[name].value <= within["max_value"]
        )
    assert max(beyond.values(), default=0) <= 10  # of 1,000: three standard errors are one in 370 for each share


def drawn(random: np.random.Generator, number: int) -> Statistics:
    languages = random.choice(["ar", "en", "fr"], size=number, p=[0.6, 0.3, 0.1])
    lengths = np.sort(random.lognormal(7, 0.8, size=number))
    by_language = {str(name): int(count) for name, count in zip(*np.unique(languages, return_counts=True), strict=True)}
    dropped = int(random.binomial(number, 0.2))
    return dataclasses.replace(
        LAST,
        counts={"read": number + dropped, "kept": number, "split_off": 0, "dropped": dropped, "unreadable": 0},
        kept_by_language=tallies(**by_language),
        kept_by_source=tallies(**by_language),
        dropped_by_reason=tallies(near_duplicate=dropped),
        cut_by_reason=(),
        lengths=tuple(int(value) for value in np.quantile(lengths, np.linspace(0, 1, 11))),
    )


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


def test_counts_that_do_not_add_up_are_drift_and_no_crash() -> None:
    now = dataclasses.replace(LAST, counts={**LAST.counts, "read": 100})
    assert drift_facts(now, LAST)["kept_share_change"].value == pytest.approx(7.2)


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"chars": 1}', '{"counts": 1}', '{"chars": 1, "other": []}'])
def test_damaged_numbers_are_no_verdict(text: str, tmp_path: Path) -> None:
    now, last = release(tmp_path / "now", LAST), release(tmp_path / "last", LAST)
    (last / "statistics.json").write_text(text)
    with pytest.raises(ValidationError, match=r"drift: .*last.*statistics\.json: not the numbers of a release"):
        validate(now, last=last)


def test_a_folder_that_is_no_release_cannot_be_the_last(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="not a release"):
        validate(release(tmp_path / "now", LAST), last=tmp_path)

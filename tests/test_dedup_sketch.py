"""Sketches agree as often as the sets are alike, whatever the size of the sets."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaning.dedup.sketch import NO_BAND, bands_of, sketches
from cleaning.words import Hashes, mixed

BINS = 120


def hashes(names: list[int]) -> Hashes:
    return mixed(np.array(names, np.uint64))


def agreement(size: int, similarity: float, count: int = 300) -> list[float]:
    """Return, of some pairs of sets that are so alike, in which share of the bins their sketches agree."""
    chance = random.Random(size)
    common = round(2 * size * similarity / (1 + similarity))
    sets, offsets = [], [0]
    for _ in range(count):
        shared, *rest = (chance.sample(range(1 << 40), part) for part in (common, size - common, size - common))
        for own in rest:
            sets += shared + own
            offsets.append(len(sets))
    table = sketches(hashes(sets), np.array(offsets), BINS)
    return (table[::2] == table[1::2]).mean(axis=1).tolist()  # type: ignore[no-any-return]


@pytest.mark.parametrize("size", [5, 40, 120, 600, 3000])
@pytest.mark.parametrize("similarity", [0.2, 0.8, 0.95])
def test_bins_agree_with_the_probability_of_the_similarity(size: int, similarity: float) -> None:
    common = round(2 * size * similarity / (1 + similarity))
    exact = common / (2 * size - common)
    found = agreement(size, similarity)
    deviation = (exact * (1 - exact) / BINS) ** 0.5
    assert np.mean(found) == pytest.approx(exact, abs=5 * deviation / len(found) ** 0.5)
    assert np.std(found) < 1.3 * deviation + 0.001


@given(st.lists(st.integers(0, 1 << 60), min_size=1, max_size=50), st.randoms(use_true_random=False))
def test_a_set_has_one_sketch(names: list[int], chance: random.Random) -> None:
    again = names + chance.choices(names, k=3)
    chance.shuffle(again)
    every = hashes([*names, *again])
    one, other = sketches(every, np.array([0, len(names), len(every)]), BINS)
    assert one.tolist() == other.tolist()


def test_a_sketch_does_not_depend_on_the_sets_beside_it() -> None:
    every = hashes(list(range(1000)))
    together = bands_of(every, np.array([0, 3, 3, 400, 1000]), bands=20, rows=6)
    for start, end, row in ((0, 3, 0), (3, 400, 2), (400, 1000, 3)):
        alone = bands_of(every[start:end], np.array([0, end - start]), bands=20, rows=6)
        assert alone[0].tolist() == together[row].tolist()


def test_an_empty_set_agrees_with_nothing() -> None:
    bands = bands_of(hashes([1]), np.array([0, 0, 1, 1]), bands=20, rows=6)
    assert bands[0].tolist() == bands[2].tolist() == [NO_BAND] * 20
    assert NO_BAND not in bands[1]
    assert bands_of(hashes([]), np.array([0]), bands=20, rows=6).shape == (0, 20)

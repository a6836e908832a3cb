"""The lines that are taken have the highest F1 that can be expected, and those among them go along."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaning.classifier.choose import BETWEEN, most_likely

Lines = list[tuple[float, int]]
Taken = tuple[bool, ...]


def lines(size: int) -> st.SearchStrategy[Lines]:
    return st.lists(st.tuples(st.floats(0, 1, width=32), st.integers(0, 60)), min_size=1, max_size=size)


def chosen(page: Lines) -> Taken:
    likely, sizes = (np.array(side, np.float32) for side in zip(*page, strict=True))
    return tuple(most_likely(likely, sizes).tolist())


def expected_f1(page: Lines, taken: Taken) -> float:
    weights = [(likely, max(size, 0.3)) for likely, size in page]
    hits = sum(likely * weight for (likely, weight), one in zip(weights, taken, strict=True) if one)
    kept = sum(weight for (_, weight), one in zip(weights, taken, strict=True) if one)
    return 2 * hits / (kept + sum(likely * weight for likely, weight in weights))


def without_gaps(page: Lines, taken: Taken) -> Taken:
    beside = (False, *taken, False)
    return tuple(
        one or (above and below and bool(np.float32(likely) >= np.float32(BETWEEN)))
        for (likely, _), above, one, below in zip(page, beside, taken, beside[2:], strict=False)
    )


@given(lines(7))
def test_they_are_the_best_set_of_all_with_what_stands_between_them(page: Lines) -> None:
    sets = [taken for taken in product([True, False], repeat=len(page)) if any(taken)]
    best = max(expected_f1(page, taken) for taken in sets)
    may_be = {without_gaps(page, taken) for taken in sets if expected_f1(page, taken) >= best - 1e-6}
    assert chosen(page) in may_be


@given(lines(30))
def test_sure_lines_are_taken_and_impossible_ones_are_not(page: Lines) -> None:
    assert chosen([*page, (1.0, 10), (0.0, 10)])[-2:] == (True, False)


@given(lines(30))
def test_something_is_always_taken(page: Lines) -> None:
    assert any(chosen(page))


ARTICLE = [(0.99, 50)] * 4


@pytest.mark.parametrize(
    ("page", "taken"),
    [
        ([*ARTICLE, (BETWEEN + 0.01, 5), *ARTICLE], True),
        ([*ARTICLE, (BETWEEN - 0.01, 5), *ARTICLE], False),
        ([*ARTICLE, (BETWEEN + 0.01, 5)], False),
        ([*ARTICLE, (BETWEEN + 0.01, 5), (BETWEEN + 0.01, 5), *ARTICLE], False),
    ],
)
def test_a_line_of_which_nobody_knows_stays_between_two_that_stay(page: Lines, taken: bool) -> None:
    assert chosen(page)[max(i for i, (likely, _) in enumerate(page) if 0.2 < likely < 0.9)] is taken

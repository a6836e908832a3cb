"""What tells a whole page from clean text."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cleaning.classifier import load
from cleaning.classifier.gate import NAMES, features


@given(
    st.lists(st.tuples(st.floats(0, 1, width=32), st.integers(0, 200)), min_size=1, max_size=40),
    st.floats(-10, 40),
    st.integers(0, 6),
)
def test_the_numbers_are_finite_and_each_has_its_weight(of: list[tuple[float, int]], form: float, kinds: int) -> None:
    likely, sizes = (np.array(side, np.float32) for side in zip(*of, strict=True))
    found = features(likely, sizes, form, kinds)
    assert found.shape == (len(NAMES),)
    assert np.isfinite(found).all()
    assert load("text").gate.shape == (len(NAMES) + 1,)


def rawness(likely: list[float], sizes: list[int], form: float, kinds: int) -> float:
    return load("text").rawness(features(np.array(likely, np.float32), np.array(sizes, np.float32), form, kinds))


def test_many_unlikely_short_lines_speak_for_a_page() -> None:
    page = rawness([0.01] * 30 + [0.97] * 6 + [0.01] * 40, [2] * 30 + [50] * 6 + [3] * 40, form=18, kinds=5)
    article = rawness([0.97] * 12, [50] * 12, form=1, kinds=0)
    assert article < 0
    assert page > 2

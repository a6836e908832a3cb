from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cleaning.classifier.linear import Linear

WEIGHTS = {3: 0.5, 8: -2.0, 2**63 + 5: 1.25}
MODEL = Linear(
    np.array(sorted(WEIGHTS), np.uint64),
    np.array([*(WEIGHTS[key] for key in sorted(WEIGHTS)), 0], np.float32),
    bias=0.25,
)


def test_known_features_weigh_and_others_do_not() -> None:
    each = MODEL.each(np.array([[3, 8, 0], [2**63 + 5, 4, 2**64 - 1]], np.uint64))
    assert each.tolist() == [[0.5, -2.0, 0], [1.25, 0, 0]]


@given(st.lists(st.lists(st.sampled_from([0, 1, *WEIGHTS, 2**64 - 1]), min_size=4, max_size=4), max_size=6))
def test_a_line_scores_the_sum_of_what_is_there(rows: list[list[int]]) -> None:
    scores = MODEL.score(np.array(rows, np.uint64).reshape(len(rows), 4))
    assert scores.tolist() == [0.25 + sum(WEIGHTS.get(key, 0) for key in row) for row in rows]

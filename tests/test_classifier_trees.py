"""Trees asked all at once say what they say when they are walked one by one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaning.classifier import load
from cleaning.classifier.trees import Trees


def walked(trees: Trees, line: np.ndarray[tuple[int], np.dtype[np.float32]]) -> float:
    total = trees.bias
    for columns, borders, leaves in zip(trees.columns, trees.borders, trees.leaves, strict=True):
        leaf = 0
        for level, (column, border) in enumerate(zip(columns, borders, strict=True)):
            leaf += int(line[column] > border) << level
        total += float(leaves[leaf])
    return total


@given(st.integers(1, 5), st.integers(1, 4), st.integers(1, 9), st.integers(0, 2**32 - 1))
def test_all_at_once_is_one_by_one(count: int, depth: int, lines: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    trees = Trees(
        rng.integers(0, 3, (count, depth)),
        rng.integers(-2, 3, (count, depth)).astype(np.float32),
        rng.normal(size=(count, 1 << depth)).astype(np.float32),
        float(rng.normal()),
    )
    inputs = rng.integers(-2, 3, (lines, 3)).astype(np.float32)
    assert trees.logits(inputs) == pytest.approx([walked(trees, line) for line in inputs], abs=1e-4)


def test_a_line_says_the_same_alone_and_among_others() -> None:
    trees = load("html").trees
    assert trees is not None
    inputs = np.random.default_rng(1).normal(size=(40, len(load("html").mean))).astype(np.float32)
    alone = np.concatenate([trees.logits(inputs[number : number + 1]) for number in range(40)])
    assert np.array_equal(alone, trees.logits(inputs))


def test_the_classifier_for_text_has_none() -> None:
    assert load("text").trees is None

"""The network gives what its description says, computed line by line."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import pytest

from cleaning.classifier.network import DILATIONS, Floats, logits

WIDTH, INPUTS = 3, 4


def weights(seed: int) -> dict[str, Floats]:
    chance = np.random.default_rng(seed)
    shapes = {
        "inp": (INPUTS, WIDTH),
        "hid": (WIDTH, WIDTH),
        "ctx": (3 * WIDTH, WIDTH),
        "ctx2": (2 * WIDTH, WIDTH),
        "out": (2 * WIDTH, 1),
        **{f"convs.{number}": (3 * WIDTH, WIDTH) for number in range(len(DILATIONS))},
    }
    made: dict[str, Floats] = {}
    for name, (rows, columns) in shapes.items():
        made[f"{name}.weight"] = chance.normal(size=(rows, columns)).astype(np.float32)
        made[f"{name}.bias"] = chance.normal(size=columns).astype(np.float32)
    return made


Vector = list[float]


def dense(of: Mapping[str, Floats], name: str, values: Vector) -> Vector:
    weight, bias = of[f"{name}.weight"].tolist(), of[f"{name}.bias"].tolist()
    return [sum(v * weight[i][j] for i, v in enumerate(values)) + bias[j] for j in range(len(bias))]


def relu(values: Vector) -> Vector:
    return [max(value, 0.0) for value in values]


def plus(one: Vector, other: Vector) -> Vector:
    return [a + b for a, b in zip(one, other, strict=True)]


def mean_and_max(lines: list[Vector]) -> Vector:
    columns = list(zip(*lines, strict=True))
    return [sum(column) / len(column) for column in columns] + [max(column) for column in columns]


def by_line(of: Mapping[str, Floats], inputs: list[Vector], sizes: Vector) -> Vector:
    own = [relu(dense(of, "hid", relu(dense(of, "inp", line)))) for line in inputs]
    total = max(sum(sizes), 1.0)
    weighted = [sum(size * line[j] for size, line in zip(sizes, own, strict=True)) / total for j in range(WIDTH)]
    page = relu(dense(of, "ctx", mean_and_max(own) + weighted))
    lines = [plus(line, page) for line in own]
    places, nothing = range(len(lines)), [0.0] * WIDTH
    for number, dilation in enumerate(DILATIONS):
        beside = [
            [value for at in (i - dilation, i, i + dilation) for value in (lines[at] if at in places else nothing)]
            for i in places
        ]
        lines = [plus(line, relu(dense(of, f"convs.{number}", b))) for line, b in zip(lines, beside, strict=True)]
    page = relu(dense(of, "ctx2", mean_and_max(lines)))
    return [dense(of, "out", plus(line, page) + first)[0] for line, first in zip(lines, own, strict=True)]


@pytest.mark.parametrize("count", [1, 2, 3, 17, 40])
def test_it_is_what_a_loop_over_lines_gives(count: int) -> None:
    chance = np.random.default_rng(count)
    inputs = chance.normal(size=(count, INPUTS)).astype(np.float32)
    sizes = chance.integers(0, 40, count).astype(np.float32)
    of = weights(count)
    expected = by_line(of, inputs.tolist(), sizes.tolist())
    assert np.allclose(logits(of, inputs, sizes), expected, rtol=1e-3, atol=1e-3 * max(map(math.fabs, expected)))


def test_lines_further_away_than_it_looks_matter_through_the_page_alone() -> None:
    of, count = weights(1), 80
    for name in ("ctx", "ctx2"):
        of[f"{name}.weight"] = np.zeros_like(of[f"{name}.weight"])
    inputs = np.random.default_rng(0).normal(size=(count, INPUTS)).astype(np.float32)
    changed = inputs.copy()
    changed[0] += 1
    sizes = np.ones(count, np.float32)
    differ = np.abs(logits(of, inputs, sizes) - logits(of, changed, sizes)) > 1e-4
    assert differ[0]
    assert not differ[sum(DILATIONS) + 1 :].any()

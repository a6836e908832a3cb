"""What spoke against a line: how a classifier's verdict changes when it is not told some of what it sees."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from . import evidence, features
from .model import Model

Floats = NDArray[np.float32]

# The groups of inputs that a reader can make sense of, in the order of the columns.
_TEXT_GROUPS = ("its form", "its words on the page", "where it stands", "the page")
_FIRST_OF_GROUP = ("tokens", "said_times", "from_start", "page_lines")


def influence(model: Model, inputs: Floats, sizes: Floats) -> dict[str, Floats]:
    """Return how much each group of features speaks for each line, in logits; what speaks against it is negative.

    A group is taken away by setting it to the mean of all pages that the classifier was trained on, for all lines at
    once (occlusion: Zeiler and Fergus 2014, arXiv 1311.2901).

    Args:
        model: the classifier.
        inputs: what :meth:`.model.Model.inputs` returns. Shape (lines, inputs).
        sizes: how many tokens each line has.

    Returns:
        by the group's name, an array of shape (lines,).
    """
    known = _logits(model, inputs, sizes)
    spoke = {}
    for name, columns in _groups(inputs.shape[1], len(model.linear)).items():
        without = inputs.copy()
        without[:, columns] = 0
        spoke[name] = known - _logits(model, without, sizes)
    return spoke


def _groups(width: int, scores: int) -> dict[str, list[int]]:
    """Return the columns of each group. Markup stands after the rules, and the scores of linear models at the end."""
    bounds = [*(features.NAMES.index(name) for name in _FIRST_OF_GROUP), len(features.NAMES)]
    groups = {
        name: list(range(first, last)) for name, first, last in zip(_TEXT_GROUPS, bounds, bounds[1:], strict=False)
    }
    after_rules = len(features.NAMES) + len(evidence.NAMES)
    groups["rules"] = list(range(len(features.NAMES), after_rules))
    groups["its words"] = [width - scores]
    if scores > 1:
        groups["markup"] = [*range(after_rules, width - scores), width - 1]
    return groups


def _logits(model: Model, inputs: Floats, sizes: Floats) -> Floats:
    likely = np.clip(model.of_inputs(inputs, sizes).astype(np.float64), 1e-9, 1 - 1e-9)
    return np.log(likely / (1 - likely)).astype(np.float32)

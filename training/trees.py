"""The trees of :mod:`cleaning.classifier.trees`, as they are fitted."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from catboost import CatBoostClassifier
from numpy.typing import NDArray

from cleaning.classifier.trees import Trees

Arrays = dict[str, NDArray[np.generic]]


@dataclass(frozen=True, slots=True)
class Config:
    """How trees are fitted.

    Attributes:
        seed: of all that is random.
        trees: how many.
        depth: how many questions each asks.
        rate: how much of each is believed.
        regularisation: how much it takes to believe a leaf.
    """

    seed: int = 1
    trees: int = 300
    depth: int = 6
    rate: float = 0.12
    regularisation: float = 10.0


def fit(inputs: NDArray[np.float32], wanted: NDArray[np.bool_], weights: NDArray[np.float64], config: Config) -> Arrays:
    """Return trees as the package reads them.

    Args:
        inputs: standardised features. Shape (lines, features).
        wanted: which lines belong to the main text.
        weights: how much each line counts.
        config: how.
    """
    fitted = CatBoostClassifier(
        iterations=config.trees,
        depth=config.depth,
        learning_rate=config.rate,
        l2_leaf_reg=config.regularisation,
        random_seed=config.seed,
        rsm=0.5,
        bootstrap_type="MVS",
        subsample=0.7,
        border_count=64,
        boosting_type="Plain",
        score_function="L2",
        verbose=100,
        allow_writing_files=False,
    ).fit(inputs, wanted.astype(int), sample_weight=weights)
    arrays = _exported(fitted, config.depth)
    _check(fitted, arrays, inputs[:2000])
    return arrays


def _exported(fitted: CatBoostClassifier, depth: int) -> Arrays:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.json"
        fitted.save_model(str(path), format="json")
        model: dict[str, Any] = json.loads(path.read_text("utf-8"))
    # CatBoost counts only features that vary.
    flat = {f["feature_index"]: f["flat_feature_index"] for f in model["features_info"]["float_features"]}
    count = len(model["oblivious_trees"])
    columns = np.zeros((count, depth), np.int16)
    borders = np.full((count, depth), np.inf, np.float32)  # a level that is not there: always no
    leaves = np.zeros((count, 1 << depth), np.float32)
    for number, tree in enumerate(model["oblivious_trees"]):
        for level, split in enumerate(tree["splits"]):
            columns[number, level] = flat[split["float_feature_index"]]
            borders[number, level] = split["border"]
        leaves[number, : len(tree["leaf_values"])] = tree["leaf_values"]
    scale, bias = model["scale_and_bias"]
    return {
        "columns": columns,
        "borders": borders,
        "leaves": (scale * leaves).astype(np.float16),
        "bias": np.array(bias[0] if isinstance(bias, list) else bias, np.float32),
    }


def _check(fitted: CatBoostClassifier, arrays: Arrays, inputs: NDArray[np.float32]) -> None:
    """See that the package reads from the arrays what CatBoost says."""
    trees = Trees(
        arrays["columns"].astype(np.int64),
        arrays["borders"].astype(np.float32),
        arrays["leaves"].astype(np.float32),
        float(arrays["bias"]),
    )
    said = fitted.predict(inputs, prediction_type="RawFormulaVal")
    if not np.allclose(trees.logits(inputs), said, atol=0.05):
        raise RuntimeError("the trees do not say what CatBoost says")

"""From samples to a model as the package ships it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from cleaning.classifier import gate
from cleaning.classifier.linear import Linear
from cleaning.classifier.model import CLIP, Model

from . import linear, network, trees
from .samples import Mode, Sample

# How often a page is seen in each of its texts.
SHARES = {"resiliparse": 0.4, "inscriptis": 0.25, "soup": 0.2, "gold": 0.06, "extracted": 0.09, "html": 1.0}

# Text that is clean already.
CLEAN = frozenset({"gold", "extracted"})

# News is rarer among the pages than in the world: each page of these collections counts as so many.
COUNTS = {"fundus_dev": 4}

# A line has to be likelier than the networks say, in logits: what is cut wrongly and what is kept wrongly weigh the
# same in F1, but networks trained on few pages are too sure. Chosen out of fold.
CAUTION = 0.5


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the parts of a model are trained: a network for each seed, and trees, or none."""

    config: network.Config
    seeds: tuple[int, ...]
    trees: trees.Config | None = None


RECIPES: dict[Mode, Recipe] = {
    "text": Recipe(network.Config(seed=1, channels=64, dropout=0.2, epochs=10), seeds=(1, 2)),
    "html": Recipe(network.Config(seed=1, channels=64, dropout=0.3, epochs=9), seeds=(1, 2, 3), trees=trees.Config()),
}

Arrays = dict[str, NDArray[np.generic]]


def fit(samples: Sequence[Sample], mode: Mode, seeds: int | None = None) -> Arrays:
    """Return the arrays of a model without its gate.

    Args:
        samples: what it learns from.
        mode: which of the two models.
        seeds: how many networks; as many as the recipe says if it is None.
    """
    recipe = RECIPES[mode]
    to_fit = [sample for sample in samples if sample.text in ("html", "resiliparse", "inscriptis")]
    linear.score_out_of_fold(samples, to_fit)
    models = [linear.fit(to_fit, table) for table in range(len(samples[0].hashed))]
    inputs = np.concatenate([_inputs(sample) for sample in samples[::3] if sample.text not in CLEAN])
    mean, scale = inputs.mean(axis=0), inputs.std(axis=0) + 1e-2
    choices = _choices(samples, mean, scale)
    arrays: Arrays = {"mean": mean.astype(np.float32), "scale": scale.astype(np.float32)}
    for part, fitted in zip(("words", "names"), models, strict=False):
        arrays |= _of_linear(part, linear.smaller(fitted))
    for number, seed in enumerate(recipe.seeds[:seeds]):
        print(f"  network {number + 1}, seed {seed}", flush=True)
        weights = network.exported(network.fit(choices, replace(recipe.config, seed=seed)))
        weights["out.bias"] = (weights["out.bias"].astype(np.float32) - CAUTION).astype(np.float16)
        arrays |= {f"network{number}.{name}": array for name, array in weights.items()}
    if recipe.trees:
        arrays |= trees_of(samples, mean, scale, recipe.trees)
    return arrays | {"gate": np.zeros(len(gate.NAMES) + 1)}


def trees_of(
    samples: Sequence[Sample], mean: NDArray[np.float32], scale: NDArray[np.float32], config: trees.Config
) -> Arrays:
    """Return the arrays of trees that learn from the same lines, with the same weights, as the networks."""
    used = [sample for sample in samples if sample.text not in CLEAN]
    inputs = np.concatenate([_standard(sample, mean, scale) for sample in used])
    wanted = np.concatenate([sample.share for sample in used]) > 0.5
    weights = np.concatenate([linear.line_weights(sample) * _count(sample) * SHARES[sample.text] for sample in used])
    fitted = trees.fit(inputs, wanted, weights / weights.mean(), config)
    fitted["bias"] = np.array(float(fitted["bias"]) - CAUTION, np.float32)
    return {f"trees.{name}": array for name, array in fitted.items()}


def fit_gate(models_and_samples: Sequence[tuple[Model, Sequence[Sample]]]) -> NDArray[np.float64]:
    """Return the weights of the gate, fitted to what models say of pages that they have not seen."""
    rows, raw, counts = [], [], []
    for model, samples in models_and_samples:
        for sample in samples:
            rows.append(gate.features(likely(model, sample), sample.sizes, sample.form, sample.kinds))
            raw.append(sample.text not in CLEAN)
            counts.append(2.0 if sample.text == "gold" else 1.0)
    scaler = StandardScaler().fit(np.array(rows))
    fitted = LogisticRegression(C=1.0).fit(scaler.transform(np.array(rows)), raw, sample_weight=counts)
    weights = fitted.coef_[0] / scaler.scale_
    bias = fitted.intercept_[0] - float((weights * scaler.mean_).sum())
    return np.append(weights, bias)


def likely(model: Model, sample: Sample) -> NDArray[np.float32]:
    """Return how likely a model takes each line of a sample to belong to the main text."""
    linear.score([sample], model.linear)
    return model.of_inputs(_standard(sample, model.mean, model.scale), sample.sizes)


def _inputs(sample: Sample) -> NDArray[np.float32]:
    return np.concatenate([sample.numbers.astype(np.float32), sample.scores], axis=1)


def _standard(sample: Sample, mean: NDArray[np.float32], scale: NDArray[np.float32]) -> NDArray[np.float32]:
    standard: NDArray[np.float32] = np.clip((_inputs(sample) - mean) / scale, -CLIP, CLIP).astype(np.float32)
    return standard


def _count(sample: Sample) -> int:
    return COUNTS.get(sample.collection, 1)


def _choices(
    samples: Sequence[Sample], mean: NDArray[np.float32], scale: NDArray[np.float32]
) -> list[tuple[list[network.Item], list[float]]]:
    pages: dict[str, tuple[list[network.Item], list[float]]] = {}
    counts: dict[str, int] = {}
    for sample in samples:
        inputs = _standard(sample, mean, scale).astype(np.float16)
        item = network.Item(inputs, sample.sizes, sample.share, whole=sample.text in CLEAN)
        items, shares = pages.setdefault(sample.page, ([], []))
        items.append(item)
        shares.append(SHARES[sample.text])
        counts[sample.page] = _count(sample)
    return [choice for page, choice in pages.items() for _ in range(counts[page])]


def _of_linear(part: str, model: Linear) -> Arrays:
    return {
        f"{part}.known": model.known,
        f"{part}.weights": model.weights.astype(np.float16),
        f"{part}.bias": np.array(model.bias, np.float32),
    }

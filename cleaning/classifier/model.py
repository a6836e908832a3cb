"""The classifiers that ship with the package: one for plain text, one that sees the markup as well."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from . import evidence, features, network, wording
from .linear import Linear
from .tokens import Tokens
from .trees import Trees

Floats = NDArray[np.float32]

# Standardised features are not let go further than this from the mean.
CLIP = 6


@dataclass(frozen=True, slots=True)
class Seen:
    """What the classifiers see of the lines of a text; every array has a row for each line.

    Attributes:
        numbers: features of form, place and vocabulary, and what rules say: see :mod:`.features`, :mod:`.evidence`.
        words: hashes of words by place: see :mod:`.wording`.
        sizes: how many tokens each line has.
    """

    numbers: Floats
    words: NDArray[np.uint64]
    sizes: Floats

    @classmethod
    def of(cls, text: str, starts: NDArray[np.int64], ends: NDArray[np.int64], hits: Floats) -> Seen:
        """Look at the lines of a text.

        Args:
            text: the text.
            starts: offsets at which its lines begin.
            ends: offsets at which they end; a line has no white space at its ends, and there is one line at least.
            hits: what rules say of each line: see :func:`.evidence.features`.
        """
        tokens = Tokens.of(text, starts)
        numbers = np.concatenate([features.features(text, starts, ends, tokens), evidence.features(hits)], axis=1)
        return cls(numbers, wording.ids(tokens), np.diff(tokens.of_line).astype(np.float32))


@dataclass(frozen=True, slots=True)
class Model:
    """One classifier.

    Attributes:
        linear: a linear model for words, and for pages a second one for names in the markup.
        mean, scale: by which features are standardised.
        networks: weights of networks whose outputs are averaged.
        trees: for pages, trees whose sum counts as much as all networks together.
        gate: what each of :data:`.gate.NAMES` weighs when a whole page is told from clean text, and the bias.
    """

    linear: tuple[Linear, ...]
    mean: Floats
    scale: Floats
    networks: tuple[Mapping[str, Floats], ...]
    trees: Trees | None
    gate: NDArray[np.float64]

    def rawness(self, features: NDArray[np.float64]) -> float:
        """Return how much a text looks like a whole page, in logits."""
        return float(features @ self.gate[:-1] + self.gate[-1])

    def inputs(self, seen: Seen, markup: Floats | None = None, names: NDArray[np.uint64] | None = None) -> Floats:
        """Return the standardised inputs of the networks."""
        columns = [seen.numbers]
        scores = [self.linear[0].score(seen.words)]
        if markup is not None and names is not None:
            columns.append(markup)
            scores.append(self.linear[1].score(names))
        table = np.concatenate([*columns, np.stack(scores, axis=1)], axis=1)
        inputs: Floats = np.clip((table - self.mean) / self.scale, -CLIP, CLIP)
        return inputs

    def likely(self, seen: Seen, markup: Floats | None = None, names: NDArray[np.uint64] | None = None) -> Floats:
        """Return for each line the probability that it belongs to the article."""
        return self.of_inputs(self.inputs(seen, markup, names), seen.sizes)

    def of_inputs(self, inputs: Floats, sizes: Floats) -> Floats:
        """Return the same from standardised inputs."""
        logits = np.mean([network.logits(weights, inputs, sizes) for weights in self.networks], axis=0)
        if self.trees is not None:
            logits = (logits + self.trees.logits(inputs)) / 2
        likely: Floats = 1 / (1 + np.exp(-np.clip(logits, -30, 30)))
        return likely


@functools.cache
def load(name: Literal["text", "html"]) -> Model:
    """Return the shipped classifier for plain text or for pages."""
    with as_file(files("cleaning") / "classifier" / f"{name}.npz") as path:
        return read(path)


def read(path: Path) -> Model:
    """Return a classifier from its file: see :mod:`training` for how it is made."""
    with np.load(path) as arrays:
        stored = {key: arrays[key] for key in arrays.files}
    linear = tuple(
        Linear(stored[f"{part}.known"], stored[f"{part}.weights"].astype(np.float32), float(stored[f"{part}.bias"]))
        for part in ("words", "names")
        if f"{part}.known" in stored
    )
    networks: list[Mapping[str, Floats]] = []
    while found := _under(f"network{len(networks)}.", stored):
        networks.append({name: value.astype(np.float32) for name, value in found.items()})
    trees = _trees(_under("trees.", stored))
    return Model(linear, stored["mean"], stored["scale"], tuple(networks), trees, stored["gate"])


def _trees(stored: Mapping[str, NDArray[Any]]) -> Trees | None:
    if not stored:
        return None
    columns, borders, leaves = stored["columns"], stored["borders"], stored["leaves"]
    return Trees(columns.astype(np.int64), borders.astype(np.float32), leaves.astype(np.float32), float(stored["bias"]))


def _under(prefix: str, stored: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    return {key.removeprefix(prefix): value for key, value in stored.items() if key.startswith(prefix)}

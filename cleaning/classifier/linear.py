"""A linear model over hashed features: the sum of the weights of those that are there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Linear:
    """Weights by hash.

    Attributes:
        known: the hashes that have a weight, in order.
        weights: the weight of each, and 0 at the end, for all others.
        bias: what a line without any of them scores.
    """

    known: NDArray[np.uint64]
    weights: NDArray[np.float32]
    bias: float

    def each(self, ids: NDArray[np.uint64]) -> NDArray[np.float32]:
        """Return the weight of each feature of each line."""
        weights = np.zeros(ids.shape, np.float32)
        there = np.flatnonzero(ids)
        wanted = ids.ravel()[there]
        at = np.minimum(np.searchsorted(self.known, wanted), len(self.known) - 1)
        weights.ravel()[there] = self.weights[np.where(self.known[at] == wanted, at, -1)]
        return weights

    def score(self, ids: NDArray[np.uint64]) -> NDArray[np.float32]:
        """Return the score of each line, in logits. Shape of ``ids``: (lines, features); 0 is no feature."""
        scores: NDArray[np.float32] = self.each(ids).sum(axis=1) + np.float32(self.bias)
        return scores

"""A sum of small decision trees that ask one question a level, in plain NumPy.

Such oblivious trees are those of CatBoost (Prokhorenkova et al. 2018, arXiv 1706.09516). What they answer makes a
number, and that number's leaf is what the tree adds; so all trees are asked about all lines at once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

# Lines that are asked about at once, so that a page of many lines takes no more memory than a short one.
LINES = 512


@dataclass(frozen=True, slots=True)
class Trees:
    """Trees of one depth, which is 8 at most.

    Attributes:
        columns: the input that each level of each tree asks about. Shape (trees, depth).
        borders: what it must exceed. Shape (trees, depth).
        leaves: what each tree adds, by the answers read as a binary number, the first one least. Shape (trees,
            2 ** depth).
        bias: what is added to all of them.
    """

    columns: NDArray[np.int64]
    borders: Floats
    leaves: Floats
    bias: float

    def logits(self, inputs: Floats) -> Floats:
        """Return the sum of each line, in logits.

        Args:
            inputs: shape (lines, inputs).

        >>> leaves = np.array([[1, 2, 3, 4]], np.float32)
        >>> trees = Trees(np.array([[0, 1]]), np.array([[0, 5]], np.float32), leaves, 10.0)
        >>> trees.logits(np.array([[-1, 0], [1, 0], [1, 6]], np.float32)).tolist()
        [11.0, 12.0, 14.0]
        """
        sums = np.empty(len(inputs), np.float32)
        for first in range(0, len(inputs), LINES):
            sums[first : first + LINES] = self._sums(inputs[first : first + LINES])
        return sums

    def _sums(self, inputs: Floats) -> Floats:
        count, depth = self.columns.shape
        of_column = np.ascontiguousarray(inputs.T)
        leaf = np.zeros((count, len(inputs)), np.uint8)
        for level in range(depth):
            answers = of_column[self.columns[:, level]] > self.borders[:, level, None]
            leaf |= answers.view(np.uint8) << np.uint8(level)
        of_leaf = self.leaves.ravel().take(leaf + (np.arange(count) << depth)[:, None])
        # A running sum adds in one order, however many lines there are.
        sums: Floats = np.cumsum(of_leaf, axis=0, dtype=np.float32)[-1] + np.float32(self.bias)
        return sums

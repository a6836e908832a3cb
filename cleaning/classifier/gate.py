"""What a text looks like as a whole to the classifier: the numbers from which a whole page is told from clean text."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

# A line this unlikely belongs to no article, and a line of fewer tokens is short.
UNLIKELY, VERY_UNLIKELY, SHORT = 0.2, 0.05, 5

# How many lines at either end are looked at.
EDGE = 5

NAMES: tuple[str, ...] = (
    "lines", "expected_cut", "mean_unlikely", "unlikely_lines", "unlikely_tokens", "short_lines", "first", "last",
    "first_lines", "last_lines", "cut_from_first_fifth", "cut_from_last_fifth", "very_unlikely_lines", "form", "kinds",
)  # fmt: skip


def features(likely: Floats, sizes: Floats, form: float, kinds: int) -> NDArray[np.float64]:
    """Return what tells whole pages from clean text.

    Args:
        likely: the probability of each line to belong to the article.
        sizes: how many tokens each line has.
        form: how much the form of the lines speaks for a whole page.
        kinds: how many kinds of boilerplate rules have found.

    Returns:
        an array of shape (len(NAMES),).
    """
    weights = np.maximum(sizes, 0.3)
    weights = weights / weights.sum()
    cut = (1 - likely) * weights
    fifth = max(1, len(likely) // 5)
    return np.array(
        [
            np.log(len(likely)), cut.sum(), (1 - likely).mean(), (likely < UNLIKELY).mean(),
            weights[likely < UNLIKELY].sum(),
            (sizes < SHORT).mean(), likely[0], likely[-1], likely[:EDGE].mean(), likely[-EDGE:].mean(),
            cut[:fifth].sum(), cut[-fifth:].sum(), (likely < VERY_UNLIKELY).mean(), form, kinds,
        ],
        np.float64,
    )  # fmt: skip

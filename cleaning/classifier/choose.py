"""From what is likely to be the article to what is taken for it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

# A line between two lines of the article is one of it from this probability on.
BETWEEN = 0.35


def most_likely(likely: NDArray[np.float32], sizes: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Return the set of lines whose F1 against the article is expected to be the highest.

    Of the lines by falling probability, some first ones are that set; F1 is expected to be about
    ``2 * sum(kept p) / (sum(kept) + sum(p))``, counted in tokens (Lewis 1995, "Evaluating and optimizing
    autonomous text classification systems"; Ye et al. 2012, arXiv 1206.4625).

    Lines between two of them belong to them unless they are unlikely: a gap is worse than a line too many.

    Args:
        likely: the probability of each line to belong to the article.
        sizes: how many tokens each line has.

    >>> most_likely(np.array([0.9, 0.2, 0.8], np.float32), np.array([20, 10, 30], np.float32)).tolist()
    [True, False, True]
    """
    weights = np.maximum(sizes, 0.3).astype(np.float64)
    order = np.argsort(-likely, kind="stable")
    hits, kept = np.cumsum((likely * weights)[order]), np.cumsum(weights[order])
    expected = 2 * hits / (kept + hits[-1])
    chosen = np.zeros(len(likely), bool)
    chosen[order[: int(np.argmax(expected)) + 1]] = True
    above, below = np.append(False, chosen[:-1]), np.append(chosen[1:], False)
    without_gaps: NDArray[np.bool_] = chosen | (above & below & (likely >= BETWEEN))
    return without_gaps

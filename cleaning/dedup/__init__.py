"""Which documents are copies of another: found over the whole corpus, and each shown with its evidence.

Candidates come from equal digests, equal headlines and MinHash bands (:mod:`find`); each pair is confirmed by the true
Jaccard similarity of its shingles (:mod:`shingles`); who is kept is decided by content alone (:mod:`choose`).
"""

from __future__ import annotations

from .choose import Entry, Mark, Pair, choose
from .find import find_copies

__all__ = ["Entry", "Mark", "Pair", "choose", "find_copies"]

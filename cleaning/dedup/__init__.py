"""Which documents are copies of another: found over the whole corpus, and each shown with its evidence.

Candidates come from equal digests, equal headlines and MinHash bands (:mod:`find`, :mod:`sketch`); each pair is
confirmed by the true Jaccard similarity of its shingles (:mod:`shingles`); who is kept is decided by content alone
(:mod:`choose`).
"""

from __future__ import annotations

from .choose import Marks, choose
from .find import Keys, find_copies
from .headlines import could_be_told_by
from .shingles import jaccard, shingles, shingles_of
from .sketch import NO_BAND, band_hashes

__all__ = [
    "NO_BAND",
    "Keys",
    "Marks",
    "band_hashes",
    "choose",
    "could_be_told_by",
    "find_copies",
    "jaccard",
    "shingles",
    "shingles_of",
]

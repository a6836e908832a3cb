"""Which documents are copies of another: found over the whole corpus, and each shown with its evidence.

Candidates come from equal digests, equal headlines and MinHash bands (:mod:`find`, :mod:`sketch`); each pair is
confirmed by the true Jaccard similarity of its shingles (:mod:`shingles`); who is kept is decided by content alone
(:mod:`choose`).
"""

from __future__ import annotations

from .choose import Marks, choose
from .find import Keys, find_copies
from .generic import is_generic
from .headlines import could_be_told_by
from .known import Known, Twins, find_known
from .shingles import jaccard, shingles, shingles_of
from .sketch import NO_BAND, bands_of

__all__ = [
    "NO_BAND",
    "Keys",
    "Known",
    "Marks",
    "Twins",
    "bands_of",
    "choose",
    "could_be_told_by",
    "find_copies",
    "find_known",
    "is_generic",
    "jaccard",
    "shingles",
    "shingles_of",
]

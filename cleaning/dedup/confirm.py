"""Whether two documents resemble each other enough, by their own texts."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from ..document import Reason
from ..settings import Dedup
from .choose import Pair
from .shingles import Shingles, jaccard


@dataclass(frozen=True, slots=True)
class Confirm:
    """Confirms candidates by the true Jaccard similarity of their shingles.

    Attributes:
        texts: shingles by row.
        titled: pairs of rows that share a headline, the smaller row first.
        originals: for an exact copy, the row whose text stands for its own.
        settings: the similarities that are enough.
    """

    texts: Mapping[int, Shingles]
    titled: AbstractSet[tuple[int, int]]
    originals: Mapping[int, int]
    settings: Dedup

    def __call__(self, one: int, other: int) -> Pair | None:
        """Return the pair with its similarity and kind, or None when it is none."""
        first, second = sorted((self.originals.get(one, one), self.originals.get(other, other)))
        if first == second:
            return Pair(one, other, Reason.EXACT_DUPLICATE, 1.0)
        if first not in self.texts or second not in self.texts:
            return None  # at most one of the two has a twin that is no exact copy
        similarity = jaccard(self.texts[first], self.texts[second])
        if self.settings.near and similarity >= self.settings.threshold:
            return Pair(one, other, Reason.NEAR_DUPLICATE, similarity)
        if (first, second) in self.titled and similarity >= self.settings.headline_threshold:
            return Pair(one, other, Reason.SAME_HEADLINE, similarity)
        return None

"""What the rules of languages say of each line, as numbers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..reason import OF_DOCUMENTS, Reason

Floats = NDArray[np.float32]

# What only the whole corpus shows is no evidence here, and the models were trained without it.
_OF_CORPUS = {Reason.SHARED_PARAGRAPH}

REASONS: tuple[Reason, ...] = tuple(reason for reason in Reason if reason not in OF_DOCUMENTS | _OF_CORPUS)
NUMBER = {reason: number for number, reason in enumerate(REASONS)}

# Reasons whose lines tell what the lines after or before them are.
_SIGNPOSTS = (
    Reason.ADVERTISEMENT, Reason.AUTHOR_BIO, Reason.BYLINE, Reason.COMMENT_FORM, Reason.COOKIE_NOTICE,
    Reason.LEGAL_NOTICE, Reason.NAVIGATION, Reason.NEWSLETTER, Reason.RELATED_LINKS, Reason.SHARE_BAR,
    Reason.TAGS, Reason.TIMESTAMP,
)  # fmt: skip
_COLUMNS = [NUMBER[reason] for reason in _SIGNPOSTS]

NAMES: tuple[str, ...] = (
    *(f"rule_{reason}" for reason in REASONS),
    *(f"{reason}_before" for reason in _SIGNPOSTS),
    *(f"{reason}_after" for reason in _SIGNPOSTS),
    "kinds_of_boilerplate",
)


def features(hits: Floats) -> Floats:
    """Return what rules say of each line and of those before and after it.

    Args:
        hits: for each line and each of :data:`REASONS`, 1 where a rule names the whole line wherever it stands, 0.5
            where only at the top or bottom of a text. Shape (lines, len(REASONS)).

    Returns:
        an array of shape (lines, len(NAMES)).
    """
    named = (hits[:, _COLUMNS] > 0).astype(np.float32)
    until = np.cumsum(named, axis=0)
    kinds = np.full((len(hits), 1), min(int((hits.max(axis=0) > 0).sum()), 8) / 4, np.float32)
    return np.concatenate([3 * hits, np.log1p(until - named), np.log1p(until[-1] - until), kinds], axis=1)

"""Which headlines can tell documents apart."""

from __future__ import annotations

from ..text import words

# A shorter headline is no evidence: "Weather", "Letters to the editor".
FEWEST_WORDS = 4


def could_be_told_by(title: str) -> bool:
    """Whether two documents with this headline may be one story.

    >>> could_be_told_by("Bridge over the northern gate repaired"), could_be_told_by("Weather")
    (True, False)
    """
    return len(words(title)) >= FEWEST_WORDS

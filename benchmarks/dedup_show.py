"""Two texts side by side, in a few lines, so that a person can judge whether they tell the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from cleaning.text import has_unspaced, words

# Words that are shown of a beginning, and of a difference.
BEGINNING, LONGEST = 25, 40


def differences(one: str, other: str) -> Iterator[str]:
    r"""Yield lines: what two texts say alike as a count of words, what only one of them says as the words.

    >>> print(*differences("The ferry sails at noon today.", "The ferry sails at dusk today"), sep="\n")
      = 4 words
      - noon
      + dusk
      = 1 words
    """
    joint = "" if has_unspaced(one) else " "
    before, after = words(one), words(other)
    for kind, start, end, from_, to in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            yield f"  = {end - start} words"
        if kind in ("delete", "replace"):
            yield f"  - {_shortened(before[start:end], joint)}"
        if kind in ("insert", "replace"):
            yield f"  + {_shortened(after[from_:to], joint)}"


def beginning(text: str) -> str:
    r"""Return the first words of a text.

    >>> beginning("The ferry sails at noon.\n\nIt returns at dusk.")
    'The ferry sails at noon It returns at dusk'
    """
    return ("" if has_unspaced(text) else " ").join(words(text)[:BEGINNING])


def _shortened(part: Sequence[str], joint: str) -> str:
    if len(part) <= LONGEST:
        return joint.join(part)
    half = LONGEST // 2
    return f"{joint.join(part[:half])} … {len(part) - 2 * half} words … {joint.join(part[-half:])}"

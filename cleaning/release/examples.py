"""A few short texts of each frequent reason, so that a reader of the card sees what was cut out.

The choice depends on the texts alone: those with the smallest hashes, which is as good as random. What names people for
a living, such as a byline, is left to the table: a card is read by more people than asked for it.
"""

from __future__ import annotations

import hashlib
import heapq
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import regex

from ..reason import Reason
from .tables import batches

_LONGEST = 200  # characters of a span that can be an example
_SHOWN = 80  # of them are shown
_ROWS = 1 << 16
_UNSHOWN = frozenset({Reason.AUTHOR_BIO, Reason.BYLINE, Reason.PHOTO_CREDIT})
# What would reorder or end the line that an example stands in.
_CONTROL = regex.compile(r"[\p{Bidi_Control}\p{Cc}\p{Cs}]+")


def cut_examples(release: Path, reasons: Sequence[str], each: int) -> list[tuple[str, str]]:
    """Return reason and text of up to ``each`` cuts of each reason, in the order of the reasons.

    Raises:
        OutputError: the table is missing.
    """
    wanted = [reason for reason in reasons if reason not in _UNSHOWN]
    chosen: dict[str, set[tuple[bytes, str]]] = defaultdict(set)
    for batch in batches(release, "removed", ["reason", "text"], size=_ROWS):
        is_short = pc.less_equal(pc.utf8_length(batch["text"]), _LONGEST)
        rows = batch.filter(pc.and_(is_short, pc.is_in(batch["reason"], value_set=pa.array(wanted, pa.string()))))
        for row in pa.Table.from_batches([rows]).group_by(["reason", "text"]).aggregate([]).to_pylist():
            if text := shortened(row["text"]):
                chosen[row["reason"]].add((hashlib.sha256(text.encode()).digest(), text))
        chosen = defaultdict(set, {reason: set(heapq.nsmallest(each, pairs)) for reason, pairs in chosen.items()})
    return [(reason, isolated(text)) for reason in wanted for _, text in sorted(chosen[reason])]


def shortened(text: str) -> str:
    r"""Return a text on one line, without what only steers how it is shown; letters keep their marks where it ends.

    >>> shortened("Share\n\n\u202ethis " + "x" * 100) == "Share this " + "x" * 69 + "…"
    True
    """
    line = " ".join(_CONTROL.sub(" ", text).split())
    shown = "".join(regex.findall(r"\X", line[: 4 * _SHOWN])[:_SHOWN])
    return line if len(shown) == len(line) else f"{shown.rstrip()}…"


def isolated(text: str) -> str:
    r"""Return a text that leaves the direction of what stands beside it alone, whatever its own is.

    >>> isolated("شارك")
    '\u2068شارك\u2069'
    """
    return f"\u2068{text}\u2069"

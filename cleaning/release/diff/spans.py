"""What was cut, by reason, in the one release and in the other."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from ..tables import batches


@dataclass(frozen=True, slots=True)
class Cuts:
    """Spans that were cut for one reason.

    Attributes:
        reason: what they are.
        spans, chars: how many in the old release and in the new one, and their characters.
        changed_spans, changed_chars: the same in the documents whose text changed.
    """

    reason: str
    spans: tuple[int, int]
    chars: tuple[int, int]
    changed_spans: tuple[int, int]
    changed_chars: tuple[int, int]


def cuts_by_reason(old: Path, new: Path, changed: pa.Array) -> tuple[Cuts, ...]:
    """Return the cuts of each reason for which the two releases differ, by reason.

    Args:
        old: a release.
        new: the later one.
        changed: the ids of documents whose text changed.

    Raises:
        OutputError: a table is missing.
    """
    before, after = _counted(old, changed), _counted(new, changed)
    found = [
        Cuts(reason, *(_pair(before[reason], after[reason], place) for place in range(4)))
        for reason in sorted({*before, *after})
    ]
    return tuple(cuts for cuts in found if cuts.spans[0] != cuts.spans[1] or cuts.chars[0] != cuts.chars[1])


def _pair(before: list[int], after: list[int], place: int) -> tuple[int, int]:
    return before[place], after[place]


def _counted(release: Path, changed: pa.Array) -> defaultdict[str, list[int]]:
    """Return spans, characters, and both in changed documents, by reason."""
    counts: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for batch in batches(release, "removed", ["id", "reason", "start", "end"], size=1 << 18):
        among = pc.is_in(batch["id"], changed.cast(batch["id"].type)).cast(pa.int64())
        chars = pc.subtract(batch["end"], batch["start"])
        told = pa.table({
            "reason": batch["reason"],
            "spans": pa.repeat(1, len(batch)),
            "chars": chars,
            "changed_spans": among,
            "changed_chars": pc.multiply(among, chars),
        })  # fmt: skip
        names = told.column_names[1:]
        for row in told.group_by("reason").aggregate([(name, "sum") for name in names]).to_pylist():
            for place, name in enumerate(names):
                counts[row["reason"] or ""][place] += row[f"{name}_sum"] or 0
    return counts

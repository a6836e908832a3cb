"""Documents with the most copies: what they are called, and how one of their copies differs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..compared import Stretch, compared
from ..release.statistics import Tallies
from .sample import first_copies, rows_of_ids

_MOST = 8
_COMPARED = 4_000  # characters of each text
_BOTH = 240  # characters of what both say, from either end


@dataclass(frozen=True, slots=True)
class Copies:
    """A document that was kept, and one of its copies.

    Attributes:
        kept: id and title of the document.
        count: copies that were dropped.
        copy: the row of one of them; None when it cannot be told.
        stretches: how its text differs; what both say is shortened.
    """

    kept: dict[str, Any]
    count: int
    copy: dict[str, Any] | None
    stretches: tuple[Stretch, ...]


def copies(release: Path, clusters: Tallies) -> list[Copies]:
    """Return the documents with the most copies that are in this release.

    Raises:
        OutputError: a table is missing.
    """
    wanted = [tally.name for tally in clusters[:_MOST]]
    kept = {row["id"]: row for row in rows_of_ids(release, "default", wanted, ["id", "title", "text"])}
    twins = first_copies(release, wanted)
    return [_copies(kept[tally.name], tally.count, twins.get(tally.name)) for tally in clusters if tally.name in kept]


def _copies(kept: dict[str, Any], count: int, copy: dict[str, Any] | None) -> Copies:
    if copy is None:
        return Copies(kept, count, None, ())
    stretches = compared((copy["text"] or "")[:_COMPARED], (kept["text"] or "")[:_COMPARED])
    return Copies(kept, count, copy, tuple((kind, _short(kind, text)) for kind, text in stretches))


def _short(kind: str, text: str) -> str:
    if kind != "both" or len(text) <= 2 * _BOTH:
        return text
    return f"{text[:_BOTH]} … {text[-_BOTH:]}"

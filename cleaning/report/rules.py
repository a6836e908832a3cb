"""From a rule to its cuts: for each rule what it cut in all, and where the page shows some of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from ..release.statistics import Statistics, Tally
from .sample import Shown

_SHOWN = 12  # cuts that a rule names
_EXCERPT = 90  # characters of each


@dataclass(frozen=True, slots=True)
class Fired:
    """A rule that cut something.

    Attributes:
        number: its place on the page.
        tally: what it cut in the whole release.
        sources: on how many sources.
        cuts: anchors of cuts that are shown, and how they begin.
        more: cuts that are shown and not among these.
    """

    number: int
    tally: Tally
    sources: int
    cuts: tuple[tuple[str, str], ...]
    more: int


def anchor(document: int, start: int) -> str:
    """Return where a cut stands on the page: the document's number there, and the cut's offset."""
    return f"cut-{document}-{start}"


def fired(statistics: Statistics, documents: Sequence[Shown]) -> list[Fired]:
    """Return all rules that cut something and are named by cuts on the page, then the others; the largest first."""
    cuts: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for number, document in enumerate(documents, 1):
        for piece in document.pieces:
            if piece.rule:
                cuts[piece.rule].append((anchor(number, piece.start), " ".join(piece.before.split())[:_EXCERPT]))
    sources = {tally.name: tally.count for tally in statistics.sources_of_rule}
    tallies = sorted(statistics.cut_by_rule, key=lambda tally: tally.name not in cuts)
    return [
        Fired(
            number, tally, sources.get(tally.name, 0), tuple(cuts[tally.name][:_SHOWN]), len(cuts[tally.name][_SHOWN:])
        )
        for number, tally in enumerate(tallies, 1)
    ]

"""What a release holds, as charts: each a function from its numbers to a Vega-Lite specification, which knows no file.

A chart of fewer than two bars shows nothing that a sentence does not say better, so there is none.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from ..release.statistics import Statistics, Tallies, Tally

_WIDEST, _HIGHEST = 480, 200  # pixels
_BARS = 30
_COLOUR = "#3b6ea5"


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of some tallies.

    Attributes:
        name: what its file is called, without a suffix.
        title: what it shows, in a line.
        unit: what its bars count.
        bars: in the order in which they stand.
        measure: what of a tally is shown.
        by: what the bars are told apart by.
        is_upright: whether the bars stand side by side, in an order that means something.
    """

    name: str
    title: str
    unit: str
    bars: Tallies
    measure: Literal["count", "chars"]
    by: str
    is_upright: bool = False

    @property
    def description(self) -> str:
        """What somebody who cannot see it needs to know: the largest bars with their numbers."""
        largest = sorted(self.bars, key=self._size, reverse=True)[:5]
        told = ", ".join(f"{tally.name or 'not known'} {self._size(tally):,}" for tally in largest)
        return f"{self.title}, in {self.unit}: a chart of {len(self.bars)} bars. The largest: {told}."

    def _size(self, tally: Tally) -> int:
        return int(getattr(tally, self.measure))

    def to_vega_lite(self) -> dict[str, Any]:
        """Return the chart as a Vega-Lite specification, with its data in it."""
        rows = [{"name": tally.name or "not known", "size": self._size(tally)} for tally in self.bars]
        axis = {"labelLimit": 240, "labelAngle": -45 if self.is_upright else 0}
        names = {"field": "name", "type": "nominal", "sort": None, "title": self.by, "axis": axis}
        sizes = {
            "field": "size",
            "type": "quantitative",
            "title": self.unit,
            "axis": {"format": "~s", "tickMinStep": 1},
        }
        return {
            "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
            "title": self.title,
            "width": _WIDEST,
            "height": _HIGHEST if self.is_upright else {"step": 20},
            "background": "white",
            "data": {"values": rows},
            "mark": {"type": "bar", "color": _COLOUR},
            "encoding": {"x": names, "y": sizes} if self.is_upright else {"x": sizes, "y": names},
        }


def lengths(numbers: Statistics) -> Chart:
    """Return how long clean texts are."""
    bars = numbers.kept_by_length
    return Chart(
        "lengths", "Clean texts by length", "documents", bars, "count", "characters of a text", is_upright=True
    )


def years(numbers: Statistics) -> Chart:
    """Return when documents were published: of more years than can be shown, those with most documents."""
    most = sorted(numbers.kept_by_year, key=lambda tally: (-tally.count, tally.name))[:_BARS]
    bars = tuple(sorted(most, key=lambda tally: tally.name))
    return Chart("years", "Clean texts by year", "documents", bars, "count", "year of publication", is_upright=True)


def languages(numbers: Statistics) -> Chart:
    """Return which languages clean texts are in."""
    bars = numbers.kept_by_language[:_BARS]
    return Chart("languages", "Clean text by language", "characters", bars, "chars", "language")


def cut(numbers: Statistics) -> Chart:
    """Return why text was cut out."""
    return Chart("cut", "Text cut out, by reason", "characters", numbers.cut_by_reason, "chars", "reason")


def dropped(numbers: Statistics) -> Chart:
    """Return why documents were dropped."""
    bars = numbers.dropped_by_reason
    return Chart("dropped", "Documents dropped, by reason", "documents", bars, "count", "reason")


CHARTS: tuple[Callable[[Statistics], Chart], ...] = (lengths, years, languages, cut, dropped)


def charts(numbers: Statistics) -> list[Chart]:
    """Return the charts that show something."""
    return [chart for make in CHARTS if len((chart := make(numbers)).bars) > 1]

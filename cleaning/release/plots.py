"""plots/: what the card shows as pictures."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..charts import charts
from ..charts.svg import to_svg
from .statistics import Statistics

FOLDER = "plots"


@dataclass(frozen=True, slots=True)
class Plot:
    """A picture.

    Attributes:
        path: where it is, from the release folder.
        title: what it shows.
        description: the same for those who cannot see it, with its largest numbers.
    """

    path: str
    title: str
    description: str


def write_plots(release: Path, numbers: Statistics) -> list[Plot]:
    """Draw the charts that show something, and return what the card says of them. Without any there is no folder."""
    plots = []
    for chart in charts(numbers):
        path = f"{FOLDER}/{chart.name}.svg"
        (release / FOLDER).mkdir(exist_ok=True)
        (release / path).write_text(to_svg(chart), "utf-8", newline="\n")
        plots.append(Plot(path, chart.title, chart.description))
    return plots

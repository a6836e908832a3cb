"""Charts hold the numbers of a release, are Vega-Lite, and come out as the same SVG each time."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import altair
import pytest
from releases import good
from written import tables

from cleaning.charts import CHARTS, charts, languages, years
from cleaning.charts.svg import to_svg
from cleaning.release.statistics import Statistics, Tally

AGAIN = """
from cleaning.charts import Chart
from cleaning.charts.svg import to_svg
from cleaning.release.statistics import Tally
print(to_svg(Chart("a", "A <b>", "documents", (Tally("ar", 2), Tally("", 1)), "count", "language")), end="")
"""


@pytest.fixture(scope="module")
def numbers(tmp_path_factory: pytest.TempPathFactory) -> Statistics:
    made = good()
    made.document("rain")["date"] = "2021-07-01"
    return tables(tmp_path_factory.mktemp("release"), made)


@pytest.mark.parametrize("make", CHARTS, ids=lambda make: make.__name__)
def test_each_is_vega_lite_with_its_numbers(make: object, numbers: Statistics) -> None:
    chart = make(numbers)  # type: ignore[operator]
    told = altair.Chart.from_dict(chart.to_vega_lite()).to_dict()  # validates
    (values,) = [told["data"]["values"]] if "values" in told["data"] else told["datasets"].values()
    assert [row["size"] for row in values] == [getattr(tally, chart.measure) for tally in chart.bars]
    assert len(values) > 1


def test_bars_are_those_of_the_tables(numbers: Statistics) -> None:
    assert [(tally.name, tally.chars) for tally in languages(numbers).bars] == [("en", 175), ("ar", 83)]
    assert [(tally.name, tally.count) for tally in years(numbers).bars] == [("2021", 1), ("2024", 3)]


def test_of_many_years_those_with_most_documents_are_shown_in_order(numbers: Statistics) -> None:
    told = tuple(Tally(str(year), year % 7) for year in range(1900, 2000))
    bars = years(dataclasses.replace(numbers, kept_by_year=told)).bars
    assert len(bars) == 30
    assert [tally.name for tally in bars] == sorted(tally.name for tally in bars)
    assert min(tally.count for tally in bars) == 4


def test_what_shows_nothing_is_left_out(numbers: Statistics) -> None:
    alone = dataclasses.replace(numbers, kept_by_language=numbers.kept_by_language[:1], dropped_by_reason=())
    assert [chart.name for chart in charts(alone)] == ["lengths", "years", "cut"]


def test_the_description_names_the_largest(numbers: Statistics) -> None:
    said = languages(numbers).description
    assert said == "Clean text by language, in characters: a chart of 2 bars. The largest: en 175, ar 83."


def test_another_process_draws_the_same_bytes() -> None:
    command = [sys.executable, "-c", AGAIN]
    place = Path(__file__).parent.parent
    first, second = (subprocess.run(command, cwd=place, capture_output=True, check=True).stdout for _ in range(2))
    assert first == second
    assert "A <b>" in ET.fromstring(first).itertext()


def test_any_script_stays_text(numbers: Statistics) -> None:
    named = dataclasses.replace(numbers, kept_by_language=(Tally("عربي", 1, 3), Tally("<ä&", 1, 2)))
    texts = set(ET.fromstring(to_svg(languages(named))).itertext())
    assert {"عربي", "<ä&"} <= texts

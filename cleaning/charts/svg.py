"""Charts as SVG, drawn by Vega in this process: no browser and no network, and the same bytes each time."""

from __future__ import annotations

from . import Chart


def to_svg(chart: Chart) -> str:
    """Return a chart as an SVG document, whose texts stay texts."""
    import vl_convert  # noqa: PLC0415 - brings an engine for JavaScript with it

    return str(vl_convert.vegalite_to_svg(chart.to_vega_lite())) + "\n"

"""A chart as a part of a page: SVG that takes its colours from the page, in light and in dark mode."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup, escape

# Names of the page's colours: an attribute of SVG may be a CSS variable.
INK, SOFT, LINE, KEPT, LOST = "var(--ink)", "var(--soft)", "var(--line)", "var(--kept)", "var(--lost)"

_CONFIG: dict[str, Any] = {
    "aria": False,  # the page has the same numbers as a table
    "background": None,
    "font": "system-ui, sans-serif",
    "view": {"stroke": None},
    "axis": {
        "domainColor": LINE,
        "gridColor": LINE,
        "tickColor": LINE,
        "labelColor": SOFT,
        "titleColor": SOFT,
        "labelFontSize": 11,
        "titleFontSize": 11,
        "titleFontWeight": "normal",
    },
    "legend": {"labelColor": SOFT, "orient": "top", "labelFontSize": 11, "title": None, "symbolType": "square"},
    "text": {"color": INK},
}


def inline_svg(specification: Mapping[str, Any], label: str) -> Markup:
    """Return a Vega-Lite specification as an SVG element that says ``label`` to whoever cannot see it."""
    import vl_convert  # noqa: PLC0415 - brings an engine for JavaScript with it

    drawn: str = vl_convert.vegalite_to_svg(dict(specification), config=_CONFIG, allowed_base_urls=[])
    return Markup(drawn.replace("<svg ", f'<svg role="img" aria-label="{escape(label)}" ', 1))  # noqa: S704 - Vega escapes


def encoded(name: str, **given: Any) -> dict[str, Any]:
    """Return the encoding of a field that is a number."""
    return {"field": name, "type": "quantitative", **given}

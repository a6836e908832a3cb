"""How lengths, languages and years spread, before and after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from .inline import KEPT, SOFT, encoded, inline_svg

_WIDTH, _HEIGHT, _STEP = 300, 150, 16  # pixels
_MOST = 12  # names that one chart shows
_COUNTS = {"tickCount": 4, "format": "~s", "tickMinStep": 1}
_STATES = {
    "field": "state",
    "type": "nominal",
    "scale": {"domain": ["before", "after"], "range": [SOFT, KEPT]},
    "legend": {},
}


def lengths(edges: Sequence[int], before: Sequence[int], after: Sequence[int]) -> Markup:
    """Return a histogram: documents with so many characters, between one of the ``edges`` and the next."""
    rows = [
        {"from": low, "to": high, "state": state, "count": count}
        for state, counts in (("before", before), ("after", after))
        for low, high, count in zip(edges, edges[1:], counts, strict=False)
    ]
    axis = {"tickCount": 5, "format": "~s", "grid": False}
    encoding = {
        "x": encoded("from", title="characters", scale={"type": "log", "nice": False}, axis=axis),
        "x2": {"field": "to"},
        "y": encoded("count", title="documents", stack=None, axis=_COUNTS),
        "y2": {"datum": 0},
    }
    return _drawn(rows, encoding, _HEIGHT, "Lengths of the texts, before and after")


def names(before: Mapping[str, int], after: Mapping[str, int], label: str) -> Markup:
    """Return bars: documents by name, before and after; of many names the most frequent."""
    order = sorted(before, key=lambda name: (-before[name], name))[:_MOST]
    rows = [
        {"name": name[:24] or "not known", "state": state, "count": counts.get(name, 0)}
        for name in order
        for state, counts in (("before", before), ("after", after))
    ]
    axis = {"ticks": False, "domain": False, "labelLimit": 120}
    encoding = {
        "y": {"field": "name", "type": "nominal", "sort": None, "title": None, "axis": axis},
        "x": encoded("count", title="documents", stack=None, axis=_COUNTS),
    }
    return _drawn(rows, encoding, _STEP * len(order), label)


def years(before: Mapping[str, int], after: Mapping[str, int]) -> Markup:
    """Return bars: documents by the year of their date, before and after."""
    rows = [
        {"name": name, "state": state, "count": counts.get(name, 0)}
        for name in sorted(before)
        for state, counts in (("before", before), ("after", after))
    ]
    axis = {"labelAngle": 0, "labelOverlap": True, "grid": False}
    encoding = {
        "x": {"field": "name", "type": "ordinal", "title": "year", "axis": axis},
        "y": encoded("count", title="documents", stack=None, axis=_COUNTS),
    }
    return _drawn(rows, encoding, _HEIGHT, "Documents by year, before and after")


def _drawn(rows: Sequence[Mapping[str, Any]], encoding: Mapping[str, Any], height: int, label: str) -> Markup:
    chart = {
        "width": _WIDTH,
        "height": height,
        "data": {"values": rows},
        "mark": {"type": "bar", "opacity": 0.55, "binSpacing": 0},
        "encoding": {"color": _STATES, **encoding},
    }
    return inline_svg(chart, label)

"""A flow as a picture: where what comes in ends up, as bands as wide as their numbers.

Vega-Lite has no such chart: where the bands run is reckoned here, and it draws them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from .inline import KEPT, LOST, SOFT, encoded, inline_svg

# All in pixels.
_WIDTH, _HEIGHT = 400, 190
_LEFT, _RIGHT = 180, 250  # room for labels, at least
_LETTER = 7.2  # how wide one is, on average, at most
_SLOT, _GAP, _NODE = 17, 4, 8
_STEPS = 25  # points of a curve


@dataclass(frozen=True, slots=True)
class Part:
    """A share of the flow, such as what was dropped for a reason."""

    name: str
    size: int
    is_kept: bool = False


def flow(sources: Sequence[Part], outcomes: Sequence[Part], label: str) -> Markup:
    """Return an SVG of what becomes of ``sources``; their sizes and those of ``outcomes`` come to the same."""
    scale = _HEIGHT / max(1, sum(part.size for part in outcomes))
    sides = [_placed(side, parts, scale) for side, parts in enumerate((sources, outcomes))]
    nodes = [node for side in sides for node in side]
    bands = [point for side, found in enumerate(sides) for point in _bands(side, found)]
    height = max((node["bottom"] for node in nodes), default=1)
    left, right = max(_LEFT, _room(sides[0])), max(_RIGHT, _room(sides[1]))
    scales = {
        "x": encoded("x", axis=None, scale={"domain": [-left, _WIDTH + right], "nice": False}),
        "y": encoded("y", axis=None, scale={"domain": [height, 0], "nice": False}),
        "y2": {"field": "y2"},
        "color": {"field": "colour", "type": "nominal", "scale": None},
    }
    chart = {
        "width": left + _WIDTH + right,
        "height": height,
        "layer": [
            {
                "data": {"values": bands},
                "mark": {"type": "area", "opacity": 0.4},
                "encoding": {**scales, "detail": {"field": "band", "type": "nominal"}},
            },
            {"data": {"values": nodes}, "mark": "rect", "encoding": {**scales, "x2": {"field": "x2"}}},
            *_labels(nodes),
        ],
    }
    return inline_svg(chart, label)


def _room(nodes: Sequence[dict[str, Any]]) -> int:
    """Return how wide a bar at an end is with its label."""
    return 2 * _NODE + round(_LETTER * max((len(node["label"]) for node in nodes), default=0))


def _placed(side: int, parts: Sequence[Part], scale: float) -> list[dict[str, Any]]:
    """Return the bars at an end, each with room for its label, and where its band stands in the middle."""
    placed: list[dict[str, Any]] = []
    top = middle = 0.0
    left = (-_NODE, _WIDTH)[side]
    for part in parts:
        size = max(part.size * scale, 1)
        placed.append(
            {
                "side": side,
                "x": left,
                "x2": left + _NODE,
                "at": (left - 8, left + _NODE + 8)[side],
                "y": round(top, 2),
                "y2": round(top + size, 2),
                "centre": round(top + max(size, _SLOT) / 2, 2),
                "bottom": round(top + max(size, _SLOT), 2),
                "from": middle,
                "colour": (KEPT if part.is_kept else LOST) if side else SOFT,
                "label": f"{part.name}  {part.size:,}",
            }
        )
        top += max(size, _SLOT) + _GAP
        middle += part.size * scale
    return placed


def _bands(side: int, nodes: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the outline of each band between its bar and the middle, where all stand close together."""
    for number, node in enumerate(nodes):
        for step in range(_STEPS + 1):
            part = step / _STEPS
            top = node["from"] + (node["y"] - node["from"]) * part * part * (3 - 2 * part)
            yield {
                "x": round(_WIDTH / 2 * (1 + part if side else 1 - part), 2),
                "y": round(top, 2),
                "y2": round(top + node["y2"] - node["y"], 2),
                "band": 100 * side + number,
                "colour": node["colour"],
            }


def _labels(nodes: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for side, align in enumerate(("right", "left")):
        yield {
            "data": {"values": [node for node in nodes if node["side"] == side]},
            "mark": {"type": "text", "align": align, "baseline": "middle", "fontSize": 12},
            "encoding": {"x": encoded("at"), "y": encoded("centre"), "text": {"field": "label"}},
        }

"""report.html: what a release holds and what was removed from it, on one page that opens from disk.

It needs no network and runs no script. Every value is escaped, so a document that contains markup shows as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup, escape

from ..release.described import checked, chosen
from ..release.frontmatter import pretty_name
from ..release.meanings import meaning
from ..release.statistics import Statistics, Tallies, Tally
from ..settings import Settings
from .sample import Shown, dropped_sample, kept_sample, within

NAME = "report.html"
_CODE = re.compile(r"`([^`]*)`")
_PER_REASON = 4
_ROWS = 40  # of a table that could be as long as the web
# Bytes of sampled text; escaping can make four or five of one, and then the page is still bearable.
_KEPT_BYTES, _DROPPED_BYTES = 300_000, 60_000


def write_report(release: Path, statistics: Statistics, verdict: Mapping[str, Any] | None, settings: Settings) -> Path:
    """Write report.html.

    Args:
        release: the folder, with its tables.
        statistics: the numbers of its tables.
        verdict: what validation/results.json says; None when the release was not validated.
        settings: what the release was built with.

    Raises:
        OutputError: a table is missing.
    """
    kept = within(kept_sample(release, _PER_REASON), _KEPT_BYTES)
    text = _template().render(
        name=pretty_name(release, settings.card),
        counts=statistics.counts,
        statistics=statistics,
        kept=kept,
        dropped=within(dropped_sample(release, _PER_REASON), _DROPPED_BYTES),
        examples_of_reason=_examples(kept, "reason"),
        examples_of_rule=_examples(kept, "rule"),
        verdict=verdict,
        promises=checked(verdict),
        settings=chosen(settings),
        longest=_ROWS,
    )
    path = release / NAME
    path.write_text(text, "utf-8", newline="\n")
    return path


def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"code": _code, "number": _number, "meaning": meaning, "share": _share}
    return environment.from_string((files(__package__) / "report.html").read_text("utf-8"))


def _code(text: str) -> Markup:
    """Return our own words with what stands in backquotes as code."""
    return Markup(_CODE.sub(r"<code>\1</code>", str(escape(text))))  # noqa: S704 - escaped in this line


def _number(value: int) -> str:
    return f"{value:,}"


def _share(tally: Tally, tallies: Tallies, measure: str) -> str:
    """Return how wide the bar of a row is, in percent of the widest."""
    widest = max(getattr(other, measure) for other in tallies)
    return f"{100 * getattr(tally, measure) / widest:.1f}" if widest else "0"


def _examples(documents: Iterable[Shown], key: str) -> dict[str, list[int]]:
    """Return the numbers of the documents, counted from 1, that show a cut of each reason or rule."""
    found: dict[str, list[int]] = {}
    for number, document in enumerate(documents, 1):
        for name in sorted({getattr(piece, key) for piece in document.pieces} - {""}):
            found.setdefault(name, []).append(number)
    return found

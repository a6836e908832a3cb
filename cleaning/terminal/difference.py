"""A difference between two releases, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.text import Text

from .show import print_text

if TYPE_CHECKING:
    from ..release.diff import Difference, Group

_STYLES = {"added": ("+", "green"), "removed": ("-", "red"), "changed": ("~", "yellow"), "described": ("~", "dim")}
_SHOWN = 5  # languages, reasons and ids of a group


def print_difference(difference: Difference) -> None:
    """Print what changed, the documents first."""
    for line in _lines(difference):
        print_text(line)


def _lines(difference: Difference) -> Iterator[Text]:
    yield Text.assemble((difference.old, "bold"), " → ", (difference.new, "bold"))
    for name, (sign, style) in _STYLES.items():
        group: Group = getattr(difference, name)
        yield Text(f"{sign} {name:9} {group.documents:>12,} documents {group.chars:>16,} characters", style)
        yield from (Text(f"    {line}") for line in _told(group))
    for cuts in difference.cuts:
        yield Text(f"  cut as {cuts.reason}: {cuts.spans[0]:,} → {cuts.spans[1]:,} spans, {cuts.chars[0]:,} → "
                   f"{cuts.chars[1]:,} characters")  # fmt: skip
    for name in ("columns", "settings", "versions", "inputs"):
        changes = getattr(difference.other, name)
        for change in changes[:_SHOWN]:
            yield Text(f"  {name}: {change.name}: {change.old or 'none'} → {change.new or 'none'}")
        if len(changes) > _SHOWN:
            yield Text(f"  {name}: and {len(changes) - _SHOWN:,} others")
    asked = f"next version: {difference.version}" if difference.version else "nothing changed"
    yield Text.assemble((asked, "bold"), f" ({difference.why})")


def _told(group: Group) -> Iterator[str]:
    for counts in (group.reasons, group.languages, group.sources):
        if counts and (len(counts) > 1 or counts[0].name):
            rest = len(counts) - _SHOWN
            named = [f"{count.name or 'not known'} {count.documents:,}" for count in counts[:_SHOWN]]
            yield ", ".join([*named, f"{rest:,} others"] if rest > 0 else named)
    if group.ids:
        yield f"such as {', '.join(group.ids[:_SHOWN])}"
    for name, change in group.examples:
        yield f"{name}: {change}"

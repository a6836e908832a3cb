"""A difference as Markdown: for a changelog, a pull request, or the summary of a job."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..markdown import Markdown, code, escape, table
from . import Difference
from .about import Change
from .documents import Count, Group

_ROWS = 20  # of a table that could be long
_GROUPS = {
    "added": "Added",
    "removed": "Removed",
    "changed": "Changed: the text is another",
    "described": "Described otherwise: the text is the same",
}
_OTHER = {"columns": "Columns", "settings": "Settings", "versions": "Versions", "inputs": "Inputs"}


def markdown(difference: Difference) -> str:
    """Return a difference as Markdown."""
    return "\n\n".join(_blocks(difference)) + "\n"


def _blocks(difference: Difference) -> Iterator[str]:
    yield f"## From {escape(difference.old)} to {escape(difference.new)}"
    if difference.version:
        yield f"Next version: **{difference.version}**, because {escape(difference.why)}."
    else:
        yield f"Nothing changed: {escape(difference.why)}."
    groups = {name: getattr(difference, name) for name in _GROUPS}
    yield table(
        [(name, group.documents, group.chars) for name, group in groups.items()], "Documents", "Number", "Characters"
    )
    for name, group in groups.items():
        if group.documents:
            yield from _group(_GROUPS[name], group)
    if difference.cuts:
        rows = [(code(cuts.reason), *cuts.spans, *cuts.chars) for cuts in difference.cuts]
        yield "### Cut out of texts"
        yield table(rows, "Reason", "Spans before", "Spans now", "Characters before", "Characters now")
    for name, title in _OTHER.items():
        yield from _changes(title, getattr(difference.other, name))


def _group(title: str, group: Group) -> Iterator[str]:
    yield f"### {title}"
    for name, counts in (("Reason", group.reasons), ("Language", group.languages), ("Source", group.sources)):
        if counts and (len(counts) > 1 or counts[0].name):
            yield table(list(_rows(counts)), name, "Documents", "Characters")
    yield f"Such as {', '.join(code(name) for name in group.ids)}."
    for name, change in group.examples:
        yield f"- {code(name)}: {escape(change)}"


def _rows(counts: Sequence[Count]) -> Iterator[tuple[object, ...]]:
    for count in counts[:_ROWS]:
        yield count.name or "not known", count.documents, count.chars
    if rest := counts[_ROWS:]:
        yield f"{len(rest)} others", sum(count.documents for count in rest), sum(count.chars for count in rest)


def _changes(title: str, changes: Sequence[Change]) -> Iterator[str]:
    if changes:
        rows = [(code(change.name), _value(change.old), _value(change.new)) for change in changes[:_ROWS]]
        yield f"### {title}"
        yield table(rows, "What", "Before", "Now")
    if len(changes) > _ROWS:
        yield f"And {len(changes) - _ROWS:,} others."


def _value(value: str) -> Markdown:
    return escape(value if len(value) <= 80 else f"{value[:77]}…") if value else Markdown("")

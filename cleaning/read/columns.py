"""Which column of a table holds what: set by the user, or guessed from common names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ..document import Raw
from ..settings import Columns, Input
from .piece import Unreadable, too_long
from .values import as_moment, as_name, as_text, encodable

# Common names, the most telling first. Case and everything that is no letter or digit do not count: "Article-Text",
# "articleText" and "article_text" are one name.
NAMES = {
    "text": "text content body article maintext rawcontent articletext contenttext articlebody fulltext plaintext"
    " bodytext textcontent rawtext extractedtext cleanedtext cleantext document",
    "html": "html rawhtml pagehtml htmlcontent contenthtml bodyhtml articlehtml sourcehtml pagesource rawpage page",
    "title": "title headline heading articletitle pagetitle newstitle",
    "url": "url link uri href pageurl articleurl sourceurl weburl canonicalurl permalink targeturi warctargeturi",
    "id": "id docid documentid articleid recordid uuid guid",
    "source": "source site domain publisher sourcedomain sitename sourcename outlet newspaper website hostname host",
    "date": "date published datepublish datepublished publishdate publisheddate publishedat publishedon pubdate"
    " publicationdate articledate datetime",
    "author": "author authors byline creator writer authorname",
    "language": "language lang languagecode langcode",
}
_TOLD: dict[str, Callable[[Any], str | None]] = {
    "id": as_text,
    "url": as_text,
    "title": as_text,
    "language": as_text,
    "date": as_moment,
    "author": as_name,
    "source": as_name,
}
_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Mapped:
    """What the columns of one table are read as.

    Attributes:
        contents: columns with the content, and whether it is HTML; the first one that is not empty is taken.
        told: pairs of a field of :class:`cleaning.document.Raw` and its column.
        carry: columns carried along.
        problem: why the table cannot be read, empty when it can.
    """

    contents: tuple[tuple[str, bool], ...]
    told: tuple[tuple[str, str], ...]
    carry: tuple[str, ...]
    problem: str = ""

    def needed(self) -> list[str]:
        """Return the columns that are read at all."""
        return list(dict.fromkeys([*(name for name, _ in self.contents), *(n for _, n in self.told), *self.carry]))


def map_columns(names: Sequence[str], columns: Columns) -> Mapped:
    """Say what the columns of a table are read as.

    A table with both a text and an HTML column is read by its text, which somebody has already extracted, unless the
    settings name the HTML column. If they name both, the HTML is taken where the text is empty. A dotted name such as
    ``metadata.url`` reaches into nested values.

    >>> map_columns(["Headline", "raw_html", "Body", "words"], Columns()).contents
    (('Body', False),)
    >>> map_columns(["headline", "words"], Columns()).problem
    'no column holds the text or the page: name it in input.columns.text or .html; the columns are headline, words'
    """
    found = {field: getattr(columns, field) or _guess(field, names, columns) for field in _TOLD}
    contents = _contents(names, columns)
    return Mapped(
        contents=contents,
        told=tuple((field, name) for field, name in found.items() if name),
        carry=tuple(columns.carry),
        problem=_problem([name for name, _ in contents], names),
    )


def has(names: Iterable[str], name: str) -> bool:
    """Whether a column, or for a dotted name the one that it reaches into, is among the names."""
    return name in names or name.partition(".")[0] in names


def shown(names: Iterable[str]) -> str:
    """Return column names for a message, not too many of them."""
    known = [encodable(name)[:100] for name in names]
    more = f" and {len(known) - _SHOWN} more" if len(known) > _SHOWN else ""
    return (", ".join(known[:_SHOWN]) or "none") + more


def to_raw(row: Mapping[str, Any], origin: str, mapped: Mapped, limit: int) -> Raw | Unreadable:
    """Return a row as a raw record; one with no content, or with one that is no text or too long, is unreadable."""
    if mapped.problem:
        return Unreadable(origin, mapped.problem)
    name, is_html, content = _content(row, mapped)
    if content is None:
        return Unreadable(origin, f"no text: {name} is empty or missing")
    if not isinstance(content, str | bytes):
        return Unreadable(origin, f"{name} holds a value of type {type(content).__name__}, not text")
    content = encodable(content) if isinstance(content, str) else content
    if len(content) > limit or (isinstance(content, str) and len(content.encode("utf-8")) > limit):
        return Unreadable(origin, too_long(limit))
    told = {field: _stripped(_TOLD[field](_reach(row, name))) for field, name in mapped.told}
    extra = tuple((name, as_text(_reach(row, name))) for name in mapped.carry)
    return Raw(origin=origin, content=content, is_html=is_html, extra=extra, **told)


def reader(settings: Input) -> Callable[[Mapping[str, Any], str], Raw | Unreadable]:
    """Return a function that makes raw records of JSON objects, which may each have other keys."""

    @lru_cache(maxsize=1000)
    def mapped(names: tuple[str, ...]) -> Mapped:
        return map_columns(names, settings.columns)

    return lambda row, origin: to_raw(row, origin, mapped(tuple(row)), settings.max_bytes)


def _guess(field: str, names: Sequence[str], columns: Columns) -> str:
    """Return the column that a common name of the field fits, but for those set to be something else."""
    folded: dict[str, str] = {}
    taken = {name for field, name in columns if field != "carry"}
    for name in names:
        if name not in taken:
            folded.setdefault("".join(filter(str.isalnum, name.lower())), name)
    return next((folded[common] for common in NAMES[field].split() if common in folded), "")


def _contents(names: Sequence[str], columns: Columns) -> tuple[tuple[str, bool], ...]:
    chosen = [(columns.text, False), (columns.html, True)]
    if not (columns.text or columns.html):
        chosen = [(_guess("text", names, columns), False), (_guess("html", names, columns), True)]
        chosen = [pair for pair in chosen if pair[0]][:1]
    return tuple(pair for pair in chosen if pair[0])


def _problem(contents: Sequence[str], names: Sequence[str]) -> str:
    if not contents:
        advice = "no column holds the text or the page: name it in input.columns.text or .html"
        return f"{advice}; the columns are {shown(names)}"
    if not any(has(names, name) for name in contents):
        return f"no column {shown(contents)}, which input.columns names; the columns are {shown(names)}"
    return ""


def _content(row: Mapping[str, Any], mapped: Mapped) -> tuple[str, bool, Any]:
    for name, is_html in mapped.contents:
        content = _reach(row, name)
        if content not in (None, "", b""):
            return name, is_html, content
    return shown(name for name, _ in mapped.contents), False, None


def _reach(row: Mapping[str, Any], name: str) -> Any:
    if name in row:
        return row[name]
    value: Any = row
    for part in name.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def _stripped(value: str | None) -> str | None:
    return (value or "").strip() or None

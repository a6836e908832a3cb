"""What languages call months and days, how they order a date, in which scripts they are: the only import of babel.

The source is the Unicode CLDR. A language is read with all its regions, since a site in German may be Austrian, and
one in Arabic may say January in three ways. What CLDR lacks stands in ``calendars.toml``.
"""

from __future__ import annotations

import pickle
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import regex

# The words that may stand between the first two fields of a date, and between the last two.
Gaps = tuple[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Words:
    """The calendar words of a language, each in all its forms; a name that ends in a dot is an abbreviation.

    Attributes:
        months: names of months.
        weekdays: names of weekdays.
        periods: parts of the day, such as "pm".
        named: orders of a date with the name of a month, such as "dMy", and what stands between its fields.
        numbered: the same for dates of numbers and words: 2024年5月1日.
        numbers: orders of a date of numbers alone, beside those that all languages have, such as "d/M y".
        before: words before a date, such as "den".
        between: words that may link the parts of any date, such as "of".
        after: words after a date, such as "г.".
        eras: words that count years, such as "พ.ศ.".
        ordinals: what a day may end with, such as "th".
        hours: what may stand after the hour, such as "h".
        minutes: what may stand after the minutes.
        seconds: what may stand after the seconds.
        dotted: whether a dot may end a date of numbers.
        short_year_first: whether a date of numbers may begin with two digits of the year.
        weekday_last: whether the weekday may stand behind the date.
        period_first: whether the part of the day may stand before the time.
        spaced: whether the language writes spaces between words.
    """

    months: tuple[str, ...] = ()
    weekdays: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    named: tuple[tuple[str, Gaps], ...] = ()
    numbered: tuple[tuple[str, Gaps], ...] = ()
    numbers: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    between: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    eras: tuple[str, ...] = ()
    ordinals: tuple[str, ...] = ()
    hours: tuple[str, ...] = ()
    minutes: tuple[str, ...] = ()
    seconds: tuple[str, ...] = ()
    dotted: bool = False
    short_year_first: bool = False
    weekday_last: bool = False
    period_first: bool = False
    spaced: bool = True


@dataclass(frozen=True, slots=True)
class _Date:
    """What one date format of CLDR tells."""

    order: str = ""
    named: bool = False
    gaps: Gaps = ((), ())
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    dotted: bool = False
    short_year_first: bool = False
    weekday_last: bool = False


@dataclass(frozen=True, slots=True)
class _Time:
    """What one time format of CLDR tells."""

    hours: tuple[str, ...] = ()
    minutes: tuple[str, ...] = ()
    seconds: tuple[str, ...] = ()
    period_first: bool = False


# English in the alphabets of Shaw and of Deseret is of no use to anybody who scrapes.
_NOT_IN_USE = ("en_Dsrt", "en_Shaw")
_UNSPACED = {"ja", "zh", "yue", "ko", "th", "lo", "km", "my", "bo", "dz"}

# The letters of CLDR's fields that stand for the same: https://unicode.org/reports/tr35/tr35-dates.html
_KINDS = {"L": "M", "c": "E", "e": "E", "H": "h", "K": "h", "k": "h"}
_LETTERS = regex.compile(r"[\p{L}\p{M}]+\.?")
_FIELD = regex.compile(r"'(?P<quoted>[^']*)'|(?P<field>([A-Za-z])\3*)|(?P<literal>[^'A-Za-z]+)")


@cache
def words(language: str) -> Words:
    """Return the calendar words of a language by its tag without script and region; of an unknown one, what is shared.

    >>> "fevereiro" in words("pt").months, words("xx").months
    (True, ())
    """
    sources, lacking = list(_sources(language)), _tables().get(language, {})
    patterns = [_fields(pattern) for pattern in dict.fromkeys(_patterns(sources))]
    dates, times = [_dated(fields) for fields in patterns], [_timed(fields) for fields in patterns]
    found: dict[str, Iterable[str]] = {
        "months": _names(sources, "months"),
        "weekdays": _names(sources, "days"),
        "periods": _names(sources, "day_periods"),
        "numbers": (),
        "before": (word for date in dates for word in date.before),
        "between": (),
        "after": (word for date in dates for word in date.after),
        "eras": (),
        "ordinals": (),
        "hours": (word for time in times for word in time.hours),
        "minutes": (word for time in times for word in time.minutes),
        "seconds": (word for time in times for word in time.seconds),
    }
    both = {kind: _united(names, lacking.get(kind, ())) for kind, names in found.items()}
    spaced = language not in _UNSPACED
    if spaced:  # a letter alone is more often something else than the day that it abbreviates
        both["weekdays"] = tuple(name for name in both["weekdays"] if len(name.removesuffix(".")) > 1)
    return Words(
        **both,
        named=_named(dates, both["months"]),
        numbered=_merged(date for date in dates if not date.named and all(date.gaps)),
        dotted=any(date.dotted for date in dates),
        short_year_first=any(date.short_year_first for date in dates),
        weekday_last=any(date.weekday_last for date in dates),
        period_first=any(time.period_first for time in times),
        spaced=spaced,
    )


@cache
def scripts(language: str) -> frozenset[str]:
    """Return the scripts in which a language is written, in any of its regions; none of an unknown one.

    >>> sorted(scripts("sr")), sorted(scripts("ja")), scripts("xx")
    (['Cyrl', 'Latn'], ['Jpan'], frozenset())
    """
    from babel.core import get_global  # noqa: PLC0415  as in _sources

    likely: Mapping[str, str] = get_global("likely_subtags")
    written = {tag: whole.split("_")[1] for tag, whole in likely.items() if whole.count("_") == 2}
    # Tags that name a script say nothing: there is a likely region for Chinese in Latin letters too.
    regions = (tag for tag in written if tag == language or (tag.startswith(f"{language}_") and not tag[-4:].isalpha()))
    return frozenset(written[tag] for tag in regions)


def _united(*groups: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for group in groups for word in group))


@cache
def _tables() -> Mapping[str, Mapping[str, list[str]]]:
    return tomllib.loads((files("cleaning") / "rules" / "calendars.toml").read_text("utf-8"))


# --- What babel knows ---


def _sources(language: str) -> Iterator[Mapping[str, Any]]:
    """Yield what CLDR says of a language and of each of its regions, as far as it differs."""
    from babel.core import get_global  # noqa: PLC0415  takes a tenth of a second, and not everybody reads rules
    from babel.localedata import locale_identifiers, resolve_locale_filename  # noqa: PLC0415

    # Norwegian Bokmål has its words from Norwegian, and Tagalog is Filipino.
    tags = {language, *(get_global(kind).get(language, language) for kind in ("parent_exceptions", "language_aliases"))}
    for name in sorted(locale_identifiers()):
        if (name in tags or name.startswith(f"{language}_")) and not name.startswith(_NOT_IN_USE):
            # Not by babel's own function: it would hand out, and keep for others, now the whole and now this part.
            yield pickle.loads(Path(resolve_locale_filename(name)).read_bytes())  # noqa: S301  a file of babel's


def _names(sources: list[Mapping[str, Any]], kind: str) -> Iterator[str]:
    """Yield the names of one kind, the abbreviated ones with a dot."""
    full = dict.fromkeys(_of_width(sources, kind, "wide"))
    yield from full
    yield from (f"{name.removesuffix('.')}." for name in _of_width(sources, kind, "abbreviated") if name not in full)


def _of_width(sources: list[Mapping[str, Any]], kind: str, width: str) -> Iterator[str]:
    for source in sources:
        for context in ("format", "stand-alone"):
            names = _own(_own(_own(source.get(kind)).get(context)).get(width))
            yield from (name for name in names.values() if isinstance(name, str))


def _own(value: Any) -> Mapping[Any, Any]:
    """Return what a locale says itself, where it may also refer to another of its tables."""
    values = value if isinstance(value, tuple) else (value,)
    return next((part for part in values if isinstance(part, dict)), {})


def _patterns(sources: list[Mapping[str, Any]]) -> Iterator[str]:
    for source in sources:
        for kind in ("date_formats", "time_formats", "datetime_skeletons"):
            formats = _own(source.get(kind)).values()
            yield from (str(getattr(item, "pattern", item)) for item in formats if not isinstance(item, tuple))


# --- How it writes a date or a time ---


def _fields(pattern: str) -> list[tuple[str, str]]:
    """Return the fields of a CLDR pattern with the text before each; the last one is the end.

    >>> _fields("d 'de' MMM")
    [('', 'd'), (' de ', 'MMM'), ('', '')]
    """
    fields, text = [], ""
    for found in _FIELD.finditer(pattern):
        if field := found["field"]:
            fields.append((text, field))
            text = ""
        else:
            text += found["quoted"] or found["literal"] or ""
    return [*fields, (text, "")]


def _letters(text: str) -> tuple[str, ...]:
    return tuple(_LETTERS.findall(text))


def _dated(fields: list[tuple[str, str]]) -> _Date:
    """Read a date format; of one without day, month and year, nothing."""
    fields = [(text, field) for text, field in fields if not field.startswith("G")]
    kinds = "".join(_KINDS.get(field[:1], field[:1]) for _, field in fields)
    core = kinds.strip("E")
    if sorted(core) != ["M", "d", "y"]:
        return _Date()
    first = kinds.index(core)
    texts = [_letters(text) for text, _ in fields[first : first + 4]]
    month = fields[first + core.index("M")][1]
    return _Date(
        order=core,
        named=len(month) > 2,
        gaps=(texts[1], texts[2]),
        before=texts[0],
        after=texts[3],
        dotted=fields[first + 3][0].startswith("."),
        short_year_first=fields[first][1] == "yy",
        weekday_last=kinds.endswith("E"),
    )


def _timed(fields: list[tuple[str, str]]) -> _Time:
    """Read a time format; of one without an hour, nothing."""
    kinds = "".join(_KINDS.get(field[:1], field[:1]) for _, field in fields)
    after = {kind: _letters(fields[at + 1][0]) for at, kind in enumerate(kinds)}
    if "h" not in after:
        return _Time()
    period = min((kinds.index(kind) for kind in "aB" if kind in kinds), default=len(kinds))
    return _Time(after["h"], after.get("m", ()), after.get("s", ()), period < kinds.index("h"))


def _named(dates: list[_Date], months: tuple[str, ...]) -> tuple[tuple[str, Gaps], ...]:
    """Return the orders with names of months. Whatever CLDR says, sites write the day before the month and after it."""
    if not months:
        return ()
    usual = [] if any(map(str.isdigit, "".join(months))) else [_Date("dMy"), _Date("Mdy")]
    return _merged([*usual, *(date for date in dates if date.named)])


def _merged(dates: Iterable[_Date]) -> tuple[tuple[str, Gaps], ...]:
    """Return each order once, with the words of all its formats."""
    orders: dict[str, list[Gaps]] = {}
    for date in dates:
        orders.setdefault(date.order, []).append(date.gaps)
    return tuple(
        (order, (_united(*(first for first, _ in gaps)), _united(*(second for _, second in gaps))))
        for order, gaps in orders.items()
    )

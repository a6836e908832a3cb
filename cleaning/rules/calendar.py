"""Placeholders of patterns: ``{date}``, ``{time}``, ``{month}`` and ``{weekday}`` in the words of a language.

The words and orders are those of :mod:`cleaning.rules.cldr`; here they become regular expressions. A date needs the
name of a month or three numbers: a number or a year alone is never a date.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache

import regex

from .cldr import Gaps, Words, words
from .nukta import in_both_forms

# An escape is read with what belongs to it, so that neither \p{Lu} nor \{date\} is taken for a placeholder.
_TOKEN = regex.compile(r"\\[pPN]\{[^{}]*\}|\\.|\{(?P<name>[A-Za-z_]+)\}", regex.S)

# \d is a digit of any script, ٣ and ३ as well as 3; that a number is no day or hour is only seen of 40 to 99.
_DAY, _YEAR, _MINUTE = r"(?![4-9]\d)\d{1,2}", r"\d{4}", r"\d{2}"
_MARK = r"[\s\u200e\u200f]?[-/.]\s?"  # CLDR's Arabic dates hold marks of direction
_NUMERIC = (
    rf"{_YEAR}{_MARK}{_DAY}{_MARK}{_DAY}",
    rf"{_DAY}{_MARK}{_DAY}(?:{_MARK}{_YEAR}|(?:[-/.]|\.\s)\d\d)",
)
_YEAR_FIRST = rf"\d\d{_MARK}{_DAY}{_MARK}{_DAY}"
_NUMBERS = {"d": _DAY, "M": _DAY, "y": _YEAR, " ": r"\s"}
# Neither a longer number nor one with more dots, such as a version, holds a date.
_BEFORE, _AFTER = r"(?<!\d)(?<!\d\.)", r"(?!\.?\d)"
# Looked for first, since it is cheap: most lines do not have two numbers near their beginning.
_NUMBERS_NEAR, _CLOCK_NEAR = r"(?=\D{0,40}\d{1,4}\D{1,40}\d)", r"(?=\D{0,20}\d{1,2}\D{1,5}\d)"

# Letters that are written in more than one way in the same word: hamza or none, Arabic or Persian yeh and kaf, Greek
# capitals without accents, the e of Russian, the commas of Romanian, apostrophes.
_SPELLINGS = (
    "اأإآ", "يیى", "كک", "ةهہ", "άα", "έε", "ήη", "ίιϊΐ", "όο", "ύυϋΰ", "ώω", "ёе", "șş", "țţ", "'’ʼ‘`",
)  # fmt: skip
_SPELT = {letter: f"[{''.join(letters)}]" for letters in _SPELLINGS for letter in letters}
_SPELT["\u200c"] = r"[\s\u200c]?"  # سه‌شنبه, سه شنبه


def expand(pattern: str, tag: str) -> str:
    r"""Return a pattern with its placeholders and letters as what a language may write for them.

    >>> import regex
    >>> stand = expand(r"Stand: {date}, {time}", "de")
    >>> bool(regex.fullmatch(stand, "Stand: 3. März 2024, 9:30 Uhr", regex.I))
    True
    >>> expand(r"\d{1,2} \p{Lu}", "de")
    '\\d{1,2} \\p{Lu}'

    Args:
        pattern: a regular expression, in which braces with letters are placeholders.
        tag: the language's tag; ``common``, and a tag that CLDR does not know, have dates in numbers only.

    Raises:
        ValueError: there is no such placeholder, or the language has no words for it.
    """

    def filled(token: regex.Match[str]) -> str:
        name = token["name"]
        return token[0] if name is None else _expansion(name, tag.partition("-")[0])

    return in_both_forms(_TOKEN.sub(filled, pattern))


@cache
def _expansion(name: str, language: str) -> str:
    if name not in _PLACEHOLDERS:
        raise ValueError(f"no such placeholder as {{{name}}}; there are {', '.join(_PLACEHOLDERS)}")
    expansion = _PLACEHOLDERS[name](words(language))
    if not expansion:
        raise ValueError(f"no words are known for {{{name}}} in {language}")
    return f"(?:{expansion})"


# --- Names ---


def _month(known: Words) -> str:
    return _named(known.months) + _end(known) if known.months else ""


def _weekday(known: Words) -> str:
    return _named(known.weekdays) + _end(known) if known.weekdays else ""


def _end(known: Words) -> str:
    return r"(?![\p{L}\p{M}])" if known.spaced else ""


@cache
def _named(names: tuple[str, ...]) -> str:
    """Return what matches one of the names, the longest first; without its last dot an abbreviation counts too."""
    return _any(dict.fromkeys(_spelt(name) for name in sorted(names, key=lambda name: (-len(name), name))))


def _any(alternatives: Iterable[str]) -> str:
    return f"(?:{'|'.join(alternatives)})"


def _optional(pattern: str) -> str:
    return f"(?:{pattern})?"


def _spelt(name: str) -> str:
    """Return a name as a pattern: other spellings of its letters, its number in any digits, its last dot optional."""
    parts = regex.split(r"(\d+|\s+|[.])", name.lower().removesuffix("."))
    return "".join(_spelt_part(part) for part in parts if part) + (r"\.?" if name.endswith(".") else "")


def _spelt_part(part: str) -> str:
    if part.isdigit():
        return _DAY
    if part.isspace():
        return r"\s+"
    return r"\.\s?" if part == "." else "".join(_SPELT.get(letter) or regex.escape(letter) for letter in part)


# --- Dates ---


def _date(known: Words) -> str:
    weekday = rf"[(（]?{_named(known.weekdays)}[)）]?"
    lead = (_optional(rf"{weekday}[.,،、፣:]{{0,2}}\s{{0,2}}") if known.weekdays else "") + _linked(known.before)
    body = _any([*_named_dates(known), *(_in_numbers(*layout, known) for layout in known.numbered), *_numeric(known)])
    dot = r"\.?" if known.dotted else ""
    after = _optional(rf"\s?{_named(known.after)}{_end(known)}") if known.after else ""
    tail = _optional(rf"[\s,،၊]{{0,3}}{weekday}{_end(known)}") if known.weekday_last else ""
    return f"{_NUMBERS_NEAR}{_BEFORE}{lead}{body}{_AFTER}{dot}{after}{tail}"


def _numeric(known: Words) -> Iterator[str]:
    """Yield what matches a date of nothing but numbers, in each of the forms that the language writes."""
    yield from _NUMERIC
    if known.short_year_first:
        yield _YEAR_FIRST
    for order in known.numbers:
        yield "".join(_NUMBERS.get(sign) or regex.escape(sign) for sign in order)


def _named_dates(known: Words) -> Iterator[str]:
    """Yield what matches a date with the name of a month, in each order of its fields."""
    layouts = dict(known.named)
    if layouts and not any(map(str.isdigit, "".join(known.months))):
        yield _day_about_month(layouts.pop("dMy"), layouts.pop("Mdy"), known)
    for order, gaps in layouts.items():
        yield _in_order(order, gaps, known)


def _day_about_month(day_first: Gaps, month_first: Gaps, known: Words) -> str:
    """Return what matches a date with its day on either side of the month.

    The names of months are long, and this has them only once: that there is one day, and not two or none, is seen
    from the numbers.
    """
    numbers = rf"(?=\D{{0,40}}\d{{1,2}}\D{{1,40}}{_YEAR})"
    between = tuple(dict.fromkeys((*day_first[1], *month_first[0])))
    before, after = _day(known) + _gap(day_first[0], known), _day(known) + _gap(month_first[1], known, least=1)
    month = _named(known.months) + r"(?:\s?/\s?[\p{L}\s]{2,16})?"  # كانون الثاني/يناير
    return f"{numbers}{_optional(before)}{month}{_gap(between, known)}{_optional(after)}{_year(known)}"


def _in_order(order: str, gaps: Gaps, known: Words) -> str:
    fields = {"d": _day(known), "M": _named(known.months), "y": _year(known)}
    first, second = (_gap(gap, known, least=int("M" not in order[at : at + 2])) for at, gap in enumerate(gaps))
    end = _end(known) if order.endswith("M") else ""
    return f"{fields[order[0]]}{first}{fields[order[1]]}{second}{fields[order[2]]}{end}"


def _in_numbers(order: str, gaps: Gaps, known: Words) -> str:
    """Return what matches a date in three numbers with words between them: 2024年5月1日."""
    fields = {"d": _DAY, "M": _DAY, "y": _year(known)}
    first, second = (rf"\s?{_named(words)}\s?" for words in gaps)
    return f"{fields[order[0]]}{first}{fields[order[1]]}{second}{fields[order[2]]}"


def _day(known: Words) -> str:
    return rf"{_DAY}(?:{_any([*map(regex.escape, known.ordinals), '[ºª°]'])}(?!\p{{L}}))?"


def _gap(gap: tuple[str, ...], known: Words, least: int = 0) -> str:
    """Return what may stand between two fields of a date: marks, and words such as "de"."""
    return rf"[\s.,،၊/'’\u200c-]{{{least},3}}{_linked(tuple(dict.fromkeys((*gap, *known.between))))}"


def _linked(linking: tuple[str, ...]) -> str:
    return _optional(rf"{_named(linking)}[\s,،'’-]{{0,2}}") if linking else ""


def _year(known: Words) -> str:
    if not known.eras:
        return _YEAR
    era = _named(known.eras)
    return rf"(?:{era}\s?(?:\d{{1,4}}|元)|{_YEAR}(?:\s?{era}{_end(known)})?)"


# --- Times ---


def _time(known: Words) -> str:
    period = _named((*known.periods, "am", "pm", "a.m.", "p.m."))
    lead = _optional(rf"{period}\s{{0,2}}") if known.period_first else ""
    clock = rf"{_DAY}\s?[:.：]\s?{_MINUTE}(?:[:.：]{_MINUTE})?"
    hour = [_named(known.hours)] if known.hours else []
    body = _any([*(_in_words(known) for _ in hour), clock])
    after = _optional(rf"\s{{0,2}}{_any([period, *hour])}{_end(known)}")
    return f"{_CLOCK_NEAR}{_BEFORE}{lead}{body}{_AFTER}{after}"


def _in_words(known: Words) -> str:
    """Return what matches a time with words between its numbers: 14時05分, 14 h 05."""
    seconds = rf"(?:\s?{_MINUTE}\s?{_named(known.seconds)})?" if known.seconds else ""
    minutes = rf"(?:\s?{_named(known.minutes)}{seconds})?" if known.minutes else ""
    return rf"{_DAY}\s?{_named(known.hours)}\s?\d{{1,2}}{minutes}"


_PLACEHOLDERS: Mapping[str, Callable[[Words], str]] = {
    "month": _month,
    "weekday": _weekday,
    "date": _date,
    "time": _time,
}

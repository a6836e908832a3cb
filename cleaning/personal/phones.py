"""Phone numbers, as Google's libphonenumber knows them, and what looks like one and is none.

Numbers with a plus sign say their country, and are looked for everywhere. National ones are looked for in the forms of
given countries; there, digits in a row, decimals, thousands and years are numbers of another kind, unless a word such
as "phone" stands before them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from .found import Found

if TYPE_CHECKING:
    from phonenumbers import PhoneNumberMatch

RULE = "phonenumbers"

# What libphonenumber takes for punctuation inside a number; no line feed is among it.
_PUNCTUATION = (
    r"\-\u2010-\u2015\u2212\u30fc\uff0d\uff0f \u00a0\u00ad\u200b\u2060\u3000()（）［］.\[\]/~\u2053\u223c\uff5e+＋"
)
_PLUS = "+＋"
_RUN = re.compile(rf"\d(?:[{_PUNCTUATION}]{{0,4}}\d){{6,}}")
# What may stand before the first digit: a plus sign, brackets.
_LEAD = re.compile(rf"(?:[+＋(（［\[][{_PUNCTUATION}]{{0,4}}){{1,2}}$")
_LONGEST_LEAD = 10
# An extension may follow.
_AFTER = 24
_BEFORE = 30
_LONGEST_URL = 500

_CUE = re.compile(
    r"(?:\b(?:tel|t[eé]l[eé]fono?|t[eé]l[eé]phone|telefone?|telefon\w*|phone|ph|mobile?|m[oó]vil|cell?|handy|fax|call|"
    r"whatsapp|hotline|tlf|tfno|gsm|komórka|puhelin|điện thoại)\b|тел|моб|звони|факс|τηλ|هاتف|جوال|تلفون|تلفن|موبایل|"
    r"फ़?ोन|मोबाइल|电话|電話|手机|手機|전화|โทร|☎|☏|📞|📱|✆)[^\n]{0,12}$",
    re.IGNORECASE,
)
_BOOK = re.compile(
    r"(?:\b(?:isbn|issn|doi|arxiv|ean|upc|imei|ref|id|order|invoice|no|nr)\b|№|#|番号|رقم الطلب)[\w\s.:：#№-]{0,12}$",
    re.IGNORECASE,
)
_DATE = re.compile(r"(?:1[89]|20)\d\d[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./](?:1[89]|20)\d\d")
_YEARS = re.compile(r"(?:(?:1[0-9]|20)\d\d\D*)+")
# 1 250 000, 1.250.000, 52.5200 and 13: as numbers are written, and not only numbers of phones.
_NUMBER = re.compile(r"[1-9]\d{0,2}(?:([ .\u00a0])\d{3})(?:\1\d{3})*|\d+\.\d+|[1-9]\d*")
_IN_NUMBER = re.compile(r"[\d,.:%°′″×*=_]")
_URL = re.compile(r"(?:://|www\.)\S*$")


def find(text: str, countries: Sequence[str]) -> Iterator[Found]:
    """Yield the phone numbers of a text.

    Args:
        text: any text.
        countries: ISO 3166 codes of the countries whose national numbers are looked for.

    >>> [found.value for found in find("Call +49 30 901820, or 030 901820.", ["DE"])]
    ['+4930901820', '+4930901820']
    """
    for run in _RUN.finditer(text):
        lead = _LEAD.search(text, max(0, run.start() - _LONGEST_LEAD), run.start())
        start = lead.start() if lead else run.start()
        if countries or any(plus in text[start : run.end()] for plus in _PLUS):
            yield from _in_run(text, start, run.end(), countries)


def _in_run(text: str, run: int, run_end: int, countries: Sequence[str]) -> Iterator[Found]:
    """Look at a run of digits and what may stand between them."""
    from phonenumbers import Leniency, PhoneNumberMatcher  # noqa: PLC0415 - 0.1 s, and few texts need it

    begin = max(0, run - 1)
    line_end = text.find("\n", run_end)
    window = text[begin : min(run_end + _AFTER, len(text) if line_end < 0 else line_end)]
    for country in (None, *countries):
        leniency = Leniency.VALID if country is None else Leniency.STRICT_GROUPING
        for match in PhoneNumberMatcher(window, country, leniency):
            start, end = begin + match.start, begin + match.end
            is_national = country is not None
            if start < run_end and not (is_national and _is_other(text, start, end)):
                yield _found(match, start, end)


def _found(match: PhoneNumberMatch, start: int, end: int) -> Found:
    from phonenumbers import PhoneNumberFormat, format_number, region_code_for_number  # noqa: PLC0415 - as above

    value = format_number(match.number, PhoneNumberFormat.E164)
    country = region_code_for_number(match.number)
    return Found(start, end, "phone", RULE, value, country if country and country.isalpha() else None)


def _is_other(text: str, start: int, end: int) -> bool:
    """Whether what looks like a national number is a number of another kind, or one that says its country itself."""
    said = text[start:end]
    if said[0] in _PLUS:
        return True
    before = text[max(0, start - _BEFORE) : start].rpartition("\n")[2]
    if _DATE.search(said) or _YEARS.fullmatch(said) or _goes_on(text, start, end):
        return True
    if _BOOK.search(before) or _URL.search(text, max(0, start - _LONGEST_URL), start):
        return True
    return bool(_NUMBER.fullmatch(said)) and not _CUE.search(before)


def _goes_on(text: str, start: int, end: int) -> bool:
    """Whether a longer number, a time or a place on the globe is said, of which this is a part."""
    after = _IN_NUMBER.match(text[end : end + 1]) and text[end + 1 : end + 2].isdigit()
    before = _IN_NUMBER.match(text[max(0, start - 1) : start]) and text[max(0, start - 2) : start - 1].isdigit()
    return bool(after or before)

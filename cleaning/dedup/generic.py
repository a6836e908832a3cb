"""Headlines that say only what kind of text follows, such as "Weather": no evidence that two texts are copies.

They are data, by language: ``generic.toml``. The names of months and weekdays come from CLDR.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ..boilerplate.headline import same_headline_forms
from ..rules import cldr
from ..text import fold, has_unspaced, words

# A longer headline tells a story. Where words have no spaces, these are characters.
MOST_WORDS = 40

# Words of a place at most: when a sign or a word such as "in" sets it off, and when it only stands beside.
SET_OFF, BESIDE = 3, 1
# The same in characters, where words have no spaces.
SET_OFF_UNSPACED, BESIDE_UNSPACED = 12, 3

# A word so short may begin with a small letter in the name of a place: "Rio de Janeiro".
SHORT = 3

_SIGN_AT_START, _SIGN_AT_END = re.compile(r"\s*[^\w\s]"), re.compile(r"[^\w\s]\s*$")


@dataclass(frozen=True, slots=True)
class _Language:
    """What a language tells of the words beside a headline.

    Attributes:
        around: matches dates, numbers and words such as "in".
        place_first: whether a place may stand before the headline as it is.
    """

    around: re.Pattern[str]
    place_first: bool


def is_generic(title: str) -> bool:
    """Whether a headline is that of a series, alone or with nothing beside it but dates, numbers or a place.

    >>> is_generic("Letters to the editor"), is_generic("Weather in New York: Monday, 3 March 2025")
    (True, True)
    >>> is_generic("أسعار الذهب اليوم في مصر"), is_generic("東京の天気予報 | 日報")
    (True, True)

    A headline with more than that beside it is a story's own:

    >>> is_generic("Weather delays the opening of the northern tunnel"), is_generic("Quiz show host retires at ninety")
    (False, False)

    What is a place is told by its form alone: up to three words, none of which begins with a small letter. So a story
    told in as few words is taken for one, such as "Weather: Storm Ahead"; it can still be found by its text.
    """
    small = _small(title)
    return any(_is_listed(_without_dots(form), small) for form in same_headline_forms(title))


def _is_listed(form: str, small: frozenset[str]) -> bool:
    """Whether a folded headline holds a listed one, and nothing else that matters."""
    return any(
        _is_date_or_place(form[:start], form[end:], tag, small, len(words(form[start:end])))
        for start, end in _parts(form)
        for tag in _listed().get(form[start:end], ())
    )


def _parts(form: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of all that begins and ends with a word."""
    spans, end = [], 0
    for word in words(form):
        start = form.index(word, end)
        end = start + len(word)
        spans.append((start, end))
    if len(spans) <= MOST_WORDS:
        yield from ((start, last) for place, (start, _) in enumerate(spans) for _, last in spans[place:])


def _is_date_or_place(before: str, after: str, tag: str, small: frozenset[str], size: int) -> bool:
    """Whether on one side of a headline of so many words stands a place or nothing, and else only dates and numbers."""
    language = _language(tag)
    first, last = (words(language.around.sub(" ", rest)) for rest in (before, after))
    if any(word in small and len(word) > SHORT for word in (*first, *last)):
        return False
    if first and last:
        return False
    if first:
        return len(first) <= _longest_before(before, language, cased=bool(small), size=size)
    return not last or len(last) <= _longest_after(after, language)


def _longest_before(before: str, language: _Language, *, cased: bool, size: int) -> int:
    set_off = _SIGN_AT_END.search(before) is not None
    if has_unspaced(before):
        return SET_OFF_UNSPACED if set_off or before[-1].isspace() else BESIDE_UNSPACED
    if not language.place_first:
        return SET_OFF if set_off else 0
    return SET_OFF if set_off or (cased and size > 1) else BESIDE


def _longest_after(after: str, language: _Language) -> int:
    set_off = _SIGN_AT_START.match(after) is not None
    if has_unspaced(after):  # what follows without any sign is the rest of a sentence
        return SET_OFF_UNSPACED if set_off or after[0].isspace() else 0
    return SET_OFF if set_off or language.around.match(after.lstrip()) else BESIDE


def _without_dots(folded: str) -> str:
    """Return a folded text whose letters i are all the same: in capitals, Turkish has two of them, and others one.

    >>> _without_dots(fold("GÜNÜN FOTOĞRAFI")) == _without_dots(fold("Günün fotoğrafı"))
    True
    """
    return folded.replace("i\u0307", "i").replace("ı", "i")


def _small(title: str) -> frozenset[str]:
    """Return the words that begin with a small letter, where a headline has both kinds."""
    if title == title.lower():
        return frozenset()
    return frozenset(_without_dots(word.casefold()) for word in words(title) if word[0].islower())


@cache
def _language(tag: str) -> _Language:
    known, table = cldr.words(tag), _tables()[tag]
    names = (name.removesuffix(".") for name in (*known.months, *known.weekdays))
    listed = sorted(
        {_without_dots(fold(word)) for word in (*names, *table["around"])}, key=lambda word: (-len(word), word)
    )
    either = "|".join(map(re.escape, listed))
    spaced = known.spaced or tag == "ko"
    pattern = rf"(?<!\w)(?:{either}|\w*\d\w*)(?!\w)" if spaced else rf"{either}|\d+"
    return _Language(re.compile(pattern), table.get("place_first", False))


@cache
def _listed() -> Mapping[str, frozenset[str]]:
    """Return the listed headlines, folded, each with its languages."""
    tags: dict[str, set[str]] = {}
    for tag, table in _tables().items():
        for headline in table["headlines"]:
            tags.setdefault(_without_dots(fold(headline)), set()).add(tag)
    return {headline: frozenset(found) for headline, found in tags.items()}


@cache
def _tables() -> Mapping[str, Any]:
    return tomllib.loads((files(__package__) / "generic.toml").read_text("utf-8"))

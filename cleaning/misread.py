"""Text that was decoded with the wrong charset in ways that ftfy does not know.

Two kinds, told by two kinds of evidence:

- *UTF-8 read as another charset*, such as ``浣犲ソ`` for ``你好``. UTF-8 has a structure that no other text has by
  chance: where several characters in a row turn into bytes that are valid UTF-8, they were UTF-8.
- *One legacy charset read as another*, such as ``Ïðèâåò`` for ``Привет``: by how likely the letters are, of both
  readings (:mod:`cleaning.meant`).

One look for what such text consists of comes before all of it, because hardly any text has it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain

from . import charsets
from .edits import Edit
from .meant import LOST, WIDE, likelihood, meant, table, to_bytes, to_text

_RULE = "mojibake"
_ENOUGH = 3000  # characters to judge by

# Bytes that were lost, as they are after a round trip: U+FFFD (here 1A) or a question mark in place of the last ones.
_CUT = re.compile(rb"[\xc2-\xdf]\x1a|[\xe0-\xef](?:\x1a[\x80-\xbf]|[\x80-\xbf]?(?:\x1a{1,2}|\?))|\x1a")
# The last byte of a Hebrew or a Thai letter can be a no-break space, which easily becomes a plain one.
_SPACED = re.compile(rb"(?<=\xd7) |(?<=\xe0[\xb8\xb9]) ")


def _class(charset: str, first: int, last: int) -> str:
    """Return a class of the characters of a range of bytes, but for the no-break space."""
    inside = (character for character, byte in table(charset).items() if first <= byte <= last and character != "\xa0")
    return f"[{re.escape(''.join(inside))}]"


def _chinese(leads: range, trails: range) -> str:
    """Return a class of the characters that two bytes of these ranges are in GB 18030."""
    pairs = (bytes([lead, trail]).decode("gb18030", "replace") for lead in leads for trail in trails)
    return f"[{re.escape(''.join(sorted(pair for pair in pairs if len(pair) == 1)))}]"


def _utf_8_in(charset: str, *leads: str) -> tuple[str, str]:
    """Return what three letters in a row look like; they begin with one of these characters or pairs of them."""
    more = _class(charset, 0x80, 0xBF)
    second = f"[{''.join(lead[1] for lead in leads)}]" if len(leads[0]) > 1 else ""
    first = f"[{''.join(sorted({lead[0] for lead in leads}))}]"
    return first, f"{second}{more}" + f"{first}{second}{more}" * 2


# In GB 18030, two characters that are three bytes each in UTF-8 look like three.
_FIRST, _MORE = range(0xE3, 0xF0), range(0x80, 0xC0)
_ONE, _TWO = _chinese(_FIRST, _MORE), _chinese(_MORE, _FIRST)

# What is looked for, by the charset that it was read in: a class for one character, for which `re` scans quickly, and a
# pattern for what must be beside it.
_UTF_8 = {
    "gb18030": (_ONE, f"{_TWO}[^\0-\x7f]{_ONE}{_TWO}"),
    "shift_jis": ("[縺繧繝縲]", r"(?:[^\n]{1,2}[縺繧繝縲]){2}"),  # kana and their punctuation
    "koi8-r": _utf_8_in("koi8-r", "п", "я"),
    "ibm866": _utf_8_in("ibm866", "╨", "╤"),
    "windows-1255": _utf_8_in("windows-1255", "׳"),
    "windows-874": _utf_8_in("windows-874", "เธ", "เน"),
}
# KOI8 has capitals where windows-1251 has small letters, so that names begin with a small letter.
_UPSIDE_DOWN = ("[А-ЯЁ]", "(?<=[а-яё].)(?<![А-яЁё]..)(?![а-яё])")
_SIGN = _class("windows-1252", 0x80, 0xFF)
_LEGACY = {
    "windows-1252": (
        # Four in a row of what other charsets have as letters; in the languages of the West two are many.
        (_SIGN, _SIGN + "{3}"),
        # Kana in Shift-JIS, and frequent characters in Big5: of their two bytes the second may be ASCII.
        ("[‚ƒ\x82\x83]", r"(?:[^\n][‚ƒ\x82\x83]){2}"),
        ("[\xa4-\xc6]", r"[@-~\xa1-\xfe](?:[\xa4-\xc6][@-~\xa1-\xfe]){2}"),
    ),
    "windows-1251": (_UPSIDE_DOWN,),
    "koi8-r": (_UPSIDE_DOWN,),
}
# Parts of a line that may have been misread each by itself.
_PART = re.compile("[^\0-\x7f]+[?]?")
_WORD = re.compile(r"\S+")
_ASCII_LETTER = re.compile("[A-Za-z]")
_LOOKS = {charset: re.compile(one + beside) for charset, (one, beside) in _UTF_8.items()}
_LOOKS_LEGACY = {
    charset: re.compile("|".join(one + beside for one, beside in looks)) for charset, looks in _LEGACY.items()
}


def _gate() -> re.Pattern[str]:
    looks = {*_UTF_8.values(), *chain.from_iterable(_LEGACY.values())}
    every = "".join(sorted(one[1:-1] for one, _ in looks))
    return re.compile(f"[{every}](?:{'|'.join(sorted(f'(?<={one}){beside}' for one, beside in looks))})")


_GATE = _gate()


def misread(text: str) -> list[Edit]:
    """Find text that was decoded with the wrong charset, where its letters or its bytes leave no doubt.

    >>> misread("Ïðàâèòåëüñòâî")
    [Edit(start=0, end=13, after='Правительство', rule='mojibake')]
    >>> misread("ÄÖÜ äöüß, «ÁÉÍÓÚ»")
    []
    """
    if text.isascii() or not _GATE.search(text):
        return []
    return _was_utf_8(text) or _was_legacy(text)


def _was_utf_8(text: str) -> list[Edit]:
    for charset, looks in _LOOKS.items():
        lines = dict.fromkeys(_line(text, match.start()) for match in looks.finditer(text))
        if edits := [edit for start, end in lines for edit in _mend_line(text, start, end, charset)]:
            return edits
    return []


def _mend_line(text: str, start: int, end: int, charset: str) -> Iterator[Edit]:
    """Yield what mends a line: all of it if it was all misread, or the parts that were."""
    if after := _from_utf_8(text[start:end], charset):
        yield Edit(start, end, after, _RULE)
        return
    for part in (_chinese_part() if charset == "gb18030" else _PART).finditer(text, start, end):
        if re.search(_UTF_8[charset][0], part.group()) and (after := _from_utf_8(part.group(), charset)):
            yield Edit(*part.span(), after, _RULE)


@cache
def _chinese_part() -> re.Pattern[str]:
    """Return what to try in a line of right and of misread Chinese: what the bytes from E3 to EF and 80 to BF give."""
    return re.compile(f"{_ONE}(?:{_ONE}|{_TWO}|{_chinese(_MORE, _MORE)}|{LOST})*[?]?")


def _from_utf_8(piece: str, charset: str) -> str | None:
    """Return what a piece of text is if it was UTF-8, None if it was not."""
    try:
        if charset in WIDE:
            content = piece.replace(LOST, "\x1a").encode(charsets.codec(charset))
        else:
            known = {**table(charset), LOST: 0x1A}
            content = _SPACED.sub(b"\xa0", bytes(known[character] for character in piece))
        return _CUT.sub(LOST.encode(), content).decode("utf-8")
    except (KeyError, UnicodeError):
        return None


def _line(text: str, position: int) -> tuple[int, int]:
    end = text.find("\n", position)
    return text.rfind("\n", 0, position) + 1, len(text) if end < 0 else end


def _was_legacy(text: str) -> list[Edit]:
    for read_as, looks in _LOOKS_LEGACY.items():
        runs = _runs(read_as)
        suspicious = (run for run in runs.finditer(text) if looks.search(run.group()))
        if charset := meant(_some(run.group() for run in suspicious), read_as):
            return [edit for run in runs.finditer(text) for edit in _mend_run(run, read_as, charset)]
    return []


@cache
def _runs(charset: str) -> re.Pattern[str]:
    """Return a pattern for parts of lines that a one-byte charset can hold."""
    inside = re.escape("".join(character for character in table(charset) if character >= "\t" and character != "\n"))
    return re.compile(f"[{inside}]+")


def _some(pieces: Iterable[str]) -> str:
    """Return the first pieces, one a line: enough to judge by."""
    taken: list[str] = []
    for piece in pieces:
        taken.append(piece)
        if sum(map(len, taken)) > _ENOUGH:
            break
    return "\n".join(taken)[:_ENOUGH]


def _mend_run(run: re.Match[str], read_as: str, charset: str) -> Iterator[Edit]:
    """Yield what mends a run: all of it, or the words where a byte is a character.

    A word with ASCII letters may be a right one, such as a name with an accent: then the likelier reading is taken.
    """
    content = to_bytes(run.group(), read_as)
    if likelihood(content, charset) <= likelihood(content, read_as):
        return
    after = to_text(content, charset)
    if charset not in WIDE:
        yield from _mend_words(run, read_as, charset)
    elif LOST not in after:
        yield Edit(*run.span(), after, _RULE)


def _mend_words(run: re.Match[str], read_as: str, charset: str) -> Iterator[Edit]:
    """Yield what mends the words of a run.

    One with ASCII letters may be right, such as a name with an accent: then the likelier reading is taken. Signs stay
    where they would become letters or box drawings: beside misread words they were often written as HTML entities.
    """
    for word in _WORD.finditer(run.string, *run.span()):
        before = word.group()
        if before.isascii():
            continue
        content = to_bytes(before, read_as)
        after = "".join(map(_unless_sign, before, to_text(content, charset)))
        if not _ASCII_LETTER.search(before) or likelihood(content, charset) > likelihood(content, read_as):
            yield Edit(*word.span(), after, _RULE)


def _unless_sign(before: str, after: str) -> str:
    stays = after == LOST or before == "€" or unicodedata.category(after)[0] == "S"
    return before if stays else after

r"""What a line must hold for a pattern to match it, told from the pattern alone.

Most lines are named by no rule, and most patterns cannot match without a few letters in a row: ``read also`` or
``[ad``. Looking for these letters is far cheaper than asking the pattern. Here they are read from the pattern, by a
small parser of the ``regex`` module's syntax; of whatever it does not understand it says that anything may match, so
that it can be too cautious and never wrong.

The way is that of RE2's prefilters and of Russ Cox, "Regular Expression Matching with a Trigram Index" (2012): of each
part of a pattern, either all strings that it matches, while they are few, or some strings of which one must occur.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product

import regex

# Stands among the strings for "any digit", of any script.
DIGIT = "\0digit"

# So many strings at most are looked for in place of one pattern, and made of one part of it.
MOST_NEEDED, MOST_EXACT = 400, 48

# Repetitions are written out up to this length of a class.
_WIDEST_CLASS = 48


def plain(text: str) -> str:
    """Return a text in which whatever the ``regex`` module takes for the same letter in another case is the same.

    >>> plain("İSTANBUL"), plain("\N{KELVIN SIGN}"), plain("Straße")
    ('istanbul', 'k', 'strasse')
    """
    return same_i(text.casefold())


def same_i(folded: str) -> str:
    """Return a folded text with one kind of i: case folding leaves four that the module takes for each other in part.

    >>> same_i("İ".casefold()), same_i("ı")
    ('i', 'i')
    """
    return folded if folded.isascii() else folded.replace("\u0307", "").replace("ı", "i")


def needed(pattern: str) -> frozenset[str] | None:
    r"""Return strings of which one at least stands, as :func:`plain` writes it, in whatever a pattern matches.

    :data:`DIGIT` among them stands for any digit. None when nothing is known.

    >>> sorted(needed(r"(?:Read|See) also\W.*"))
    ['read also', 'see also']
    >>> needed(r"\d+ (?:likes?)?") == {DIGIT}
    True
    >>> needed(r".{1,20}")
    """
    try:
        part, end = _alternatives(pattern, 0)
    except _NotUnderstoodError:
        return None
    return _worth(part.needed()) if end == len(pattern) else None


class _NotUnderstoodError(Exception):
    """The pattern uses something that the parser does not know."""


@dataclass(frozen=True, slots=True)
class _Part:
    """What is known of a part of a pattern.

    Attributes:
        exact: all strings that it matches; None when they are many or not known.
        inside: strings of which one stands in whatever it matches; None when nothing is known.
    """

    exact: frozenset[str] | None
    inside: frozenset[str] | None = None

    def needed(self) -> frozenset[str] | None:
        return self.inside if self.exact is None else _never_empty(self.exact)


_ANYTHING, _NOTHING = _Part(None), _Part(frozenset({""}))


def _never_empty(strings: frozenset[str]) -> frozenset[str] | None:
    return None if "" in strings else strings


def _worth(strings: frozenset[str] | None) -> frozenset[str] | None:
    """Return strings that are rare enough to be worth looking for, else None."""
    return strings if strings and len(strings) <= MOST_NEEDED and _rarity(strings) >= _RARE else None


_RARE = 2.0


def _rarity(strings: Iterable[str]) -> float:
    """Return how rare the least rare of some strings is: about its length; signs, Han and rare letters count double."""
    return min(_RARE if string == DIGIT else sum(map(_rareness, string)) for string in strings)


def _rareness(character: str) -> float:
    if character.isspace():
        return 0.5
    return 1.0 if character.isalnum() and character < "\u2e80" and character not in "jqxz" else 2.0


def _better(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    """Return which of two sets is better to look for, when one of each must occur."""
    if one is None or other is None:
        return one if other is None else other
    return max(one, other, key=lambda strings: (min(6.0, _rarity(strings)), -len(strings), sorted(strings)))


# --- Parts put together ---


def _either(parts: Iterable[_Part]) -> _Part:
    exact: frozenset[str] | None = frozenset()
    inside: frozenset[str] | None = frozenset()
    for part in parts:
        exact = None if exact is None or part.exact is None else exact | part.exact
        of_part = part.needed()
        inside = None if inside is None or of_part is None else inside | of_part
    return _Part(exact if exact is not None and len(exact) <= MOST_NEEDED else None, inside)


def _in_a_row(parts: Iterable[_Part]) -> _Part:
    run, inside, whole = _NOTHING.exact or frozenset(), None, True
    for part in parts:
        inside = _better(inside, part.inside)
        if part.exact is not None and len(run) * len(part.exact) <= MOST_EXACT:
            run = frozenset(map("".join, product(run, part.exact)))
            continue
        inside, whole = _better(inside, _never_empty(run)), False
        run = frozenset({""})
        if part.exact is not None:
            inside = _better(inside, _never_empty(part.exact))
    return _Part(run, inside) if whole else _Part(None, _better(inside, _never_empty(run)))


def _repeated(part: _Part, least: int, most: int | None) -> _Part:
    if most == 1:
        return part if least else _either([part, _NOTHING])
    return _Part(None, part.needed()) if least else _ANYTHING


# --- The parser: each function reads from a position and returns what it read and where that ends ---


def _alternatives(pattern: str, at: int) -> tuple[_Part, int]:
    parts = []
    while True:
        part, at = _sequence(pattern, at)
        parts.append(part)
        if pattern[at : at + 1] != "|":
            return _either(parts), at
        at += 1


def _sequence(pattern: str, at: int) -> tuple[_Part, int]:
    parts = []
    while at < len(pattern) and pattern[at] not in "|)":
        part, at = _atom(pattern, at)
        least, most, at = _quantifier(pattern, at)
        parts.append(_repeated(part, least, most))
    return _in_a_row(parts), at


_QUANTIFIER = regex.compile(r"(?:([*+?])|\{(\d*)(,?)(\d*)\})[?+]?")
_SIGNS: dict[str, tuple[int, int | None]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}


def _quantifier(pattern: str, at: int) -> tuple[int, int | None, int]:
    """Read how often a part comes: at least, at most, and where that ends."""
    found = _QUANTIFIER.match(pattern, at)
    if found is None:
        return 1, 1, at
    sign, least, comma, most = found.groups()
    if sign:
        return *_SIGNS[sign], found.end()
    if not least and not most:
        raise _NotUnderstoodError
    return int(least or 0), int(most) if most else None if comma else int(least), found.end()


def _atom(pattern: str, at: int) -> tuple[_Part, int]:
    match pattern[at]:
        case "(":
            return _group(pattern, at)
        case "[":
            return _class(pattern, at)
        case "\\":
            return _escape(pattern, at)
        case ".":
            return _ANYTHING, at + 1
        case "^" | "$":
            return _NOTHING, at + 1
        case "*" | "+" | "?" | "{":
            raise _NotUnderstoodError
        case character:
            return _Part(frozenset({plain(character)})), at + 1


# A group that only groups; one that looks ahead or behind; one that wants something not to be there.
_OPENING = regex.compile(
    r"\((?:(?P<groups>\?(?:[ims]*(?:-[ims]+)?:|P?<[^\W\d]\w*>|>)|(?![?*]))|(?P<looks>\?<?=)|\?<?!)"
)


def _group(pattern: str, at: int) -> tuple[_Part, int]:
    opening = _OPENING.match(pattern, at)
    if opening is None:
        raise _NotUnderstoodError
    part, at = _alternatives(pattern, opening.end())
    if pattern[at : at + 1] != ")":
        raise _NotUnderstoodError
    if opening["groups"] is not None:
        return part, at + 1
    return _Part(_NOTHING.exact, part.needed() if opening["looks"] else None), at + 1


_ESCAPE = regex.compile(
    r"\\(?:(?P<point>x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})|[pPN]\{[^{}]*\}|(?P<plain>.))", regex.S
)
_CONTROLS = {"n": "\n", "t": "\t", "f": "\f", "v": "\v", "r": "\r"}


def _escape(pattern: str, at: int) -> tuple[_Part, int]:
    character, end = _escaped(pattern, at)
    if character is not None:
        return _Part(frozenset({plain(character)})), end
    match pattern[at + 1]:
        case "d":
            return _Part(None, frozenset({DIGIT})), end
        case "b" | "B" | "A" | "Z":
            return _NOTHING, end
    return _ANYTHING, end


def _escaped(pattern: str, at: int) -> tuple[str | None, int]:
    """Read an escape: the character that it stands for, or None where it stands for many or for a place."""
    found = _ESCAPE.match(pattern, at)
    if found is None:
        raise _NotUnderstoodError
    if found["point"]:
        return chr(int(found["point"][1:], 16)), found.end()
    letter = found["plain"] or "p"
    if letter in _CONTROLS or not letter.isalnum():
        return _CONTROLS.get(letter, letter), found.end()
    if letter in "dDwWsSpbBAZ":
        return None, found.end()
    raise _NotUnderstoodError


def _class(pattern: str, at: int) -> tuple[_Part, int]:
    negated = pattern.startswith("[^", at)
    members, at = _members(pattern, at + 1 + negated)
    if negated or None in members or len(members) > _WIDEST_CLASS + 1:
        return _ANYTHING, at
    known = {member for member in members if member}
    if all(member == DIGIT or member.isdecimal() for member in known):
        return _Part(None, frozenset({DIGIT})), at
    if DIGIT in known:
        return _ANYTHING, at
    return _Part(frozenset(map(plain, known))), at


def _members(pattern: str, at: int) -> tuple[set[str | None], int]:
    """Read the members of a class and where it ends; None among them stands for too many."""
    members: set[str | None] = set()
    first = at
    while at < len(pattern) and (pattern[at] != "]" or at == first):
        one, at = _member(pattern, at)
        if pattern[at : at + 1] == "-" and pattern[at + 1 : at + 2] not in ("]", ""):
            other, at = _member(pattern, at + 1)
            members.update(_range(one, other))
        else:
            members.add(one)
    if at == len(pattern):
        raise _NotUnderstoodError
    return members, at + 1


def _member(pattern: str, at: int) -> tuple[str | None, int]:
    if pattern[at] == "[" and pattern[at + 1 : at + 2] in ("[", ":", ".", "="):
        raise _NotUnderstoodError
    if pattern[at] != "\\":
        return pattern[at], at + 1
    character, end = _escaped(pattern, at)
    if pattern[at + 1] == "b":  # a backspace, here
        raise _NotUnderstoodError
    return DIGIT if pattern[at + 1] == "d" else character, end


def _range(one: str | None, other: str | None) -> Iterator[str | None]:
    if one is None or other is None or DIGIT in (one, other):
        raise _NotUnderstoodError
    if one.isdecimal() and other.isdecimal() and ord(other) - ord(one) < 10:
        yield DIGIT
    elif ord(other) - ord(one) < _WIDEST_CLASS:
        yield from map(chr, range(ord(one), ord(other) + 1))
    else:
        yield None

"""Which charset text was meant to be read as that was read as another one-byte charset, by how likely its letters are.

Nearly all bytes are valid in all charsets, so both readings are judged as text of the languages that are written in
them (:mod:`cleaning.charsets`). What was meant must be far likelier than what stands there, in all and for each
letter, and likelier than any third reading: then no right text of any language is taken for misread.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise

from . import charsets

LOST = "\ufffd"

# What text was taken for, and what it can be: charsets that whole sites were written in.
_MEANT = {
    "windows-1252": (
        *("windows-1251", "koi8-r", "koi8-u", "windows-1253", "windows-1255", "windows-1256", "windows-874"),
        *("gb18030", "big5", "shift_jis", "euc-jp", "euc-kr"),
    ),
    "windows-1251": ("koi8-r", "koi8-u"),
    "koi8-r": ("windows-1251",),
}
WIDE = {"gb18030", "big5", "shift_jis", "euc-jp", "euc-kr"}
# Never the answer, because they share most letters with what stands there; but where they are likelier, it is unsure.
_RIVALS = ("windows-1250", "windows-1254", "windows-1257")

# Differences between logarithms of likelihoods, in all and for each letter. Of some 18,000 correct texts and of
# lists of letters, the one that came closest had 32 and 2; ten misread letters have about 40 and 4. Where the script
# stays the same, wrong letters are not as bad, but all cases are wrong as well.
_SURE = {"windows-1252": (36.0, 2.8), "windows-1251": (12.0, 0.25), "koi8-r": (12.0, 0.25)}
_SURE_WHICH = 6.0


@cache
def table(charset: str) -> dict[str, int]:
    """Return the byte of each character of a one-byte charset; an undefined byte is a C1 control, as in browsers."""
    characters = [bytes([byte]).decode(charsets.codec(charset), "replace") for byte in range(0x100)]
    characters_to_bytes = {
        chr(byte) if character == LOST else character: byte for byte, character in enumerate(characters)
    }
    if charset == "windows-1252":  # which text that was read as Latin-1 is taken for
        characters_to_bytes |= {chr(byte): byte for byte in range(0x80, 0xA0)}
    return characters_to_bytes


def meant(sample: str, read_as: str) -> str | None:
    """Return the charset that text was meant to be read as, None if it is not certain that it was misread.

    Args:
        sample: the text, or enough of it to judge by.
        read_as: the one-byte charset that it was read as, all of whose characters are in it.

    >>> meant("Ïðàâèòåëüñòâî ñòðàíû", "windows-1252"), meant("ÄÖÜ äöüß ÁÉÍÓÚ", "windows-1252")
    ('windows-1251', None)
    """
    odd = [one for one in sample if one > "\x7f"]
    if len(set(odd)) < 5 or sum(ord(b) - ord(a) == 1 for a, b in pairwise(odd)) * 3 > len(odd):
        return None  # a row of one sign, or a list of letters
    content = to_bytes(sample, read_as)
    if content.decode("utf-8", "replace").count(LOST) * 10 < len(odd):
        return None  # ftfy's business
    own = likelihood(content, read_as)
    readings = [charset for charset in (*_MEANT[read_as], *_RIVALS) if charset != read_as]
    best = max(readings, key=lambda charset: likelihood(content, charset))
    gain = likelihood(content, best) - own
    in_all, for_each = _SURE[read_as]
    sure = best not in _RIVALS and gain > max(in_all, for_each * len(odd))
    return best if sure and _is_clear(content, best, readings) else None


def _is_clear(content: bytes, best: str, readings: list[str]) -> bool:
    """Whether no other reading comes near, with or without regard to capitals; one that gives the same text may."""
    others = [charset for charset in readings if to_text(content, charset) != to_text(content, best)]
    return any(
        all(judge(content, best) - judge(content, other) >= _SURE_WHICH for other in others)
        for judge in (likelihood, _likelihood_with_case)
    )


def to_bytes(text: str, charset: str) -> bytes:
    """Return the bytes that text was read from, if that was in this one-byte charset."""
    return bytes(table(charset)[character] for character in text)


def to_text(content: bytes, charset: str) -> str:
    """Return what bytes are in a charset; U+FFFD for those that are nothing."""
    return content.decode(charsets.codec(charset), "replace")


def likelihood(content: bytes, charset: str) -> float:
    """Return how likely bytes are as text of a language written in a charset; capitals count as small letters."""
    return _likelihood_with_case(content if charset in WIDE else content.translate(_small(charset)), charset)


def _likelihood_with_case(content: bytes, charset: str) -> float:
    guess = charsets.judge(content, charset)
    return guess.score if guess else 0.0


@cache
def _small(charset: str) -> bytes:
    """Return, for each byte of a one-byte charset, the one of the small letter."""
    known = table(charset)
    small = {byte: known.get(character.lower(), byte) for character, byte in known.items()}
    return bytes(small[byte] for byte in range(0x100))

"""What a line, a word and a paragraph of prose are, in any script."""

from __future__ import annotations

import re
import unicodedata

# Scripts that put no spaces between words: each character counts as a word, here and in shingles. Han, kana, Thai, Lao,
# Khmer, Myanmar; as ranges, in the notation that the standard library's, the regex module's and Rust's engines share.
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)


def _marks() -> str:
    """Return the combining marks as ranges of a character class: they belong to the word that they stand in."""
    ranges: list[list[int]] = []
    for code in range(0x300, 0x1F000):
        if unicodedata.category(chr(code)).startswith("M"):
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1][1] = code
            else:
                ranges.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)


# Letters with a dot below, of Indic scripts, as one character and as two. For most of them not even Unicode's composed
# normal form has the one, and yet keyboards write it: https://www.unicode.org/reports/tr15/#Primary_Exclusion_List_Table
NUKTA_LETTERS = tuple(
    (letter, unicodedata.normalize("NFD", letter))
    for letter in map(chr, range(0x900, 0xB80))
    if unicodedata.normalize("NFD", letter)[1:] in {"\u093c", "\u09bc", "\u0a3c", "\u0b3c"}
)

# Words that a sentence has at least to be taken for prose, and from which any line is.
SHORTEST_PROSE, LONG_PROSE = 8, 40

MARKS = _marks()
IN_WORD = rf"[\w{MARKS}]"
# What joins two parts to one word: apostrophes, and the invisible joiners of Persian and Indian scripts.
JOINS = "['’\u200c\u200d]"
_SPACED_WORD = re.compile(rf"{IN_WORD}+(?:{JOINS}{IN_WORD}+)*")
_WORD = re.compile(rf"[{UNSPACED}][{MARKS}]*|(?:(?![{UNSPACED}]){IN_WORD})+(?:{JOINS}(?:(?![{UNSPACED}]){IN_WORD})+)*")
_UNSPACED = re.compile(f"[{UNSPACED}]")
_LINE = re.compile(r"[^\n]+")
_ODD_SPACES = re.compile(r" [^\S\n]+|[^\S\n ][^\S\n]*")  # not the plain space alone, which is everywhere
_SENTENCE_ENDS = frozenset(".!?…。．！？؟۔।॥։።၊။៖៕")
_CLOSERS = "'\"”’»«›」』）)] \t"


def words(text: str) -> list[str]:
    """Return the words of a text; in scripts without spaces every character is one.

    >>> words("Don't stop: 3 более 雨が降る")
    ["Don't", 'stop', '3', 'более', '雨', 'が', '降', 'る']
    """
    return (_WORD if has_unspaced(text) else _SPACED_WORD).findall(text)


def count_words(text: str) -> int:
    """Return about how many words a text has, much faster than by :func:`words`: what stands between spaces counts.

    >>> count_words("Don't stop: 3 более"), count_words("雨が降る")
    (4, 4)
    """
    return len(words(text)) if has_unspaced(text) else len(text.split())


def has_unspaced(text: str) -> bool:
    """Whether a text has letters of a script that puts no spaces between words."""
    return not text.isascii() and _UNSPACED.search(text) is not None


def line_spans(text: str) -> list[tuple[int, int]]:
    r"""Return the start and end of every line that holds more than white space, without that white space.

    >>> line_spans("one\n\n  two \n")
    [(0, 3), (7, 10)]
    """
    spans = []
    for match in _LINE.finditer(text):
        line = match.group()
        stripped = line.strip()
        if stripped:
            start = match.start() + line.index(stripped)
            spans.append((start, start + len(stripped)))
    return spans


def squeeze(text: str) -> str:
    r"""Return a text in which case, the kind of apostrophe and the amount of space within a line do not count.

    Nor does it count whether a letter with a dot below is one character or two.

    >>> squeeze("Don’t   READ\n this")
    "don't read\n this"
    >>> squeeze("সম\u09df") == squeeze("সম\u09af\u09bc")
    True
    """
    folded = text.casefold().replace("’", "'")
    if not folded.isascii():
        for one, two in NUKTA_LETTERS:
            if one in folded:  # many times as fast as a pattern, or as a replacement that finds nothing
                folded = folded.replace(one, two)
    # Of all white space, only the plain space is printable. Python tells this faster than a pattern would.
    if "  " not in folded and folded.replace("\n", "").isprintable():
        return folded
    return _ODD_SPACES.sub(" ", folded)


def trim(squeezed: str) -> str:
    """Return a squeezed line without spaces and punctuation at its ends; all of it, if it is nothing else."""
    start, end = 0, len(squeezed)
    while start < end and not squeezed[start].isalnum():
        start += 1
    while end > start and not squeezed[end - 1].isalnum():
        end -= 1
    while end < len(squeezed) and squeezed[end] > "\u02ff" and unicodedata.category(squeezed[end])[0] == "M":
        end += 1  # over the vowels of the last letter
    return squeezed[start:end] or squeezed.strip()


def fold(line: str) -> str:
    """Return a line as phrases are compared: case, spaces, outer punctuation and the kind of apostrophe do not count.

    >>> fold("  Leave a   COMMENT: ")
    'leave a comment'
    >>> fold("* * *")
    '* * *'
    """
    return trim(squeeze(line.replace("\n", " ")))


def ends_sentence(line: str) -> bool:
    """Whether a line ends as a sentence does, in any script, closing quotes included.

    >>> ends_sentence("He said: “We agree.”"), ends_sentence("Most read"), ends_sentence("雨が降る。")
    (True, False, True)
    """
    return line.rstrip(_CLOSERS)[-1:] in _SENTENCE_ENDS


def is_prose(line: str, size: int | None = None) -> bool:
    """Whether a line reads like a paragraph: long, or a full sentence of some length.

    Args:
        line: the line.
        size: how many words it has, where the caller knows.

    >>> is_prose("Moscow has set a preliminary date for the two-day conference.")
    True
    >>> is_prose("Russia Continues to Prepare for Conference on Syrian Refugees")
    False
    """
    count = count_words(line) if size is None else size
    return count >= LONG_PROSE or (count >= SHORTEST_PROSE and ends_sentence(line))

"""What a line, a word and a paragraph of prose are, in any script."""

from __future__ import annotations

import regex

# Scripts that put no spaces between words: each character counts as a word, here and in shingles.
UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"

_WORD = regex.compile(rf"[{UNSPACED}]\p{{M}}*|[\w--[{UNSPACED}]]+(?:['’][\w--[{UNSPACED}]]+)*", regex.V1)
_LINE = regex.compile(r"[^\n]+")
_EDGES = regex.compile(r"^[\s\p{P}\p{S}]+|[\s\p{P}\p{S}]+$")
_SENTENCE_END = regex.compile(r"[.!?…。．！？؟۔।॥։።၊။៖៕]['\"”’»«›」』）)\]]*\s*$")


def words(text: str) -> list[str]:
    """Return the words of a text; in scripts without spaces every character is one.

    >>> words("Don't stop: 3 более 雨が降る")
    ["Don't", 'stop', '3', 'более', '雨', 'が', '降', 'る']
    """
    return _WORD.findall(text)


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


def fold(line: str) -> str:
    """Return a line as phrases are compared: case, spaces and outer punctuation do not count.

    >>> fold("  Leave a   COMMENT: ")
    'leave a comment'
    >>> fold("* * *")
    '* * *'
    """
    squeezed = " ".join(line.split()).casefold()
    return _EDGES.sub("", squeezed) or squeezed


def ends_sentence(line: str) -> bool:
    """Whether a line ends as a sentence does, in any script, closing quotes included.

    >>> ends_sentence("He said: “We agree.”"), ends_sentence("Most read"), ends_sentence("雨が降る。")
    (True, False, True)
    """
    return _SENTENCE_END.search(line) is not None


def is_prose(line: str) -> bool:
    """Whether a line reads like a paragraph: long, or a full sentence of some length.

    >>> is_prose("Moscow has set a preliminary date for the two-day conference.")
    True
    >>> is_prose("Russia Continues to Prepare for Conference on Syrian Refugees")
    False
    """
    count = len(words(line))
    return count >= 40 or (count >= 8 and ends_sentence(line))

"""Mending a text before anything is cut from it, with a record of each change that undoes it exactly.

The rounds, in this order, because each needs what the one before it leaves:

1. ``line-end``: CR, CRLF, U+2028, U+2029, VT, FF and U+0085 become a line feed.
2. ``entity``: HTML entities that were escaped once too often.
3. ``mojibake``: text that was decoded with the wrong charset. It needs the no-break spaces, soft hyphens and C1
   controls that the next round takes away: they are bytes of what the text should be.
4. ``control``, ``soft-hyphen``, ``space.no-break`` …: see :mod:`cleaning.characters`.
5. ``direction-mark``: the same for what says which way to read.
6. ``split-letters``: see :mod:`cleaning.letters`.
7. ``blank``: spaces at the end of lines, all white space at both ends of the text, and more than one empty line
   between paragraphs. Indentation after the first line stays: it means something in code and in verse.

They are repeated until none finds anything, so that a repaired text is one on which repair does nothing. Quotation
marks, dashes, ellipses, ligatures, character widths and composed or decomposed letters stay as the author wrote them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import cycle

from . import document, settings
from .characters import characters, directions
from .edits import Edit, apply
from .letters import split_letters
from .mojibake import arabic_mojibake, entities, mojibake

Step = Callable[[str], list[Edit]]

_LINE_END = re.compile(r"[\r\v\f\x85\u2028\u2029](?:(?<=\r)\n)?")
# U+0085 is a line end in text from mainframes, and far more often what is left of an ellipsis (windows-1252).
# After the end of a sentence, or twice in a row, it is no ellipsis.
_NEXT_LINE = re.compile("[.!?:;,؟،؛。！？\"'”’»)\\]]\x85|\x85\x85")
_OTHER_C1 = re.compile("[\x80-\x84\x86-\x9f]")
_BLANK = " \t\u3000"
_SPACE = _BLANK + "\n"
# Line ends that are not one or two line feeds alone.
_LINES = re.compile(rf"\n(?:(?<=[{_BLANK}]\n)|\n?+[{_BLANK}]*+\n)(?:[{_BLANK}]*\n)*")


def repair(text: str, chosen: settings.Repair) -> tuple[str, tuple[document.Repair, ...]]:
    r"""Return a text with what is certainly broken in it mended, and what was changed.

    ``document.undo(repaired, repairs)`` gives ``text`` back, and repairing ``repaired`` again changes nothing.

    Args:
        text: any text, also one with lone surrogates.
        chosen: which repairs are wanted. Line ends, odd characters and blank lines are always mended.

    >>> repaired, repairs = repair("\r\nRead\xa0on &amp; on", settings.Repair())
    >>> repaired
    'Read on & on'
    >>> [(mended.round, mended.before, mended.rule) for mended in repairs]
    [(0, '\r', 'line-end'), (1, 'amp;', 'entity'), (2, '\xa0', 'space.no-break'), (3, '\n', 'blank')]
    >>> document.undo(repaired, repairs)
    '\r\nRead\xa0on &amp; on'
    """
    repairs: list[document.Repair] = []
    number = idle = 0
    steps = list(_steps(chosen))
    printable = _is_printable(text)
    for step in cycle(steps):
        edits = [] if printable and step in _OF_UNPRINTABLE else step(text)
        text, made = apply(text, edits, number) if edits else (text, ())
        if made:
            repairs += made
            number += 1
            printable = _is_printable(text)
        idle = 0 if made else idle + 1
        if idle == len(steps):
            break
    return text, tuple(repairs)


def _steps(chosen: settings.Repair) -> Iterator[Step]:
    yield _line_ends if chosen.mojibake else _all_line_ends
    if chosen.entities:
        yield entities
    if chosen.mojibake:
        yield arabic_mojibake
        yield mojibake
    yield characters
    yield directions
    if chosen.split_letters:
        yield split_letters
    yield _blanks


def _is_printable(text: str) -> bool:
    """Whether a text has line feeds, plain spaces and characters that are seen, and nothing else.

    Python tells this faster than any pattern. U+FFFC stands for an object that is not there, and passes for a sign.
    """
    return text.replace("\n", "").isprintable() and "\ufffc" not in text


def _all_line_ends(text: str) -> list[Edit]:
    return [Edit(*match.span(), "\n", "line-end") for match in _LINE_END.finditer(text)]


def _line_ends(text: str) -> list[Edit]:
    """Find line ends, but leave U+0085 to ftfy where it is a byte of something else."""
    edits = _all_line_ends(text)
    if "\x85" in text and (_OTHER_C1.search(text) or not _NEXT_LINE.search(text)):
        return [edit for edit in edits if text[edit.start] != "\x85"]
    return edits


# What only mends what is not printable.
_OF_UNPRINTABLE: set[Step] = {_all_line_ends, _line_ends, characters, directions}


def _blanks(text: str) -> list[Edit]:
    if not _has_blanks(text):
        return []
    start, end = len(text) - len(text.lstrip(_SPACE)), len(text.rstrip(_SPACE))
    if start > end:
        return [Edit(0, len(text), "", "blank")]
    edits = [Edit(0, start, "", "blank")]
    for match in _LINES.finditer(text, start, end):
        breaks = "\n" * min(2, match.group().count("\n"))
        edits.append(Edit(_before_blanks(text, match.start()), match.end(), breaks, "blank"))
    return [*edits, Edit(end, len(text), "", "blank")]


def _has_blanks(text: str) -> bool:
    edges = text[:1] in _SPACE or text[-1:] in _SPACE
    return edges or "\n\n\n" in text or any(blank + "\n" in text for blank in _BLANK)


def _before_blanks(text: str, position: int) -> int:
    while position and text[position - 1] in _BLANK:
        position -= 1
    return position

"""Text that was decoded with the wrong charset, or escaped once too often: the only import of ftfy.

ftfy's judgement is followed, its defaults are not: quotation marks, ligatures and character widths are the author's.
It is asked about single lines, and only about those in which its own heuristic sees something, because it takes a
millisecond a document and nearly none needs it. What it does beside mending charsets (control characters, line ends,
entities) is done elsewhere here, in smaller steps, so that each change can be named and undone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import accumulate

from ftfy import TextFixerConfig, fix_and_explain
from ftfy.badness import MOJIBAKE_CATEGORIES, is_bad
from ftfy.fixes import unescape_html

from .edits import Edit
from .misread import misread

_CONFIG = TextFixerConfig(
    unescape_html=False,
    remove_terminal_escapes=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    uncurl_quotes=False,
    fix_line_breaks=False,
    fix_surrogates=False,
    remove_control_chars=False,
    normalization=None,
)

# Escaped ampersands in a row are one: ftfy would take a round for each, which never ends on a long row of them.
_ENTITY = re.compile(r"&(?:amp;|AMP;|#0*38;|#[xX]0*26;)*(#?[0-9A-Za-z]{1,24};)")

# In UTF-8 an Arabic letter is a byte from D8 to DB and one from 80 to BF.
_ARABIC_PAIR = f"[طظعغ][{bytes(range(0x80, 0xC0)).decode('cp1256')}]"
_ARABIC_ROW = re.compile(f"(?:{_ARABIC_PAIR})+")
# What was misread twice has a sign between: C2, which is an Alef here, and one from A0 to BF.
_ARABIC_CERTAIN = re.compile(_ARABIC_PAIR + f"(?:(?:آ[\xa0-\xbf])?{_ARABIC_PAIR}){{2}}")


def _gate() -> re.Pattern[str]:
    """Return a pattern that is found in every line ftfy calls bad, and in few others.

    ftfy looks for unlikely neighbours among the few hundred characters that mojibake consists of, with some thirty
    patterns tried in turn at each character. Here the first character is looked for, by one class, because `re` scans
    for that quickly; then its neighbours are, a little more loosely than ftfy does.
    """
    kind = MOJIBAKE_CATEGORIES
    small, capital, start, end = (
        kind[name] for name in ("lower_accented", "upper_accented", "start_punctuation", "end_punctuation")
    )
    sign = kind["box"] + end + kind["currency"] + kind["numeric"]
    rare = small + capital + start + sign + kind["bad"] + kind["c1"] + kind["law"] + kind["kaomoji"] + "ŒœŠšŸžÙЂ"
    evidence = [
        f"(?<=[{kind['bad']}{kind['c1']}Ђ])",
        f"(?<=[{sign}])[{rare}]",
        f"(?<=[ÂÃÎÐØÙ√≈×‚])[{rare}{kind['common']}]",
        "(?<=[ÃÂ]) ",
        f"(?<=[{small}{capital}{start}{kind['law']}])[{sign}{kind['law']}]",
        f"(?<=[{capital}])[{start}°]",
        f"(?<=[{small}])[{capital}]",
        f"(?<=[{kind['lower_common']}][{capital}])",
        f"(?<=[{small}])[{start}][\\w{kind['numeric']}]",
        r"(?<=[Œœ])[^A-Za-z\n]",
        f"(?<=[ВГРСΒΓΞΟ][{rare}])[ВГРСΒΓΞΟ]",
        "(?<=β€)",
    ]
    return re.compile(f"[{rare}](?:{'|'.join(evidence)}|(?=[{kind['bad']}]))")


_GATE = _gate()

_QUOTES = {'""', "''", "``", "“”", "‘’", "«»", "„“"}
_OUTER = "()[]:;,.!?="


def entities(text: str) -> list[Edit]:
    """Find HTML entities that were escaped once too often, as in ``AT&amp;T``.

    A line with a ``<`` is left alone, as ftfy does: it is HTML, or about HTML. Unlike in ``ftfy.fix_text`` the lines
    after it are still looked at.

    >>> entities("AT&amp;amp;T")
    [Edit(start=2, end=11, after='&', rule='entity')]
    >>> entities("write <b> as &lt;b&gt;")
    []
    """
    edits: list[Edit] = []
    position = text.find("&")
    while position >= 0:
        start, end = _line(text, position)
        if text.find("<", start, end) < 0:
            found = _ENTITY.finditer(text, position, end)
            edits += [Edit(*match.span(), unescape_html("&" + match.group(1)), "entity") for match in found]
        position = text.find("&", end)
    return edits


def mojibake(text: str) -> list[Edit]:
    """Find text that was decoded with the wrong charset, as in ``schÃ¶n``.

    >>> mojibake("schön, schÃ¶n")
    [Edit(start=7, end=13, after='schön', rule='mojibake')]
    """
    if edits := misread(text):
        return edits
    match = None if text.isascii() else _GATE.search(text)
    while match:
        start, end = _line(text, match.start())
        line = text[start:end]
        if is_bad(line):
            found = _differences(line, fix_and_explain(line, _CONFIG).text, start)
            edits += [edit for edit in found if not _is_meant(edit, line, start)]
        match = _GATE.search(text, end)
    return edits


def _is_meant(edit: Edit, line: str, offset: int) -> bool:
    """Whether mojibake stands there because somebody writes about it, as in ``é becomes "Ã©" there``.

    It is a single letter or sign then, and it is quoted, or what it should be stands in the same line.
    """
    word, after = line[edit.start - offset : edit.end - offset].strip(_OUTER), edit.after.strip(_OUTER)
    if word[:1] + word[-1:] in _QUOTES:
        return len(after) == 3
    return ((len(after) == 1 and after.isalpha()) or after == "’") and after in line


def arabic_mojibake(text: str) -> list[Edit]:
    """Find Arabic in UTF-8 that was decoded as windows-1256, which ftfy does not know, as in ``ط§ظ„ط¹ط±ط¨ظٹط©``.

    Each of its letters became one of four Arabic letters and a sign or a Persian letter. Three such pairs in a row are
    no word of any language; then shorter rows in the same line are not either.

    >>> arabic_mojibake("ظپظٹ ط³ظˆط±ظٹط§")
    [Edit(start=0, end=15, after='في سوريا', rule='mojibake')]
    """
    edits: list[Edit] = []
    match = _ARABIC_CERTAIN.search(text)
    while match:
        start, end = _line(text, match.start())
        edits += _arabic_line(text, start, end)
        match = _ARABIC_CERTAIN.search(text, end)
    return edits


def _arabic_line(text: str, start: int, end: int) -> Iterator[Edit]:
    """Yield what mends a line: all of it, if all of it was misread (perhaps more than once), or the rows in it."""
    try:
        yield Edit(start, end, text[start:end].encode("cp1256").decode("utf-8"), "mojibake")
    except UnicodeError:
        for row in _ARABIC_ROW.finditer(text, start, end):
            yield Edit(*row.span(), row.group().encode("cp1256").decode("utf-8"), "mojibake")


def _line(text: str, position: int) -> tuple[int, int]:
    end = text.find("\n", position)
    return text.rfind("\n", 0, position) + 1, len(text) if end < 0 else end


def _differences(before: str, after: str, offset: int) -> Iterator[Edit]:
    """Yield the words that differ; of long lines with different numbers of words, all that lies between."""
    old, new = re.split("( )", before), re.split("( )", after)
    starts = list(accumulate(map(len, old), initial=offset))
    for first, last, words in _changes(old, new):
        yield Edit(starts[first], starts[last], "".join(words), "mojibake")


def _changes(old: list[str], new: list[str]) -> Iterator[tuple[int, int, list[str]]]:
    if len(old) == len(new):
        yield from ((i, i + 1, [new[i]]) for i in range(len(old)) if old[i] != new[i])
    elif len(old) > 400:  # where finding the smallest change takes too long
        yield 0, len(old), new
    else:
        for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if tag != "equal":
                yield i, j, new[k:m]

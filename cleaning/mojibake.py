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
_ARABIC_CERTAIN = re.compile(_ARABIC_PAIR * 3)


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
    edits: list[Edit] = []
    match = None if text.isascii() else _GATE.search(text)
    while match:
        start, end = _line(text, match.start())
        line = text[start:end]
        if is_bad(line):
            edits += _differences(line, fix_and_explain(line, _CONFIG).text, start)
        match = _GATE.search(text, end)
    return edits


def arabic_mojibake(text: str) -> list[Edit]:
    """Find Arabic in UTF-8 that was decoded as windows-1256, which ftfy does not know, as in ``ط§ظ„ط¹ط±ط¨ظٹط©``.

    Each of its letters became one of four Arabic letters and a sign or a Persian letter. Three such pairs in a row are
    no word of any language; then shorter rows in the same line are not either.

    >>> arabic_mojibake("ظپظٹ ط³ظˆط±ظٹط§")
    [Edit(start=0, end=4, after='في', rule='mojibake'), Edit(start=5, end=15, after='سوريا', rule='mojibake')]
    """
    edits: list[Edit] = []
    match = _ARABIC_CERTAIN.search(text)
    while match:
        start, end = _line(text, match.start())
        rows = _ARABIC_ROW.finditer(text, start, end)
        edits += [Edit(*row.span(), row.group().encode("cp1256").decode("utf-8"), "mojibake") for row in rows]
        match = _ARABIC_CERTAIN.search(text, end)
    return edits


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

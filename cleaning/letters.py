"""Words whose letters were split to slip past filters: ``العقـ.ـوبات`` is ``العقوبات``.

Three kinds are certain, and only they are joined:

- *Invisible joiners inside words of scripts that have no use for them*, as in ``wo‌rd`` with U+200C. In Persian, Urdu,
  Kurdish and the Indic scripts the joiners belong to the spelling, and stay.
- *A mark between two tatweels*. Writers draw the letter out on both sides, so that the word still looks joined, and put
  a dot, a star or a space between. Where the parts are single letters, or the last one is a mere ending, it may be an
  abbreviation or a form for both genders (``كاتبـ.ـة``): these are joined only beside a certain case.
- *Any other mark inside an Arabic word that the same text has whole somewhere else*: ``إسر*ائيل`` beside ``إسرائيل``.

What stays:

- a tatweel with nothing between (``قـــتل``): it is decoration, as in verse and headlines, and the author's;
- marks without a tatweel on both sides, where the text does not show the word: abbreviations (``م.ع``), a prefix before
  a quotation (``لـ"سبق"``), the Hijri year's ``هـ.``, a name with a slash for both genders (``كاتبـ/ة``);
- brackets, quotation marks, dashes and ellipses, which can stand between two words; hashtags;
- Latin, Cyrillic and all other letters with anything visible between them: ``U.S.A.``, ``т.е.``, ``k.i.l.l``, ``a*b``.
  They may be abbreviations, names of files or hosts, emphasis, arithmetic or spelt out, and no text tells which.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum

from .edits import Edit

_RULE = "split-letters"
_TATWEEL = "ـ"
_SPLIT = re.compile(r"ـ(?<!ــ)ـ*+(?:(?:[.·•․∙⋅●○▪■*٭,،|¦~^+×°@#$%&=/\\`]{1,2}+| )ـ++)+")
_LETTER = (
    "\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06fc\u06ff\u0750-\u077f\u08a0-\u08c9"
)
_MARK = "\u064b-\u065f\u0670\u06d6-\u06dc"
_MARKS = re.compile(f"[{_MARK}]")
_LETTERS_AFTER = re.compile(f"(?:[{_LETTER}][{_MARK}]*){{0,3}}")
_LETTERS_BEFORE = re.compile(f"(?:[{_MARK}]*[{_LETTER}]){{0,2}}")

_ENDINGS = {"ة", "ات", "ين", "ون", "ه", "ها", "ي", "تي", "ك"}
# Written apart from the word they belong to, so that a space after their tatweel may be a space between words.
_APART = set("بكلفه")
# After these a tatweel joins nothing, so that it is no drawn-out letter but a dash.
_JOIN_NOTHING = set("اأإآٱدذرزژڈڑوؤةىء")

# Scripts whose words have no invisible joiners: Latin, Greek, Cyrillic, Armenian, Georgian. In Arabic, a joiner between
# two letters that join anyway does nothing.
_PLAIN = "A-Za-z\xc0-\xd6\xd8-\xf6\xf8-\u024f\u0370-\u03ff\u0400-\u052f\u0531-\u0587\u10a0-\u10ff\u1e00-\u1fff"
_JOINING = "بتثجحخسشصضطظعغفقكلمنهيپچکگیئ"
_INVISIBLE = "\u200c\u200d\u034f\u180e\ufe00\ufe0e\ufe0f"
_JOINER = re.compile(
    rf"[{_INVISIBLE}](?:(?<=[{_PLAIN}].)[{_INVISIBLE}]*+(?=[{_PLAIN}])|(?<=[{_JOINING}]\u200d)(?=[{_LETTER}]))"
)

_FREQUENT = "اليمونر"  # no text of some length in Arabic letters lacks all of them
_BETWEEN = r".·•․∙⋅●○▪■*٭,،|¦~^+×°@$%&=/\\`_…–—\-"
_BARE = (
    "*٭|¦·•․∙⋅●○▪■~^@$"  # between two letters these are nothing else; but for "|" and "*", so the word must be known
)
_INSIDE = f"{_LETTER}{_MARK}ـ"
_BROKEN = re.compile(rf"(?<![{_INSIDE}{_BETWEEN}#])[{_INSIDE}]++(?:[{_BETWEEN}]{{1,3}}+[{_INSIDE}]++)++")
_WHOLE = re.compile(rf"(?<![{_INSIDE}{_BETWEEN}])[{_INSIDE}]++(?![{_BETWEEN}][{_INSIDE}])")
_GAP = re.compile(f"ـ*([{_BETWEEN}]+)ـ*")
_MARK_BESIDE = re.compile(f"ـ(?:[{_BETWEEN}]{{1,3}}[{_INSIDE}]|(?<=[{_BETWEEN}].)(?=[{_LETTER}]))")
_DOT_INSIDE = re.compile(rf"\.(?<=[{_LETTER}].)(?=[{_LETTER}])")
_BARE_INSIDE = re.compile(f"[{_BARE}](?<=[{_LETTER}].)(?=[{_LETTER}])")
_PREFIX = re.compile("[وف]?[بكل]?(?:ال|ل)?")


class _Verdict(Enum):
    SURE = "sure"
    MAYBE = "maybe"
    NO = "no"


def split_letters(text: str) -> list[Edit]:
    """Find what splits the letters of words.

    >>> split_letters("رفع العقـ.ـوبات"), split_letters("عام 1442هـ. وقالت لـ«سبق»")
    ([Edit(start=8, end=11, after='', rule='split-letters')], [])
    """
    edits = set(_joiners(text))
    if _TATWEEL in text:
        edits |= set(_between_tatweels(text))
    if any(letter in text for letter in _FREQUENT) and _may_be_broken(text):
        edits |= set(_broken(text))
    return sorted(edits)


def _joiners(text: str) -> Iterator[Edit]:
    if any(one in text for one in _INVISIBLE):
        for match in _JOINER.finditer(text):
            yield Edit(*match.span(), "", _RULE)


def _between_tatweels(text: str) -> list[Edit]:
    found = [(match.span(), _judge(text, match)) for match in _SPLIT.finditer(text)]
    if all(verdict is not _Verdict.SURE for _, verdict in found):
        return []
    return [Edit(*span, "", _RULE) for span, verdict in found if verdict is not _Verdict.NO]


def _judge(text: str, match: re.Match[str]) -> _Verdict:
    left, right = _letters_before(text, match.start()), _letters_after(text, match.end())
    if not left or not right:
        return _Verdict.NO
    if " " in match.group() and (left[-1] in _JOIN_NOTHING or left in _APART):
        return _Verdict.NO
    if right in _ENDINGS:
        return _Verdict.NO if "/" in match.group() else _Verdict.MAYBE
    return _Verdict.MAYBE if left == "ه" or len(left + right) < 3 else _Verdict.SURE


def _letters_before(text: str, position: int) -> str:
    """Return up to two letters that end at a position, without their marks."""
    found = _LETTERS_BEFORE.match(text[max(0, position - 20) : position][::-1])
    return _MARKS.sub("", found.group()[::-1]) if found else ""


def _letters_after(text: str, position: int) -> str:
    found = _LETTERS_AFTER.match(text, position)
    return _MARKS.sub("", found.group()) if found else ""


def _may_be_broken(text: str) -> bool:
    """Whether there is anything to look at, told quickly."""
    if _DOT_INSIDE.search(text) or (_TATWEEL in text and _MARK_BESIDE.search(text)):
        return True
    return any(mark in text for mark in _BARE) and bool(_BARE_INSIDE.search(text))


def _broken(text: str) -> Iterator[Edit]:
    """Yield the gaps in words that stand whole elsewhere in the text."""
    words = [match for match in _BROKEN.finditer(text) if _is_word_to_join(match.group())]
    if not words:
        return
    whole = {_letters(match.group()) for match in _WHOLE.finditer(text)}
    for word in words:
        if _letters(_GAP.sub("", word.group())) in whole:
            for gap in _GAP.finditer(text, *word.span()):
                yield Edit(*gap.span(), "", _RULE)


def _letters(word: str) -> str:
    return _MARKS.sub("", word).replace(_TATWEEL, "")


def _is_word_to_join(word: str) -> bool:
    """Whether a word with marks inside may be a split one, if the text has it whole."""
    parts = [_letters(part) for part in re.split(f"[{_BETWEEN}]+", word)]
    if not all(parts) or max(map(len, parts)) < 2 or parts[-1] in _ENDINGS or _PREFIX.fullmatch(parts[0]):
        return False
    length = sum(map(len, parts))
    gaps = zip(_GAP.finditer(word), parts, parts[1:], strict=False)
    return all(_is_gap(gap, left, right, length) for gap, left, right in gaps)


def _is_gap(gap: re.Match[str], left: str, right: str, length: int) -> bool:
    """Whether marks may be a gap in a word: the less they look like one, the longer the word must be."""
    whole, marks = gap.group(), gap.group(1)
    if whole.startswith(_TATWEEL) and whole.endswith(_TATWEEL):
        return length >= 3
    if _TATWEEL in whole:
        return length >= 4
    if marks == ".":
        return len(left) >= 2 and len(right) >= 3
    return marks in _BARE and len(marks) == 1 and length >= 4

"""Arabic words whose letters were split to slip past filters: ``العقـ.ـوبات`` is ``العقوبات``.

Writers draw the letter out with a tatweel on both sides, so that the word still looks joined, and put a dot, a star
or a space between. Only that is certain. What stays:

- a tatweel with nothing between (``قـــتل``): it is decoration, as in verse and headlines, and the author's;
- marks without a tatweel on both sides: abbreviations (``م.ع``), a prefix before a quotation (``لـ"سبق"``), the Hijri
  year's ``هـ.``, a name with a slash for both genders (``كاتبـ/ة``);
- brackets, quotation marks, dashes and ellipses, which can stand between two words;
- where the parts are single letters, or the last one is a mere ending, it may be an abbreviation or a form for both
  genders (``كاتبـ.ـة``). These are joined only in a text that has a certain case as well.
"""

from __future__ import annotations

import re
from enum import Enum

from .edits import Edit

_TATWEEL = "ـ"
_SPLIT = re.compile(r"(?<!ـ)ـ+(?:(?:[.·•․*٭,،|~^+°@#$%&=/\\]{1,2}+| )ـ++)+")
_LETTER = (
    "\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06fc\u06ff\u0750-\u077f\u08a0-\u08c9"
)
_MARK = "\u064b-\u065f\u0670\u06d6-\u06dc"
_LETTERS_AFTER = re.compile(f"(?:[{_LETTER}][{_MARK}]*){{0,3}}")
_LETTERS_BEFORE = re.compile(f"(?:[{_MARK}]*[{_LETTER}]){{0,2}}")

_ENDINGS = {"ة", "ات", "ين", "ون", "ه", "ها", "ي", "تي", "ك"}
# Written apart from the word they belong to, so that a space after their tatweel may be a space between words.
_APART = set("بكلفه")
# After these a tatweel joins nothing, so that it is no drawn-out letter but a dash.
_JOIN_NOTHING = set("اأإآٱدذرزژڈڑوؤةىء")


class _Verdict(Enum):
    SURE = "sure"
    MAYBE = "maybe"
    NO = "no"


def split_letters(text: str) -> list[Edit]:
    """Find what splits the letters of Arabic words.

    >>> split_letters("رفع العقـ.ـوبات"), split_letters("عام 1442هـ. وقالت لـ«سبق»")
    ([Edit(start=8, end=11, after='', rule='split-letters')], [])
    """
    if _TATWEEL not in text:
        return []
    found = [(match.span(), _judge(text, match)) for match in _SPLIT.finditer(text)]
    if all(verdict is not _Verdict.SURE for _, verdict in found):
        return []
    return [Edit(*span, "", "split-letters") for span, verdict in found if verdict is not _Verdict.NO]


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
    return _bare(found.group()[::-1]) if found else ""


def _letters_after(text: str, position: int) -> str:
    found = _LETTERS_AFTER.match(text, position)
    return _bare(found.group()) if found else ""


def _bare(letters: str) -> str:
    return re.sub(f"[{_MARK}]", "", letters)

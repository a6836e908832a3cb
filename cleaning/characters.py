"""Characters that nobody wrote: what is invisible and means nothing, and spaces that are not plain.

What stays, and why:

- U+200C and U+200D, the (non-)joiners: Persian, the Indic scripts and emoji are misspelt without them.
- U+FFFD: it tells that something was lost.
- U+200B between letters of the scripts of South-East Asia that put no spaces between words: it says where a word ends.
- U+3000, the CJK space, as indentation and beside CJK characters. It goes between others.
- U+202F before Mongolian letters, where it joins a suffix.
- Private-use characters between two letters: they may be letters that Unicode did not have yet. Elsewhere they are
  the icons of a font that is not here.
- Direction marks in a text that has letters written from right to left. Arabic and Hebrew need U+200E and U+200F to
  put numbers and punctuation where they belong, so these stay, but not between two letters, where they do nothing
  but hide the word. Embeddings and isolates stay if they are closed in the same line; an open one, or a lone end,
  comes from text that was cut to pieces. Without any such letter all of them do nothing, and go.
"""

from __future__ import annotations

import re
import unicodedata

from .edits import Edit

_SPACES = "\xa0\u2000-\u200a\u202f\u205f\u3000"
_PRIVATE = "\ue000-\uf8ff\U000f0000-\U0010ffff"
_TAGS = "\U000e0000-\U000e007f"
_SURROGATES = "\ud800-\udfff"
_CONTROLS = "\0-\x08\x0b-\x1f\x7f-\x9f\u206a-\u206f\ufff9-\ufffc\ufdd0-\ufdef\ufffe\uffff"

# One class to scan for, then what may follow: `re` is fast at the former only, and only if one range lies beyond
# U+FFFF. So that range holds what stays as well, such as rare ideographs.
_ODD = re.compile(
    rf"[{_CONTROLS}{_SURROGATES}\ufeff\xad\u200b\u2060\ue000-\uf8ff{_SPACES}\U0001fffe-\U0010ffff]"
    r"(?:(?<=\x1b)(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b\n]{0,500}(?:\x07|\x1b\\))"
    rf"|(?<=[\ud800-\udbff])[\udc00-\udfff]|(?<=\u200b)\u200b+|(?<=\u3000)\u3000+|(?<=[{_PRIVATE}])[{_PRIVATE}]+"
    rf"|(?<=[{_TAGS}])[{_TAGS}]+)?"
)
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1950-\u19ff\u1a20-\u1aaf\ua9e0-\ua9ff\uaa60-\uaadf]")
_CJK = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]")
_MONGOLIAN = re.compile("[\u1800-\u18af]")

_INVISIBLE = {"\ufeff": "byte-order-mark", "\xad": "soft-hyphen", "\u2060": "word-joiner"}
_NO_BREAK = {"\xa0": "space.no-break", "\u202f": "space.narrow-no-break"}
_DEEPEST = 125  # levels that the bidirectional algorithm (UAX 9) knows
_FLAG, _END_OF_FLAG = "\U0001f3f4", "\U000e007f"


def characters(text: str) -> list[Edit]:
    r"""Find controls, other invisible characters without a meaning, private-use icons and odd spaces.

    >>> [(edit.start, edit.after, edit.rule) for edit in characters("\ufeff5\xa0km, co\xadop")]
    [(0, '', 'byte-order-mark'), (2, ' ', 'space.no-break'), (9, '', 'soft-hyphen')]
    """
    edits = []
    for match in _ODD.finditer(text):
        start, end = match.span()
        rule, after = _mend(match.group(), text[start - 1 : start], text[end : end + 1])
        edits.append(Edit(start, end, after, rule))
    return edits


def _mend(odd: str, before: str, behind: str) -> tuple[str, str]:
    """Return the rule for a run of odd characters and what should stand there, by the characters on its two sides."""
    match unicodedata.category(odd[0]):
        case "Cs":
            return "surrogate", odd.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        case "Co":
            return "private-use", odd if _is_letter(before) and _is_letter(behind) else ""
        case "Zs":
            return _space(odd, before, behind)
        case "Cf":
            return _format(odd, before, behind)
    if odd[0] == "\x1b" and len(odd) > 1:
        return "terminal-escape", ""
    return "control", odd if _is_rare(odd[0]) else ""


def _is_rare(character: str) -> bool:
    """Whether it is a character beyond the usual planes, or may become one: noncharacters never will."""
    return character >= "\U0001fffe" and ord(character) & 0xFFFE != 0xFFFE


def _format(odd: str, before: str, behind: str) -> tuple[str, str]:
    if odd[0] == "\u200b":
        return "zero-width-space", odd[0] if _UNSPACED.match(before) and _UNSPACED.match(behind) else ""
    is_flag = before == _FLAG and odd[-1] == _END_OF_FLAG
    return _INVISIBLE.get(odd[0], "control"), odd if is_flag else ""


def _space(odd: str, before: str, behind: str) -> tuple[str, str]:
    if odd[0] == "\u3000":
        is_typography = before in {"", "\n"} or _CJK.match(before) or _CJK.match(behind)
        return "space.ideographic", odd if is_typography else " " * len(odd)
    keep = odd == "\u202f" and _MONGOLIAN.match(behind)
    return _NO_BREAK.get(odd, "space.typographic"), odd if keep else " "


def _is_letter(character: str) -> bool:
    return character.isalpha() or (character != "" and unicodedata.category(character)[0] == "M")


def directions(text: str) -> list[Edit]:
    r"""Find direction marks that do nothing, or that have lost their other half.

    >>> directions("left \u200eto right"), directions("\u200fعربي \u200e5%")
    ([Edit(start=5, end=6, after='', rule='direction-mark')], [])
    """
    if not _DIRECTION.search(text):
        return []
    works = _RIGHT_TO_LEFT.search(text)
    stray = _stray(text) if works else [match.start() for match in _DIRECTION.finditer(text)]
    return [Edit(position, position + 1, "", "direction-mark") for position in stray]


def _stray(text: str) -> list[int]:
    """Return where marks stand between two letters, and where embeddings and isolates are not closed in their line."""
    stray: list[int] = []
    opened: list[int] = []
    for match in re.finditer(f"{_DIRECTION.pattern}|\n", text):
        position, mark = match.start(), match.group()
        if mark in "\u061c\u200e\u200f":
            if _is_letter(text[position - 1 : position]) and _is_letter(text[position + 1 : position + 2]):
                stray.append(position)
        elif mark in "\u202a\u202b\u202d\u202e\u2066\u2067\u2068":
            (opened if len(opened) < _DEEPEST else stray).append(position)
        elif mark == "\n":
            stray += opened
            opened.clear()
        else:
            stray += _close(text, opened, position)
    return sorted(stray + opened)


def _close(text: str, opened: list[int], position: int) -> list[int]:
    """Return what a closing mark shows to be stray: itself, or embeddings left open inside the isolate it closes."""
    isolates = [i for i, start in enumerate(opened) if text[start] >= "\u2066"]
    if text[position] == "\u2069":
        inner = opened[isolates[-1] + 1 :] if isolates else [position]
        del opened[isolates[-1] if isolates else len(opened) :]
        return inner
    if opened and (not isolates or isolates[-1] < len(opened) - 1):
        opened.pop()
        return []
    return [position]

"""Letters with a dot below, of Indic scripts, which are one character or two: whichever a rule was typed with."""

from __future__ import annotations

import regex

from ..text import NUKTA_LETTERS

_FORMS = {form: (one, two) for one, two in NUKTA_LETTERS for form in (one, two)}
# An escape and a class are read as a whole: what stands in a class is one character, whatever it looks like.
_LETTER = regex.compile(rf"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|(?P<letter>{'|'.join(_FORMS)})(?P<optional>\??)", regex.S)


def in_both_forms(pattern: str) -> str:
    r"""Return a pattern that matches its letters with a dot below in either of their forms.

    Unicode has ``\u09df`` for what its normal forms all write as ``\u09af\u09bc``, and sites write both.

    >>> import regex
    >>> pattern = in_both_forms("সম\u09df")
    >>> [bool(regex.fullmatch(pattern, f"সম{ya}")) for ya in ("\u09df", "\u09af\u09bc", "\u09af")]
    [True, True, False]

    Args:
        pattern: a regular expression; in its classes of characters nothing is changed.
    """
    return _LETTER.sub(_in_both_forms, pattern)


def _in_both_forms(found: regex.Match[str]) -> str:
    letter, optional = found["letter"], found["optional"]
    if not letter:
        return found[0]
    one, two = _FORMS[letter]
    # After two characters, a question mark is about the second: the letter may lack its dot.
    return f"(?:{one}|{two}{optional})" if letter == two else f"(?:{one}|{two}){optional}"

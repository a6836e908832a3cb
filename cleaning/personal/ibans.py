"""Numbers of bank accounts, spaced or not, confirmed by their check digits and the form of their country."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .found import Found

RULE = "stdnum.iban"

# Norway has the shortest ones, and 34 characters are the most that the standard allows.
_SHORTEST = 15
# What may not stand before is looked at behind the first letter: that is several times as fast.
_CANDIDATE = re.compile(r"[A-Z](?<![A-Za-z0-9_].)[A-Z][0-9]{2}(?:[ \u00a0-]?[A-Z0-9]){11,30}")
_SPACE = re.compile(r"[ \u00a0-]")


def find(text: str) -> Iterator[Found]:
    """Yield the IBANs of a text.

    >>> [found.country for found in find("IBAN DE89 3704 0044 0532 0130 00 BIC COBADEFFXXX")]
    ['DE']
    """
    for match in _CANDIDATE.finditer(text):
        end = next(_ends(text, match), None)
        if end is not None:
            value = _SPACE.sub("", text[match.start() : end])
            yield Found(match.start(), end, "iban", RULE, value.casefold(), value[:2])


def _ends(text: str, candidate: re.Match[str]) -> Iterator[int]:
    """Yield where an IBAN that begins here ends: what follows it may look as if it belonged to it."""
    from stdnum import iban  # noqa: PLC0415 - its tables are read for the few texts that have a candidate

    for end in range(candidate.end(), candidate.start() + _SHORTEST - 1, -1):
        said = text[candidate.start() : end]
        ends_here = said[-1].isalnum() and not (text[end : end + 1].isascii() and text[end : end + 1].isalnum())
        if ends_here and iban.is_valid(_SPACE.sub("", said)):
            yield end

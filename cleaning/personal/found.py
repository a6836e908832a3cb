"""What a finder says of a place, and what is asked of all finders."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, get_args

Kind = Literal["email", "phone", "ip", "iban"]

# In the order in which they are preferred, of two finds of one length in one place.
KINDS: tuple[Kind, ...] = get_args(Kind)

_NOT_OF_NUMBER = re.compile(r"[^\d+]")
_SPACE = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Found:
    """A place where something personal stands.

    Attributes:
        start, end: offsets in the text that was looked at, in characters; end exclusive.
        kind: what it is.
        rule: what told it: a rule of this package, or the library that confirmed it.
        value: its normal form, by which what is kept is told: never written anywhere.
        country: ISO 3166 code of the country of a phone number or an IBAN.
    """

    start: int
    end: int
    kind: Kind
    rule: str
    value: str
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for in a text.

    Attributes:
        kinds: the kinds of data.
        countries: ISO 3166 codes of the countries whose national phone numbers are looked for.
        keep: addresses, domains and numbers that are no finds, in the forms of :func:`forms`.
    """

    kinds: tuple[Kind, ...] = KINDS
    countries: tuple[str, ...] = ()
    keep: frozenset[str] = frozenset()

    def only(self, *kinds: Kind) -> Wanted:
        """Return the same for some kinds alone."""
        return replace(self, kinds=tuple(kind for kind in self.kinds if kind in kinds))

    def international(self) -> Wanted:
        """Return the same without national phone numbers."""
        return replace(self, countries=())

    def keeps(self, found: Found, said: str) -> bool:
        """Whether a find is one that stays: itself, or an e-mail address on a domain that does.

        Args:
            found: the find.
            said: what stands there.
        """
        return bool(self.keep) and not self.keep.isdisjoint(_forms_of(found, said))


def forms(item: str) -> Iterator[str]:
    """Yield the forms of something to keep, in which finds are compared with it.

    >>> sorted(forms("+49 30 1234567"))
    ['+49 30 1234567', '+49301234567', '+49301234567']
    """
    yield item.casefold().removeprefix("@")
    yield _SPACE.sub("", item).casefold()
    if number := _NOT_OF_NUMBER.sub("", item):
        yield number


def _forms_of(found: Found, said: str) -> Iterator[str]:
    yield found.value
    if found.kind == "phone":
        yield _NOT_OF_NUMBER.sub("", said)
    if found.kind == "email":
        labels = found.value.rpartition("@")[2].split(".")
        yield from (".".join(labels[number:]) for number in range(len(labels) - 1))

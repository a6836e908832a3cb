"""Which document of a made corpus is what: told from its number alone, so that none need be remembered."""

from __future__ import annotations

from dataclasses import dataclass

# The similarities that near copies have, about: three above the threshold that the package comes with, two below it.
NEAR = (0.95, 0.9, 0.85, 0.7, 0.6)


@dataclass(frozen=True, slots=True)
class Item:
    """A document before it is made.

    Attributes:
        number: names it.
        twin: the number of the text that it is a copy of, None for a new text.
        similarity: how similar it should be to that one; 1 for an exact copy.
    """

    number: int
    twin: int | None = None
    similarity: float = 1.0


@dataclass(frozen=True, slots=True)
class Plan:
    """How many documents of each kind there are: numbers of new texts come first, then exact copies, then near ones."""

    originals: int
    exact: int
    near: int

    @classmethod
    def of(cls, documents: int, *, exact: float, near: float) -> Plan:
        """Make a plan from shares.

        Raises:
            SystemExit: there would be more copies than texts to copy.
        """
        if documents < 1 or min(exact, near) < 0 or exact + near > 0.5:
            raise SystemExit("a corpus needs documents, and no more than half of them can be copies")
        exactly, nearly = int(documents * exact), int(documents * near)
        return cls(documents - exactly - nearly, exactly, nearly)

    @property
    def documents(self) -> int:
        """How many there are in all."""
        return self.originals + self.exact + self.near

    def item(self, number: int) -> Item:
        """Return what the document of a number is. No two copies are of the same text.

        >>> plan = Plan.of(10, exact=0.2, near=0.2)
        >>> [plan.item(number).twin for number in range(10)]
        [None, None, None, None, None, None, 0, 1, 3, 4]
        """
        copy = number - self.originals
        if copy < 0:
            return Item(number)
        twin = copy * self.originals // (self.exact + self.near)
        nearly = copy - self.exact
        return Item(number, twin, 1.0 if nearly < 0 else NEAR[nearly % len(NEAR)])

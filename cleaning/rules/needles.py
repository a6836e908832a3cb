"""Many short strings looked for at once, to tell what is worth asking of a line: the only import of ahocorasick-rs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ahocorasick_rs import BytesAhoCorasick, MatchKind

from ..text import squeeze
from .literals import same_i


class Needles:
    r"""Some sets of strings, looked for in all lines of a text in one pass.

    >>> needles = Needles([{"read also"}, {"© 20"}, {"share", "tweet"}])
    >>> needles.found_in("read also: floods\nrain\nshare: © 2020")
    {0: {0}, 2: {1, 2}}
    """

    def __init__(self, sets: Sequence[Iterable[str]]) -> None:
        wanting: dict[bytes, set[int]] = {}
        for number, strings in enumerate(sets):
            for string in strings:
                wanting.setdefault(_leveled(squeeze(string)), set()).add(number)
        self._wanting = list(wanting.values())
        self._automaton = BytesAhoCorasick(list(wanting), MatchKind.Standard) if wanting else None

    def found_in(self, squeezed: str) -> dict[int, set[int]]:
        """Return, by the number of a line, the numbers of the sets of which a string stands there.

        Args:
            squeezed: a text as :func:`cleaning.text.squeeze` makes it; its lines count from 0, the empty ones too.
        """
        found: dict[int, set[int]] = {}
        if self._automaton is None:
            return found
        haystack = _leveled(squeezed)
        row = position = 0
        for needle, _, end in self._automaton.find_matches_as_indexes(haystack, overlapping=True):
            row += haystack.count(b"\n", position, end)
            position = end
            found.setdefault(row, set()).update(self._wanting[needle])
        return found


def _leveled(squeezed: str) -> bytes:
    return same_i(squeezed).encode("utf-8", "surrogatepass")

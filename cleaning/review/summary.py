"""What verdicts say: how many cuts of a rule are right, how sure that is, and which lines its rule should keep."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import sqrt

from .. import rules
from .verdicts import RIGHT, WRONG, Verdict

_Z = 1.959964  # of 95 %


@dataclass(frozen=True, slots=True)
class Precision:
    """How many of the cuts that were judged are right.

    Attributes:
        name: the rule or the language.
        right: cuts that are.
        judged: cuts that a person looked at.
    """

    name: str
    right: int
    judged: int

    @property
    def interval(self) -> tuple[float, float]:
        """Where the precision of all such cuts lies, with 95 % confidence."""
        return wilson(self.right, self.judged)


def wilson(right: int, judged: int) -> tuple[float, float]:
    """Return the 95 % score interval of a share: Wilson 1927, J. Am. Stat. Assoc. 22 (158), 209 to 212.

    Unlike the usual one it is right for few cases and for shares near 0 and 1.

    >>> [round(bound, 3) for bound in wilson(10, 10)]
    [0.722, 1.0]
    >>> wilson(0, 0)
    (0.0, 1.0)
    """
    if not judged:
        return 0.0, 1.0
    share, square = right / judged, _Z * _Z / judged
    middle = share + square / 2
    spread = _Z * sqrt(share * (1 - share) / judged + square / (4 * judged))
    return max(0.0, (middle - spread) / (1 + square)), min(1.0, (middle + spread) / (1 + square))


def precision(verdicts: Iterable[Verdict], by: str) -> list[Precision]:
    """Return the precision by ``rule`` or ``language``, the least precise first."""
    said: dict[str, list[bool]] = defaultdict(list)
    for verdict in verdicts:
        said[verdict[by] or "not known"].append(verdict["verdict"] == RIGHT)
    found = [Precision(name, sum(right), len(right)) for name, right in said.items()]
    return sorted(found, key=lambda item: (item.right / item.judged, -item.judged, item.name))


def keeps(verdicts: Iterable[Verdict]) -> str:
    """Return the lines that were cut wrongly as TOML, to be added to the ``keeps`` of their rules.

    Cuts that no rule of a language made are named in comments: there is no example to be added.
    """
    lines: dict[str, dict[str, None]] = defaultdict(dict)
    for verdict in verdicts:
        if verdict["verdict"] == WRONG:
            lines[verdict["rule"]].update(dict.fromkeys(_lines(verdict["text"])))
    return "\n".join(part for rule in sorted(lines) for part in _toml(rule, list(lines[rule])))


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _toml(rule: str, lines: list[str]) -> Iterator[str]:
    tag, _, name = rule.partition(".")
    if tag not in set(rules.languages()):
        yield f"# {rule} is no rule of a language; it cut {len(lines)} lines wrongly\n"
        return
    yield f"# cleaning/languages/{tag}.toml: add these to the keeps of the rule that is there"
    yield f"[[rule]]\nname = {_string(name)}\nkeeps = ["
    yield from (f"  {_string(line)}," for line in lines)
    yield "]\n"


def _string(line: str) -> str:
    """Return a string of TOML, which JSON's are but for one character."""
    return json.dumps(line, ensure_ascii=False).replace("\x7f", "\\u007f")

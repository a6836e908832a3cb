"""What came of it: one line a promise, with ids and without text."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass

# Ids named for a broken promise, at most.
SAMPLE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """One promise and whether it holds.

    Attributes:
        name: the promise's own name, such as ``text-not-blank``.
        suite: the suite that declares it.
        severity: ``critical``, or ``warning`` or ``info`` for what is reported without failing the release.
        meaning: why it matters.
        ok: whether it holds.
        evaluated: how many rows, spans, files or equations were looked at.
        unexpected: how many of them break it.
        ids: ids of documents that break it, the first 20 at most. Where no document is to blame, the files, or the two
            sides of the equation.
    """

    name: str
    suite: str
    severity: str
    meaning: str
    ok: bool
    evaluated: int
    unexpected: int
    ids: tuple[str, ...] = ()

    def merge(self, other: Promise) -> Promise:
        """Add what the next batch said of the same promise."""
        return dataclasses.replace(
            self,
            ok=self.ok and other.ok,
            evaluated=self.evaluated + other.evaluated,
            unexpected=self.unexpected + other.unexpected,
            ids=(self.ids + other.ids)[:SAMPLE],
        )


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is known about a release after validation, in the order of the suites."""

    promises: tuple[Promise, ...]

    @property
    def holds(self) -> bool:
        """Whether every critical promise holds."""
        return not self.broken

    @property
    def broken(self) -> tuple[Promise, ...]:
        """The critical promises that do not hold: the release is to be refused."""
        return tuple(item for item in self.promises if not item.ok and item.severity == "critical")

    @property
    def warnings(self) -> tuple[Promise, ...]:
        """The promises that do not hold, but do not fail the release either."""
        return tuple(item for item in self.promises if not item.ok and item.severity != "critical")

    def to_json(self) -> str:
        """Return the verdict as JSON. It holds ids and no text, no times and no paths, so it can be published."""
        promises = [dataclasses.asdict(item) for item in self.promises]
        return json.dumps({"holds": self.holds, "promises": promises}, ensure_ascii=False, indent=1) + "\n"

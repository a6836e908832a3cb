"""Counting what is wrong, and remembering the first documents to blame."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from .results import SAMPLE

Ints: TypeAlias = npt.NDArray[np.int64]
Mask: TypeAlias = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Fact:
    """One number about the release.

    Attributes:
        value: the number; of things that are wrong if ``evaluated`` is given.
        evaluated: of how many things ``value`` of them are wrong.
        ids: the first documents, pairs of them or files to blame; or what the number was made of.
        wrong: how many are wrong, where ``value`` is a share.
    """

    value: float
    evaluated: int | None = None
    ids: tuple[str, ...] = ()
    wrong: int | None = None

    @property
    def unexpected(self) -> int:
        """How many things are wrong."""
        return int(self.value) if self.wrong is None else self.wrong


class Tally:
    """Counts what is wrong, and remembers the first documents to blame."""

    def __init__(self) -> None:
        self._evaluated, self._wrong = 0, 0
        self._ids: dict[str, None] = {}

    def add(self, names: pa.Array, wrong: Mask) -> None:
        """Look at some rows: ``names`` says which documents they are about."""
        self._evaluated += len(wrong)
        self._wrong += int(wrong.sum())
        for position in np.flatnonzero(wrong)[:SAMPLE]:
            if len(self._ids) < SAMPLE:
                self._ids.setdefault(names[int(position)].as_py() or "(no id)")

    def fact(self) -> Fact:
        """Return the count as a fact."""
        return Fact(self._wrong, self._evaluated, tuple(self._ids))


def ints(column: pa.Array) -> Ints:
    """Return a column of whole numbers, -1 for null: nothing that is counted here is negative."""
    numbers: Ints = pc.fill_null(column.cast(pa.int64()), -1).to_numpy(zero_copy_only=False)
    return numbers


def mask(column: pa.Array) -> Mask:
    """Return a column of truth values, false for null."""
    truths: Mask = pc.fill_null(column, False).to_numpy(zero_copy_only=False)
    return truths

"""Which version number a release should have, after the one that it follows.

Numbers are those of Semantic Versioning, read for data. The first changes when readers can break: a column is gone or
has another type, or the licence is another. The second changes when documents or columns come or documents go, the
third when only texts, or what is said of them, change.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from .about import Change, Other

_VERSION = re.compile(r"v?(\d+)\.(\d+)\.(\d+)(?:[-+].*)?")
_FIRST = "1.0.0"
_ELSEWHERE = "only where documents were read, their splits, or what is said of cut and dropped ones changed"


def next_version(version: str, documents: Mapping[str, int], other: Other, *, same: bool) -> tuple[str | None, str]:
    """Return the version that a release should have, and why; None if it holds what the other one does.

    Args:
        version: that of the release before; if it is none, the first version is suggested.
        documents: how many were ``added``, ``removed``, ``changed`` and ``described`` otherwise.
        other: what else changed.
        same: whether the digests of all tables are the same.

    >>> nothing = Other((), (), (), ())
    >>> next_version("1.4.2", {"added": 3, "changed": 1}, nothing, same=False)
    ('1.5.0', 'documents were added or removed')
    >>> next_version("1.4.2", {}, nothing, same=True)
    (None, 'the tables of both hold the same')
    """
    part, why = _asked_for(documents, other, same=same)
    if part is None:
        return None, why
    match = _VERSION.fullmatch(version)
    if not match:
        return _FIRST, f"{why}; the old release says no version (card.version)"
    numbers = [int(number) for number in match.groups()]
    numbers[part:] = [numbers[part] + 1] + [0] * (2 - part)
    return ".".join(map(str, numbers)), why


def _asked_for(documents: Mapping[str, int], other: Other, *, same: bool) -> tuple[int | None, str]:
    licence = any(change.name == "card.license" for change in other.settings)
    if _breaks(other.columns):
        return 0, "a column is gone, or of another type"
    if licence:
        return 0, "the licence is another"
    if documents.get("added") or documents.get("removed"):
        return 1, "documents were added or removed"
    if other.columns:
        return 1, "columns were added"
    if same:
        return None, "the tables of both hold the same"
    is_other = documents.get("changed") or documents.get("described")
    return 2, "texts, or what is said of them, changed" if is_other else _ELSEWHERE


def _breaks(columns: Iterable[Change]) -> bool:
    return any(change.old for change in columns)

"""What changed between two releases.

Documents are told by their ids. One is *changed* when its text is another, and *described otherwise* when only other
columns are. What both releases drop, or cut alike, is no difference.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from ...errors import OutputError
from ..manifest import read_manifest
from ..sums import NAME as SUMS
from ..sums import check_sums
from ..tables import rows_of
from .about import Other, about
from .documents import Group, compared
from .spans import Cuts, cuts_by_reason
from .version import next_version

__all__ = ["Cuts", "Difference", "Group", "Other", "diff"]


# In what is said of a file that holds a table.
_TABLE = ".parquet: "


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed from an old release to a new one.

    Attributes:
        old, new: the names of their folders.
        added, removed, changed, described: documents, and what they are: see :class:`Group`. Those that are
            *described* otherwise have the same text.
        cuts: spans and characters cut by reason, in all documents of the two releases and in the changed ones.
        other: what else is not the same: columns, settings, inputs, the package.
        version: the version that the new release should have; None when nothing of what it holds changed.
        why: what asks for it.
    """

    old: str
    new: str
    added: Group
    removed: Group
    changed: Group
    described: Group
    cuts: tuple[Cuts, ...]
    other: Other
    version: str | None
    why: str

    @property
    def is_empty(self) -> bool:
        """Whether the two hold the same: the digests of all their tables are equal."""
        return self.version is None

    def in_short(self) -> dict[str, int | str]:
        """Return how many documents were added, removed, changed and described otherwise, and the next version."""
        numbers: dict[str, int | str] = {
            "documents added": self.added.documents,
            "removed": self.removed.documents,
            "with another text": self.changed.documents,
            "described otherwise": self.described.documents,
        }
        return {**numbers, "next version": self.version} if self.version else numbers

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain values, for JSON."""
        return asdict(self)


def diff(old: str | Path, new: str | Path) -> Difference:
    """Return what changed from one release to another.

    Of each document some tens of bytes and its id are held; texts are read a batch at a time, and not at all when the
    manifests say that they are the same.

    Raises:
        OutputError: one of them is no release, or not a whole one.
    """
    try:
        return _compared(Path(old), Path(new))
    except (pa.ArrowException, OSError) as error:
        raise OutputError(f"{old} or {new}: a table cannot be read, so it is not a whole release: {error}") from error


def _compared(old: Path, new: Path) -> Difference:
    releases = old, new
    manifests = read_manifest(old), read_manifest(new)
    for release, manifest in zip(releases, manifests, strict=True):
        _demand_whole(release, manifest)
    groups, changed = compared(*releases, same=_same(*manifests, "default"))
    other = about(*releases, *manifests)
    counts = {name: group.documents for name, group in groups.items()}
    same = all(_same(*manifests, table) for table in manifests[1]["tables"])
    version, why = next_version(_version(manifests[0]), counts, other, same=same)
    return Difference(
        old=releases[0].resolve().name,
        new=releases[1].resolve().name,
        **groups,
        cuts=cuts_by_reason(*releases, changed),
        other=other,
        version=version,
        why=why,
    )


def _demand_whole(release: Path, manifest: Mapping[str, Any]) -> None:
    """Refuse a release whose tables are not those that it had; one that is being made has no sums yet."""
    damaged = [problem for problem in check_sums(release) if _TABLE in problem] if (release / SUMS).exists() else []
    if damaged:
        raise OutputError(f"{release}: {', '.join(damaged[:3])}: not as it was published; get it again")
    for table, told in manifest["tables"].items():
        if (rows := rows_of(release, table)) != told["rows"]:
            raise OutputError(f"{release}: {table} has {rows} rows, not the {told['rows']} that it had; get it again")


def _same(old: Mapping[str, Any], new: Mapping[str, Any], table: str) -> bool:
    """Whether the digests of a table say that it holds the same."""
    digests = [manifest["tables"].get(table, {}).get("sha256") for manifest in (old, new)]
    return digests[0] is not None and digests[0] == digests[1]


def _version(manifest: Mapping[str, Any]) -> str:
    return str(manifest.get("settings", {}).get("card", {}).get("version", ""))

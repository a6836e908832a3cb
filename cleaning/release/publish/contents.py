"""What is published: a release that keeps its promises, file by file, and what came of publishing it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Protocol

from ...errors import BrokenPromiseError, OutputError, ValidationError
from ...schema import FOLDERS
from ..check import check
from ..sums import NAME as SUMS
from ..sums import check_sums, read_sums, sha256

# Files are sent in groups of this size: progress is shown after each, and an interruption costs one at most.
GROUP_BYTES = 256_000_000


class Watch(Protocol):
    """Who is told how far the publishing is."""

    def phase(self, name: str) -> None:
        """A part of the work begins."""

    def tell(self, message: str) -> None:
        """Something is worth knowing."""

    def warn(self, message: str) -> None:
        """Something does not stop the work and is worth knowing."""


@dataclass(frozen=True, slots=True)
class Contents:
    """The files of a release.

    Attributes:
        release: the folder.
        sums: the SHA-256 of each file but SHA256SUMS, by path relative to the folder.
    """

    release: Path
    sums: Mapping[str, str]

    @property
    def names(self) -> list[str]:
        """All files; SHA256SUMS, which says that the others are there, comes last."""
        return [*sorted(self.sums), SUMS]

    def path(self, name: str) -> Path:
        """Return where a file is."""
        return self.release / name

    def size(self, name: str) -> int:
        """Return the size of a file in bytes."""
        return self.path(name).stat().st_size

    def digest(self, name: str) -> str:
        """Return the SHA-256 of a file in hexadecimal."""
        return sha256(self.path(name)) if name == SUMS else self.sums[name]

    def groups(self, names: Iterable[str], watch: Watch) -> Iterator[list[str]]:
        """Yield files in groups to be sent together, and tell how far the sending is."""
        names = list(names)
        total, sent = sum(map(self.size, names)), 0
        for group in _grouped([(name, self.size(name)) for name in names], GROUP_BYTES):
            watch.phase(f"sending {len(names):,} files, {shown_size(sent)} of {shown_size(total)}")
            yield group
            sent += sum(map(self.size, group))


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What was sent, or with ``dry_run`` would be.

    Attributes:
        destination: where to.
        sent: files that were not there, or others.
        sent_bytes: their size.
        removed: files of an earlier release that this one has not.
        created: the repository was made for it.
        tag: what the version is called; empty when it has no tag.
        tagged: the tag was made for it, and not there already.
        load: the Python that loads it.
        dry_run: nothing was done.
    """

    destination: str
    sent: tuple[str, ...] = ()
    sent_bytes: int = 0
    removed: tuple[str, ...] = ()
    created: bool = False
    tag: str = ""
    tagged: bool = False
    load: str
    dry_run: bool = False

    @property
    def changed(self) -> bool:
        """Whether anything was done: if not, the release had been published before."""
        return bool(self.sent or self.removed or self.created or self.tagged)


def verified(release: Path) -> Contents:
    """Return the files of a release, after checking that it may be published.

    Raises:
        BrokenPromiseError: a promise is broken, or a file is not what SHA256SUMS says.
        OutputError: the folder is no release.
        ValidationError: the promises could not be checked.
    """
    try:
        broken = [
            f"{promise.name}: {promise.unexpected} of {promise.evaluated}, such as {', '.join(promise.ids[:5])}"
            f" ({promise.meaning})"
            for promise in check(release).broken
        ]
    except (OutputError, ValidationError):  # a damaged file may be why, and then it is to blame
        problems = check_sums(release)
        if not problems:
            raise
        broken = [f"files-unchanged: {', '.join(problems[:5])}"]
    if broken:
        raise BrokenPromiseError("\n  ".join([f"{release}: nothing is published: promises are broken", *broken]))
    return Contents(release, read_sums(release))


def refuse_strangers(place: str, there: Iterable[str], known: Collection[str]) -> None:
    """Refuse a place where files of somebody else would be loaded as part of the release's tables.

    Args:
        place: what the message calls it.
        there: the files there.
        known: those of the release, and of the one that it replaces.

    Raises:
        OutputError: there are such files.
    """
    patterns = [f"{folder}/train-*.parquet" for folder in FOLDERS.values()]
    strangers = sorted(
        name for name in set(there) - set(known) if any(fnmatchcase(name, pattern) for pattern in patterns)
    )
    if strangers:
        raise OutputError(
            f"{place}: holds {', '.join(strangers[:3])}{' …' * (len(strangers) > 3)}, of no release, which would be "
            "loaded with this one: remove it, or choose another destination"
        )


def shown_size(size: int) -> str:
    """Return a number of bytes for people.

    >>> shown_size(812), shown_size(4_200_000), shown_size(12_340_000_000)
    ('812 B', '4.2 MB', '12.3 GB')
    """
    for unit, factor in (("TB", 10**12), ("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if size >= factor:
            return f"{size / factor:.1f} {unit}"
    return f"{size} B"


def _grouped(sizes: Iterable[tuple[str, int]], limit: int) -> Iterator[list[str]]:
    """Yield names in groups of at most ``limit`` bytes, or of one that is larger.

    >>> list(_grouped([("a", 3), ("b", 4), ("c", 9), ("d", 1)], 7))
    [['a', 'b'], ['c'], ['d']]
    """
    group: list[str] = []
    size = 0
    for name, bytes_ in sizes:
        if group and size + bytes_ > limit:
            yield group
            group, size = [], 0
        group.append(name)
        size += bytes_
    if group:
        yield group

"""A release in two versions to be published, and who is told how far it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from releases import good
from written import whole

from cleaning.release.publish.contents import Contents
from cleaning.release.sums import read_sums
from cleaning.settings import Settings

SETTINGS = Settings.of({"quality": {"min_chars": 1, "min_words": 0, "languages": ["en", "ar"]}})


def versions(folder: Path) -> tuple[Contents, Contents]:
    """Write two releases: the second one has other shards, so that those of the first one are stale."""
    for name, per_shard in (("first", 1000), ("second", 2)):
        whole(folder / name, good(), SETTINGS, per_shard=per_shard)
    return contents(folder / "first"), contents(folder / "second")


def contents(release: Path) -> Contents:
    """Return the files of a release, which is taken for valid."""
    return Contents(release, read_sums(release))


def bytes_of(given: Contents) -> dict[str, bytes]:
    """Return the files of a release."""
    return {name: given.path(name).read_bytes() for name in given.names}


@dataclass
class Told:
    """A watch that keeps what it is told."""

    said: list[str] = field(default_factory=list)

    def phase(self, name: str) -> None:
        self.said.append(name)

    tell = warn = phase

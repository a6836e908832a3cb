"""A release in a notebook: what was read, what became of it, and how each table is loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..release.tables import rows_of
from ..schema import FOLDERS
from .parts import facts, framed, table

if TYPE_CHECKING:  # it imports this when it is shown
    from ..release import Release

_LOADED = {"default": "load()", "removed": "removed", "dropped": "dropped", "repairs": "repairs"}


def release_html(release: Release) -> str:
    """Return a release as HTML: where it is, its counts, and its tables.

    Raises:
        OutputError: the folder is no release any more.
    """
    counts = [(name.replace("_", " "), count) for name, count in release.counts.items()]
    rows = [(config, rows_of(release.path, config), f"release.{_LOADED[config]}") for config in FOLDERS]
    return framed(facts([("release", str(release.path)), *counts]) + table(rows, "table", "rows", "how to load it"))

"""A release in a notebook: what was read, what became of it, and how each table is loaded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import pyarrow.parquet as pq
from markupsafe import Markup

from ..release.tables import Split, configs_of
from ..schema import FOLDERS
from .parts import facts, fold, framed, table

if TYPE_CHECKING:  # it imports this when it is shown
    from ..release import Release

_Row = tuple[str, str, int, str]


def release_html(release: Release) -> str:
    """Return a release as HTML: where it is, its counts, and its tables; those of one language each are folded.

    Raises:
        OutputError: the folder is no release any more.
    """
    counts = [(name.replace("_", " "), count) for name, count in release.counts.items()]
    configs = configs_of(release.path)
    rows = {name: list(_rows(name, splits)) for name, splits in configs.items()}
    tables = [row for name in FOLDERS for row in rows.pop(name)]
    shown = facts([("release", str(release.path)), *counts]) + _table(tables)
    by_language = [row for found in rows.values() for row in found]
    return framed(shown + fold("by language", _table(by_language)) if by_language else shown)


def _table(rows: Sequence[_Row]) -> Markup:
    return table(rows, "table", "split", "rows", "how to load it")


def _rows(config: str, splits: Sequence[Split]) -> Iterator[_Row]:
    for split in splits:
        count = sum(pq.read_metadata(file).num_rows for file in split.files)
        yield config, split.name, count, f"release.{_loaded(config, split.name)}"


def _loaded(config: str, split: str) -> str:
    """Return what loads a split of a config, in as few words as will do.

    >>> [_loaded(*names) for names in (("default", "train"), ("removed", "train"), ("ar", "test"))]
    ['load()', 'removed', "load('ar', 'test')"]
    """
    if split != "train":
        return f"load({config!r}, {split!r})"
    if config == "default":
        return "load()"
    return config if config in FOLDERS else f"load({config!r})"

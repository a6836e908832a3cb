"""The published folder: how it is written, one writer a file, and how it is opened again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq

from ..errors import OutputError
from .manifest import read_manifest
from .tables import Split, configs_of

if TYPE_CHECKING:
    from datasets import Dataset

__all__ = ["Release"]

# The order in which counts are read; the manifest has its keys in that of the alphabet.
_COUNTS = ("read", "split_off", "kept", "dropped", "unreadable")


@dataclass(frozen=True, slots=True, repr=False)
class Release:
    """A release on disk.

    Attributes:
        path: the folder.
    """

    path: Path

    @classmethod
    def open(cls, path: str | Path) -> Release:
        """Return the release in a folder.

        Raises:
            OutputError: the folder is no release.
        """
        read_manifest(Path(path))
        return cls(Path(path))

    @property
    def manifest(self) -> dict[str, Any]:
        """What manifest.json says: inputs, settings, versions, counts, and a digest of each table."""
        return read_manifest(self.path)

    @property
    def counts(self) -> dict[str, int]:
        """How many documents were ``read``, ``split_off``, ``kept``, ``dropped`` and ``unreadable``."""
        counts = self.manifest["counts"]
        return {name: counts[name] for name in [*_COUNTS, *counts] if name in counts}

    @property
    def removed(self) -> Dataset:
        """The spans that were cut, as a ``datasets.Dataset``."""
        return self.load("removed")

    @property
    def dropped(self) -> Dataset:
        """The documents that were left out, and records that could not be read."""
        return self.load("dropped")

    @property
    def repairs(self) -> Dataset:
        """The changes that were made before any cut."""
        return self.load("repairs")

    def load(self, config: str = "default", split: str = "train", *, cache_dir: str | Path | None = None) -> Dataset:
        """Return a split of a table as a ``datasets.Dataset``, from the files alone: nothing is asked of the network.

        A table without rows is loaded too, which ``load_dataset`` itself refuses.

        Args:
            config: a table, such as ``default`` or ``removed``, or a language that has a config of its own.
            split: ``train``; of ``default`` and languages also ``validation`` and ``test``, where the release has them.
            cache_dir: where ``datasets`` keeps its copy; by default where it keeps all.

        Raises:
            OutputError: there is no such config or split.
        """
        from datasets import Dataset, load_dataset  # noqa: PLC0415 - takes a second to import

        files = self._split(config, split).files
        if not any(pq.read_metadata(file).num_rows for file in files):
            return Dataset(pq.read_schema(files[0]).empty_table())
        return load_dataset(str(self.path), config, split=split, cache_dir=str(cache_dir) if cache_dir else None)

    def _split(self, config: str, split: str) -> Split:
        configs = configs_of(self.path)
        if config not in configs:
            raise OutputError(f"{self.path}: no config {config}; there are {', '.join(configs)}")
        splits = {item.name: item for item in configs[config]}
        if split not in splits:
            raise OutputError(f"{self.path}: {config} has no split {split}; it has {', '.join(splits)}")
        return splits[split]

    def __repr__(self) -> str:
        try:
            counts = self.counts
        except OutputError:  # the folder is gone, which whoever looks at it will see
            return f"<Release {str(self.path)!r}>"
        told = ", ".join(f"{count:,} {name.replace('_', ' ')}" for name, count in counts.items())
        return f"<Release {str(self.path)!r}: {told}>"

    def _repr_html_(self) -> str:
        """Return what a notebook shows."""
        from ..notebook import release_html  # noqa: PLC0415 - needed in notebooks only

        return release_html(self)

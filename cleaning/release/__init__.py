"""The published folder: how it is written, one writer a file, and how it is opened again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from ..errors import OutputError
from .manifest import read_manifest
from .tables import Split, configs_of

__all__ = ["Release"]


@dataclass(frozen=True, slots=True)
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
        """How many documents were ``read``, ``kept``, ``split_off``, ``dropped`` and ``unreadable``."""
        return dict(self.manifest["counts"])

    def load(self, config: str = "default", split: str = "train", *, cache_dir: str | Path | None = None) -> Any:
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

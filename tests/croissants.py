"""Releases as `mlcroissant` reads them back: bytes become text, and keys lose their record set."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import mlcroissant

# What mlcroissant 1.1.1 calls in rdflib and pandas.
DEPRECATED = ("ignore:ConjunctiveGraph is deprecated", "ignore:The inplace keyword in DataFrame.reset_index")


def opened(release: Path) -> Any:
    """Return the dataset that croissant.json describes, once it is valid."""
    return mlcroissant.Dataset(release / "croissant.json")


def rows(dataset: Any, config: str) -> list[dict[str, Any]]:
    """Return all records of a config, in the form that `pyarrow` gives them."""
    return [
        {name.removeprefix(f"{config}/"): _plain(value) for name, value in record.items()}
        for record in dataset.records(config)
    ]


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.item() if hasattr(value, "item") else value

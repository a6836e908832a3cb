"""What else changed: the columns of the tables, the settings, the inputs, the package."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from ...errors import OutputError
from ...schema import CONFIGS
from ..tables import schema_of


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that has another value; an empty one where it is not there."""

    name: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Other:
    """What changed beside the documents.

    Attributes:
        columns: by ``table.column``, with their types.
        settings: by full name.
        versions: of this package, Python and the libraries that can change a text.
        inputs: files by origin, with their digests.
    """

    columns: tuple[Change, ...]
    settings: tuple[Change, ...]
    versions: tuple[Change, ...]
    inputs: tuple[Change, ...]


def about(old: Path, new: Path, before: Mapping[str, Any], after: Mapping[str, Any]) -> Other:
    """Return what changed beside the documents, by what two releases and their manifests say."""
    return Other(
        _changes(_columns(old), _columns(new)),
        _changes(dict(_flat(before["settings"])), dict(_flat(after["settings"]))),
        _changes(_versions(before), _versions(after)),
        _changes(_inputs(before), _inputs(after)),
    )


def _changes(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[Change, ...]:
    names = sorted({*old, *new})
    return tuple(Change(name, old.get(name, ""), new.get(name, "")) for name in names if old.get(name) != new.get(name))


def _columns(release: Path) -> dict[str, str]:
    return {
        f"{table}.{field.name}": str(field.type).replace("large_", "")
        for table in CONFIGS
        for field in _schema(release, table)
    }


def _schema(release: Path, table: str) -> pa.Schema:
    try:
        return schema_of(release, table)
    except OutputError:  # a release of a version that had no such table
        return pa.schema([])


def _flat(settings: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    for name, value in settings.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{path}{name}.")
        else:
            yield path + name, json.dumps(value, ensure_ascii=False)


def _versions(manifest: Mapping[str, Any]) -> dict[str, str]:
    package = manifest["package"]
    return {package["name"]: str(package["version"]), **{name: str(of) for name, of in manifest["versions"].items()}}


def _inputs(manifest: Mapping[str, Any]) -> dict[str, str]:
    return {item["origin"]: str(item.get("sha256", f"{item.get('bytes')} bytes")) for item in manifest["inputs"]}

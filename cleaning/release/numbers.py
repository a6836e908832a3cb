"""statistics.json: the numbers of a release as data, so that a later one can be compared without reading its texts."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..errors import OutputError
from .manifest import read_manifest
from .statistics import Statistics, Tally, statistics

NAME = "statistics.json"


def write_statistics(release: Path, numbers: Statistics) -> Path:
    """Write statistics.json. It holds no times and no paths, and ids only of documents with copies."""
    path = release / NAME
    path.write_text(to_json(numbers), "utf-8", newline="\n")
    return path


def read_statistics(release: Path) -> Statistics:
    """Return the numbers of a release: from its statistics.json, or else counted from its tables.

    Raises:
        OutputError: the folder is no release, or its statistics.json is damaged.
    """
    path = release / NAME
    if not path.exists():
        return statistics(release, read_manifest(release)["counts"])
    try:
        return from_json(path.read_text("utf-8"))
    except OSError as error:
        raise OutputError(f"{path}: {error.strerror}") from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise OutputError(f"{path}: not the numbers of a release ({error!r}); get the release again") from error


def to_json(numbers: Statistics) -> str:
    """Return the numbers as JSON, a line for each of them and for each tally."""
    return json.dumps(dataclasses.asdict(numbers), ensure_ascii=False, indent=1) + "\n"


def from_json(text: str) -> Statistics:
    """Return the numbers that :func:`to_json` has written.

    Raises:
        ValueError: the text is not JSON.
        TypeError: it does not hold just the numbers of a release.
    """
    content: dict[str, Any] = json.loads(text)
    return Statistics(**{name: _value(name, value) for name, value in content.items()})


def _value(name: str, value: Any) -> Any:
    if name == "counts":
        return _counts(value)
    if not isinstance(value, list):
        return value
    return tuple(Tally(**item) if isinstance(item, Mapping) else item for item in value)


def _counts(value: Mapping[str, int]) -> dict[str, int]:
    return {name: int(count) for name, count in value.items()}

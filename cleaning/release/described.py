"""What the columns, settings and promises of a release are, told from the code itself, so that it cannot go stale."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa

from ..settings import Section, Settings


def columns(schema: pa.Schema) -> list[tuple[str, str, str]]:
    """Return name, type and meaning of each column.

    >>> from cleaning.schema import DEFAULT
    >>> columns(DEFAULT)[0][:2], columns(DEFAULT)[11][:2]
    (('id', 'string'), ('captions', 'list of string'))
    """
    return [(field.name, _type_name(field.type), _description(field)) for field in schema]


def _type_name(kind: pa.DataType) -> str:
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        return f"list of {_type_name(kind.value_type)}"
    name = str(kind).removeprefix("large_")
    return {"float": "float32", "double": "float64"}.get(name, name)


def _description(field: pa.Field) -> str:
    described: bytes = (field.metadata or {}).get(b"description", b"carried along from the input")
    return described.decode()


def chosen(settings: Settings) -> list[tuple[str, str, str]]:
    """Return full name, value and meaning of each setting that can change a result.

    >>> [row[:2] for row in chosen(Settings.of({"quality": {"languages": ["ar"]}})) if "languages" in row[0]]
    [('quality.languages', '["ar"]')]
    """
    sections = ((name, getattr(settings, name)) for name in type(settings).model_fields)
    return [row for name, section in sections if name not in {"card", "engine"} for row in _rows(name, section)]


def _rows(path: str, section: Section) -> Iterator[tuple[str, str, str]]:
    for name, field in type(section).model_fields.items():
        value = getattr(section, name)
        if isinstance(value, Section):
            yield from _rows(f"{path}.{name}", value)
        else:
            yield f"{path}.{name}", json.dumps(value, ensure_ascii=False), field.description or ""


def checked(verdict: Mapping[str, Any] | None) -> list[tuple[str, str, str]]:
    """Return name, meaning and result of each promise, as validation/results.json has them; without a verdict none.

    >>> promise = {"name": "ids-unique", "meaning": "…", "severity": "critical", "evaluated": 6, "unexpected": 0}
    >>> checked({"promises": [promise | {"ok": True}]})
    [('ids-unique', '…', 'holds for all 6')]
    """
    return [(item["name"], item["meaning"], _result(item)) for item in (verdict or {"promises": []})["promises"]]


def _result(promise: Mapping[str, Any]) -> str:
    if promise["ok"]:
        return f"holds for all {promise['evaluated']:,}" if promise["evaluated"] else "nothing to check"
    kind = "broken" if promise["severity"] == "critical" else promise["severity"]
    return f"{kind}: {promise['unexpected']:,} of {promise['evaluated']:,}"

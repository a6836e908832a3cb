"""The reference pages: every command as its help says, and every public name of Python as its docstring says."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from typing import Any

from click.testing import CliRunner

import cleaning
from cleaning import document, errors
from cleaning.cli import main
from cleaning.release.markdown import fence

# Functions first; reasons and errors are shown as tables of their own.
NAMES = sorted(set(cleaning.__all__) - {"CleaningError", "Reason"}, key=lambda name: (name[0].isupper(), name))
MORE: list[Any] = [document.put_back, document.undo, document.Repair]
_SECTION = re.compile(r"^(Args|Attributes|Raises|Returns|Yields):\n", re.MULTILINE)
_ROLE = re.compile(r":\w+:`([^`]+)`")
_ENTRY = re.compile(r"^    (?=\S)", re.MULTILINE)
_PARAMETER = re.compile(r", (?=\*|\w+:)")


class _Bare(str):
    """An annotation that is shown without quotation marks."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def commands() -> str:
    """Return each command with its help."""
    told = [f"## `cleaning {name}`\n\n{_help(name)}" for name in main.commands]
    return "\n\n".join([_help(), *told])


def _help(*command: str) -> str:
    said = CliRunner().invoke(main, [*command, "--help"], prog_name="cleaning", terminal_width=100).output
    return fence(said, "text")


def python() -> str:
    """Return each public name with its signature and what its docstring says."""
    public = [(f"cleaning.{name}", getattr(cleaning, name)) for name in NAMES]
    public += [(f"{item.__module__}.{item.__name__}", item) for item in MORE]
    return "\n\n".join(part for name, item in public for part in _described(name, item))


def error_tree() -> str:
    """Return the classes of errors as their module draws them."""
    drawn = (errors.__doc__ or "").partition("::\n\n")[2].partition("\n\n")[0]
    return fence(inspect.cleandoc(drawn), "text")


def _described(name: str, item: Any) -> Iterator[str]:
    yield f"## `{name}`"
    if not isinstance(item, type):
        yield fence(f"{item.__name__}{_signature(item)}", "text")
    yield from _prose(item)
    if isinstance(item, type):
        for member, value in _members(item):
            yield f"### `{item.__name__}.{member}`"
            if not isinstance(value, property):
                yield fence(f"{member}{_signature(getattr(item, member))}", "text")
            yield from _prose(getattr(item, member))


def _members(item: type) -> list[tuple[str, object]]:
    """Return the public methods and properties that a class itself explains."""
    methods = (property, classmethod, staticmethod)
    return [
        (name, value)
        for name, value in vars(item).items()
        if not name.startswith("_") and (isinstance(value, methods) or inspect.isfunction(value))
    ]


def _signature(item: object) -> str:
    if not callable(item):
        return ""
    found = inspect.signature(item)
    given = [value for name, value in found.parameters.items() if name != "self"]
    shown = [value.replace(annotation=_Bare(value.annotation)) for value in given]
    line = str(found.replace(parameters=shown, return_annotation=_Bare(found.return_annotation)))
    if len(line) < 90:
        return line
    inside, _, result = line[1:].rpartition(") ->")
    return "(\n    " + _PARAMETER.sub(",\n    ", inside) + f",\n) ->{result}"


def _prose(item: object) -> Iterator[str]:
    text = _ROLE.sub(r"`\1`", inspect.getdoc(item) or "").replace("``", "`")
    head, *sections = _SECTION.split(text.partition("\n>>> ")[0])
    yield head.strip()
    for name, body in zip(sections[::2], sections[1::2], strict=True):
        entries, _, after = body.partition("\n\n")
        yield f"{name}:"
        yield "\n".join(_entry(entry) for entry in _ENTRY.split(entries)[1:])
        if after.strip():
            yield after.strip()


def _entry(entry: str) -> str:
    name, _, told = " ".join(entry.split()).partition(": ")
    return f"- {', '.join(f'`{part}`' for part in name.split(', '))}: {told}"

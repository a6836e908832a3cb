"""Types of the card's settings: what has a form of its own is refused in any other when the settings are read."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator

_TASK = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# As https://semver.org gives it.
_VERSION = re.compile(
    r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)"
    r"(-(0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(\.(0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*)?"
    r"(\+[0-9a-zA-Z-]+(\.[0-9a-zA-Z-]+)*)?",
    re.ASCII,
)


def _version(value: str) -> str:
    if value and not _VERSION.fullmatch(value):
        raise ValueError("not a semantic version, such as 1.0.0")
    return value


def _licence(value: str) -> str:
    from .licence import licence_expression  # noqa: PLC0415 - reads a list of 2,000 licences

    return licence_expression(value) if value.strip() else ""


def _plain_day(value: Any) -> Any:
    """TOML has dates of its own. What is no date is left to be refused."""
    return value.isoformat() if type(value) is date else value


def _day(value: str) -> str:
    try:
        if not value or date.fromisoformat(value).isoformat() == value:
            return value
    except ValueError:
        pass
    raise ValueError("not a day, such as 2026-01-31")


def _days(value: list[str]) -> list[str]:
    if len(value) > 2 or value != sorted(filter(None, value)):
        raise ValueError("give the first and the last day, in this order")
    return value


def _text(value: str) -> str:
    if not value.strip():
        raise ValueError("is empty: leave it out")
    return value


def _task(value: str) -> str:
    if not _TASK.fullmatch(value):
        raise ValueError("not a task as the Hub names them, such as text-generation")
    return value


Version = Annotated[str, AfterValidator(_version)]
Licence = Annotated[str, AfterValidator(_licence)]
Day = Annotated[str, BeforeValidator(_plain_day), AfterValidator(_day)]
Days = Annotated[list[Day], AfterValidator(_days)]
Texts = list[Annotated[str, AfterValidator(_text)]]
Tasks = list[Annotated[str, AfterValidator(_task)]]

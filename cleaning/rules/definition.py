"""What a rule may say."""

from __future__ import annotations

from enum import StrEnum

import regex
from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from ..reason import OF_DOCUMENTS, Reason
from .calendar import expand

# What a pattern may hand to the document, as named groups.
GROUPS = {"author", "date", "caption"}

_BY_NUMBER = regex.compile(r"(?<!\\)(?:\\\\)*\\[1-9]")


class Where(StrEnum):
    """Where in a text a rule may fire."""

    ANYWHERE = "anywhere"
    TOP = "top"  # before the first paragraph of prose
    BOTTOM = "bottom"  # after the last paragraph of prose
    EDGES = "edges"  # either


class Rule(BaseModel):
    """One rule of a language file. See docs/languages.md for how to write one.

    Attributes:
        name: unique in its file; the full name is ``<file>.<name>``.
        reason: a span reason of :class:`cleaning.reason.Reason`.
        lines: phrases that are a whole line; case, spaces and outer punctuation do not count.
        starts: phrases that a line begins with, followed by something that is neither a letter nor a digit.
        patterns: regular expressions (of the ``regex`` module, ignoring case) that match a whole line. A group
            ``author``, ``date`` or ``caption`` hands what it matched to the document.
        inline: regular expressions that are cut wherever they stand, also inside a line. Only for what can never be
            prose, such as shortcodes.
        where: where in the text the rule may fire.
        max_chars: a longer line is left alone by ``starts`` and ``patterns``.
        name_before: also take the short line before, when it is a name: the author above a biography.
        list_after: also take the lines that follow as long as they are not prose: the headlines under "Related".
        strips: examples of lines that go.
        keeps: examples of lines that look like it, and stay.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    reason: Reason
    lines: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    inline: tuple[str, ...] = ()
    where: Where = Where.ANYWHERE
    max_chars: int = 200
    name_before: bool = False
    list_after: bool = False
    strips: tuple[str, ...] = Field(min_length=1)
    keeps: tuple[str, ...] = Field(min_length=1)

    @field_validator("reason")
    @classmethod
    def _of_spans(cls, reason: Reason) -> Reason:
        if reason in OF_DOCUMENTS:
            raise ValueError(f"{reason.value} is a reason for whole documents")
        return reason

    @field_validator("lines", "starts")
    @classmethod
    def _not_empty(cls, phrases: tuple[str, ...]) -> tuple[str, ...]:
        if not all(phrase.strip() for phrase in phrases):
            raise ValueError("an empty phrase would name every line")
        return phrases

    @field_validator("patterns", "inline")
    @classmethod
    def _usable(cls, patterns: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        language = (info.context or {}).get("language", "common")
        return tuple(_compilable(pattern, expand(pattern, language)) for pattern in patterns)


def _compilable(written: str, expanded: str) -> str:
    """Return the pattern as it is compiled; what is wrong with it is said of the pattern as it was written."""
    try:
        groups = set(regex.compile(expanded, regex.I).groupindex)
    except regex.error as error:
        raise ValueError(f"{written!r} is no regular expression: {error}") from error
    if unknown := groups - GROUPS:
        raise ValueError(f"{written!r}: no such group as {unknown.pop()}; there are {', '.join(sorted(GROUPS))}")
    if _BY_NUMBER.search(written):
        raise ValueError(f"{written!r} refers to a group by its number, which changes when patterns are joined")
    return expanded

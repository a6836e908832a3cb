"""Language files: found, read and checked."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import ValidationError

from ..errors import RuleError
from .definition import Rule
from .language import Language

# Tags that detectors, sources and libraries use for a language whose file has another name: written forms and older
# codes of the same language, and what the detector tells apart although one file serves both.
ALIASES = {
    "arz": "ar", "bs": "hr", "ceb": "tl", "fil": "tl", "in": "id", "iw": "he", "mo": "ro", "nb": "no", "nn": "no",
    "sh": "hr", "wuu": "zh", "yue": "zh",
}  # fmt: skip


@cache
def load(tag: str) -> Language | None:
    """Return the shipped rules of a language by its BCP 47 tag, falling back from ``pt-BR`` to ``pt``.

    Other names of a language are known, such as ``nb`` for ``no``.

    Returns None for a language that has no file. ``common`` holds the rules that every language shares.

    Raises:
        RuleError: the file cannot be used.
    """
    folder = files("cleaning") / "languages"
    language = tag.partition("-")[0]
    for candidate in (tag, language, ALIASES.get(language, language)):
        file = folder / f"{candidate}.toml"
        if file.is_file():
            return parse(candidate, file.read_text("utf-8"))
    return None


def languages() -> list[str]:
    """Return the tags of the languages that have a file, ``common`` first."""
    names = (item.name for item in (files("cleaning") / "languages").iterdir())
    tags = sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml"))
    return sorted(tags, key=lambda tag: tag != "common")


def parse(tag: str, text: str) -> Language:
    """Make a language from the text of its file.

    Raises:
        RuleError: the file is not TOML, a key is unknown or missing, or a rule fails one of its own examples.
    """
    file = f"languages/{tag}.toml"
    try:
        table: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(f"{file}: not TOML: {error}") from error
    name, rules = table.pop("name", None), table.pop("rule", [])
    if not isinstance(name, str):
        raise RuleError(f"{file}: name is missing, or no text: the language's own name")
    if not isinstance(rules, list) or not all(isinstance(rule, dict) for rule in rules):
        raise RuleError(f"{file}: rule is no list of tables: write each rule under [[rule]]")
    if table:
        raise RuleError(f"{file}: unknown key {', '.join(table)}")
    language = Language(tag, name, tuple(_rule(file, tag, rule) for rule in rules))
    for problem in _problems(language):
        raise RuleError(f"{file}: {problem}")
    return language


def _rule(file: str, tag: str, table: dict[str, Any]) -> Rule:
    try:
        return Rule.model_validate(table, context={"language": tag})
    except ValidationError as error:
        problems = (f"{'.'.join(map(str, detail['loc']))}: {detail['msg']}" for detail in error.errors())
        raise RuleError(f"{file}: rule {table.get('name', 'without a name')}: {'; '.join(problems)}") from error


def _problems(language: Language) -> Iterator[str]:
    seen = set()
    for rule in language.rules:
        if rule.name in seen:
            yield f"two rules are called {rule.name}"
        seen.add(rule.name)
        for line in rule.strips:
            if not _fires(language, rule, line):
                yield f"rule {rule.name} does not strip its example {line!r}"
        for line in rule.keeps:
            if _fires(language, rule, line):
                yield f"rule {rule.name} strips {line!r}, which it says it keeps"


def _fires(language: Language, rule: Rule, line: str) -> bool:
    return any(match.rule == f"{language.tag}.{rule.name}" for match in language.match(line))

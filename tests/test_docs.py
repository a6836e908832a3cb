"""What the documentation says is true: its outputs, examples, tables, names and links."""

from __future__ import annotations

import re
import shlex
import tomllib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import click
import pytest
from corpora import by_id
from generated import BLOCKS, PAGES, ROOT, renewed
from walked import KINDS, blocks, set_up, tokens, walk

from cleaning import rules
from cleaning.cli import main
from cleaning.reason import Reason
from cleaning.release.meanings import MEANINGS
from cleaning.settings import Settings

# A command of ours in a block of code; what a shell does with its output is left out.
COMMAND = re.compile(r"(?:^|^\$ |bin/|&& |=\S+ )cleaning ([^|>\n]*)", re.MULTILINE)

NAMES = [page.relative_to(ROOT).as_posix() for page in PAGES]
WHOLE = "\n".join(page.read_text("utf-8") for page in PAGES)


def fences(kind: str) -> list[tuple[str, str]]:
    """Return page and content of each fenced block of a kind, but for those marked as not run."""
    return [
        (name, content)
        for name in NAMES
        for found, content in blocks((ROOT / name).read_text("utf-8"))
        if found == kind
    ]


def commands() -> list[str]:
    """Return what follows `cleaning` in each line of code that calls it, also where it is not run."""
    found = [
        line
        for name in NAMES
        for token in tokens((ROOT / name).read_text("utf-8"))
        if token.type == "code_block" or (token.type == "fence" and token.info in KINDS)
        for line in COMMAND.findall(token.content)
    ]
    return sorted({line.strip() for line in found if line.strip()})


@pytest.mark.parametrize("name", NAMES)
def test_generated_blocks_are_what_the_code_says(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert text == renewed(text), "python tests/generated.py writes them anew"


def test_all_generated_blocks_are_shown() -> None:
    assert set(re.findall(r"<!-- generated: ([a-z-]+) -->", WHOLE)) == set(BLOCKS)


def test_the_readme_opens_with_the_two_commands() -> None:
    commands = [
        token.content for token in tokens((ROOT / "README.md").read_text("utf-8")) if token.type == "code_block"
    ]
    assert commands[:2] == [
        "python3.11 -m venv .venv && .venv/bin/pip install . && .venv/bin/cleaning build seeds --output release\n",
        "python3.11 -m venv .venv && .venv/bin/pip install --editable '.[dev]' && .venv/bin/python -m pytest\n",
    ]


def test_the_record_of_the_readme_is_in_the_release(seeds_release: Path) -> None:
    name = re.search(r'"id": "(\w+)"', (ROOT / "README.md").read_text("utf-8"))
    assert name
    assert f'"n_chars": {by_id(seeds_release, "default")[name[1]]["n_chars"]}' in WHOLE


@pytest.mark.parametrize("name", sorted({name for kind in KINDS for name, _ in fences(kind)}))
def test_what_a_page_shows_is_what_happens(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    set_up(name, tmp_path)
    monkeypatch.chdir(tmp_path)
    walk(name)


@pytest.mark.parametrize("line", commands())
def test_every_command_that_is_shown_can_be_typed(line: str) -> None:
    name, *arguments = [word for word in shlex.split(line, comments=True) if word != "--debug"]
    command = main.commands[name]
    command.make_parser(click.Context(command)).parse_args(arguments)


def test_every_command_is_explained() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert [name for name in main.commands if f"`cleaning {name}" not in readme] == []


def test_every_reason_has_a_sentence() -> None:
    assert set(MEANINGS) == set(Reason)
    assert all(re.search(r"\w+ \w+", sentence) for sentence in MEANINGS.values())


def test_every_field_of_a_rule_is_explained() -> None:
    told = re.findall(r"^\| `(\w+)` \|", (ROOT / "docs/languages.md").read_text("utf-8"), re.MULTILINE)
    assert told == list(rules.Rule.model_fields)


@pytest.mark.parametrize("code", [code for name, code in fences("toml") if name == "docs/languages.md"])
def test_example_rules_load(code: str) -> None:
    assert rules.parse("en", code).rules


@pytest.mark.parametrize("code", [code for name, code in fences("toml") if name != "docs/languages.md"])
def test_example_settings_load(code: str) -> None:
    assert Settings.of(tomllib.loads(code))


def test_every_dependency_has_its_reason() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    told = (ROOT / "docs/decisions/0001-dependencies.md").read_text("utf-8")
    names = [re.split(r"[^\w.-]", requirement)[0] for requirement in declared]
    assert [name for name in names if f"`{name}`" not in told] == []


def test_all_top_level_modules_have_their_place() -> None:
    told = (ROOT / "docs/architecture.md").read_text("utf-8")
    modules = [path for path in (ROOT / "cleaning").iterdir() if not path.name.startswith("_")]
    names = [f"`cleaning/{path.name}{'/' if path.is_dir() else ''}`" for path in modules if path.name != "py.typed"]
    assert [name for name in names if name not in told] == []


def links(name: str) -> Iterator[str]:
    for token in tokens((ROOT / name).read_text("utf-8")):
        for child in token.children or []:
            target = child.attrGet("href")
            if isinstance(target, str) and "://" not in target:
                yield target


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings, in the form that GitHub gives them."""
    found = tokens(page.read_text("utf-8"))
    titles = [after.content for token, after in pairwise(found) if token.type == "heading_open"]
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("name", NAMES)
def test_local_links_lead_somewhere(name: str) -> None:
    for target in links(name):
        place, _, anchor = target.partition("#")
        page = ((ROOT / name).parent / place).resolve() if place else ROOT / name
        assert page.exists(), target
        assert not anchor or anchor in anchors(page), target


def test_files_named_in_the_documentation_exist() -> None:
    named = set(re.findall(r"`((?:cleaning|docs|expectations|seeds|tests)/[\w./-]+)`", WHOLE)) - {
        "cleaning/languages/xx.toml"
    }
    assert len(named) > 40
    assert sorted(path for path in named if not (ROOT / path).exists()) == []

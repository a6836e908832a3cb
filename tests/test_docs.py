"""What the documentation says is true: its outputs, examples, tables, names and links."""

from __future__ import annotations

import doctest
import re
import shlex
import tomllib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner
from corpora import by_id
from generated import BLOCKS, PAGES, ROOT, renewed
from markdown_it import MarkdownIt
from markdown_it.token import Token
from written import whole

from cleaning import rules
from cleaning.cli import main
from cleaning.document import Reason
from cleaning.release.meanings import MEANINGS

NOT_RUN = "<!-- not run by the tests"
# These build or validate a release; what the documentation shows of them is generated.
NOT_TYPED = ("build", "validate")
OPTIONS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE

NAMES = [page.relative_to(ROOT).as_posix() for page in PAGES]
WHOLE = "\n".join(page.read_text("utf-8") for page in PAGES)


def tokens(text: str) -> list[Token]:
    return MarkdownIt().enable("table").parse(text)


def fences(kind: str) -> list[tuple[str, str]]:
    """Return page and content of each fenced block of a kind, but for those marked as not run."""
    found = []
    for name in NAMES:
        before = ""
        for token in tokens((ROOT / name).read_text("utf-8")):
            if token.type == "fence" and token.info == kind and not before.startswith(NOT_RUN):
                found.append((name, token.content))
            before = token.content
    return found


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


@pytest.mark.parametrize(("name", "code"), fences("python"))
def test_python_blocks_run(name: str, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole(tmp_path / "release")
    monkeypatch.chdir(tmp_path)
    exec(compile(code, name, "exec"), {"__name__": "__main__"})


@pytest.mark.parametrize("name", sorted({name for name, _ in fences("pycon")}))
def test_python_sessions_say_what_is_shown(name: str) -> None:
    session = "\n".join(code for page, code in fences("pycon") if page == name)
    test = doctest.DocTestParser().get_doctest(session, {}, name, name, 0)
    assert test.examples
    assert doctest.DocTestRunner(optionflags=OPTIONS).run(test).failed == 0


@pytest.mark.parametrize(("name", "session"), fences("console"))
def test_commands_print_what_is_shown(name: str, session: str, monkeypatch: pytest.MonkeyPatch) -> None:
    command, _, shown = session.partition("\n")
    program, *arguments = shlex.split(command.removeprefix("$ "))
    assert program == "cleaning", f"{name}: {command}"
    assert arguments[0] not in NOT_TYPED
    monkeypatch.chdir(ROOT)
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0
    assert doctest.OutputChecker().check_output(shown, result.output, OPTIONS), result.output


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

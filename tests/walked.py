"""Walk through a page of the documentation as a reader does: every block of code, in its order, in one folder.

Blocks of ``bash``, ``console``, ``python`` and ``pycon`` are run. What a console or a session of Python shows is
compared, with ``...`` for what is left out. A block behind ``<!-- not run by the tests: why -->`` is left out.
"""

from __future__ import annotations

import doctest
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from corpora import ROOT, SEEDS
from markdown_it import MarkdownIt
from markdown_it.token import Token
from written import whole

from cleaning.cli import main

NOT_RUN = "<!-- not run by the tests"
KINDS = ("bash", "console", "python", "pycon")
OPTIONS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
# Pages that begin with nothing: they make all that they need.
FROM_NOTHING = ("docs/tutorial.md",)

_PROMPT = re.compile(r"^\$ ", re.MULTILINE)
# What only a shell understands.
_SHELL = re.compile(r"[|<>&;$`\n*]")


def tokens(text: str) -> list[Token]:
    """Return the parts of a page of Markdown."""
    return MarkdownIt().enable("table").parse(text)


def blocks(text: str) -> Iterator[tuple[str, str]]:
    """Yield kind and content of each fenced block, but for those marked as not run."""
    before = ""
    for token in tokens(text):
        if token.type == "fence" and not before.strip().startswith(NOT_RUN):
            yield token.info, token.content
        before = token.content


def set_up(page: str, folder: Path) -> None:
    """Put into a folder what pages may speak of: a release, and the sample documents."""
    if page not in FROM_NOTHING:
        whole(folder / "release")
        (folder / "seeds").symlink_to(SEEDS)


def walk(page: str) -> None:
    """Run all blocks of a page in the current folder."""
    names: dict[str, Any] = {"__name__": "__main__"}
    for kind, content in blocks((ROOT / page).read_text("utf-8")):
        if kind == "python":
            exec(compile(content, page, "exec"), names)
        elif kind == "pycon":
            _session(page, content, names)
        elif kind == "bash":
            _shell(content)
        elif kind == "console":
            _console(content)


def _session(page: str, content: str, names: dict[str, Any]) -> None:
    test = doctest.DocTestParser().get_doctest(content, names, page, page, 0)
    runner = doctest.DocTestRunner(optionflags=OPTIONS)
    assert test.examples
    assert runner.run(test, clear_globs=False).failed == 0, content
    names.update(test.globs)


def _console(content: str) -> None:
    nothing, *steps = _PROMPT.split(content)
    assert not nothing
    for step in steps:
        command, _, shown = step.partition("\n")
        said = _shell(command)
        assert doctest.OutputChecker().check_output(shown, said, OPTIONS), f"{command}\n{said}"


def _shell(command: str) -> str:
    """Run a command and return what it prints; a plain command of ours in this process, which takes less long."""
    command = command.strip()
    if command.startswith("cleaning ") and not _SHELL.search(command):
        result = CliRunner().invoke(main, shlex.split(command)[1:], prog_name="cleaning")
        assert result.exit_code == 0, result.output
        return result.stdout
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT)}
    shell = ["bash", "-euo", "pipefail", "-c", command]
    ended = subprocess.run(shell, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert ended.returncode == 0, f"{command}\n{ended.stderr}"
    return ended.stdout

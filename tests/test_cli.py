"""The command line: each command does what its help says, says errors in a line, and ends with a status CI can use."""

from __future__ import annotations

import io
import os
import pty
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result
from corpora import SEEDS, article

import cleaning
from cleaning import rules
from cleaning.cli import main
from cleaning.settings import Settings

if TYPE_CHECKING:
    from conftest import Command

PAGE = f"<html><head><title>Rain</title></head><body><article><p>{article(1, 8)}</p></article></body></html>"
SEED = str(SEEDS / "001_f93bb066681b8fc3.txt")


def run(*arguments: str, given: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, arguments, input=given)


@pytest.mark.parametrize("command", ["", *main.commands])
@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_help_has_an_example(command: str, flag: str) -> None:
    ended = run(*command.split(), flag)
    assert ended.exit_code == 0
    _, found, examples = ended.stdout.partition("\n  Example")
    assert found
    assert f"\n    cleaning {command}" in examples


def test_the_commands_are_those_that_were_promised() -> None:
    assert set(main.commands) == {
        *("build", "unlock", "clean", "explain", "validate", "diff", "publish", "rules", "settings", "card"),
        "review",
    }


def test_the_version_is_that_of_the_package() -> None:
    assert run("--version").stdout == f"cleaning, version {cleaning.__version__}\n"


def test_build_sums_up(seeds_command: Command) -> None:
    said = [line.split() for line in seeds_command.result.stdout.splitlines()]
    assert ["read", "5"] in said
    assert ["kept", "6"] in said
    assert ["split", "off", "1"] in said
    assert any(line[0] == "caption" and int(line[1].replace(",", "")) > 500 for line in said if line)
    assert any(line[:1] == ["validation:"] and line[1] == line[3] for line in said)  # 36 of 36
    assert ["release:", str(seeds_command.release)] in said
    warnings = seeds_command.result.stderr.splitlines()
    assert warnings
    assert all(line.startswith("warning: ") for line in warnings)


def test_clean_prints_the_text() -> None:
    text = Path(SEED).read_text("utf-8")
    assert run("clean", SEED).stdout == cleaning.clean_text(text).text + "\n"
    assert "[ad_1]" not in run("clean", SEED).stdout


@pytest.mark.parametrize("given", [article(1, 8), PAGE, article(1, 8).encode("utf-16")])
def test_clean_reads_standard_input(given: str | bytes) -> None:
    assert run("clean", "-", given=given).stdout.split() == article(1, 8).split()


def test_the_kind_of_a_file_can_be_told(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(PAGE)
    assert "<p>" not in run("clean", str(file)).stdout
    assert "<p>" in run("clean", "--text", str(file)).stdout
    assert "<p>" not in run("clean", "--html", "-", given=f"<p>{article(1, 8)}</p>").stdout


@pytest.mark.parametrize("command", ["clean", "explain"])
def test_a_language_without_rules_is_warned_of(command: str) -> None:
    assert "warning: --language klingon: no rules" in run(command, "--language", "klingon", "-", given="Rain.").stderr
    assert run(command, "--language", "pt-BR", "-", given="Rain.").stderr == ""


def test_the_language_of_a_file_can_be_told() -> None:
    text = f"{article(1, 8)}\n\nLaissez un commentaire"
    assert "Laissez un commentaire" in run("clean", "-", given=text).stdout
    assert "Laissez un commentaire" not in run("clean", "--language", "fr", "-", given=text).stdout


def test_settings_change_what_is_cut(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('[boilerplate]\nwithout = ["common.ad-marker"]\n')
    assert "[ad_1]" in run("clean", SEED, "--config", str(file)).stdout


def test_explain_names_each_cut() -> None:
    said = run("explain", SEED).stdout
    assert "[-[ad_1]-]{common.ad-marker: advertisement}" in said
    assert "headline" in said
    assert said.count("common.ad-marker") == 2


def test_explain_shows_each_repair() -> None:
    said = run("explain", "-", given=article(1, 8).replace(" of ", "\xa0of "))
    assert "space.no-break" in said.stdout


def test_rules_prints_the_support_table() -> None:
    said = run("rules").stdout
    for tag in rules.languages():
        assert f"│ {tag} " in said


def test_rules_of_a_language_show_their_examples() -> None:
    said = run("rules", "fr").stdout
    language = rules.load("fr")
    assert language
    for rule in language.rules:
        assert f"fr.{rule.name} {rule.reason.value}, {rule.where.value}" in said
        assert all(f"  - {line}\n" in said for line in rule.strips)
        assert all(f"  + {line}\n" in said for line in rule.keeps)


def test_settings_print_what_can_be_loaded_again(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(run("settings").stdout, "utf-8")
    assert Settings.load(file) == Settings()
    file.write_text("[quality]\nmin_chars = 7\n")
    printed = run("settings", "--config", str(file)).stdout
    assert Settings.of(tomllib.loads(printed)) == Settings.load(file)
    assert "min_chars = 7  # a shorter clean text is dropped" in printed


def test_validate_says_that_all_promises_hold(seeds_release: Path) -> None:
    ended = run("validate", str(seeds_release))
    assert ended.exit_code == 0
    *promises, last = ended.stdout.splitlines()
    assert len(promises) >= 30
    assert all(line.startswith("holds") for line in promises)
    assert last == f"validation: {len(promises)} of {len(promises)} promises hold"


def test_validate_says_which_promise_is_broken(seeds_release: Path, tmp_path: Path) -> None:
    release = tmp_path / "release"
    shutil.copytree(seeds_release, release)
    (file,) = (release / "data").iterdir()
    table = pq.read_table(file).to_pylist()
    table[0]["n_chars"] += 1
    pq.write_table(pq.read_table(file).from_pylist(table, schema=pq.read_schema(file)), file)
    ended = run("validate", str(release))
    assert ended.exit_code == 1
    broken = [line for line in ended.stdout.splitlines() if line.startswith("BROKEN")]
    assert any("characters-counted: 1 of 6" in line and table[0]["id"] in line for line in broken)
    assert any("files-unchanged: 1 of " in line and file.name in line for line in broken)


def test_validate_says_what_could_not_be_checked(seeds_release: Path, tmp_path: Path) -> None:
    release = tmp_path / "release"
    shutil.copytree(seeds_release, release)
    (file,) = (release / "data").iterdir()
    file.write_bytes(file.read_bytes()[:2000])
    ended = run("validate", str(release))
    assert ended.exit_code == 2
    assert ended.stderr.startswith(f"error: {file}: not a Parquet file")


@pytest.mark.parametrize(
    "arguments",
    [["nonsense"], ["build"], ["build", str(SEEDS)], ["clean", "nowhere.txt"], ["clean"], ["validate", "nowhere"], []],
)
def test_a_command_that_makes_no_sense_is_refused(arguments: list[str]) -> None:
    ended = run(*arguments)
    assert ended.exit_code == 2
    assert "Usage: " in ended.stderr


@pytest.mark.parametrize(
    "arguments", [["--debug", "rules", "xx"], ["rules", "--debug", "xx"], ["rules", "xx", "--debug"]]
)
def test_debug_shows_where_an_error_comes_from(arguments: list[str]) -> None:
    plain, traced = run("rules", "xx"), run(*arguments)
    assert plain.exit_code == traced.exit_code == 2
    assert plain.stderr.startswith("error: ")
    assert plain.stderr.count("\n") == 1
    assert traced.stderr.startswith("Traceback (most recent call last):")
    assert traced.stderr.endswith(plain.stderr)


@pytest.mark.parametrize("command", list(main.commands))
def test_every_command_can_be_debugged(command: str) -> None:
    assert "--debug" in run(command, "--help").stdout


def test_debug_is_heard_before_the_settings_are_read(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("[quality]\nmin_char = 1\n")
    ended = run("settings", "--config", str(tmp_path / "settings.toml"), "--debug")
    assert ended.exit_code == 2
    assert ended.stderr.startswith("Traceback (most recent call last):")


def test_a_bug_is_no_broken_promise(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("no such luck")

    monkeypatch.setattr("cleaning.single.clean_file", fail)
    ended = run("clean", SEED)
    assert ended.exit_code == 2
    assert ended.stderr.startswith("Traceback (most recent call last):")
    assert ended.stderr.endswith("ZeroDivisionError: no such luck\n")


@pytest.mark.parametrize(
    ("shell", "sign"), [("bash", "complete -o"), ("zsh", "#compdef cleaning"), ("fish", "--command cleaning")]
)
def test_shells_are_told_how_to_complete(shell: str, sign: str) -> None:
    ended = CliRunner().invoke(main, prog_name="cleaning", env={"_CLEANING_COMPLETE": f"{shell}_source"})
    assert ended.exit_code == 0
    assert sign in ended.stdout


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("cleaning va", {"validate"}),
        ("cleaning rules s", {"sk", "sl", "sr", "sv", "sw"}),
        ("cleaning build --engine n", {"native"}),
        ("cleaning explain --ur", {"--url"}),
    ],
)
def test_what_is_typed_is_completed(typed: str, offered: set[str]) -> None:
    asked = {"_CLEANING_COMPLETE": "bash_complete", "COMP_WORDS": typed, "COMP_CWORD": str(typed.count(" "))}
    ended = CliRunner().invoke(main, prog_name="cleaning", env=asked)
    assert {line.partition(",")[2] for line in ended.stdout.splitlines()} == offered


def test_the_module_is_the_command() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "cleaning", "rules", "xx"], capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (2, "", run("rules", "xx").stderr)


def test_output_that_is_piped_has_no_colours() -> None:
    for arguments in (["explain", SEED], ["rules"], ["rules", "fr"], ["rules", "xx"]):
        assert "\x1b" not in run(*arguments).output


@pytest.mark.parametrize("switch", ["", "1"])
@pytest.mark.parametrize("arguments", [["explain", SEED], ["rules", "xx"]], ids=["result", "error"])
def test_a_terminal_has_colours_unless_they_are_unwanted(switch: str, arguments: list[str]) -> None:
    said = in_terminal([sys.executable, "-m", "cleaning", *arguments], {"NO_COLOR": switch, "TERM": "xterm-256color"})
    assert ("\x1b[" in said) == (not switch)
    assert "error: " in said or "common.ad-marker" in said


def in_terminal(command: list[str], changes: dict[str, str]) -> str:
    """Return what a command prints to a terminal, output and errors together."""
    ours, theirs = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if name != "FORCE_COLOR"} | changes
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment):
        os.close(theirs)
        said = io.BytesIO()
        try:
            while chunk := os.read(ours, 4096):
                said.write(chunk)
        except OSError:  # the other end is closed: everything has been said
            pass
        os.close(ours)
    return said.getvalue().decode()

"""A template of one's own makes the card, and what is wrong with it is told before a build begins."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from corpora import SEEDS
from written import whole

from cleaning import build
from cleaning.cli import main
from cleaning.errors import SettingsError
from cleaning.release.card import write_card
from cleaning.release.manifest import read_manifest
from cleaning.release.sums import sha256
from cleaning.release.template import NAMES, card_template, shipped_template
from cleaning.settings import Settings


def settings(folder: Path, template: str) -> Settings:
    (folder / "mine.md").write_text(template, "utf-8")
    (folder / "settings.toml").write_text('[card]\nname = "Rivers"\ntemplate = "mine.md"\n', "utf-8")
    return Settings.load(folder / "settings.toml")


def test_what_is_printed_is_what_is_used() -> None:
    printed = CliRunner().invoke(main, ["card"]).stdout
    assert printed == shipped_template()
    assert printed.startswith("---\n{{ front_matter }}\n---\n")


def test_the_shipped_template_edited_makes_the_card(tmp_path: Path) -> None:
    mine = shipped_template().replace("## Personal data\n", "## Personal data\n\nWritten by *hand*.\n")
    whole(tmp_path / "release", settings=settings(tmp_path, mine))
    whole(tmp_path / "usual", settings=Settings.of({"card": {"name": "Rivers"}}))
    mine, usual = ((tmp_path / name / "README.md").read_text("utf-8") for name in ("release", "usual"))
    assert mine == usual.replace("## Personal data\n", "## Personal data\n\nWritten by *hand*.\n")


def test_the_manifest_names_the_template_and_not_its_place(tmp_path: Path) -> None:
    whole(tmp_path / "release", settings=settings(tmp_path, "# {{ name }}\n"))
    whole(tmp_path / "other", settings=Settings.of({"card": {"name": "Rivers", "template": str(tmp_path / "mine.md")}}))
    manifest = read_manifest(tmp_path / "release")
    assert manifest["template"] == {"name": "mine.md", "sha256": sha256(tmp_path / "mine.md")}
    assert (tmp_path / "release" / "README.md").read_text() == "# Rivers\n"
    assert (tmp_path / "release" / "SHA256SUMS").read_bytes() == (tmp_path / "other" / "SHA256SUMS").read_bytes()


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{{ name", "line 1: unexpected end of template"),
        ("\n{% if %}", "line 2: "),
        ("\n\n{{ nam }}", "line 3: a card has no nam;"),
        ("{{ card.licence }}", r"line 1: a card has no card\.licence;"),
        ("{{ statistics.words }} {{ statistics.word }}", r"a card has no statistics\.word;"),
        ("{{ name | shout }}", "No filter named 'shout'"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, template: str, message: str) -> None:
    with pytest.raises(SettingsError, match=rf"card\.template: .*mine\.md.*{message}"):
        card_template(settings(tmp_path, template).card)


@pytest.mark.parametrize("template", ["{{ counts.none }}", "{{ ''.__class__.__mro__ }}"])
def test_what_only_shows_when_it_is_filled_is_told_too(tmp_path: Path, template: str) -> None:
    with pytest.raises(SettingsError, match=r"card\.template: .*mine\.md"):
        whole(tmp_path / "release", settings=settings(tmp_path, template))


def test_a_build_does_not_begin_with_one_that_is_not_there(tmp_path: Path) -> None:
    wrong = Settings.of({"card": {"template": str(tmp_path / "mine.md")}})
    with pytest.raises(SettingsError, match=r"mine\.md: No such file"):
        build(SEEDS, tmp_path / "release", settings=wrong)
    assert list(tmp_path.iterdir()) == []


def test_all_that_a_template_can_ask_for_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, object] = {}
    monkeypatch.setattr("cleaning.release.card.render", lambda _, **values: given.update(values) or "")
    whole(tmp_path / "release")
    assert write_card.__module__ == "cleaning.release.card"
    assert set(given) == NAMES

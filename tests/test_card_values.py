"""What has a form of its own in the card's settings is refused in any other, and told by its key."""

from __future__ import annotations

import pickle
import tomllib
from pathlib import Path

import pytest

from cleaning.errors import SettingsError
from cleaning.settings import Settings


def card(toml: str) -> object:
    key = toml.partition("=")[0].strip()
    return getattr(Settings.of(tomllib.loads(f"[card]\n{toml}")).card, key)


@pytest.mark.parametrize("version", ["1.0.0", "0.3.12", "2.0.0-rc.1", "1.0.0+2024"])
def test_versions(version: str) -> None:
    assert card(f'version = "{version}"') == version


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        *(
            (f'version = "{wrong}"', "version: not a semantic version")
            for wrong in ("v1.0.0", "1.0", "01.0.0", "1.0.0 ")
        ),
        ('published = "2024-13-01"', "published: not a day"),
        ('published = "20240501"', "published: not a day"),
        ('published = "May 2024"', "published: not a day"),
        ("published = 2024-05-01T10:00:00", "published: "),
        ('collected = ["2024-05-01", "2023-05-01"]', "collected: give the first and the last day"),
        ('collected = ["2024"]', "collected.0: not a day"),
        ('tags = [""]', "tags.0: is empty"),
        ('tasks = ["Text Generation"]', "tasks.0: not a task as the Hub names them"),
        ('creators = "Someone"', "creators: "),
    ],
)
def test_other_forms_are_refused(toml: str, message: str) -> None:
    with pytest.raises(SettingsError) as raised:
        card(toml)
    assert str(raised.value).startswith(f"card.{message}")


def test_days_can_be_dates_of_toml() -> None:
    assert card("published = 2024-05-01") == "2024-05-01"
    assert card('collected = [2024-05-01, "2024-06-01"]') == ["2024-05-01", "2024-06-01"]


def test_a_template_is_looked_for_beside_the_settings(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('[card]\ntemplate = "mine.md"\n')
    settings = Settings.load(tmp_path / "settings.toml")
    assert settings.card.template_path == tmp_path / "mine.md"
    assert pickle.loads(pickle.dumps(settings)).card.template_path == tmp_path / "mine.md"
    assert settings.card.template == "mine.md"
    assert Settings.of({"card": {"template": "mine.md"}}).card.template_path == Path("mine.md")
    assert Settings().card.template_path is None

"""Commands that show what comes with the package: rules, settings, and the template of the card."""

from __future__ import annotations

import click

from ..settings import Settings
from .commands import Command
from .options import CONFIG


def _tags(_ctx: click.Context, _param: click.Parameter, begun: str) -> list[str]:
    """Return the languages that there are rules for, to complete what is begun."""
    from ..rules import languages  # noqa: PLC0415

    return [tag for tag in languages() if tag.startswith(begun)]


@click.command(cls=Command, epilog="\b\nExamples:\n  cleaning rules\n  cleaning rules ar")
@click.argument("language", required=False, shell_complete=_tags)
def rules(language: str | None) -> None:
    """Show what each language has, or the rules of LANGUAGE with their examples."""
    from ..terminal.show import print_language, print_languages  # noqa: PLC0415

    if language:
        print_language(language)
    else:
        print_languages()


@click.command(cls=Command, epilog="\b\nExample:\n  cleaning settings > settings.toml")
@CONFIG
def settings(settings: Settings) -> None:
    """Print all settings with their values and what they mean, as a TOML file to edit."""
    click.echo(settings.to_toml(), nl=False)


@click.command(cls=Command, epilog="\b\nExample:\n  cleaning card > my_card.md")
def card() -> None:
    """Print the template of the dataset card, to be edited and named by the setting card.template."""
    from ..release.template import shipped_template  # noqa: PLC0415

    click.echo(shipped_template(), nl=False)

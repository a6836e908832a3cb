"""Commands about one document."""

from __future__ import annotations

from pathlib import Path

import click

from ..settings import Settings
from .commands import Command
from .options import CONFIG, DOCUMENT, JSON, KIND, LANGUAGE, URL


@click.command(cls=Command, epilog="\b\nExamples:\n  cleaning clean page.html\n  cat article.txt | cleaning clean -")
@DOCUMENT
@KIND
@LANGUAGE
@URL
@CONFIG
def clean(file: str, html: bool | None, language: str | None, url: str | None, settings: Settings) -> None:
    """Print the clean text of FILE (or of standard input, when it is -).

    The headline is not part of the text; `cleaning explain` shows it, and everything that was cut.
    """
    from ..single import clean_file  # noqa: PLC0415

    _warn(language)
    click.echo(clean_file(file, html=html, language=language, url=url, settings=settings).text)


@click.command(
    cls=Command,
    epilog="\b\nExamples:\n"
    "  cleaning explain page.html\n"
    "  cleaning explain article.txt | less -R\n"
    "  cleaning explain release --id 0646e2a50e5a663c547471f8c9e47817",
)
@click.argument("file", type=click.Path(exists=True, allow_dash=True), metavar="FILE|RELEASE")
@click.option("--id", "name", metavar="ID", help="Show the document of RELEASE, kept or dropped, that has this id.")
@JSON
@KIND
@LANGUAGE
@URL
@CONFIG
def explain(  # noqa: PLR0913  (click hands over each option by name)
    *,
    file: str,
    name: str | None,
    as_json: bool,
    html: bool | None,
    language: str | None,
    url: str | None,
    settings: Settings,
) -> None:
    """Show FILE with every cut marked and named, and every repair.

    Of a RELEASE, show the document with the id --id as it is in its tables. A copy is shown beside the document that
    was kept: [-what only the copy says-], {+what only the kept one says+}.
    """
    from ..terminal.explained import print_file, print_record  # noqa: PLC0415

    if name is not None and (html is not None or language or url):
        raise click.UsageError("--html, --text, --language and --url are for a FILE; a release says all that of --id.")
    if name is not None:
        print_record(Path(file), name, as_json=as_json)
    elif Path(file).is_dir():
        raise click.UsageError(f"{file} is a folder: say which document of the release with --id ID.")
    else:
        _warn(language)
        print_file(file, html=html, language=language, url=url, settings=settings, as_json=as_json)


def _warn(language: str | None) -> None:
    """Say so when a language that was given has no rules: it may be misspelt."""
    from .. import rules  # noqa: PLC0415

    if language and language.partition("-")[0].lower() not in {tag.partition("-")[0] for tag in rules.languages()}:
        click.echo(
            f"warning: --language {language}: no rules; only those of all languages and of English are used, and the "
            "classifiers. `cleaning rules` lists what there is.",
            err=True,
        )

"""Arguments and options that several commands have."""

from __future__ import annotations

from pathlib import Path

import click

from ..settings import Settings

CONFIG = click.option(
    "--config",
    "settings",
    type=click.Path(dir_okay=False, path_type=Path),
    callback=lambda _ctx, _param, path: Settings.load(path) if path else Settings(),
    help="Settings as a TOML file; `cleaning settings` prints one with all defaults.",
)
DOCUMENT = click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
KIND = click.option(
    "--html/--text", default=None, help="What FILE holds; by default its name or first characters tell."
)
LANGUAGE = click.option(
    "--language", metavar="TAG", help="The text's language as a BCP 47 tag; otherwise it is detected."
)
JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object, for machines.")
URL = click.option("--url", help="The page's address, which helps to find its date and source.")
EXPECTATIONS = click.option(
    "--expectations",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Suites of your own, as *.json; *.py files beside them are run. See docs/promises.md.",
)
LAST = click.option(
    "--last",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="RELEASE",
    help="The release before; what changed since then must be within bounds.",
)
SUMMARY = click.option(
    "--summary",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Append a summary in Markdown to this file, such as $GITHUB_STEP_SUMMARY.",
)

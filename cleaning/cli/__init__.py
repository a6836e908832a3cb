"""The command line, a file for each kind of thing that one does; the work is done elsewhere."""

from __future__ import annotations

import click

from .. import __version__
from .builds import build, unlock
from .commands import DEBUG, Commands
from .documents import clean, explain
from .releases import diff, publish, validate
from .reviews import review
from .shown import card, rules, settings

__all__ = ["main"]


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="\b\nExamples:\n"
    "  cleaning build pages/ --output release     raw files in, a validated dataset out\n"
    "  cleaning explain page.html                 what would be cut, and why",
)
@click.option("--debug", is_flag=True, help=DEBUG)
@click.version_option(__version__, prog_name="cleaning")
def main(debug: bool) -> None:
    """Clean scraped documents and publish them as a dataset that can be trusted."""


for _command in (build, unlock, clean, explain, validate, diff, publish, review, rules, settings, card):
    main.add_command(_command)

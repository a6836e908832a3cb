"""The command that asks a person about cuts."""

from __future__ import annotations

from pathlib import Path

import click

from .commands import Command


@click.command(
    cls=Command,
    epilog="\b\nExamples:\n"
    "  cleaning review release\n"
    "  cleaning review release --rule en.byline --sample 50\n"
    "  cleaning review release --summary",
)
@click.argument("release", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--verdicts",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Where verdicts go; by default RELEASE.verdicts.jsonl, beside the release.",
)
@click.option("--summary", is_flag=True, help="Say what the verdicts come to, and ask nothing.")
@click.option("--sample", type=click.IntRange(1, 5000), default=200, show_default=True, help="How many cuts to show.")
@click.option("--rule", metavar="NAME", help="Only cuts by this rule, such as en.byline.")
@click.option("--language", metavar="TAG", help="Only cuts of documents in this language.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port of the page; by default any that is free.")
@click.option("--no-browser", is_flag=True, help="Print the address and open nothing.")
def review(  # noqa: PLR0913  (click hands over each option by name)
    *,
    release: Path | None,
    verdicts: Path | None,
    summary: bool,
    sample: int,
    rule: str | None,
    language: str | None,
    port: int,
    no_browser: bool,
) -> None:
    """Say which cuts of RELEASE are right, in a page that this machine alone can open, until Ctrl-C.

    With --summary: how many cuts of each rule and language are right, with 95 % intervals, and the wrong ones as
    examples to be pasted into the rules.
    """
    from ..terminal.review import serve, summarise  # noqa: PLC0415

    if summary and (release or verdicts):
        summarise(release, verdicts, rule=rule, language=language)
    elif release:
        serve(
            release,
            verdicts=verdicts,
            port=port,
            sample=sample,
            rule=rule,
            language=language,
            browser=not no_browser,
        )
    else:
        raise click.UsageError("say which RELEASE, or with --summary which --verdicts.")

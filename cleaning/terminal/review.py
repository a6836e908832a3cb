"""What `cleaning review` does in the terminal: it serves the page until Ctrl-C, or prints what was said."""

from __future__ import annotations

import webbrowser
from collections.abc import Iterable
from pathlib import Path

import click
from rich.table import Table

from ..errors import InputError, OutputError
from ..release import Release
from ..review.cuts import asked
from ..review.server import Review, ReviewServer
from ..review.summary import Precision, keeps, precision
from ..review.verdicts import file_of, read
from .show import print_table


def serve(  # noqa: PLR0913  (what the command line says, by name)
    release: Path,
    *,
    verdicts: Path | None,
    port: int,
    sample: int,
    rule: str | None,
    language: str | None,
    browser: bool,
) -> None:
    """Ask about cuts of a release until Ctrl-C.

    Raises:
        InputError: no cut is as wanted, or the file of verdicts is damaged.
        OutputError: the folder is no release, the verdicts would be in it, or the port is taken.
    """
    path = Release.open(release).path
    file = file_of(path, verdicts)
    review = Review(path.resolve().name, asked(path, sample, rule=rule, language=language), file)
    try:
        server = ReviewServer(review, port)
    except OSError as error:
        raise OutputError(f"port {port}: {error.strerror}: choose another with --port") from error
    click.echo(f"{len(review.asked)} cuts, {review.judged} of them judged; verdicts go to {file}")
    click.echo(f"{server.url}\nCtrl-C ends it.")
    if browser:
        webbrowser.open(server.url)
    with server:
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            click.echo(f"\n{review.judged} of {len(review.asked)} judged: `cleaning review {release} --summary`")


def summarise(release: Path | None, verdicts: Path | None, *, rule: str | None, language: str | None) -> None:
    """Print precision by rule and by language, and the wrong cuts as examples for their rules.

    Args:
        release: whose verdicts are meant, if ``verdicts`` does not say so.
        verdicts: their file.
        rule: only verdicts on this rule.
        language: only verdicts on documents in this language.

    Raises:
        InputError: there are no verdicts, or their file is damaged.
    """
    file = file_of(release, verdicts) if release else verdicts
    every = list(read(file).values()) if file else []
    said = [one for one in every if rule in {None, one["rule"]} and language in {None, one["language"]}]
    if every and not said:
        raise InputError(f"{file}: none of its {len(every)} verdicts is on such a rule or language")
    if not said:
        raise InputError(f"{file}: there are no verdicts yet: `cleaning review RELEASE` asks for some")
    for by in ("rule", "language"):
        _print_precision(by, precision(said, by))
    if examples := keeps(said):
        click.echo(examples)


def _print_precision(by: str, found: Iterable[Precision]) -> None:
    table = Table(box=None, padding=(0, 2, 0, 0))
    table.add_column(by, overflow="fold")
    for name in ("right", "judged", "precision", "95 % interval"):
        table.add_column(name, justify="right", no_wrap=True)
    for item in found:
        low, high = item.interval
        share = f"{item.right / item.judged:.1%}"
        table.add_row(item.name, f"{item.right:,}", f"{item.judged:,}", share, f"{low:.1%} to {high:.1%}")
    print_table(table)
    click.echo()

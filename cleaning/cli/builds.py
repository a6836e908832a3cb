"""Commands that make a release."""

from __future__ import annotations

from pathlib import Path

import click

from ..engine import EngineName
from ..settings import Settings
from .commands import Command
from .options import CONFIG, EXPECTATIONS, JSON, LAST, SUMMARY


@click.command(
    cls=Command, epilog="\b\nExample:\n  cleaning build seeds more/*.jsonl.gz --output release --config settings.toml"
)
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option(
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    help="The release folder; it must not exist, but for --overwrite.",
)
@CONFIG
@click.option(
    "--previous",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="RELEASE",
    help="Leave out what this earlier release has already; can be given several times.",
)
@click.option(
    "--takedown",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Leave out the documents whose ids or addresses this file lists, one a line, and their copies.",
)
@LAST
@EXPECTATIONS
@SUMMARY
@click.option("--engine", type=click.Choice(["native", "ray"]), default="native", show_default=True)
@click.option("--overwrite", is_flag=True, help="Replace the release that is there, once the new one is complete.")
@click.option("--quiet", is_flag=True, help="No progress, no warnings and no summary.")
@JSON
def build(  # noqa: PLR0913  (click hands over each option by name)
    *,
    inputs: tuple[str, ...],
    output: Path,
    settings: Settings,
    previous: tuple[Path, ...],
    takedown: Path | None,
    last: Path | None,
    expectations: Path | None,
    summary: Path | None,
    engine: str,
    overwrite: bool,
    quiet: bool,
    as_json: bool,
) -> None:
    """Clean everything in INPUT... and publish it as a validated dataset.

    INPUT is a folder, a file, a glob or a URL: .txt, .html, .jsonl, .json, .csv, .tsv, .parquet, .arrow, and web
    archives as .warc and .wet, also compressed; or a dataset on the Hub, as hf://datasets/ORG/NAME. When a promise does
    not hold, nothing is published; what was made is kept in OUTPUT.refused.

    Exit status: 0 published, 1 a promise is broken, 2 it could not be done.
    """
    from ..corpus.build import build as run  # noqa: PLC0415
    from ..terminal.machine import print_build  # noqa: PLC0415
    from ..terminal.progress import watching  # noqa: PLC0415
    from ..terminal.show import print_summary  # noqa: PLC0415
    from ..validate.summary import append_summary, summarized  # noqa: PLC0415

    name: EngineName = "ray" if engine == "ray" else "native"
    with summarized(summary), watching(quiet=quiet) as watch:
        release = run(
            inputs,
            output,
            settings=settings,
            previous=previous,
            takedown=takedown,
            last=last,
            expectations=expectations,
            engine=name,
            overwrite=overwrite,
            watch=watch,
        )
    if watch.result and summary:
        append_summary(summary, output.name, release.counts, watch.result[1])
    if watch.result and as_json:
        print_build(release, *watch.result, watch.warnings)
    elif watch.result and not quiet:
        print_summary(release, *watch.result)


@click.command(cls=Command, epilog="\b\nExample:\n  cleaning unlock release")
@click.argument("output", type=click.Path(path_type=Path))
def unlock(output: Path) -> None:
    """Break the lock of a build of OUTPUT that hangs, or whose machine is gone.

    What it has cleaned stays: the next build takes up from it. If the build still runs, it publishes nothing.
    """
    from ..release.folder import unlock as run  # noqa: PLC0415

    owner = run(output)
    click.echo(f"{output}: " + (f"the lock of {owner} is broken" if owner else "is not locked"))

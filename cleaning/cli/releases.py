"""Commands about a release that is there: whether it holds, what changed, where it is published."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from .commands import Command
from .options import EXPECTATIONS, JSON, LAST, SUMMARY


@click.command(
    cls=Command,
    epilog="\b\nExamples:\n  cleaning validate release\n"
    "  cleaning validate release --last releases/2026-19 --junit promises.xml",
)
@click.argument("release", type=click.Path(exists=True, file_okay=False, path_type=Path))
@LAST
@EXPECTATIONS
@SUMMARY
@click.option(
    "--junit",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the verdict in JUnit's form, which CI systems show.",
)
@JSON
def validate(  # noqa: PLR0913  (click hands over each option by name)
    *,
    release: Path,
    last: Path | None,
    expectations: Path | None,
    summary: Path | None,
    junit: Path | None,
    as_json: bool,
) -> None:
    """Check that RELEASE keeps its promises, and that its files are those that were published.

    Exit status: 0 all hold, 1 a promise is broken, 2 they could not be checked.
    """
    from ..release.check import check  # noqa: PLC0415
    from ..release.manifest import read_manifest  # noqa: PLC0415
    from ..terminal import machine, show  # noqa: PLC0415
    from ..validate.summary import append_summary  # noqa: PLC0415
    from ..validate.written import write_junit  # noqa: PLC0415

    verdict = check(release, expectations=expectations, last=last)
    if as_json:
        machine.print_verdict(release, verdict)
    else:
        show.print_verdict(verdict)
    if junit:
        write_junit(junit, verdict)
    if summary:
        append_summary(summary, release.resolve().name, read_manifest(release)["counts"], verdict)
    sys.exit(0 if verdict.holds else 1)


@click.command(
    cls=Command,
    epilog="\b\nExamples:\n  cleaning diff release-1 release-2\n  cleaning diff release-1 release-2 --json --exit-code",
)
@click.argument("old", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("new", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--json", "form", flag_value="json", help="One JSON object, for machines.")
@click.option("--markdown", "form", flag_value="markdown", help="Markdown, for a changelog or the summary of a job.")
@click.option("--exit-code", is_flag=True, help="End with 1 if the releases differ.")
def diff(*, old: Path, new: Path, form: str | None, exit_code: bool) -> None:
    """Show what changed from the release OLD to the release NEW, and which version number NEW should have."""
    from ..release.diff import diff as compare  # noqa: PLC0415
    from ..release.diff.markdown import markdown  # noqa: PLC0415
    from ..terminal.difference import print_difference  # noqa: PLC0415

    found = compare(old, new)
    if form == "json":
        click.echo(json.dumps(found.to_dict(), ensure_ascii=False, indent=1))
    elif form == "markdown":
        click.echo(markdown(found), nl=False)
    else:
        print_difference(found)
    sys.exit(1 if exit_code and not found.is_empty else 0)


@click.command(
    cls=Command,
    epilog="\b\nExamples:\n"
    "  cleaning publish release user/name --tag v1.2.0\n"
    "  cleaning publish release s3://bucket/corpus --dry-run\n"
    "  cleaning publish release ./elsewhere/corpus",
)
@click.argument("release", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("destination")
@click.option("--tag", default="", metavar="TAG", help="What the version is called; else v and card.version, if set.")
@click.option("--private", is_flag=True, help="Make the repository private, if it is not there yet.")
@click.option("--revision", default="", metavar="BRANCH", help="The branch; main, unless you say otherwise.")
@click.option("--message", default="", metavar="TEXT", help="The commit's message.")
@click.option("--dry-run", is_flag=True, help="Only say what would be sent, removed and tagged.")
@click.option("--quiet", is_flag=True, help="No progress, and nothing but errors.")
def publish(  # noqa: PLR0913  (click hands over each option by name)
    *, release: Path, destination: str, tag: str, private: bool, revision: str, message: str, dry_run: bool, quiet: bool
) -> None:
    """Publish RELEASE on the Hugging Face Hub, in a store such as S3, or as another folder.

    DESTINATION is USER/NAME for a dataset of the Hub, an address such as s3://bucket/path, or a folder such as
    ./folder. A release that does not hold its promises is not published. What is there already is not sent again, and
    an interrupted run is taken up by the same command. --tag, --private, --revision and --message are for the Hub.

    Exit status: 0 published, 1 a promise is broken, 2 it could not be done.
    """
    from ..release.publish import publish as run  # noqa: PLC0415
    from ..terminal.progress import watching  # noqa: PLC0415
    from ..terminal.published import print_publication  # noqa: PLC0415

    with watching(quiet=quiet) as watch:
        publication = run(
            release,
            destination,
            tag=tag,
            private=private,
            revision=revision,
            message=message,
            dry_run=dry_run,
            watch=watch,
        )
    if not quiet:
        print_publication(publication)

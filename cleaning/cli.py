"""The command line; the work is done elsewhere."""

from __future__ import annotations

import json
import os
import sys
import traceback
from pathlib import Path
from typing import Any

import click

from . import __version__
from .engine import EngineName
from .errors import BrokenPromiseError, CleaningError
from .settings import Settings
from .terminal import asking

_CONFIG = click.option(
    "--config",
    "settings",
    type=click.Path(dir_okay=False, path_type=Path),
    callback=lambda _ctx, _param, path: Settings.load(path) if path else Settings(),
    help="Settings as a TOML file; `cleaning settings` prints one with all defaults.",
)
_DOCUMENT = click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
_KIND = click.option(
    "--html/--text", default=None, help="What FILE holds; by default its name or first characters tell."
)
_LANGUAGE = click.option(
    "--language", metavar="TAG", help="The text's language as a BCP 47 tag; otherwise it is detected."
)
_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object, for machines.")
_DEBUG = "Show the whole trace of an error."
_URL = click.option("--url", help="The page's address, which helps to find its date and source.")
_EXPECTATIONS = click.option(
    "--expectations",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Suites of your own, as *.json; *.py files beside them are run. See docs/promises.md.",
)
_LAST = click.option(
    "--last",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="RELEASE",
    help="The release before; what changed since then must be within bounds.",
)
_SUMMARY = click.option(
    "--summary",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Append a summary in Markdown to this file, such as $GITHUB_STEP_SUMMARY.",
)


class _Command(click.Command):
    """A command that takes ``--debug`` too: nobody remembers on which side of its name it belongs."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.params.append(
            click.Option(
                ["--debug"], is_flag=True, is_eager=True, expose_value=False, callback=_hear_debug, help=_DEBUG
            )
        )


def _hear_debug(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        ctx.find_root().params["debug"] = True


def _tags(_ctx: click.Context, _param: click.Parameter, begun: str) -> list[str]:
    """Return the languages that there are rules for, to complete what is begun."""
    from .rules import languages  # noqa: PLC0415

    return [tag for tag in languages() if tag.startswith(begun)]


class _Commands(click.Group):
    """Shows errors that a user can do something about in one line, and ends with the exit status that CI expects."""

    command_class = _Command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except CleaningError as error:
            if ctx.params.get("debug"):
                traceback.print_exc()
            message = f"error: {error}"
            click.echo(message if os.environ.get("NO_COLOR") else click.style(message, fg="red"), err=True)
            return ctx.exit(1 if isinstance(error, BrokenPromiseError) else 2)
        except KeyboardInterrupt:
            click.echo("interrupted: nothing is published; the same command takes up where it stopped", err=True)
            os._exit(130)  # threads of the engine may still be at work, and abort a process that ends in order
        except (click.ClickException, click.Abort, click.exceptions.Exit, BrokenPipeError):
            raise
        except Exception:
            traceback.print_exc()
            return ctx.exit(2)  # Python's own 1 would say that a promise is broken


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="\b\nExamples:\n"
    "  cleaning build pages/ --output release     raw files in, a validated dataset out\n"
    "  cleaning explain page.html                 what would be cut, and why",
)
@click.option("--debug", is_flag=True, help=_DEBUG)
@click.version_option(__version__, prog_name="cleaning")
def main(debug: bool) -> None:
    """Clean scraped documents and publish them as a dataset that can be trusted."""


@main.command(epilog="\b\nExample:\n  cleaning build seeds more/*.jsonl.gz --output release --config settings.toml")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--output", required=True, type=click.Path(path_type=Path), help="The release folder; it must not exist.")
@_CONFIG
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
@_LAST
@_EXPECTATIONS
@_SUMMARY
@click.option("--engine", type=click.Choice(["native", "ray"]), default="native", show_default=True)
@click.option("--overwrite", is_flag=True, help="Replace the release that is there, once the new one is complete.")
@click.option("--quiet", is_flag=True, help="No progress, no warnings and no summary.")
@_JSON
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

    INPUT is a folder, a file, a glob or a URL: .txt, .html, .jsonl, .json, .csv, .tsv, .parquet, also compressed.
    When a promise does not hold, nothing is published; what was made is kept in OUTPUT.refused.

    Exit status: 0 published, 1 a promise is broken, 2 it could not be done.
    """
    from .corpus.build import build as run  # noqa: PLC0415
    from .terminal.machine import print_build  # noqa: PLC0415
    from .terminal.progress import watching  # noqa: PLC0415
    from .terminal.show import print_summary  # noqa: PLC0415
    from .validate.summary import append_summary, summarized  # noqa: PLC0415

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


@main.command(epilog="\b\nExample:\n  cleaning unlock release")
@click.argument("output", type=click.Path(path_type=Path))
def unlock(output: Path) -> None:
    """Break the lock of a build of OUTPUT that hangs, or whose machine is gone.

    What it has cleaned stays: the next build takes up from it. If the build still runs, it publishes nothing.
    """
    from .release.folder import unlock as run  # noqa: PLC0415

    owner = run(output)
    click.echo(f"{output}: " + (f"the lock of {owner} is broken" if owner else "is not locked"))


@main.command(epilog="\b\nExamples:\n  cleaning clean page.html\n  cat article.txt | cleaning clean -")
@_DOCUMENT
@_KIND
@_LANGUAGE
@_URL
@_CONFIG
def clean(file: str, html: bool | None, language: str | None, url: str | None, settings: Settings) -> None:
    """Print the clean text of FILE (or of standard input, when it is -).

    The headline is not part of the text; `cleaning explain` shows it, and everything that was cut.
    """
    from .single import clean_file  # noqa: PLC0415

    click.echo(clean_file(file, html=html, language=language, url=url, settings=settings).text)


@main.command(
    epilog="\b\nExamples:\n"
    "  cleaning explain page.html\n"
    "  cleaning explain article.txt | less -R\n"
    "  cleaning explain release --id 0646e2a50e5a663c547471f8c9e47817"
)
@click.argument("file", type=click.Path(exists=True, allow_dash=True), metavar="FILE|RELEASE")
@click.option("--id", "name", metavar="ID", help="Show the document of RELEASE, kept or dropped, that has this id.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for machines.")
@_KIND
@_LANGUAGE
@_URL
@_CONFIG
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
    from .terminal.explained import print_file, print_record  # noqa: PLC0415

    if name is not None:
        print_record(Path(file), name, as_json=as_json)
    elif Path(file).is_dir():
        raise click.UsageError(f"{file} is a folder: say which document of the release with --id ID.")
    else:
        print_file(file, html=html, language=language, url=url, settings=settings, as_json=as_json)


@main.command(
    epilog="\b\nExamples:\n  cleaning validate release\n"
    "  cleaning validate release --last releases/2026-19 --junit promises.xml"
)
@click.argument("release", type=click.Path(exists=True, file_okay=False, path_type=Path))
@_LAST
@_EXPECTATIONS
@_SUMMARY
@click.option(
    "--junit",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the verdict in JUnit's form, which CI systems show.",
)
@_JSON
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
    from .release.check import check  # noqa: PLC0415
    from .release.manifest import read_manifest  # noqa: PLC0415
    from .terminal import machine, show  # noqa: PLC0415
    from .validate.summary import append_summary  # noqa: PLC0415
    from .validate.written import write_junit  # noqa: PLC0415

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


@main.command(
    epilog="\b\nExamples:\n  cleaning diff release-1 release-2\n  cleaning diff release-1 release-2 --json --exit-code"
)
@click.argument("old", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("new", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--json", "form", flag_value="json", help="One JSON object, for machines.")
@click.option("--markdown", "form", flag_value="markdown", help="Markdown, for a changelog or the summary of a job.")
@click.option("--exit-code", is_flag=True, help="End with 1 if the releases differ.")
def diff(*, old: Path, new: Path, form: str | None, exit_code: bool) -> None:
    """Show what changed from the release OLD to the release NEW, and which version number NEW should have."""
    from .release.diff import diff as compare  # noqa: PLC0415
    from .release.diff.markdown import markdown  # noqa: PLC0415
    from .terminal.difference import print_difference  # noqa: PLC0415

    found = compare(old, new)
    if form == "json":
        click.echo(json.dumps(found.to_dict(), ensure_ascii=False, indent=1))
    elif form == "markdown":
        click.echo(markdown(found), nl=False)
    else:
        print_difference(found)
    sys.exit(1 if exit_code and not found.is_empty else 0)


@main.command(
    epilog="\b\nExamples:\n"
    "  cleaning publish release user/name --tag v1.2.0\n"
    "  cleaning publish release s3://bucket/corpus --dry-run\n"
    "  cleaning publish release ./elsewhere/corpus"
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
    from .release.publish import publish as run  # noqa: PLC0415
    from .terminal.progress import watching  # noqa: PLC0415
    from .terminal.published import print_publication  # noqa: PLC0415

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


@main.command(epilog="\b\nExamples:\n  cleaning rules\n  cleaning rules ar")
@click.argument("language", required=False, shell_complete=_tags)
def rules(language: str | None) -> None:
    """Show what each language has, or the rules of LANGUAGE with their examples."""
    from .terminal.show import print_language, print_languages  # noqa: PLC0415

    if language:
        print_language(language)
    else:
        print_languages()


@main.command(epilog="\b\nExample:\n  cleaning settings > settings.toml")
@_CONFIG
def settings(settings: Settings) -> None:
    """Print all settings with their values and what they mean, as a TOML file to edit."""
    click.echo(settings.to_toml(), nl=False)


@main.command(epilog="\b\nExample:\n  cleaning card > my_card.md")
def card() -> None:
    """Print the template of the dataset card, to be edited and named by the setting card.template."""
    from .release.template import shipped_template  # noqa: PLC0415

    click.echo(shipped_template(), nl=False)


main.command(epilog=asking.EXAMPLES)(asking.review)

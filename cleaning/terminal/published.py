"""What was published, or would be, and how to load it."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import click

from ..release.publish import Publication
from ..release.publish.contents import shown_size


def print_publication(publication: Publication) -> None:
    """Print what was sent, removed and tagged; of a dry run, also which files."""
    click.echo("\n".join(_lines(publication)))


def _lines(it: Publication) -> Iterator[str]:
    would = "would be " if it.dry_run else ""
    version = f" as {it.tag}" if it.tag else ""
    if it.created:
        yield f"{it.destination}: {would}created"
    if it.sent or it.removed:
        yield f"{it.destination}: {_files(it.sent)} {would}sent ({shown_size(it.sent_bytes)})"
        yield from [f"  {name}" for name in it.sent if it.dry_run]
    if it.removed:
        yield f"{it.destination}: {_files(it.removed)} of an earlier release {would}removed"
        yield from [f"  {name}" for name in it.removed if it.dry_run]
    if it.tagged:
        yield f"{it.destination}: {would}tagged {it.tag}"
    if not it.changed:
        yield f"{it.destination}: already published{version}; nothing {'would be' if it.dry_run else 'was'} sent"
    if not it.dry_run:
        yield f"load it with: {it.load}"


def _files(names: Collection[str]) -> str:
    return f"{len(names):,} file{'s' * (len(names) != 1)}"

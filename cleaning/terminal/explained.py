"""What `cleaning explain` prints: a file as it would be cleaned, or a document as a release has it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from ..boilerplate.why import explained
from ..explain import as_data, explain, explain_record
from ..settings import Settings
from ..single import clean_file
from .show import print_text


def print_file(  # noqa: PLR0913  (what the command line knows of a file, by name)
    file: str, *, html: bool | None, language: str | None, url: str | None, settings: Settings, as_json: bool
) -> None:
    """Clean a file and print what was done to it.

    Raises:
        InputError: the file holds many records, or cannot be read.
        RecordError: its bytes are no text, or its page cannot be read.
    """
    cleaned = clean_file(file, html=html, language=language, url=url, settings=settings)
    document = explained(cleaned, settings.boilerplate)
    if as_json:
        _print_json(as_data(document))
    else:
        print_text(explain(document))


def print_record(release: Path, name: str, *, as_json: bool) -> None:
    """Print a document of a release.

    Raises:
        OutputError: the folder is no release, or no document has the id.
    """
    from ..release import Release  # noqa: PLC0415 - a file is explained without Parquet
    from ..release.record import find_record  # noqa: PLC0415

    record = find_record(Release.open(release).path, name)
    if as_json:
        _print_json(as_data(record.document, record))
    else:
        print_text(explain_record(record))


def _print_json(data: dict[str, Any]) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))

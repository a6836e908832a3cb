"""Publish to a folder of this machine, or of a disk that it mounts: a copy that appears whole or not at all."""

from __future__ import annotations

import shutil
from pathlib import Path

from ...errors import OutputError
from ..folder import building
from ..manifest import read_manifest
from ..sums import NAME as SUMS
from ..sums import read_sums, sha256
from .contents import Contents, Publication, Watch


def publish_to_folder(contents: Contents, folder: Path, *, dry_run: bool, watch: Watch) -> Publication:
    """Publish a release as a folder. A release that is there stays in place, readable, until the new one is whole.

    Raises:
        OutputError: it cannot be done, or the folder holds other things than a release.
    """
    if contents.release.resolve() in folder.resolve().parents:
        raise OutputError(f"{folder}: is inside of the release: choose a folder elsewhere")
    plan = _plan(contents, folder, dry_run=dry_run)
    if plan.changed and not dry_run:
        with building(folder, overwrite=True) as place:
            _copy(contents, place.path, watch)
    return plan


def _plan(contents: Contents, folder: Path, *, dry_run: bool) -> Publication:
    there = _names(folder)
    strangers = sorted(there - _released(folder)) if there else []
    if strangers:
        raise OutputError(f"{folder}: holds {strangers[0]}, which is of no release: choose another folder, or move it")
    new = set(contents.names)
    sent = () if there == new and _is_same(contents, folder) else tuple(contents.names)
    return Publication(
        destination=str(folder),
        sent=sent,
        sent_bytes=sum(map(contents.size, sent)),
        removed=tuple(sorted(there - new)),
        load=f'load_dataset("{folder}", split="train")',
        dry_run=dry_run,
    )


def _names(folder: Path) -> set[str]:
    if folder.exists() and not folder.is_dir():
        raise OutputError(f"{folder}: is a file: choose a folder")
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}


def _released(folder: Path) -> set[str]:
    """Return the files of the release that is there: none if there is none."""
    try:
        read_manifest(folder)
        return {*read_sums(folder), SUMS}
    except OutputError:
        return set()


def _is_same(contents: Contents, folder: Path) -> bool:
    return all(sha256(folder / name) == contents.digest(name) for name in contents.names)


def _copy(contents: Contents, target: Path, watch: Watch) -> None:
    try:
        for group in contents.groups(contents.names, watch):
            for name in group:
                (target / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(contents.path(name), target / name)
    except OSError as error:
        raise OutputError(f"{target}: cannot be written: {error.strerror} ({error.filename})") from error

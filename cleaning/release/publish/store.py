"""Publish to a store such as S3, file by file: what has a SHA256SUMS is whole.

A store cannot change many files at once. So its SHA256SUMS goes before anything changes and comes last of all. In
between a file of another name keeps what is known of the files there, from which the next run takes up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from ...errors import CleaningError, OutputError
from ...read.drivers import missing_driver
from ..manifest import NAME as MANIFEST
from ..manifest import parse_manifest
from ..sums import NAME as SUMS
from ..sums import format_sums, parse_sums
from .contents import Contents, Publication, Watch, refuse_strangers
from .secrets import harmless, hidden
from .where import Where

UNFINISHED = "SHA256SUMS.unfinished"
_UNKNOWN = "0" * 64  # a file that may be an old or a new one


@dataclass(slots=True)
class _Place:
    """A folder of a store, with what is there.

    Attributes:
        name: what messages call it.
        files: the store, as fsspec opens it.
        root: the folder's path in the store.
        sizes: the size of each file, by path relative to the folder.
        sums: the SHA-256 of each file of a release, as far as it is known.
    """

    name: str
    files: Any
    root: str
    sizes: dict[str, int] = field(default_factory=dict)
    sums: dict[str, str] = field(default_factory=dict)

    def look(self) -> None:
        """List the files."""
        self.files.invalidate_cache()
        try:
            found = self.files.find(self.root, detail=True)
        except FileNotFoundError:
            found = {}
        below = {path.removeprefix(self.root).strip("/"): info for path, info in found.items()}
        self.sizes = {name: int(info.get("size") or 0) for name, info in below.items() if name}

    def read(self, name: str) -> str:
        """Return the text of a file; an empty one if it is not there."""
        return str(self.files.cat_file(self.path(name)).decode("utf-8")) if name in self.sizes else ""

    def write(self, name: str, sums: Mapping[str, str]) -> None:
        """Write a file of sums."""
        self.files.pipe_file(self.path(name), format_sums(sums).encode())

    def remove(self, name: str) -> None:
        """Remove a file."""
        self.files.rm_file(self.path(name))

    def path(self, name: str) -> str:
        """Return the path of a file in the store."""
        return f"{self.root}/{name}"


def publish_to_store(contents: Contents, where: Where, *, dry_run: bool, watch: Watch) -> Publication:
    """Publish a release to a folder of a store.

    Raises:
        OutputError: it cannot be done, or the folder holds other things than a release.
    """
    with _opened(where) as place:
        watch.phase("looking what is there")
        place.look()
        place.sums = _earlier(place)
        refuse_strangers(place.name, place.sizes, contents.sums.keys() | place.sums.keys())
        plan = _plan(contents, place, dry_run=dry_run)
        if plan.changed and not dry_run:
            _send(contents, place, plan, watch)
        return plan


@contextmanager
def _opened(where: Where) -> Iterator[_Place]:
    """Give a place in a store; whatever its driver raises is turned into one line."""
    import fsspec  # noqa: PLC0415 - takes a while to import

    secret = where.address.partition("://")[2].partition("@")[0] if str(where) != where.address else ""
    secret = secret.partition(":")[2] or secret  # the password, of user and password
    try:
        files, root = fsspec.url_to_fs(where.address)
        yield _Place(str(where), files, root.rstrip("/"))
    except CleaningError:
        raise
    except ImportError as error:
        advice = missing_driver(where.address) or f"a package is missing: {error}"
        raise OutputError(f"{where}: {advice}") from error
    except Exception as error:
        told = hidden(f"{type(error).__name__}: {error}", secret)
        raise OutputError(
            f"{where}: cannot be published to: {told}; without a {SUMS} it is not whole, and the same command takes up "
            "where it stopped"
        ) from harmless(error, secret)


def _earlier(place: _Place) -> dict[str, str]:
    """Return what is known of the release that is there, or that was being published."""
    try:
        if SUMS in place.sizes:
            parse_manifest(place.read(MANIFEST), MANIFEST)
        return parse_sums(place.read(SUMS if SUMS in place.sizes else UNFINISHED), SUMS) if place.sizes else {}
    except OutputError as error:
        raise OutputError(
            f"{place.name}: holds {min(place.sizes)}, and is not a release: choose another destination, or remove it"
        ) from error


def _plan(contents: Contents, place: _Place, *, dry_run: bool) -> Publication:
    def is_there(name: str) -> bool:
        return place.sums.get(name) == contents.sums[name] and place.sizes.get(name) == contents.size(name)

    sent = [name for name in sorted(contents.sums) if not is_there(name)]
    removed = sorted((place.sums.keys() & place.sizes.keys()) - contents.sums.keys())
    if sent or removed or SUMS not in place.sizes:
        sent.append(SUMS)
    elif UNFINISHED in place.sizes:
        removed.append(UNFINISHED)
    return Publication(
        destination=place.name,
        sent=tuple(sent),
        sent_bytes=sum(map(contents.size, sent)),
        removed=tuple(removed),
        load=f'load_dataset("parquet", data_files="{place.name}/data/train-*.parquet", split="train")',
        dry_run=dry_run,
    )


def _send(contents: Contents, place: _Place, plan: Publication, watch: Watch) -> None:
    if SUMS in plan.sent:
        _begin(contents, place, plan)
        known = dict(place.sums)
        for group in contents.groups([name for name in plan.sent if name != SUMS], watch):
            for name in group:
                place.files.put_file(str(contents.path(name)), place.path(name))
            known |= {name: contents.sums[name] for name in group}
            place.write(UNFINISHED, known)
        watch.phase("finishing")
        for name in plan.removed:
            place.remove(name)
        _check(contents, place)
        place.files.put_file(str(contents.path(SUMS)), place.path(SUMS))
    place.remove(UNFINISHED)


def _begin(contents: Contents, place: _Place, plan: Publication) -> None:
    """Write down which files are known, those that will be sent or removed no more; then remove the sums."""
    there = place.sums.keys() | contents.sums.keys()
    place.sums = {name: _UNKNOWN if name in {*plan.sent, *plan.removed} else place.sums[name] for name in there}
    place.write(UNFINISHED, place.sums)
    if SUMS in place.sizes:
        place.remove(SUMS)


def _check(contents: Contents, place: _Place) -> None:
    """Make sure that everything is there, before SHA256SUMS says so."""
    place.look()
    lost = [name for name in contents.sums if place.sizes.get(name) != contents.size(name)]
    if lost:
        raise OutputError(f"{place.name}: {', '.join(sorted(lost)[:3])} did not arrive whole: publish again")

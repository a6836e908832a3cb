"""What an input names: the files of a folder, of a pattern, or one file; on this machine or behind an address."""

from __future__ import annotations

import glob
import os
import stat
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

import fsspec
from fsspec.implementations.local import LocalFileSystem

from ..errors import InputError
from .dataset import CARD, chosen, data_files, metadata
from .drivers import missing_driver
from .files import DAMAGE, is_remote, opened
from .piece import COMPRESSIONS, FORMATS, Piece, Unreadable, kind_of

KNOWN = f"known are {', '.join(FORMATS)}, and all but .parquet and .arrow also with {', '.join(COMPRESSIONS)}"


@dataclass(slots=True)
class Listing:
    """The files of one input.

    Attributes:
        root: the folder that origins are told from: the input itself, or the folder of a file or pattern.
        without: real paths of files and folders below the root that are left out, with all that is in them.
        pieces: the files of known kinds, whole; their origins are told from the root.
        unreadable: things below the root that cannot be read.
        skipped: how many files of unknown kind there are, by suffix.
        cards: dataset cards: pairs of path and origin.
    """

    root: str
    without: tuple[Path, ...] = ()
    pieces: list[Piece] = field(default_factory=list)
    unreadable: list[Unreadable] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
    cards: list[tuple[str, str]] = field(default_factory=list)

    def add(self, path: str, origin: str, size: int) -> None:
        """Take a file, if it is of a known kind."""
        kind = kind_of(origin)
        if kind:
            self.pieces.append(Piece(path, origin, format=kind[0], compression=kind[1], size_bytes=size))
        else:
            self.skipped[PurePosixPath(origin).suffix.lower()] += 1
        if PurePosixPath(origin).name == CARD:
            self.cards.append((path, origin))

    def leaves_out(self, path: str) -> bool:
        """Whether a path is among those that are left out, or in one of them."""
        return bool(self.without) and any(map(Path(path).resolve().is_relative_to, self.without))

    def choose(self) -> None:
        """Leave out what lies beside the records of a dataset."""
        kept = {piece.origin for piece in self.pieces}
        kept -= metadata(kept | {origin for _, origin in self.cards})
        for path, origin in sorted(self.cards, key=lambda card: (card[1].count("/"), card[1])):
            folder = origin.removesuffix(CARD)
            patterns = data_files(_text(path))
            if patterns:
                below = {name for name in kept if name.startswith(folder)}
                wanted = chosen((name.removeprefix(folder) for name in below), patterns)
                kept -= below - {folder + name for name in wanted}
        self.pieces = [piece for piece in self.pieces if piece.origin in kept]


def list_input(given: str, without: Collection[Path] = ()) -> Listing:
    """List what an input names. Hidden files and folders, whose names begin with a dot, are left out of folders.

    So is what lies beside the records of a dataset: see :mod:`cleaning.read.dataset`. A file that is named by itself
    is taken, whatever it is.

    Args:
        given: a file, a folder, a pattern or an address.
        without: files and folders that are left out of folders.

    Raises:
        InputError: it does not exist, cannot be listed, is a file of unknown kind or holds none of a known kind.
    """
    if not given:
        raise InputError("an input is empty: name a file, a folder, a pattern or an address")
    is_address = is_remote(given) and not os.path.lexists(given)
    listing = _list_remote(given, without) if is_address else _list_local(given, without)
    listing.choose()
    if listing.pieces:
        return listing
    if listing.unreadable:
        first = listing.unreadable[0]
        raise InputError(f"{given}: nothing can be read: {first.origin or 'it'} {first.message}")
    others = ", ".join(f"{count} {suffix or 'without suffix'}" for suffix, count in sorted(listing.skipped.items()))
    raise InputError(f"{given}: no file of a known kind{f', only {others}' if others else ''}; {KNOWN}")


def _list_local(given: str, without: Collection[Path]) -> Listing:
    path = os.path.abspath(given)  # noqa: PTH100  (links stay as they are named)
    if Path(path).is_dir():
        listing = Listing(path, _in(path, without))
        _walk(path, listing)
    elif os.path.lexists(path):
        listing = Listing(str(Path(path).parent))
        _take(path, listing)
    elif glob.has_magic(path):
        root = _fixed_part(path)
        listing = Listing(root, _in(root, without))
        found = {name: Path(name).is_dir() for name in glob.iglob(path, recursive=True)}  # noqa: PTH207  (hidden files)
        for name, is_folder in _outermost(found):
            if not listing.leaves_out(name):
                _walk(name, listing) if is_folder else _take(name, listing)
    else:
        raise InputError(f"{given}: there is no such file or folder")
    return listing


def _in(root: str, places: Collection[Path]) -> tuple[Path, ...]:
    """Return the real paths of those places that are inside of a folder, and not the folder itself."""
    folder = Path(root).resolve()
    return tuple(place for place in map(Path.resolve, places) if folder in place.parents)


def _walk(folder: str, listing: Listing) -> None:
    def failed(error: OSError) -> None:
        where = _below(listing.root, str(error.filename))
        listing.unreadable.append(Unreadable(where, f"cannot be listed: {error.strerror}"))

    seen: set[tuple[int, int]] = set()  # links may lead around in circles
    for here, folders, names in os.walk(folder, onerror=failed, followlinks=True):
        info = Path(here).stat()
        if (info.st_dev, info.st_ino) in seen:
            folders.clear()
            continue
        seen.add((info.st_dev, info.st_ino))
        folders[:] = sorted(name for name in folders if _is_wanted(here, name, listing))
        for name in sorted(names):
            if _is_wanted(here, name, listing):
                _take(f"{here}/{name}", listing)


def _is_wanted(here: str, name: str, listing: Listing) -> bool:
    return not name.startswith(".") and not listing.leaves_out(f"{here}/{name}")


def _take(path: str, listing: Listing) -> None:
    origin = _below(listing.root, path)
    try:
        info = Path(path).stat()
    except OSError:  # a link to nowhere: reading it will say so
        listing.add(path, origin, 0)
        return
    if stat.S_ISREG(info.st_mode) or not kind_of(origin):
        listing.add(path, origin, info.st_size)
    else:  # reading a pipe would wait for ever
        listing.unreadable.append(Unreadable(origin, "is no regular file"))


def _list_remote(given: str, without: Collection[Path]) -> Listing:
    try:
        return _list_addresses(given, without)
    except InputError:
        raise
    except ImportError as error:
        raise InputError(f"{given}: {missing_driver(given) or f'a package is missing: {error}'}") from error
    except Exception as error:
        raise InputError(f"{given}: cannot be listed: {error}") from error


def _list_addresses(given: str, without: Collection[Path]) -> Listing:
    files, path = fsspec.url_to_fs(given)
    if isinstance(files, LocalFileSystem):
        return _list_local(path, without)
    if glob.has_magic(path):
        root, found = _fixed_part(path), _of_pattern(files, path)
    elif files.isfile(path):
        root, found = files._parent(path), {path: files.info(path)}
    elif files.exists(path):
        root, found = path, files.find(path, detail=True)
    else:
        raise InputError(f"{given}: there is no such file or folder")
    container = given.partition("::")[2]
    listing = Listing(_address(files, root, container))
    for name, info in sorted(found.items()):
        below = _below(root, name)
        if len(found) == 1 or not any(part.startswith(".") for part in below.split("/")):
            listing.add(_address(files, name, container), below, int(info.get("size") or 0))
    return listing


def _text(path: str) -> str:
    """Return the beginning of a file; nothing of one that cannot be read."""
    try:
        with opened(path) as stored:
            return stored.read(1 << 20).decode("utf-8", "replace")
    except DAMAGE:
        return ""


def _of_pattern(files: Any, pattern: str) -> dict[str, Any]:
    matched = files.glob(pattern, detail=True)
    found: dict[str, Any] = {}
    for name, is_folder in _outermost({name: info["type"] == "directory" for name, info in matched.items()}):
        found |= files.find(name, detail=True) if is_folder else {name: matched[name]}
    return found


def _outermost(found: Mapping[str, bool]) -> Iterator[tuple[str, bool]]:
    """Yield files and folders, which are marked, but for what is inside of another one: ``**`` finds everything.

    >>> list(_outermost({"/a/": True, "/a/b": True, "/a/b/c.txt": False, "/ab.txt": False}))
    [('/a/', True), ('/ab.txt', False)]
    """
    folders = {name.rstrip("/") for name, is_folder in found.items() if is_folder}
    for name in sorted(found):
        if not any(parent in folders for parent in map(str, PurePosixPath(name).parents)):
            yield name, found[name]


def _address(files: Any, path: str, container: str) -> str:
    address: str = files.unstrip_protocol(path)
    return f"{address}::{container}" if container else address


def _fixed_part(pattern: str) -> str:
    """Return the folder of a pattern that its wildcards do not touch.

    >>> _fixed_part("/data/*/pages/*.jsonl"), _fixed_part("/data/a[12].txt")
    ('/data', '/data')
    """
    parts = pattern.split("/")
    fixed = next(index for index, part in enumerate(parts) if glob.has_magic(part))
    return "/".join(parts[:fixed])


def _below(root: str, path: str) -> str:
    return path.removeprefix(root).replace(os.sep, "/").strip("/")

"""Inputs as pieces to be read."""

from __future__ import annotations

import os
import unicodedata
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from ..errors import InputError
from .files import is_remote
from .piece import Found, Piece, Unreadable
from .split import split
from .walk import list_input


def find(inputs: Sequence[str | Path], *, piece_bytes: int = 64_000_000, without: Collection[Path] = ()) -> Found:
    """List the files of the inputs, and cut those that are large and can be cut.

    Origins are told from each input: from a folder itself, or from the folder of a file or pattern. Where these are
    several, origins begin with their names: the inputs ``en`` and ``fr`` give ``en/a.txt`` and ``fr/a.txt``. A file
    that several inputs name is read once.

    Args:
        inputs: folders, which are walked; files; patterns such as ``pages/**/*.html``; addresses that fsspec knows.
        piece_bytes: size of the pieces, about; it does not change the records.
        without: files and folders that are left out where they stand in a folder: what a build makes is no input of it.

    Raises:
        InputError: an input does not exist, is a file of unknown kind, or holds nothing of a known kind.
    """
    if not inputs:
        raise InputError("no input is given: name files, folders, patterns or addresses")
    listings = sorted((list_input(str(given), without) for given in inputs), key=lambda listing: listing.root)
    prefixes = _prefixes({listing.root for listing in listings})
    pieces: dict[str, Piece] = {}
    unreadable: set[Unreadable] = set()
    for listing in listings:
        prefix = prefixes[listing.root]
        for piece in sorted(listing.pieces, key=lambda piece: (piece.origin.count("/"), piece.origin)):
            pieces.setdefault(_identity(piece.path), replace(piece, origin=_portable(prefix + piece.origin)))
        unreadable |= {replace(found, origin=_portable(prefix + found.origin)) for found in listing.unreadable}
    ordered = sorted(pieces.values(), key=lambda piece: (piece.origin, piece.path))
    return Found(
        pieces=tuple(part for piece in ordered for part in split(piece, piece_bytes)),
        unreadable=tuple(sorted(unreadable, key=lambda found: found.origin)),
        skipped=tuple(sorted(sum((listing.skipped for listing in listings), Counter()).items())),
    )


def _identity(path: str) -> str:
    """Return what is the same for all ways to a file, but not for links to the file itself."""
    folder, slash, name = path.rpartition("/")
    return path if is_remote(path) else _real(folder) + slash + name


@cache
def _real(folder: str) -> str:
    return os.path.realpath(folder)


def _prefixes(roots: set[str]) -> dict[str, str]:
    """Return what origins begin with: nothing for a single root, else as much of each as tells them apart.

    >>> sorted(_prefixes({"/data/2024/en", "/data/2024/fr", "/data/2025/fr"}).values())
    ['2024/en/', '2024/fr/', '2025/fr/']
    """
    if len(roots) == 1:
        return dict.fromkeys(roots, "")
    parts = {root: [part for part in root.split("/") if part] for root in roots}
    depth = 1
    while len({tuple(path[-depth:]) for path in parts.values()}) < len(roots):
        depth += 1
    return {root: "/".join([*path[-depth:], ""]) for root, path in parts.items()}


def _portable(origin: str) -> str:
    """Return a path as the same text on every machine, whatever bytes its file system makes of it."""
    return unicodedata.normalize("NFC", os.fsencode(origin).decode("utf-8", "replace"))

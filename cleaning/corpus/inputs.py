"""What identifies the files of the inputs."""

from __future__ import annotations

import hashlib
import os
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import fsspec

from ..read import Piece, is_remote


def described(pieces: Sequence[Piece]) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """Return what the manifest says of each input file, and what tells its content, by path.

    The content of a file on this machine is told by its bytes' digest. Of an address only what its store says of it is
    known, such as an ETag. Of what says nothing, and of a file that is gone or forbidden, it is never the same.
    """
    sizes: dict[tuple[str, str], int] = {}
    for piece in pieces:
        sizes[piece.origin, piece.path] = sizes.get((piece.origin, piece.path), 0) + piece.size_bytes
    told: list[dict[str, Any]] = []
    stamps: dict[str, str] = {}
    for (origin, path), listed in sorted(sizes.items()):
        try:
            digest, size = _digest(path)
        except OSError:
            told.append({"origin": origin, "bytes": listed})
            stamps[path] = _of_address(path)
        else:
            told.append({"origin": origin, "bytes": size, "sha256": digest})
            stamps[path] = digest
    return told, stamps


def _digest(path: str) -> tuple[str, int]:
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest(), os.fstat(file.fileno()).st_size


def _of_address(path: str) -> str:
    if is_remote(path):
        try:
            files, inner = fsspec.url_to_fs(path)
            return f"{path} {files.ukey(inner)}"
        except Exception:
            return uuid.uuid4().hex
    return uuid.uuid4().hex

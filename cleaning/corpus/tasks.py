"""Inputs as tasks: pieces that are cleaned together, in one go, by one worker.

A task is told by what goes in and by what is done with it: its key is a digest of the bytes of its files, its settings
and the versions of what cleans. What was made for a key can be used again for the same key, and never for another.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from functools import cache
from pathlib import Path

from ..read import Piece
from ..release.manifest import versions
from ..settings import Settings

# A task of about so many bytes and at most so many files takes seconds. Of a large input tasks are larger, so that
# there are never more than some thousand.
TASK_BYTES, TASK_PIECES, MOST_TASKS = 1_000_000, 1000, 4000

# What changes nothing in a cleaned document.
_LATER = {"templates", "card", "release", "engine"}


@dataclass(frozen=True, slots=True)
class Task:
    """Pieces that are cleaned together.

    Attributes:
        key: tells what comes out of it.
        pieces: what goes in.
    """

    key: str
    pieces: tuple[Piece, ...]


def piece_bytes(total: int) -> int:
    """Return how large pieces should be, about, of inputs of so many bytes."""
    return max(TASK_BYTES, total // MOST_TASKS)


def tasks(pieces: Sequence[Piece], stamps: Mapping[str, str], settings: Settings) -> list[Task]:
    """Put pieces together to tasks, in their order.

    Args:
        pieces: all pieces of the inputs.
        stamps: by the path of a file, what tells its content: a digest of its bytes, where they can be had.
        settings: what is done with them.
    """
    done = json.dumps([_code(), versions(), settings.model_dump(mode="json", exclude=_LATER)], sort_keys=True)
    size = piece_bytes(sum(piece.size_bytes for piece in pieces))
    return [Task(_key(group, stamps, done), group) for group in _groups(pieces, size)]


@cache
def _code() -> str:
    """Return a digest of all that the package consists of: a version number stays while somebody works on the code."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parents[1].rglob("*")):
        if path.suffix in {".py", ".toml", ".npz"}:
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def _groups(pieces: Sequence[Piece], size: int) -> Iterator[tuple[Piece, ...]]:
    group: list[Piece] = []
    used = 0
    for piece in pieces:
        if group and (used + piece.size_bytes > size or len(group) >= TASK_PIECES):
            yield tuple(group)
            group, used = [], 0
        group.append(piece)
        used += piece.size_bytes
    if group:
        yield tuple(group)


def _key(group: Sequence[Piece], stamps: Mapping[str, str], done: str) -> str:
    told = [[stamps.get(piece.path, piece.path), *astuple(replace(piece, path=""))] for piece in group]
    return hashlib.sha256(json.dumps([done, told], sort_keys=True).encode()).hexdigest()[:32]

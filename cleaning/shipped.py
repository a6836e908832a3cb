"""Files that live beside the package in the source tree, and inside it once it is installed."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def shipped(name: str) -> Path:
    """Return the path of a file or folder that comes with the package, such as ``expectations``.

    A wheel carries these in ``cleaning/_shipped``; in a source tree, also one installed as editable, they are at the
    root of the repository, where people look for them.

    Raises:
        FileNotFoundError: it is in neither place, so the installation is not whole.

    >>> sorted(path.name for path in shipped("expectations").glob("*.json"))
    ['drift.json', 'rows.json', 'table.json']
    """
    for path in (_PACKAGE / "_shipped" / name, _PACKAGE.parent / name):
        if path.exists():
            return path
    raise FileNotFoundError(f"{name}: did not come with the package {_PACKAGE.name}; install it again")

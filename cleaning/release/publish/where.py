"""Where a release goes: the Hub, a store behind an address, or a folder. Told by the form of what was typed."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ...errors import OutputError
from ...read.files import is_remote

_NAME = re.compile(r"[A-Za-z0-9][\w.-]*/[\w.-]+", re.ASCII)
_HUB = re.compile(r"hf://datasets/([^/@]+/[^/@]+)/?")
_PAGE = re.compile(r"https?://(?:huggingface\.co|hf\.co)/datasets/([^/?#]+/[^/?#]+)")
_USER = re.compile(r"(?<=://)[^/@]+@")


@dataclass(frozen=True, slots=True)
class Where:
    """A destination.

    Attributes:
        kind: what is there: a repository of the Hub, a store that fsspec opens, or a folder of this machine.
        address: the repository's ``user/name``, the store's address, or the folder's path.
    """

    kind: Literal["hub", "store", "folder"]
    address: str

    def __str__(self) -> str:
        """Return the address, without the user and password that one of a store may hold."""
        return _USER.sub("", self.address)


def where(given: str | Path) -> Where:
    """Return what a destination names. What could be two things is refused, with what to type for each.

    ``user/name`` and ``hf://datasets/user/name`` are datasets of the Hub, other addresses are stores, and what begins
    with ``/``, ``./`` or ``../``, or exists, is a folder.

    Raises:
        OutputError: it can be two things, or none that can be published to.

    >>> where("user/name"), where("s3://bucket/corpus/"), where("./user/name").kind
    (Where(kind='hub', address='user/name'), Where(kind='store', address='s3://bucket/corpus'), 'folder')
    """
    if isinstance(given, Path):
        return Where("folder", str(given))
    if is_remote(given):
        return _of_address(given)
    if given.startswith(("/", "./", "../")) or given in {".", ".."}:
        return Where("folder", given)
    is_name, first = _NAME.fullmatch(given) is not None, given.partition("/")[0]
    if is_name and not os.path.lexists(first):
        return Where("hub", given)
    if not is_name and given and Path(given).exists():
        return Where("folder", given)
    raise OutputError(_ask(given, first, is_name=is_name))


def _ask(given: str, first: str, *, is_name: bool) -> str:
    if not given:
        return "the destination is empty: type USER/NAME for a dataset of the Hub, an address, or ./FOLDER"
    if is_name:
        return (
            f"{given}: there is something called {first} here, so this could be a folder or a dataset of the Hub: "
            f"type ./{given} for the folder, or hf://datasets/{given} for the Hub"
        )
    return f"{given}: no such folder, and no dataset of the Hub: type ./{given} for a new folder, or USER/NAME"


def _of_address(given: str) -> Where:
    if given.startswith("hf://"):
        return _of_hub(given)
    if page := _PAGE.match(given):
        raise OutputError(f"{given}: is a page of the Hub; to publish there type {page[1]}")
    if "::" in given:
        raise OutputError(f"{given}: an address within an address is not published to: name the store itself")
    if given.startswith(("http://", "https://")):
        raise OutputError(f"{Where('store', given)}: http cannot be written to; name a store such as s3://bucket/path")
    if given.startswith(("file://", "local://")):
        return Where("folder", given.partition("://")[2])
    if not given.partition("://")[2].strip("/"):
        raise OutputError(
            f"{given}: names no place in the store: type {given.rstrip('/')}//bucket/path".replace(":////", "://")
        )
    return Where("store", given.rstrip("/"))


def _of_hub(given: str) -> Where:
    if found := _HUB.fullmatch(given):
        return Where("hub", found[1])
    if "@" in given:
        raise OutputError(f"{given}: leave out the @ and what follows, and name a branch with --revision")
    raise OutputError(f"{given}: a release is published as a dataset: type hf://datasets/USER/NAME")

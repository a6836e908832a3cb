"""Publish a release: on the Hugging Face Hub, to a store such as S3, or to another folder.

Only a release that keeps its promises is published, and only what is not there yet is sent. What a reader sees is the
old version or the new one; a store, which cannot do that, says when it is neither.
"""

from __future__ import annotations

from pathlib import Path

from ...errors import OutputError
from ..manifest import read_manifest
from .contents import Publication, Watch, verified
from .hub import Wish, publish_to_hub
from .local import publish_to_folder
from .store import publish_to_store
from .where import where

__all__ = ["Publication", "publish"]


def publish(  # noqa: PLR0913  (each is a choice of its own, and by keyword)
    release: str | Path,
    destination: str | Path,
    *,
    tag: str = "",
    private: bool = False,
    revision: str = "",
    message: str = "",
    dry_run: bool = False,
    watch: Watch | None = None,
) -> Publication:
    """Publish a release, and return what was sent.

    A second call with the same release sends nothing. One that was interrupted is taken up by the next.

    Args:
        release: the release's folder.
        destination: ``user/name`` or ``hf://datasets/user/name`` on the Hub, an address that fsspec opens, or a folder,
            which begins with ``/``, ``./`` or ``../``, or exists. A ``Path`` is always a folder.
        tag: on the Hub, what the version is called; by default ``v`` and ``card.version`` of the release's settings.
        private: on the Hub, a repository that is made is private, and one that is there must be.
        revision: on the Hub, the branch; by default ``main``.
        message: on the Hub, the commit's message.
        dry_run: do nothing, and return what would be done.
        watch: told how far it is.

    Raises:
        BrokenPromiseError: the release does not hold its promises, or its files are not those of its SHA256SUMS.
        ValidationError: the promises could not be checked.
        OutputError: the release is none, or the destination cannot be used; the message says what to do.
    """
    watch, place = watch or _Nobody(), where(destination)
    if place.kind != "hub" and (tag or private or revision or message):
        raise OutputError(f"{place}: --tag, --private, --revision and --message are for the Hub alone")
    watch.phase("validating")
    contents = verified(Path(release))
    if place.kind == "folder":
        return publish_to_folder(contents, Path(place.address), dry_run=dry_run, watch=watch)
    if place.kind == "store":
        return publish_to_store(contents, place, dry_run=dry_run, watch=watch)
    wish = Wish(tag=tag or version_of(Path(release)), private=private, branch=revision or "main", message=message)
    return publish_to_hub(contents, place.address, wish, dry_run=dry_run, watch=watch)


def version_of(release: Path) -> str:
    """Return the tag of the version that the release says that it is; empty if it says none."""
    card = read_manifest(release)["settings"].get("card", {})
    version = str(card.get("version", "")).strip()
    return f"v{version.removeprefix('v')}" if version else ""


class _Nobody:
    def phase(self, name: str) -> None:
        pass

    def tell(self, message: str) -> None:
        pass

    def warn(self, message: str) -> None:
        pass

"""What a dataset of the Hub holds: its branches, tags and files, asked for without downloading the large ones."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...errors import OutputError
from ..manifest import NAME as MANIFEST
from ..manifest import parse_manifest
from ..sums import NAME as SUMS
from ..sums import parse_sums
from .contents import Contents

if TYPE_CHECKING:
    from huggingface_hub import HfApi
    from huggingface_hub.hf_api import RepoFile

DATASET: Any = {"repo_type": "dataset"}


@dataclass(frozen=True, slots=True)
class Repository:
    """What is there.

    Attributes:
        private: only some can see it.
        tags: the commit of each tag.
        branches: the commit of each branch.
        shown: the branch in question, or ``main`` where that is still to be made.
        files: the files of that branch.
    """

    private: bool
    tags: Mapping[str, str]
    branches: Mapping[str, str]
    shown: str
    files: Mapping[str, RepoFile]


def look(api: HfApi, name: str, branch: str) -> Repository | None:
    """Return what the repository holds; None if it is not there."""
    from huggingface_hub.errors import RepositoryNotFoundError  # noqa: PLC0415

    try:
        private = bool(api.dataset_info(name).private)
    except RepositoryNotFoundError as error:
        if error.response.status_code == 404:
            return None
        raise
    refs = api.list_repo_refs(name, **DATASET)
    branches = {ref.name: ref.target_commit for ref in refs.branches}
    tags = {ref.name: ref.target_commit for ref in refs.tags}
    shown = branch if branch in branches else "main"
    return Repository(private, tags, branches, shown, files_of(api, name, shown) if shown in branches else {})


def files_of(api: HfApi, name: str, revision: str) -> dict[str, RepoFile]:
    """Return the files of a branch, tag or commit."""
    from huggingface_hub.hf_api import RepoFile  # noqa: PLC0415

    listed = api.list_repo_tree(name, recursive=True, revision=revision, **DATASET)
    return {item.path: item for item in listed if isinstance(item, RepoFile)}


def text_of(api: HfApi, name: str, path: str, revision: str) -> str | None:
    """Return the text of a file; None if it is not there."""
    from huggingface_hub.errors import RemoteEntryNotFoundError  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="cleaning-publish-") as folder:
        try:
            api.hf_hub_download(name, path, revision=revision, local_dir=folder, **DATASET)
        except RemoteEntryNotFoundError:
            return None
        return (Path(folder) / path).read_text("utf-8")


def earlier_sums(api: HfApi, name: str, there: Repository) -> dict[str, str]:
    """Return the sums of the release that is there; empty if none is.

    Raises:
        OutputError: there are sums of something else.
    """
    if SUMS not in there.files:
        return {}
    try:
        parse_manifest(text_of(api, name, MANIFEST, there.shown) or "", MANIFEST)
        return parse_sums(text_of(api, name, SUMS, there.shown) or "", SUMS)
    except OutputError as error:
        raise OutputError(
            f"{name}: holds a {SUMS} of something else than a release ({error}): choose another repository"
        ) from error


def is_same(there: RepoFile, contents: Contents, path: str) -> bool:
    """Whether the Hub has this very file: it tells large ones by SHA-256, small ones as git does."""
    if there.lfs:
        return there.lfs.sha256 == contents.digest(path)
    if there.size != contents.size(path):
        return False
    content = contents.path(path).read_bytes()
    return there.blob_id == hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()

"""Publish on the Hugging Face Hub: one commit with everything, then a tag for the version.

Until the commit is there, readers see what was there before. Files may have been sent long before; they are part of
nothing until a commit names them, and are not sent again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ...errors import OutputError
from ..sums import NAME as SUMS
from .client import client
from .contents import Contents, Publication, Watch, refuse_strangers
from .repository import DATASET, Repository, earlier_sums, files_of, is_same, look, text_of

if TYPE_CHECKING:
    from huggingface_hub import HfApi

_TAG = re.compile(r"[A-Za-z0-9][\w.+-]*", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a user can choose for the Hub.

    Attributes:
        tag: the version's; empty for none.
        private: a repository that is made is private, and one that is there must be.
        branch: the branch that the commit goes to.
        message: the commit's first line.
    """

    tag: str = ""
    private: bool = False
    branch: str = "main"
    message: str = ""


def publish_to_hub(contents: Contents, name: str, wish: Wish, *, dry_run: bool, watch: Watch) -> Publication:
    """Publish a release as the dataset ``name``.

    Raises:
        OutputError: it cannot be done, or would change a version that is there.
    """
    if wish.tag and not _TAG.fullmatch(wish.tag):
        raise OutputError(f"{wish.tag!r}: no name for a tag; a version looks like v1.2.0")
    with client(name, watch) as api:
        watch.phase("asking the Hub")
        there = look(api, name, wish.branch)
        if there and wish.tag in there.tags:
            return _published_before(api, contents, name, wish)
        plan = _plan(api, contents, name, there, wish)
        if dry_run:
            return replace(plan, dry_run=True)
        _carry_out(api, contents, there, plan, wish, watch)
        return plan


def _published_before(api: HfApi, contents: Contents, name: str, wish: Wish) -> Publication:
    """Return that a version is there already; a version that is another one is never changed."""
    if text_of(api, name, SUMS, wish.tag) != contents.path(SUMS).read_text("utf-8"):
        raise OutputError(
            f"{name}: {wish.tag} is published already, with other content: a version is never changed; choose another "
            "one with --tag"
        )
    return Publication(destination=name, tag=wish.tag, load=_load(name, wish))


def _plan(api: HfApi, contents: Contents, name: str, there: Repository | None, wish: Wish) -> Publication:
    if there and wish.tag in there.branches:
        raise OutputError(f"{name}: {wish.tag} is a branch: choose another --tag")
    if there and wish.private and not there.private:
        raise OutputError(f"{name}: is there, and public: make it private on its page, or leave out --private")
    files, earlier = (there.files, earlier_sums(api, name, there)) if there else ({}, {})
    refuse_strangers(name, files, contents.sums.keys() | earlier.keys())
    sent = [path for path in contents.names if path not in files or not is_same(files[path], contents, path)]
    return Publication(
        destination=name,
        sent=tuple(sent),
        sent_bytes=sum(map(contents.size, sent)),
        removed=tuple(sorted((earlier.keys() & files.keys()) - contents.sums.keys())),
        created=there is None,
        tag=wish.tag,
        tagged=bool(wish.tag),
        load=_load(name, wish),
    )


def _carry_out(  # noqa: PLR0913, PLR0917
    api: HfApi, contents: Contents, there: Repository | None, plan: Publication, wish: Wish, watch: Watch
) -> None:
    name = plan.destination
    if there is None:
        watch.phase("creating the repository")
        api.create_repo(name, private=wish.private or None, exist_ok=True, **DATASET)
        there = look(api, name, wish.branch)
    if there is None:
        raise OutputError(f"{name}: the Hub made the repository and does not show it: try again")
    commit = _head(api, name, there, wish)
    if plan.sent or plan.removed:
        commit = _commit(api, contents, plan, commit, wish, watch)
        _check(api, contents, name, commit)
    if wish.tag:
        api.create_tag(name, tag=wish.tag, revision=commit, **DATASET)
    elif commit not in there.tags.values():
        watch.tell("this version has no tag, and can be cited by its commit alone: --tag v1.0.0 gives it one")


def _head(api: HfApi, name: str, there: Repository, wish: Wish) -> str:
    """Return the last commit of the branch, which is made if it is not there."""
    if wish.branch not in there.branches:
        api.create_branch(name, branch=wish.branch, exist_ok=True, **DATASET)
        return there.branches["main"]
    return there.branches[wish.branch]


def _commit(  # noqa: PLR0913, PLR0917
    api: HfApi, contents: Contents, plan: Publication, parent: str, wish: Wish, watch: Watch
) -> str:
    """Send what is missing, make one commit of everything, and return it."""
    from huggingface_hub import CommitOperationAdd, CommitOperationDelete  # noqa: PLC0415

    name = plan.destination
    added = {path: CommitOperationAdd(path, str(contents.path(path))) for path in plan.sent}
    for group in contents.groups(plan.sent, watch):
        operations = [added[path] for path in group]
        api.preupload_lfs_files(name, operations, revision=wish.branch, free_memory=False, **DATASET)
    watch.phase("making the commit")
    removed = [CommitOperationDelete(path, is_folder=False) for path in plan.removed]
    message = wish.message or (f"Release {wish.tag}" if wish.tag else "A release")
    made = api.create_commit(
        name,
        [*removed, *added.values()],
        commit_message=message,
        revision=wish.branch,
        parent_commit=parent,
        **DATASET,
    )
    return str(made.oid)


def _check(api: HfApi, contents: Contents, name: str, commit: str) -> None:
    """Make sure that everything is in the commit: a repository may have a .gitignore."""
    files = files_of(api, name, commit)
    lost = [path for path in contents.names if path not in files or not is_same(files[path], contents, path)]
    if lost:
        raise OutputError(
            f"{name}: the commit lacks {', '.join(lost[:3])}{' …' * (len(lost) > 3)}, and gets no tag: see whether a "
            ".gitignore of the repository leaves it out, and publish again"
        )


def _load(name: str, wish: Wish) -> str:
    revision = wish.tag or (wish.branch if wish.branch != "main" else "")
    return f'load_dataset("{name}"' + (f', revision="{revision}")' if revision else ")")

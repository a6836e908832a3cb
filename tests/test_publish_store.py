"""Publishing to a store: what has a SHA256SUMS is whole, and nothing is sent twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fsspec
import pytest
from fsspec.implementations.memory import MemoryFileSystem
from publishing import Told, bytes_of, versions
from releases import good
from stores import s3

from cleaning.errors import OutputError
from cleaning.release.publish.contents import Contents, Publication
from cleaning.release.publish.store import UNFINISHED, publish_to_store
from cleaning.release.publish.where import where

LAST = 26  # the changes of a store for the second version, counted from 0


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Contents, Contents]:
    return versions(tmp_path_factory.mktemp("releases"))


@pytest.fixture
def place() -> Iterator[str]:
    MemoryFileSystem.store.clear()
    yield "memory://corpus"
    MemoryFileSystem.store.clear()


@pytest.fixture(scope="module")
def bucket() -> Iterator[str]:
    with s3("published", "recognisable-secret"):
        yield "s3://published"


def publish(given: Contents, address: str, *, dry_run: bool = False) -> Publication:
    return publish_to_store(given, where(address), dry_run=dry_run, watch=Told())


def held(address: str) -> dict[str, bytes]:
    files, root = fsspec.url_to_fs(address)
    files.invalidate_cache()
    return {name.removeprefix(root).strip("/"): files.cat_file(name) for name in files.find(root)}


def test_a_bucket_gets_each_version_whole_and_keeps_what_is_not_of_it(
    bucket: str, both: tuple[Contents, Contents]
) -> None:
    address = f"{bucket}/corpora/news"
    assert publish(both[0], address).sent == tuple(both[0].names)
    assert held(address) == bytes_of(both[0])
    assert not publish(both[0], address).changed
    fsspec.filesystem("s3").pipe("published/corpora/news/notes.md", b"by hand")
    done = publish(both[1], address)
    assert held(address) == bytes_of(both[1]) | {"notes.md": b"by hand"}
    assert set(done.sent) == {
        name for name, content in bytes_of(both[1]).items() if content != bytes_of(both[0]).get(name)
    }
    assert set(done.removed) == set(both[0].sums) - set(both[1].sums)


def test_what_is_in_a_bucket_is_loaded(
    bucket: str, both: tuple[Contents, Contents], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datasets import load_dataset  # noqa: PLC0415  (after the variables of conftest.py)

    code = publish(both[1], f"{bucket}/loaded").load.removesuffix(")") + ", cache_dir=cache)"
    monkeypatch.setattr("datasets.config.HF_HUB_OFFLINE", False)  # the store is on this machine
    loaded = eval(code, {"load_dataset": load_dataset, "cache": str(tmp_path)})
    assert loaded["text"] == [row["text"] for row in good().rows["default"]]


def test_a_bucket_that_is_not_there(bucket: str, both: tuple[Contents, Contents]) -> None:
    with pytest.raises(OutputError, match="s3://nobodys/a: cannot be published to: ") as caught:
        publish(both[0], f"{bucket[:5]}nobodys/a")
    assert "recognisable-secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_dry_run_changes_nothing(place: str, both: tuple[Contents, Contents]) -> None:
    assert publish(both[0], place, dry_run=True).sent == publish(both[0], place).sent
    assert publish(both[1], place, dry_run=True).removed
    assert held(place) == bytes_of(both[0])


def test_a_place_of_other_things_is_refused(place: str, both: tuple[Contents, Contents]) -> None:
    files = fsspec.filesystem("memory")
    files.pipe_file("/corpus/thesis.tex", b"years")
    with pytest.raises(OutputError, match=r"holds thesis\.tex, and is not a release"):
        publish(both[0], place)
    files.pipe_file("/corpus/SHA256SUMS", b"0" * 64 + b"  thesis.tex\n")
    with pytest.raises(OutputError, match="is not a release"):
        publish(both[0], place)
    assert files.cat_file("/corpus/thesis.tex") == b"years"
    files.rm("/corpus", recursive=True)
    publish(both[0], place)
    files.pipe_file("/corpus/data/train-00007-of-00009.parquet", b"PAR1")
    with pytest.raises(OutputError, match=r"holds data/train-00007-of-00009\.parquet, of no release"):
        publish(both[1], place)


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError("no\nroute")], ids=["interrupted", "cut"])
@pytest.mark.parametrize("at", [*range(5), 12, 24, 25, LAST])
def test_what_breaks_off_anywhere_says_so_and_is_taken_up(
    place: str,
    both: tuple[Contents, Contents],
    at: int,
    error: BaseException | type[BaseException],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    publish(both[0], place)
    with monkeypatch.context() as patch:
        patch.setattr("cleaning.release.publish.contents.GROUP_BYTES", 1)
        sent = _breaking(patch, at, error)
        with pytest.raises((KeyboardInterrupt, OutputError)) as caught:
            publish(both[1], place)
    assert "\n" not in str(caught.value)
    found = held(place)
    found.pop(UNFINISHED, None)
    assert ("SHA256SUMS" in found) == (at < 2 or at == LAST)
    expected = bytes_of(both[0] if at < 2 else both[1])
    assert "SHA256SUMS" not in found or found == expected, "what has sums is the old version or the new one"
    again = publish(both[1], place)
    assert held(place) == bytes_of(both[1])
    assert not set(again.sent) & set(sent[:-1]), "what was sent is not sent again, but for the last one"
    assert UNFINISHED not in held(place)


def _breaking(patch: pytest.MonkeyPatch, at: int, error: BaseException | type[BaseException]) -> list[str]:
    """Have the store fail at a change, counted from 0, and return the files that are sent before."""
    changes, sent = [0], []

    def breaking(name: str) -> None:
        real = getattr(MemoryFileSystem, name)

        def change(self: Any, *given: Any, **more: Any) -> Any:
            if changes[0] == at:
                raise error
            changes[0] += 1
            if name == "put_file":
                sent.append(given[1].removeprefix("/corpus/"))
            return real(self, *given, **more)

        patch.setattr(MemoryFileSystem, name, change)

    for name in ("put_file", "pipe_file", "rm_file"):
        breaking(name)
    return sent


def test_a_file_that_did_not_arrive_whole_is_missed(
    place: str, both: tuple[Contents, Contents], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(MemoryFileSystem, "put_file", lambda self, _, path: self.pipe_file(path, b"half"))
        with pytest.raises(OutputError, match="did not arrive whole: publish again"):
            publish(both[0], place)
    assert "SHA256SUMS" not in held(place)
    publish(both[0], place)
    assert held(place) == bytes_of(both[0])


def test_a_missing_driver_is_named(both: tuple[Contents, Contents], monkeypatch: pytest.MonkeyPatch) -> None:
    import sys  # noqa: PLC0415

    monkeypatch.setitem(sys.modules, "gcsfs", None)
    with pytest.raises(OutputError, match="gs:// needs the package gcsfs: pip install gcsfs"):
        publish(both[0], "gs://bucket/a")


def test_a_password_is_not_shown(both: tuple[Contents, Contents], monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(address: str) -> None:
        raise OSError(f"cannot open {address}")

    monkeypatch.setattr(fsspec, "url_to_fs", refuse)
    with pytest.raises(OutputError) as caught:
        publish(both[0], "sftp://me:recognisable@host/a")
    assert "recognisable" not in str(caught.value)
    assert caught.value.__cause__ is None

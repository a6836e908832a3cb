"""Publishing to a folder: a copy that appears whole or not at all."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from publishing import Told, bytes_of, versions

from cleaning.errors import OutputError
from cleaning.release.publish.contents import Contents, Publication
from cleaning.release.publish.local import publish_to_folder


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Contents, Contents]:
    return versions(tmp_path_factory.mktemp("releases"))


def publish(given: Contents, folder: Path, *, dry_run: bool = False) -> Publication:
    return publish_to_folder(given, folder, dry_run=dry_run, watch=Told())


def held(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink()
    }


def test_each_version_replaces_the_last(tmp_path: Path, both: tuple[Contents, Contents]) -> None:
    folder = tmp_path / "deep" / "corpus"
    assert publish(both[0], folder, dry_run=True).changed
    assert not folder.exists()
    assert publish(both[0], folder).sent == tuple(both[0].names)
    assert held(folder) == bytes_of(both[0])
    assert not publish(both[0], folder).changed
    assert set(publish(both[1], folder).removed) == set(both[0].sums) - set(both[1].sums)
    assert held(folder) == bytes_of(both[1])
    assert [path.name for path in folder.parent.iterdir()] == ["corpus"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError(28, "No space left on device")])
@pytest.mark.parametrize("there", [True, False])
def test_what_breaks_off_leaves_what_was_there(
    tmp_path: Path,
    both: tuple[Contents, Contents],
    there: bool,
    error: BaseException | type[BaseException],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder, real = tmp_path / "corpus", shutil.copyfile
    if there:
        publish(both[0], folder)

    def copy(source: Path, target: Path) -> None:
        if source.name == "report.html":
            raise error
        real(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(shutil, "copyfile", copy)
        with pytest.raises((KeyboardInterrupt, OutputError)):
            publish(both[1], folder)
    assert held(folder) == (bytes_of(both[0]) if there else {})
    publish(both[1], folder)
    assert held(folder) == bytes_of(both[1])
    assert len(list(tmp_path.iterdir())) == 1


def test_other_things_are_not_overwritten(tmp_path: Path, both: tuple[Contents, Contents]) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "thesis.tex").write_text("years")
    with pytest.raises(OutputError, match=r"holds thesis\.tex, which is of no release"):
        publish(both[0], folder)
    with pytest.raises(OutputError, match="is a file: choose a folder"):
        publish(both[0], folder / "thesis.tex")
    (folder / "thesis.tex").unlink()
    publish(both[0], folder)
    (folder / "notes.md").write_text("by hand")
    with pytest.raises(OutputError, match=r"holds notes\.md, which is of no release"):
        publish(both[1], folder)
    assert (folder / "notes.md").read_text() == "by hand"


def test_a_release_is_not_published_into_itself(both: tuple[Contents, Contents]) -> None:
    assert not publish(both[0], both[0].release).changed
    with pytest.raises(OutputError, match="is inside of the release"):
        publish(both[0], both[0].release / "copy")

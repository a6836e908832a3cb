from __future__ import annotations

import os
import pickle
import zipfile
from pathlib import Path

import fsspec
import pytest

from cleaning.errors import InputError
from cleaning.read import find, records
from cleaning.read.walk import list_input
from cleaning.settings import Input


def write(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())


def origins(*inputs: str | Path) -> list[str]:
    return [piece.origin for piece in find(inputs).pieces]


def test_a_folder_is_walked_in_a_fixed_order_without_hidden_files(tmp_path: Path) -> None:
    write(tmp_path, "b/2.txt", "a.html", "b/10.TXT", ".hidden.txt", ".checkpoint/1.txt", "b/.git/3.txt", "z.jsonl.gz")
    assert origins(tmp_path) == ["a.html", "b/10.TXT", "b/2.txt", "z.jsonl.gz"]


def test_what_is_left_out_of_folders_and_patterns(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "out/b.txt", "out/data/c.txt", "v.jsonl", "output/d.txt")
    without = [tmp_path / "out", tmp_path / "v.jsonl"]
    for given in (tmp_path, f"{tmp_path}/**", f"{tmp_path}/**/*.txt", f"file://{tmp_path}"):
        found = find([given], without=without)
        assert [piece.origin for piece in found.pieces] == ["a.txt", "output/d.txt"], given


def test_what_is_left_out_is_read_when_it_is_the_input_itself(tmp_path: Path) -> None:
    write(tmp_path, "out/b.txt", "out/data/c.txt")
    for given in (tmp_path / "out", tmp_path / "out/data", f"{tmp_path}/out/*.txt", tmp_path / "out/b.txt"):
        assert find([given], without=[tmp_path / "out"]).pieces


def test_every_known_kind_is_found_and_the_others_are_counted(tmp_path: Path) -> None:
    known = ["a.txt", "b.html", "c.htm", "d.xhtml", "e.jsonl", "f.ndjson", "g.json", "h.csv", "i.tsv", "j.parquet"]
    known += ["k.jl", "l.txt.gz", "m.html.zst", "n.csv.bz2", "o.jsonl.xz"]
    known += ["p.arrow", "q.warc", "r.wet", "s.warc.gz", "t.warc.wet.gz", "u.WARC.zst"]
    write(tmp_path, *known, "1.png", "2.PNG", "README.md", "Makefile", "p.parquet.gz")
    found = find([tmp_path])
    assert [piece.origin for piece in found.pieces] == known
    assert found.skipped == (("", 1), (".gz", 1), (".md", 1), (".png", 2))
    assert found.unreadable == ()


def test_a_file_named_by_itself_is_told_by_its_name(tmp_path: Path) -> None:
    write(tmp_path, "deep/down/a.txt", ".hidden.txt")
    assert origins(tmp_path / "deep/down/a.txt") == ["a.txt"]
    assert origins(tmp_path / ".hidden.txt") == [".hidden.txt"]


def test_a_pattern_is_told_from_the_part_without_wildcards(tmp_path: Path) -> None:
    write(tmp_path, "en/pages/1.html", "fr/pages/1.html", "fr/pages/2.png", "fr/other/3.html")
    assert origins(tmp_path / "*/pages/*") == ["en/pages/1.html", "fr/pages/1.html"]
    assert origins(tmp_path / "**/*.html") == ["en/pages/1.html", "fr/other/3.html", "fr/pages/1.html"]
    assert origins(tmp_path / "f*") == ["fr/other/3.html", "fr/pages/1.html"]


def test_what_a_pattern_finds_several_times_is_listed_once(tmp_path: Path) -> None:
    write(tmp_path, "a/b/c/d/1.txt", "a/2.txt", "a.b/3.txt")
    for pattern in (f"{tmp_path}/**", f"{tmp_path}/*", f"file://{tmp_path}/**"):
        listed = [piece.origin for piece in list_input(pattern).pieces]
        assert sorted(listed) == ["a.b/3.txt", "a/2.txt", "a/b/c/d/1.txt"]


def test_a_file_whose_name_looks_like_a_pattern_is_that_file(tmp_path: Path) -> None:
    write(tmp_path, "page[1].txt", "page1.txt")
    assert origins(tmp_path / "page[1].txt") == ["page[1].txt"]


def test_several_inputs_begin_their_origins_with_their_names(tmp_path: Path) -> None:
    write(tmp_path, "en/1.txt", "fr/1.txt", "old/fr/1.txt")
    assert origins(tmp_path / "fr", tmp_path / "en") == ["en/1.txt", "fr/1.txt"]
    assert origins(tmp_path / "fr", tmp_path / "old/fr")[0] == "old/fr/1.txt"


def test_files_of_one_folder_are_told_as_the_folder_tells_them(tmp_path: Path) -> None:
    write(tmp_path, "1.txt", "2.txt")
    assert origins(tmp_path / "2.txt", tmp_path / "1.txt") == origins(tmp_path) == ["1.txt", "2.txt"]


def test_a_file_that_several_inputs_name_is_read_once(tmp_path: Path) -> None:
    write(tmp_path, "a/1.txt", "a/2.txt")
    assert len(origins(tmp_path, tmp_path / "a", tmp_path / "a/1.txt", tmp_path / "*")) == 2


def test_links_that_lead_in_circles_are_walked_once(tmp_path: Path) -> None:
    write(tmp_path, "a/1.txt")
    (tmp_path / "a/loop").symlink_to(tmp_path)
    assert origins(tmp_path) == ["a/1.txt"]
    assert origins(tmp_path / "**/*.txt") == ["a/1.txt"]


def test_a_linked_folder_and_a_linked_file_are_read(tmp_path: Path) -> None:
    write(tmp_path, "elsewhere/1.txt", "root/2.txt")
    (tmp_path / "root/linked").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "root/3.txt").symlink_to(tmp_path / "elsewhere/1.txt")
    assert origins(tmp_path / "root") == ["2.txt", "3.txt", "linked/1.txt"]


def test_names_are_the_same_text_on_every_machine(tmp_path: Path) -> None:
    (tmp_path / "cafe\u0301.txt").write_text("decomposed, as some file systems do")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_text("not UTF-8 at all")
    found = find([tmp_path])
    assert [piece.origin for piece in found.pieces] == ["caf\u00e9.txt", "caf\ufffd.txt"]
    for piece in found.pieces:
        assert len(list(records(piece, Input()))) == 1, "the path still opens the file"


def test_an_input_that_is_not_there_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    for missing in (tmp_path / "b.txt", tmp_path / "*.html", f"file://{tmp_path}/b.txt", "memory://nowhere/at-all"):
        with pytest.raises(InputError, match=r"there is no such file or folder|no file of a known kind"):
            find([tmp_path / "a.txt", missing])


def test_no_input_at_all_is_refused() -> None:
    for nothing in ([], [""]):
        with pytest.raises(InputError, match="input is"):
            find(nothing)


def test_a_file_of_unknown_kind_is_refused_when_it_is_named(tmp_path: Path) -> None:
    write(tmp_path, "photo.png", "a.txt")
    with pytest.raises(InputError, match=r"photo\.png: no file of a known kind, only 1 \.png; known are \.txt, "):
        find([tmp_path / "a.txt", tmp_path / "photo.png"])


def test_a_folder_with_nothing_readable_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no file of a known kind; known are"):
        find([tmp_path])
    write(tmp_path, "a.png", "b.png", "c.md")
    with pytest.raises(InputError, match=r"only 1 \.md, 2 \.png; known are"):
        find([tmp_path])


def forbid(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    scandir = os.scandir  # as root, permissions forbid nothing

    def forbidding(path: str) -> object:
        if Path(path) == folder:
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", forbidding)


def test_a_folder_without_permission_is_counted_and_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "a/1.txt", "secret/2.txt", "z/3.txt")
    forbid(monkeypatch, tmp_path / "secret")
    found = find([tmp_path])
    assert [piece.origin for piece in found.pieces] == ["a/1.txt", "z/3.txt"]
    (unreadable,) = found.unreadable
    assert (unreadable.origin, unreadable.message) == ("secret", "cannot be listed: Permission denied")


def test_an_input_without_permission_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    forbid(monkeypatch, tmp_path)
    with pytest.raises(InputError, match="nothing can be read: it cannot be listed: Permission denied"):
        find([tmp_path])


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    assert [(found.origin, found.message) for found in find([tmp_path]).unreadable] == [
        ("pipe.txt", "is no regular file")
    ]
    with pytest.raises(InputError, match=r"pipe\.txt is no regular file"):
        find([tmp_path / "pipe.txt"])


def test_a_link_to_nowhere_is_unreadable(tmp_path: Path) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    (piece,) = find([tmp_path]).pieces
    (record,) = records(piece, Input())
    assert record.origin == "gone.txt"
    assert "no such file" in getattr(record, "message", "")


def test_addresses_are_read_like_folders(tmp_path: Path) -> None:
    write(tmp_path, "a/1.txt", "a/.hidden/2.txt", "3.png")
    assert origins(f"file://{tmp_path}") == ["a/1.txt"]
    memory = fsspec.filesystem("memory")
    memory.pipe({"/find-test/a/1.txt": b"one", "/find-test/2.html": b"two", "/find-test/.x/3.txt": b"three"})
    try:
        found = find(["memory://find-test"])
        assert [piece.origin for piece in found.pieces] == ["2.html", "a/1.txt"]
        assert origins("memory://find-test/a/1.txt") == ["1.txt"]
        assert origins("memory://find-test/**/*.txt") == ["a/1.txt"]
        assert [record.origin for piece in found.pieces for record in records(piece, Input())] == ["2.html", "a/1.txt"]
        with pytest.raises(InputError, match="no such file"):
            find(["memory://find-test/nothing"])
    finally:
        memory.rm("/find-test", recursive=True)


def test_files_inside_an_archive_are_read(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "pages.zip", "w") as archive:
        archive.writestr("en/1.txt", "one")
        archive.writestr("2.txt", "two")
    found = find([f"zip://*::{tmp_path}/pages.zip"])
    contents = [getattr(record, "content", record) for piece in found.pieces for record in records(piece, Input())]
    assert [piece.origin for piece in found.pieces] == ["2.txt", "en/1.txt"]
    assert contents == [b"two", b"one"]


def test_an_address_that_nobody_knows_is_refused() -> None:
    with pytest.raises(InputError, match=r"no-such-protocol://bucket/a\.txt: .*no-such-protocol"):
        find(["no-such-protocol://bucket/a.txt"])


def test_the_result_can_be_sent_to_a_worker(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "b.png")
    found = find([tmp_path])
    assert pickle.loads(pickle.dumps(found)) == found
    assert find([tmp_path]) == found


def test_relative_inputs_become_paths_that_a_worker_finds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "in/a.txt")
    monkeypatch.chdir(tmp_path)
    (piece,) = find(["in"]).pieces
    assert (piece.path, piece.origin) == (str(tmp_path / "in/a.txt"), "a.txt")

"""SHA256SUMS finds every file that is missing, changed or extra."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from cleaning.errors import OutputError
from cleaning.release.sums import check_sums, write_sums


@pytest.fixture
def release(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "train.parquet").write_bytes(b"\x00rows")
    (tmp_path / "README.md").write_text("card", "utf-8")
    write_sums(tmp_path)
    return tmp_path


def test_sums_of_an_untouched_release_hold(release: Path) -> None:
    assert check_sums(release) == []


def test_lines_are_sorted_and_do_not_name_the_file_itself(release: Path) -> None:
    lines = (release / "SHA256SUMS").read_text("utf-8").splitlines()
    assert [line[64:] for line in lines] == ["  README.md", "  data/train.parquet"]


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="sha256sum is not installed")
def test_sha256sum_reads_them(release: Path) -> None:
    done = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=release, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "README.md: OK\ndata/train.parquet: OK\n")


def test_a_changed_a_missing_and_an_extra_file_are_named(release: Path) -> None:
    (release / "README.md").write_text("another card", "utf-8")
    (release / "data" / "train.parquet").rename(release / "data" / "other.parquet")
    assert check_sums(release) == [
        "README.md: changed",
        "data/other.parquet: not in SHA256SUMS",
        "data/train.parquet: missing",
    ]


def test_hidden_files_that_a_download_leaves_are_no_part_of_a_release(release: Path) -> None:
    for name in (".gitattributes", ".cache/huggingface/data/train.parquet.metadata", "data/.DS_Store"):
        (release / name).parent.mkdir(parents=True, exist_ok=True)
        (release / name).write_text("x", "utf-8")
    assert check_sums(release) == []


def test_writing_them_again_changes_nothing(release: Path) -> None:
    before = (release / "SHA256SUMS").read_bytes()
    assert write_sums(release).read_bytes() == before


@pytest.mark.parametrize("line", ["", "abc  README.md", "0" * 64 + " README.md", "nonsense"])
def test_a_line_of_another_form_is_an_error_and_named(release: Path, line: str) -> None:
    sums = release / "SHA256SUMS"
    sums.write_text(sums.read_text("utf-8") + line + "\n" + "0" * 64 + "  x\n", "utf-8")
    with pytest.raises(OutputError, match="SHA256SUMS, line 3"):
        check_sums(release)


def test_a_folder_without_sums_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="SHA256SUMS: not there"):
        check_sums(tmp_path)

"""manifest.json names what a release was made of, and tells releases from other folders."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from releases import good
from written import tables

from cleaning.errors import OutputError
from cleaning.release.manifest import read_manifest, write_manifest
from cleaning.settings import Settings


def test_it_names_inputs_settings_versions_counts_and_tables(tmp_path: Path) -> None:
    tables(tmp_path)
    manifest = read_manifest(tmp_path)
    assert manifest["package"]["name"] == "scrape2corpus"
    assert {"python", "pyarrow", "numpy", "ftfy", "trafilatura"} <= set(manifest["versions"])
    assert manifest["inputs"] == [{"origin": "news", "bytes": 12}]
    assert manifest["skipped"] == []
    assert manifest["counts"] == good().manifest["counts"]
    assert manifest["settings"]["quality"]["min_chars"] == 100
    assert {name: table["rows"] for name, table in manifest["tables"].items()} == {
        "default": 4,
        "removed": 3,
        "dropped": 3,
        "repairs": 2,
        "personal": 2,
    }
    assert manifest["tables"]["default"]["files"] == ["data/train-00000-of-00001.parquet"]


def test_files_skipped_are_named(tmp_path: Path) -> None:
    tables(tmp_path)
    skipped = [{"origin": "a.bin", "why": "of no known kind"}]
    write_manifest(tmp_path, counts={}, inputs=[], settings=Settings(), skipped=skipped)
    assert read_manifest(tmp_path)["skipped"] == skipped


def test_settings_that_change_no_result_are_left_out(tmp_path: Path) -> None:
    tables(tmp_path / "a", settings=Settings.of({"engine": {"workers": 1}}))
    tables(tmp_path / "b", settings=Settings.of({"engine": {"workers": 7}}))
    assert (tmp_path / "a" / "manifest.json").read_bytes() == (tmp_path / "b" / "manifest.json").read_bytes()


def test_digests_do_not_depend_on_shards_but_on_rows(tmp_path: Path) -> None:
    tables(tmp_path / "a")
    tables(tmp_path / "b", per_shard=1)
    spoiled = good()
    spoiled.document("rain")["text"] += "!"
    tables(tmp_path / "c", spoiled)
    a, b, c = (read_manifest(tmp_path / name)["tables"]["default"] for name in "abc")
    assert len(a["files"]) < len(b["files"])
    assert a["sha256"] == b["sha256"] != c["sha256"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "not a release: it has no manifest.json"),
        ("{", "not JSON"),
        ("[]", "not the manifest of a release"),
        (json.dumps({"manifest_version": 3, "name": "a browser extension"}), "not the manifest of a release"),
        (json.dumps({"package": {"name": "other"}}), "not the manifest of a release"),
    ],
)
def test_other_folders_are_no_releases(tmp_path: Path, content: str | None, message: str) -> None:
    if content is not None:
        (tmp_path / "manifest.json").write_text(content, "utf-8")
    with pytest.raises(OutputError, match=message):
        read_manifest(tmp_path)

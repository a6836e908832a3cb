"""croissant.json names every file with its digest and every column with its type."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from written import tables

from cleaning.release.croissant import write_croissant
from cleaning.release.sums import sha256
from cleaning.schema import CONFIGS
from cleaning.settings import Settings


@pytest.fixture
def release(tmp_path: Path) -> Path:
    return tmp_path / "news"


def written(release: Path, settings: Settings | None = None) -> dict[str, Any]:
    settings = settings or Settings()
    content: dict[str, Any] = json.loads(
        write_croissant(release, tables(release, None, settings, per_shard=1), settings).read_text()
    )
    return content


def test_it_is_croissant_1_1(release: Path) -> None:
    content = written(release)
    assert content["conformsTo"] == "http://mlcommons.org/croissant/1.1"
    assert (content["@type"], content["name"], content["inLanguage"]) == ("sc:Dataset", "news", ["ar", "en"])


def test_every_file_has_its_digest(release: Path) -> None:
    objects = [item for item in written(release)["distribution"] if item["@type"] == "cr:FileObject"]
    files = {path.relative_to(release).as_posix(): sha256(path) for path in release.rglob("*.parquet")}
    assert {item["contentUrl"]: item["sha256"] for item in objects} == files
    assert len(files) > len(CONFIGS)


def test_every_column_is_a_field_of_a_set_of_files_that_is_there(release: Path) -> None:
    content = written(release)
    sets = {item["@id"]: item["includes"] for item in content["distribution"] if item["@type"] == "cr:FileSet"}
    for records, (config, schema) in zip(content["recordSet"], CONFIGS.items(), strict=True):
        assert records["@id"] == config
        assert [field["source"]["extract"]["column"] for field in records["field"]] == schema.names
        (pattern,) = {sets[field["source"]["fileSet"]["@id"]] for field in records["field"]}
        assert list(release.glob(pattern))


def test_types_are_those_of_the_schema(release: Path) -> None:
    fields = {field["@id"]: field for records in written(release)["recordSet"] for field in records["field"]}
    assert fields["default/text"]["dataType"] == "sc:Text"
    assert fields["default/n_chars"]["dataType"] == "cr:Int64"
    assert fields["dropped/similarity"]["dataType"] == "cr:Float32"
    assert (fields["default/captions"]["isArray"], fields["default/captions"]["arrayShape"]) == (True, "-1")
    assert "isArray" not in fields["default/text"]


def test_what_nobody_said_is_left_out(release: Path) -> None:
    assert not {"license", "url", "citeAs"} & set(written(release))


def test_what_the_settings_say_is_there(release: Path) -> None:
    said = {"license": "CC-BY-4.0", "homepage": "https://example.org", "citation": "@misc{x}"}
    content = written(release, Settings.of({"card": said}))
    assert content["license"] == "https://spdx.org/licenses/CC-BY-4.0"
    assert (content["url"], content["citeAs"]) == ("https://example.org", "@misc{x}")

"""croissant.json names every file with its digest and every column with its type."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import mlcroissant
import pyarrow.parquet as pq
import pytest
from croissants import DEPRECATED, opened, rows
from releases import good, write_shards
from written import CARD, tables

from cleaning.release.croissant import write_croissant
from cleaning.release.statistics import statistics
from cleaning.release.sums import sha256
from cleaning.schema import CONFIGS, FOLDERS
from cleaning.settings import Settings

pytestmark = [pytest.mark.filterwarnings(message) for message in DEPRECATED]


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
    assert content["conformsTo"] == ["http://mlcommons.org/croissant/1.1", "http://mlcommons.org/croissant/RAI/1.0"]
    assert (content["@type"], content["inLanguage"]) == ("sc:Dataset", ["ar", "en"])
    assert content["keywords"] == ["web", "cleaned", "deduplicated"]


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
    content = written(release)
    assert not {"license", "url", "citeAs", "version", "datePublished", "creator", "publisher"} & set(content)
    assert {name for name in content if name.startswith("rai:")} == {
        *("rai:dataCollectionType", "rai:dataCollectionMissingData", "rai:dataPreprocessingProtocol"),
        *("rai:dataBiases", "rai:dataLimitations"),
    }


def test_what_the_settings_say_is_there(release: Path) -> None:
    content = written(release, Settings.of({"card": CARD}))
    said = {
        "version": "1.2.0",
        "datePublished": "2024-06-01",
        "license": "https://spdx.org/licenses/CC-BY-4.0",
        "url": "https://example.org/river_news",
        "citeAs": "@misc{river, title = {News}}",
        "creator": [{"@type": "sc:Person", "name": name} for name in CARD["creators"]],
        "publisher": [{"@type": "sc:Organization", "name": "The River Society"}],
        "rai:dataCollection": CARD["collection"],
        "rai:dataCollectionTimeframe": ["2024-05-01", "2024-05-31"],
        "rai:personalSensitiveInformation": ["Names of officials."],
        "rai:dataUseCases": [CARD["uses"]],
        "rai:dataSocialImpact": "Some will move house.",
        "rai:dataReleaseMaintenancePlan": CARD["maintenance"],
    }
    assert {name: content[name] for name in said} == said
    assert content["rai:dataBiases"] == [
        "One river only.",
        "The largest language, en, gives 68 % of the characters.",
        "The largest source, news.example, gives 100 % of the characters.",
    ]
    assert content["rai:dataLimitations"][0] == "Floods alone."
    assert content["rai:dataCollectionMissingData"].startswith("Records that could not be read: 1.")


def test_an_organisation_alone_is_the_maker(release: Path) -> None:
    content = written(release, Settings.of({"card": {"publisher": "We", "license": "MIT OR CC-BY-4.0"}}))
    assert content["creator"] == content["publisher"] == [{"@type": "sc:Organization", "name": "We"}]
    assert content["license"] == ["https://spdx.org/licenses/MIT", "https://spdx.org/licenses/CC-BY-4.0"]


@pytest.mark.parametrize(
    ("said", "warned"),
    [(CARD, set()), ({"name": "A"}, {"citeAs", "datePublished", "license", "version"})],
)
def test_mlcroissant_finds_no_error_and_misses_only_what_is_not_said(
    release: Path, said: dict[str, Any], warned: set[str]
) -> None:
    written(release, Settings.of({"card": said}))
    metadata = opened(release).metadata
    assert metadata.ctx.issues.errors == set()
    warnings = metadata.ctx.issues.warnings
    assert {name for name in warned if any(f'/{name}" is recommended' in warning for warning in warnings)} == warned
    assert len(warnings) == len(warned)
    if said is CARD:
        assert (metadata.version, metadata.data_use_cases) == ("1.2.0", [CARD["uses"]])
        assert metadata.personal_sensitive_information == ["Names of officials."]


@pytest.mark.parametrize("config", CONFIGS)
def test_mlcroissant_reads_what_the_files_hold(release: Path, config: str) -> None:
    written(release)
    assert rows(opened(release), config) == pq.read_table(release / FOLDERS[config]).to_pylist()


def test_splits_in_folders_of_languages_are_read(release: Path) -> None:
    written(release)
    kept = good().rows["default"]
    shutil.rmtree(release / "data")
    write_shards(release / "data" / "ar", CONFIGS["default"], [kept[3:]])
    write_shards(release / "data" / "en", CONFIGS["default"], [kept[:2], kept[2:3]])
    for file in (release / "data" / "en").glob("train-00001*"):
        file.rename(file.with_name("test-00000-of-00001.parquet"))
    numbers = statistics(release, good().manifest["counts"])
    write_croissant(release, numbers, Settings())
    assert {row["id"] for row in rows(opened(release), "default")} == {row["id"] for row in kept}
    assert rows(opened(release), "ar") == pq.read_table(release / "data" / "ar").to_pylist()
    assert {row["id"] for row in rows(opened(release), "en")} == {row["id"] for row in kept[:3]}


def test_a_wrong_column_is_found_by_reading(release: Path) -> None:
    text = json.dumps(written(release)).replace('"column": "text"', '"column": "texts"')
    (release / "croissant.json").write_text(text, "utf-8")
    with pytest.raises(mlcroissant.GenerationError, match=r"Read\(default-files\)"):
        rows(opened(release), "default")

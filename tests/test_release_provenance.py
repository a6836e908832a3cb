"""provenance.json is W3C PROV-JSON that the library `prov` reads, and says what the manifest says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from prov.model import ProvDerivation, ProvDocument, ProvEntity, ProvRecord, ProvUsage
from releases import good
from written import tables

from cleaning.release.manifest import read_manifest, write_manifest
from cleaning.release.provenance import write_provenance
from cleaning.release.sums import sha256
from cleaning.settings import Settings

SETTINGS = Settings.of({"card": {"version": "1.1.0", "creators": ["Jo Example"], "publisher": "Example Society"}})
INPUTS = [
    {"origin": "news/a <b>.jsonl", "bytes": 12, "sha256": "ab" * 32},
    {"origin": "s3://bucket/b.parquet", "bytes": 7},
]
TAKEDOWN = {"entries": 2, "sha256": "cd" * 32}


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("releases")
    for name, previous in (("old", []), ("new", [folder / "old"])):
        tables(folder / name)
        told = {"counts": good().manifest["counts"], "inputs": INPUTS, "settings": SETTINGS}
        write_manifest(folder / name, **told, previous=previous, takedown=TAKEDOWN)
        write_provenance(folder / name)
    return folder


def read(release: Path) -> ProvDocument:
    return ProvDocument.deserialize(content=(release / "provenance.json").read_text("utf-8"), format="json")


def named(document: ProvDocument, name: str) -> ProvRecord:
    (record,) = document.get_record(name)
    return record


def name_of(document: ProvDocument, name: str) -> str:
    identifier = named(document, name).identifier
    assert identifier
    return str(identifier.uri)


def said(record: ProvRecord) -> dict[str, str]:
    return {str(name): str(value) for name, value in record.attributes}


def ends(document: ProvDocument, kind: type[ProvRecord]) -> Iterator[tuple[str, ...]]:
    for record in document.get_records(kind):
        yield tuple(str(value) for _, value in record.formal_attributes if value)


def test_inputs_are_entities_with_their_digests(releases: Path) -> None:
    document = read(releases / "new")
    first, second = (said(named(document, f"release:input{number}")) for number in (1, 2))
    assert first == {
        "prov:label": "news/a <b>.jsonl",
        "schema:contentSize": "12",
        "schema:sha256": "ab" * 32,
    }
    assert second == {"prov:label": "s3://bucket/b.parquet", "schema:contentSize": "7"}


def test_the_build_used_them_and_all_that_changes_it(releases: Path) -> None:
    used = {entity.partition(":")[2] for _, entity in ends(read(releases / "new"), ProvUsage)}
    assert used == {"input1", "input2", "settings", "takedown", "dataset"}


def test_tables_have_the_digests_of_the_manifest(releases: Path) -> None:
    document, manifest = read(releases / "new"), read_manifest(releases / "new")
    for name, table in manifest["tables"].items():
        told = said(named(document, f"release:{name}"))
        assert (told["schema:sha256"], told["schema:size"]) == (table["sha256"], str(table["rows"]))


def test_software_and_makers_are_agents(releases: Path) -> None:
    document = read(releases / "new")
    package = read_manifest(releases / "new")["package"]
    software = said(named(document, "release:software"))
    assert (software["prov:label"], software.get("schema:version")) == (package["name"], package["version"])
    makers = [said(named(document, f"release:creator{number}"))["prov:label"] for number in (1, 2)]
    assert makers == ["Jo Example", "Example Society"]


def test_a_release_is_derived_from_the_earlier_one_by_its_own_name(releases: Path) -> None:
    old, new = read(releases / "old"), read(releases / "new")
    own = name_of(old, "release:dataset")
    assert own == f"urn:sha256:{sha256(releases / 'old' / 'manifest.json')}:dataset"
    assert list(ends(old, ProvDerivation)) == []
    ((made, used, *_),) = ends(new, ProvDerivation)
    assert (made, used) == ("release:dataset", "previous1:dataset")
    assert name_of(new, used) == own


def test_both_say_their_version_and_no_times(releases: Path) -> None:
    for entity in ("release:dataset", "previous1:dataset"):
        assert said(named(read(releases / "new"), entity))["schema:version"] == "1.1.0"
    assert "Time" not in (releases / "new" / "provenance.json").read_text("utf-8")


def test_nothing_is_lost_when_it_is_read(releases: Path) -> None:
    written = json.loads((releases / "new" / "provenance.json").read_text("utf-8"))
    nodes = {name for kind in ("entity", "activity", "agent") for name in written[kind]}
    document = read(releases / "new")
    assert {str(record.identifier) for record in document.get_records() if record.identifier} >= nodes
    assert len(list(document.get_records(ProvEntity))) == len(written["entity"])

"""provenance.json: what a release was made from, by what and for whom, in W3C PROV-JSON.

It says what manifest.json says, in a form that other tools can join with what they know of the inputs. The names of a
release begin with the digest of its manifest, so an earlier one has here the name that it has in its own
provenance.json. There are no times.
https://www.w3.org/submissions/prov-json/
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from .manifest import NAME as MANIFEST
from .manifest import name_of, read_manifest
from .sums import sha256

NAME = "provenance.json"
_NODES = dict[str, dict[str, Any]]
_BUILD, _RELEASE = "release:build", "release:dataset"


def write_provenance(release: Path) -> Path:
    """Write provenance.json of what manifest.json says.

    Raises:
        OutputError: the folder has no manifest.
    """
    path = release / NAME
    text = json.dumps(provenance(read_manifest(release), sha256(release / MANIFEST)), ensure_ascii=False, indent=1)
    path.write_text(text + "\n", "utf-8", newline="\n")
    return path


def provenance(manifest: Mapping[str, Any], digest: str) -> dict[str, Any]:
    """Return the PROV-JSON document of a manifest and its digest."""
    own = {"name": name_of(manifest), "version": manifest["version"], "manifest_sha256": digest}
    tables = {f"release:{name}": _table(name, table) for name, table in manifest["tables"].items()}
    used = _inputs(manifest) | _given(manifest)
    earlier = {f"previous{number}:dataset": _dataset(told) for number, told in enumerate(manifest["previous"], 1)}
    creators = {f"release:creator{number}": {"prov:label": name} for number, name in enumerate(_makers(manifest), 1)}
    software = {"release:software": _software(manifest)}
    made = [_RELEASE, *tables]
    return {
        "prefix": _prefixes(own, manifest["previous"]),
        "entity": {_RELEASE: _dataset(own), **tables, **used, **earlier},
        "activity": {_BUILD: {"prov:type": _name("release:Build")}},
        "agent": {**software, **creators},
        "used": _relations("used", [{"prov:activity": _BUILD, "prov:entity": name} for name in [*used, *earlier]]),
        "wasGeneratedBy": _relations("made", [{"prov:entity": name, "prov:activity": _BUILD} for name in made]),
        "wasAssociatedWith": {"_:with1": {"prov:activity": _BUILD, "prov:agent": "release:software"}},
        "wasAttributedTo": _relations("by", [{"prov:entity": _RELEASE, "prov:agent": name} for name in creators]),
        "wasDerivedFrom": _relations("from", [_derived(name) for name in earlier]),
        "hadMember": _relations("has", [{"prov:collection": _RELEASE, "prov:entity": name} for name in tables]),
    }


def _prefixes(own: Mapping[str, Any], previous: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    named = {"release": own} | {f"previous{number}": told for number, told in enumerate(previous, 1)}
    urns = {name: f"urn:sha256:{told['manifest_sha256']}:" for name, told in named.items()}
    return {"schema": "https://schema.org/", **urns}


def _dataset(told: Mapping[str, Any]) -> dict[str, Any]:
    version = {"schema:version": told["version"]} if told["version"] else {}
    return {"prov:type": _name("prov:Collection"), "prov:label": told["name"], **version}


def _table(name: str, table: Mapping[str, Any]) -> dict[str, Any]:
    """Return a table; its digest is the logical one, of its rows and not of its files."""
    return {"prov:label": name, "schema:sha256": table["sha256"], "schema:size": table["rows"]}


def _inputs(manifest: Mapping[str, Any]) -> _NODES:
    """Return the files that were read. Of addresses there may be no digest."""
    names = {"prov:label": "origin", "schema:contentSize": "bytes", "schema:sha256": "sha256"}
    return {
        f"release:input{number}": {key: item[name] for key, name in names.items() if name in item}
        for number, item in enumerate(manifest["inputs"], 1)
    }


def _given(manifest: Mapping[str, Any]) -> _NODES:
    """Return what else can change the release: its settings, the card's template, the list of what is taken down."""
    settings = json.dumps(manifest["settings"], ensure_ascii=False, sort_keys=True)
    given: dict[str, Any] = {"settings": {"sha256": hashlib.sha256(settings.encode()).hexdigest()}}
    given |= {name: manifest.get(name) for name in ("template", "takedown")}
    return {f"release:{name}": {"prov:label": name, "schema:sha256": of["sha256"]} for name, of in given.items() if of}


def _software(manifest: Mapping[str, Any]) -> dict[str, Any]:
    package = manifest["package"]
    version = {"schema:version": package["version"]} if package["version"] else {}
    return {"prov:type": _name("prov:SoftwareAgent"), "prov:label": package["name"], **version}


def _makers(manifest: Mapping[str, Any]) -> list[str]:
    card = manifest["settings"]["card"]
    return [name for name in [*card["creators"], card["publisher"]] if name]


def _derived(name: str) -> dict[str, Any]:
    return {"prov:generatedEntity": _RELEASE, "prov:usedEntity": name, "prov:activity": _BUILD}


def _name(qualified: str) -> dict[str, str]:
    return {"$": qualified, "type": "prov:QUALIFIED_NAME"}


def _relations(kind: str, found: list[dict[str, Any]]) -> _NODES:
    return {f"_:{kind}{number}": relation for number, relation in enumerate(found, 1)}

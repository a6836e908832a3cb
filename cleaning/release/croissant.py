"""croissant.json: the release in MLCommons' Croissant 1.1, which dataset search engines and loaders read.

Each Parquet file is named with its digest. Each table, and each language that has a folder of its own, is a set of
files beside croissant.json and a record set with the columns of the schema, so that ``mlcroissant`` reads the records
from the folder itself.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from ..licence import licence_urls
from ..schema import CONFIGS
from ..settings import Card, Settings
from .described import columns
from .frontmatter import languages_of, pretty_name, tags
from .rai import CONFORMS_TO, responsible
from .statistics import Statistics
from .sums import sha256
from .tables import Split, configs_of, schema_of, shards

NAME = "croissant.json"
_PARQUET = "application/x-parquet"
_TYPES = {"string": "sc:Text", "int32": "cr:Int32", "int64": "cr:Int64", "float32": "cr:Float32"}
_ABOUT = {
    "default": "the clean documents",
    "removed": "the spans cut out of them",
    "dropped": "the documents that were dropped",
    "repairs": "the changes made before any cut",
    "personal": "where personal data stands, or was masked",
}
_OF_LANGUAGE = "the clean documents in {}: a part of `default`"
# The context that the specification gives; readers compare it word for word.
_CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "dct": "http://purl.org/dc/terms/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "sc": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "description": {"@container": "@language"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "name": {"@container": "@language"},
}
_TERMS = (
    *("arrayShape", "column", "containedIn", "equivalentProperty", "extract", "field", "fileObject", "fileProperty"),
    *("fileSet", "format", "includes", "isArray", "isLiveDataset", "jsonPath", "key", "md5", "parentField", "path"),
    *("recordSet", "references", "regex", "repeated", "replace", "samplingRate", "separator", "source", "subField"),
    "transform",
)


def write_croissant(release: Path, statistics: Statistics, settings: Settings) -> Path:
    """Write croissant.json for the tables that the folder holds. What the settings do not say is left out.

    Raises:
        OutputError: a table is missing.
        ValueError: a column has a type that Croissant has no name for here.
    """
    configs = configs_of(release)
    languages = [config for config in configs if config not in CONFIGS]
    content = {
        "@context": _CONTEXT | {term: f"cr:{term}" for term in _TERMS},
        "@type": "sc:Dataset",
        "conformsTo": ["http://mlcommons.org/croissant/1.1", CONFORMS_TO],
        "name": pretty_name(release, settings.card),
        "description": (
            f"{statistics.counts['kept']} documents of clean text made from {statistics.counts['read']} scraped ones, "
            "with every span and document that was removed, and why."
        ),
        **_said(settings.card),
        "keywords": tags(settings.card),
        "inLanguage": sorted(languages_of(statistics)),
        "isLiveDataset": False,
        **responsible(statistics, settings.card),
        "distribution": [
            *(_file_object(release, file) for config in CONFIGS for file in shards(release, config)),
            *(_file_set(config, splits) for config, splits in configs.items()),
        ],
        "recordSet": [
            *(_record_set(config, _ABOUT[config], schema_of(release, config)) for config in CONFIGS),
            *(_record_set(tag, _OF_LANGUAGE.format(tag), schema_of(release, "default")) for tag in languages),
        ],
    }
    path = release / NAME
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", "utf-8", newline="\n")
    return path


def _said(card: Card) -> dict[str, Any]:
    licences = licence_urls(card.license)
    publisher = [{"@type": "sc:Organization", "name": card.publisher}] if card.publisher else []
    values = {
        "version": card.version,
        "datePublished": card.published,
        "creator": [{"@type": "sc:Person", "name": name} for name in card.creators] or publisher,
        "publisher": publisher,
        "license": licences[0] if len(licences) == 1 else licences,
        "url": card.homepage,
        "citeAs": card.citation,
    }
    return {key: value for key, value in values.items() if value}


def _file_object(release: Path, file: Path) -> dict[str, Any]:
    name = file.relative_to(release).as_posix()
    return {
        "@type": "cr:FileObject",
        "@id": name,
        "name": name,
        "contentUrl": name,
        "contentSize": f"{file.stat().st_size} B",
        "encodingFormat": _PARQUET,
        "sha256": sha256(file),
    }


def _file_set(config: str, splits: Sequence[Split]) -> dict[str, Any]:
    return {
        "@type": "cr:FileSet",
        "@id": f"{config}-files",
        "name": f"{config}-files",
        "encodingFormat": _PARQUET,
        "includes": [split.pattern for split in splits] if len(splits) > 1 else splits[0].pattern,
    }


def _record_set(config: str, description: str, schema: pa.Schema) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": config,
        "name": config,
        "description": description,
        "field": [_field(config, *row) for row in columns(schema)],
    }


def _field(config: str, name: str, kind: str, description: str) -> dict[str, Any]:
    item = kind.removeprefix("list of ")
    if item not in _TYPES:
        raise ValueError(f"{config}.{name}: no Croissant type is known for {kind}")
    field = {
        "@type": "cr:Field",
        "@id": f"{config}/{name}",
        "name": name,
        "description": description,
        "dataType": _TYPES[item],
        "source": {"fileSet": {"@id": f"{config}-files"}, "extract": {"column": name}},
    }
    return field if item == kind else field | {"isArray": True, "arrayShape": "-1"}

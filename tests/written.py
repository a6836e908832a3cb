"""Releases written by the package's own writers, for tests of what comes out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
from releases import Made, good

from cleaning.release.card import write_card
from cleaning.release.croissant import write_croissant
from cleaning.release.manifest import write_manifest
from cleaning.release.parquet import ShardWriter, features_schema, number_shards
from cleaning.release.provenance import write_provenance
from cleaning.release.statistics import Statistics, statistics
from cleaning.release.sums import write_sums
from cleaning.report import write_report
from cleaning.schema import CONFIGS, FOLDERS
from cleaning.settings import Settings

VERDICT = {
    "holds": True,
    "promises": [
        {"name": "ids-unique", "meaning": "joins need it", "severity": "critical", "ok": True}
        | {"suite": "rows", "evaluated": 4, "unexpected": 0, "ids": []}
    ],
}

# All that a person can say of a dataset, but for a template.
CARD: dict[str, Any] = {
    "name": "News of the river",
    "version": "1.2.0",
    "creators": ["Jo Example", "Ana Example"],
    "publisher": "The River Society",
    "published": "2024-06-01",
    "license": "CC-BY-4.0",
    "homepage": "https://example.org/river_news",
    "contact": "data@example.org",
    "collection": "Collected in *May 2024*.\n\nBy hand.",
    "personal_data": "Names of officials.",
    "biases": "One river only.",
    "sources": ["original", "river/gauges"],
    "tags": ["news", "web"],
    "tasks": ["text-classification"],
    "collected": ["2024-05-01", "2024-05-31"],
    "uses": "For *models* of rivers; not for forecasts.",
    "limitations": "Floods alone.",
    "social_impact": "Some will move house.",
    "maintenance": "Each spring; old versions stay.",
    "citation": "@misc{river, title = {News}}",
}


def tables(
    folder: Path, made: Made | None = None, settings: Settings | None = None, *, per_shard: int = 1000
) -> Statistics:
    """Write the tables and the manifest of a release, by default of :func:`good`, and return its numbers."""
    made, settings = made or good(), settings or Settings()
    for config, schema in CONFIGS.items():
        rows = pa.Table.from_pylist(made.rows[config], schema=schema)
        for number in range(0, len(rows), per_shard):
            writer = ShardWriter(folder / FOLDERS[config], number, features_schema(schema))
            writer.write(rows[number : number + per_shard])
            writer.close()
        number_shards(folder / FOLDERS[config], features_schema(schema))
    counts = made.manifest["counts"]
    write_manifest(folder, counts=counts, inputs=[{"origin": "news", "bytes": 12}], settings=settings)
    return statistics(folder, counts)


def whole(
    folder: Path,
    made: Made | None = None,
    settings: Settings | None = None,
    verdict: Mapping[str, Any] | None = VERDICT,
    per_shard: int = 1000,
) -> list[str]:
    """Write a whole release, and return what its card could not say."""
    settings = settings or Settings()
    numbers = tables(folder, made, settings, per_shard=per_shard)
    warnings = write_card(folder, numbers, verdict, settings, CONFIGS)
    write_croissant(folder, numbers, settings)
    write_provenance(folder)
    write_report(folder, numbers, verdict, settings)
    write_sums(folder)
    return warnings

"""The tables of a release, made from the staged documents and what was decided about them.

Documents stand in the order of their ids, in each part of `default` anew. They are written in *units* of neighbours
that fill a row group together, and units make shards. Which documents are in which unit depends on their order and
sizes alone, so that shards can be written side by side, anywhere, and the bytes are always the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ..child import Child
from ..dedup import Marks
from ..engine import Engine
from ..reason import Reason
from ..release.parquet import ShardWriter, features_schema, number_shards
from ..schema import CONFIGS, FOLDERS
from ..settings import Release, Settings
from .documents import Corpus, Rows
from .rows import default_schema
from .splits import Parts
from .staged import StagedFile
from .takedown import SILENCED


@dataclass(frozen=True, slots=True)
class Changes:
    """What the corpus steps decided about some documents.

    Attributes:
        ids, parents: new ids and new parent ids, by row.
        twins: documents that an earlier release has, by row: the twin's id, the similarity, and the evidence.
        marks: documents dropped as copies.
        taken: the evidence for documents that are taken down, by row.
        parts: where in `default` each document belongs.
    """

    ids: Mapping[int, str]
    parents: Mapping[int, str]
    twins: Mapping[int, tuple[str, float, str]]
    marks: Marks
    taken: Mapping[int, str]
    parts: Parts


@dataclass(frozen=True, slots=True)
class _Unit:
    """Neighbours in the order of a release.

    Attributes:
        folder, split: of what part of `default` they are.
        parts: staged files, numbers of rows in them, and the places that these rows take in the unit.
        changes: new values by column and place.
    """

    folder: str
    split: str
    parts: tuple[tuple[StagedFile, Rows, Rows], ...]
    changes: dict[str, tuple[Rows, list[object]]]


@dataclass(frozen=True, slots=True)
class _Shard:
    """Units that are written to one file of each table."""

    number: int
    units: tuple[_Unit, ...]
    schemas: dict[str, pa.Schema]
    folder: Path


def write_tables(engine: Engine, corpus: Corpus, changes: Changes, folder: Path, settings: Settings) -> None:
    """Write all tables of a release into its folder."""
    tables = CONFIGS | {"default": default_schema(settings.input.columns.carry)}
    schemas = {config: features_schema(schema) for config, schema in tables.items()}
    shards = [
        _Shard(number, tuple(units), schemas, folder)
        for number, units in enumerate(_shards(corpus, changes, settings.release))
    ]
    for _ in engine.map(_write, shards):
        pass
    for config, schema in schemas.items():
        number_shards(folder / FOLDERS[config], schema)


def _shards(corpus: Corpus, changes: Changes, settings: Release) -> Iterator[list[_Unit]]:
    """Yield the units of each shard."""
    group = min(settings.row_group_bytes, settings.max_shard_bytes)
    order = changes.parts.order(corpus)
    borders = changes.parts.of_rows[order]
    ends = np.cumsum(corpus.keys["bytes"][order].astype(np.int64))
    units: list[_Unit] = []
    start = begun = 0
    while start < len(corpus):
        before = int(ends[start - 1]) if start else 0
        border = int(np.searchsorted(borders, borders[start], side="right"))
        stop = min(int(np.searchsorted(ends, before + group)) + 1, border)
        units.append(_unit(corpus, changes, order[start:stop]))
        start = stop
        if int(ends[stop - 1]) - begun >= settings.max_shard_bytes:
            yield units
            units, begun = [], int(ends[stop - 1])
    if units:
        yield units


def _unit(corpus: Corpus, changes: Changes, ordered: Rows) -> _Unit:
    places = np.argsort(ordered)
    rows = ordered[places]
    parts, done = [], 0
    for file, found, numbers in corpus.by_file(rows):
        parts.append((file, numbers, places[done : done + len(found)]))
        done += len(found)
    part = int(changes.parts.of_rows[rows[0]])
    told = changes.parts.folders[part], changes.parts.splits[part]
    return _Unit(*told, tuple(parts), dict(_changed(corpus, changes, rows, places)))


def _changed(
    corpus: Corpus, changes: Changes, rows: Rows, places: Rows
) -> Iterator[tuple[str, tuple[Rows, list[object]]]]:
    """Yield the columns that change, with the places where they do and the new values."""
    new: dict[str, list[tuple[int, object]]] = defaultdict(list)
    for place, row in zip(places.tolist(), rows.tolist(), strict=True):
        for name, value in _decided(changes, row):
            new[name].append((place, value))
    for at, place in zip(*_marked(changes.marks, rows, places), strict=True):
        new["reason"].append((place, changes.marks.reasons[at].value))
        new["kept_id"].append((place, corpus.ids[int(changes.marks.kept[at])].as_py()))
        new["similarity"].append((place, float(changes.marks.similarities[at])))
    for name, found in new.items():
        yield name, (np.array([place for place, _ in found], np.int64), [value for _, value in found])


def _decided(changes: Changes, row: int) -> Iterator[tuple[str, object]]:
    """Yield the new values of a row by column, but for those of copies."""
    for name, values in (("id", changes.ids), ("parent_id", changes.parents)):
        if row in values:
            yield name, values[row]
    if row in changes.twins:
        told = (Reason.EARLIER_RELEASE.value, *changes.twins[row])
        yield from zip(("reason", "kept_id", "similarity", "evidence"), told, strict=True)
    if row in changes.taken:
        yield from {"reason": Reason.TAKEN_DOWN.value, "evidence": changes.taken[row], **SILENCED}.items()


def _marked(marks: Marks, rows: Rows, places: Rows) -> tuple[list[int], list[int]]:
    """Return the marks of some rows, by number, and the places of these rows."""
    at = np.searchsorted(marks.rows, rows)
    hit = at < len(marks)
    hit[hit] = marks.rows[at[hit]] == rows[hit]
    return at[hit].tolist(), places[hit].tolist()


def _write(child: Child, shard: _Shard) -> None:
    child.insist(_write_here, shard)


def _write_here(shard: _Shard) -> None:
    """Write a shard of each table; one that would have no rows is not written."""
    writers: dict[tuple[str, str, str], ShardWriter] = {}
    for unit in shard.units:
        documents = _gathered(unit)
        for config, schema in shard.schemas.items():
            place = (config, unit.folder, unit.split) if config == "default" else (config, "", "train")
            if place not in writers:
                folder = shard.folder / FOLDERS[config] / place[1]
                writers[place] = ShardWriter(folder, shard.number, schema, place[2])
            writers[place].write(_rows_of(config, documents, schema))
    for writer in writers.values():
        writer.close()


def _gathered(unit: _Unit) -> pa.Table:
    """Return a unit's documents in order, as they are after all that was decided."""
    found = pa.concat_tables([file.take(numbers) for file, numbers, _ in unit.parts])
    places = np.concatenate([places for _, _, places in unit.parts])
    documents = found.take(np.argsort(places)).combine_chunks()
    empty = {"kept_id": pa.string(), "similarity": pa.float32()}
    for name, kind in empty.items():
        documents = documents.append_column(name, pa.nulls(len(documents), kind))
    for name, (at, values) in unit.changes.items():
        if len(at):
            documents = _replaced(documents, name, at, values)
    return documents


def _replaced(documents: pa.Table, name: str, at: Rows, values: list[object]) -> pa.Table:
    number = documents.schema.get_field_index(name)
    old = documents[name].combine_chunks()
    chosen = np.arange(len(old))
    chosen[at] = len(old) + np.arange(len(at))
    # Lists cannot be replaced in place, but taken from among the old ones and the new.
    column = pa.concat_arrays([old, pa.array(values, old.type)]).take(pa.array(chosen))
    return documents.set_column(number, documents.schema.field(number), column)


def _rows_of(config: str, documents: pa.Table, schema: pa.Schema) -> pa.Table:
    if config == "default":
        return documents.filter(documents["reason"].is_null()).select(schema.names)
    if config == "dropped":
        return documents.filter(documents["reason"].is_valid()).select(schema.names)
    return _spans(documents, "cuts" if config == "removed" else config).select(schema.names)


def _spans(documents: pa.Table, name: str) -> pa.Table:
    """Return one row a span, with the id of its document."""
    column: pa.Array = documents[name].combine_chunks()
    spans: pa.StructArray = column.flatten()
    owners: NDArray[np.int64] = pc.list_parent_indices(column).to_numpy()
    ids = documents["id"].take(pa.array(owners))
    fields = dict(zip(spans.type.names, spans.flatten(), strict=True))
    return pa.table({"id": ids, **fields})

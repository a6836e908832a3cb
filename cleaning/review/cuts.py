"""Which cuts are asked about: of each rule as many as of the others, chosen by a hash, with what stood around them."""

from __future__ import annotations

import hashlib
import heapq
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, zip_longest
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from ..document import put_back
from ..errors import InputError
from ..release.tables import batches
from ..report.sample import Shown, pieces_of, rows_of_ids

_AROUND = 500  # characters before and after that are shown
_CONTEXT = 120  # and that are noted with a verdict
_COLUMNS = ["id", "title", "language", "source", "text"]
_Place = tuple[bytes, str, int]  # the hash, the document's id, where the cut starts


@dataclass(frozen=True, slots=True)
class Asked:
    """A cut that a person is asked about.

    Attributes:
        row: its row of `removed`.
        language: of the document; empty where it is not known.
        digest: SHA-256 of the text that was cut.
        before, after: what stood around it.
        shown: the document around the cut.
    """

    row: dict[str, Any]
    language: str
    digest: str
    before: str
    after: str
    shown: Shown


def asked(release: Path, sample: int, *, rule: str | None = None, language: str | None = None) -> list[Asked]:
    """Return cuts of a release, those of kept and dropped documents alike.

    Args:
        release: the folder.
        sample: how many at most; of each rule as many as of the others, as far as there are.
        rule: the only rule that is asked about, by its full name.
        language: the only language, as the documents have it.

    Raises:
        InputError: there are none.
        OutputError: a table is missing.
    """
    places = _places(release, sample, rule, language)
    if not places:
        wanted = "".join(f" of the {kind} {value}" for kind, value in (("rule", rule), ("language", language)) if value)
        raise InputError(f"{release}: no cut{wanted}: report.html names the rules and languages that have some")
    ids = list(dict.fromkeys(name for _, name, _ in places))
    spans: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows_of_ids(release, "removed", ids, None):
        spans[row["id"]].append(row)
    documents = {
        row["id"]: row for config in ("default", "dropped") for row in rows_of_ids(release, config, ids, _COLUMNS)
    }
    return [_asked(documents[name], spans[name], start) for _, name, start in places]


def _places(release: Path, sample: int, rule: str | None, language: str | None) -> list[_Place]:
    owners = None if language is None else _of_language(release, language)
    found: dict[str, list[_Place]] = defaultdict(list)
    for batch in batches(release, "removed", ["id", "rule", "start"]):
        rows = batch if rule is None else batch.filter(pc.equal(batch["rule"], rule))
        rows = rows if owners is None else rows.filter(pc.is_in(rows["id"], value_set=owners))
        for row in rows.to_pylist():
            found[row["rule"]].append((_hash(row), row["id"], row["start"]))
        found = defaultdict(list, {name: heapq.nsmallest(sample, places) for name, places in found.items()})
    in_turn = (place for places in zip_longest(*(found[name] for name in sorted(found))) for place in places if place)
    return list(islice(in_turn, sample))


def _of_language(release: Path, language: str) -> pa.ChunkedArray:
    found = [
        batch["id"].filter(pc.equal(batch["language"], language))
        for config in ("default", "dropped")
        for batch in batches(release, config, ["id", "language"])
    ]
    return pa.chunked_array(found)


def _hash(row: dict[str, Any]) -> bytes:
    return hashlib.sha256(f"{row['id']} {row['start']}".encode()).digest()


def _asked(document: dict[str, Any], spans: list[dict[str, Any]], start: int) -> Asked:
    repaired = put_back(document["text"] or "", ((span["start"], span["text"]) for span in spans))
    cut = next(span for span in spans if span["start"] == start)
    begin, end = _window(repaired, spans, cut)
    return Asked(
        row=cut,
        language=document["language"] or "",
        digest=hashlib.sha256(cut["text"].encode()).hexdigest(),
        before=repaired[max(0, start - _CONTEXT) : start],
        after=repaired[cut["end"] : cut["end"] + _CONTEXT],
        shown=Shown({**document, "text": None}, tuple(pieces_of(repaired, spans, begin, end))),
    )


def _window(repaired: str, spans: list[dict[str, Any]], cut: dict[str, Any]) -> tuple[int, int]:
    """Return what is shown around a cut, whole words; another cut that would be split is left out."""
    begin, end = max(0, cut["start"] - _AROUND), min(len(repaired), cut["end"] + _AROUND)
    if begin:
        begin = repaired.find(" ", begin, cut["start"]) + 1 or begin
    if end < len(repaired):
        end = max(repaired.rfind(" ", cut["end"], end), end - _AROUND // 4)
    for span in _others(spans, cut):
        if span["start"] < begin < span["end"]:
            begin = span["end"]
        if span["start"] < end < span["end"]:
            end = span["start"]
    return begin, end


def _others(spans: list[dict[str, Any]], cut: dict[str, Any]) -> Iterator[dict[str, Any]]:
    return (span for span in spans if span["start"] != cut["start"])

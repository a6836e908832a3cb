"""A masked release has nothing personal in any of its files; a reported one says where it stands."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from corpora import Row, article, by_id, rows_of, sums, write_lines

import cleaning
from cleaning.document import put_back
from cleaning.settings import Settings

EMAILS = [f"someone{number}@mail{number}.example" for number in range(20)]
PHONE, NATIONAL, IP, IBAN = "+49 30 901820", "030 901821", "93.184.215.14", "DE89 3704 0044 0532 0130 00"
ALL = f"{PHONE}, {NATIONAL}, {IP}, {IBAN}"

STORY = "It rained for days in the north, and nobody was hurt, the ministry said on Monday evening."
CALL = f"Whoever saw the flood may write to {EMAILS[9]} or call {ALL} before the end of the week."
OPENING = ["Rain falls in the north", "A picture", "Rain falls in the north", STORY, STORY + " Then.", STORY + " So."]
SPLICED = "\n\n".join([*OPENING, "Flood reaches town", "A view", "Flood reaches town", CALL, STORY, STORY + " Yes."])

DOCUMENTS: list[Row] = [
    {"id": "text", "text": f"{article(1)} Write to {EMAILS[0]}, {ALL}.", "url": "https://news.example.de/1"},
    {"id": "cut", "text": f"{article(2)}\n\n[ad_1]\n\nShare this: {EMAILS[1]}\n\nRead also: {ALL} {EMAILS[2]}"},
    {"id": "short", "text": f"{EMAILS[3]} {ALL}"},
    {"id": "title", "title": f"{EMAILS[4]} {ALL} speaks", "text": article(3), "author": f"Ann {EMAILS[5]}"},
    {"id": "carried", "text": article(4), "section": f"{EMAILS[6]} {ALL}", "url": f"https://a.example/?q={EMAILS[7]}"},
    {"id": "address", "text": article(5), "url": f"https://{IP}/{EMAILS[8]}"},
    {"id": "spliced", "text": SPLICED},
    {"id": "copy", "text": f"{article(1)} Write to {EMAILS[0]}, {ALL}.", "url": "https://news.example.de/1"},
    {"id": "near", "text": f"{article(1)} Write to {EMAILS[10]}, {ALL}, now."},
    {
        "id": "mended",
        "text": f"{article(6)} Write to so\u00admeone11@mail11.exa\u00admple&amp;amp; caf\u00c3\u00a9 {ALL}\r\n",
    },
    {"id": EMAILS[12], "text": article(7)},
    {"id": "caption", "text": f"Photo: {EMAILS[13]} {ALL}\n\n{article(8)}\n\nPhoto: {EMAILS[13]} {ALL}"},
    *(
        {"id": f"page{n}", "text": f"{article(n)}\n\nWrite to us at {EMAILS[14]}, {ALL}", "source": "b.example"}
        for n in range(20, 32)
    ),
    {"id": EMAILS[15] + "/1", "text": f"{article(9)} {EMAILS[16]}", "source": EMAILS[17]},
]
HIDDEN = [*EMAILS[:10], *EMAILS[10:18], PHONE, NATIONAL, IP, IBAN, "901820", "901821", "0532 0130"]


def build(folder: Path, mode: str, workers: int) -> Path:
    rows = [{"language": "de-DE", "title": None, "section": None, **row} for row in DOCUMENTS]
    write_lines(folder / "in" / "all.jsonl", rows)
    chosen = {
        "personal": {"mode": mode},
        "input": {"columns": {"carry": ["section"]}},
        "quality": {"min_chars": 60},
        "engine": {"workers": workers},
    }
    return cleaning.build(folder / "in", folder / f"{mode}{workers}", settings=Settings.of(chosen)).path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("personal")


@pytest.fixture(scope="module")
def masked(folder: Path) -> Path:
    return build(folder, "mask", 1)


@pytest.fixture(scope="module")
def reported(folder: Path) -> Path:
    return build(folder, "report", 1)


def test_nothing_is_in_any_file(masked: Path) -> None:
    files = [path for path in masked.rglob("*") if path.is_file()]
    assert len(files) > 10
    for path in files:
        is_table = path.suffix == ".parquet"
        said = json.dumps(pq.read_table(path).to_pylist(), default=str) if is_table else path.read_text("utf-8")
        assert [item for item in HIDDEN if item in said] == [], path.name


def test_what_is_looked_for_is_in_an_unmasked_release(reported: Path) -> None:
    said = json.dumps([rows_of(reported, config) for config in ("default", "removed", "dropped")], default=str)
    assert [item for item in HIDDEN if item not in said] == [EMAILS[11]]


def test_texts_are_still_their_parts(masked: Path) -> None:
    documents = by_id(masked, "default")
    spans: dict[str, list[tuple[int, str]]] = {name: [] for name in documents}
    for row in rows_of(masked, "removed"):
        spans.get(row["id"], []).append((row["start"], row["text"]))
    for name, row in documents.items():
        assert len(put_back(row["text"], spans[name])) == row["n_chars_repaired"]


@pytest.mark.parametrize("mode", ["mask", "report"])
def test_places_are_where_it_stands(mode: str, masked: Path, reported: Path) -> None:
    release = masked if mode == "mask" else reported
    documents = by_id(release, "default") | by_id(release, "dropped")
    spans: dict[str, list[tuple[int, str]]] = {name: [] for name in documents}
    for row in rows_of(release, "removed"):
        spans[row["id"]].append((row["start"], row["text"]))
    places = rows_of(release, "personal")
    assert [(row["id"]) for row in places] == sorted(row["id"] for row in places)
    assert {row["field"] for row in places} >= {"text", "title", "author", "url", "section", "captions", "source"}
    for place in places:
        row = documents[place["id"]]
        if place["field"] == "text":
            value = put_back(row["text"], spans[place["id"]])
        elif place["field"] == "captions":
            value = "\n".join(row.get("captions") or [])
        else:
            value = row.get(place["field"]) or ""
        said = value[place["start"] : place["end"]]
        if value and mode == "mask":
            assert said == f"[{place['kind'].upper()}]"
        elif value:
            assert ("@" in said) == (place["kind"] == "email")
            assert place["country"] == ("DE" if place["kind"] in {"phone", "iban"} else None)


def test_what_is_reported_is_what_is_masked(masked: Path, reported: Path) -> None:
    kinds = [Counter(row["kind"] for row in rows_of(release, "personal")) for release in (masked, reported)]
    assert kinds[0] == kinds[1]
    assert set(kinds[0]) == {"email", "phone", "ip", "iban"}


def test_the_card_says_what_was_done(masked: Path, reported: Path) -> None:
    cards = [(release / "README.md").read_text("utf-8") for release in (masked, reported)]
    assert "| Masked | Places |" in cards[0]
    assert "| Found | Places |" in cards[1]
    count = sum(row["kind"] == "email" for row in rows_of(masked, "personal"))
    assert f"| `email` | {count} |" in cards[0]


def test_the_number_of_workers_changes_nothing(folder: Path, masked: Path) -> None:
    assert sums(build(folder, "mask", 2)) == sums(masked)


def test_templates_are_cut_from_masked_texts(masked: Path) -> None:
    found = [row for row in rows_of(masked, "removed") if row["reason"] == "site-template"]
    assert {row["text"].strip() for row in found} == {"Write to us at [EMAIL], [PHONE], [PHONE], [IP], [IBAN]"}

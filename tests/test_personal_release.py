"""A masked release has nothing personal in any of its files, and says where it was."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from corpora import Row, article, by_id, rows_of, sums, write_lines
from releases import good
from written import whole

import cleaning
from cleaning.document import put_back
from cleaning.release.statistics import statistics
from cleaning.settings import Settings

# Great Expectations imports two modules of the standard library that are deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:module 'sre_(constants|parse)' is deprecated:DeprecationWarning")

EMAILS = [f"someone{number}@mail{number}.example" for number in range(18)]
PHONE, NATIONAL, IP, IBAN = "+49 30 901820", "030 901821", "93.184.215.14", "DE89 3704 0044 0532 0130 00"
ALL = f"{PHONE}, {NATIONAL}, {IP}, {IBAN}"
HIDDEN = [*EMAILS, PHONE, NATIONAL, IP, IBAN, "901820", "901821", "0532 0130"]

SPLIT_BY_MARKS = EMAILS[11].replace("n", "n\u00ad")
CAPTION = f"Seen by {EMAILS[13]}"
FOOTER = f"Write to us at {EMAILS[14]}, {ALL}"
STORY = "It rained for days in the north, and nobody was hurt, the ministry said on Monday evening."
CALL = f"Whoever saw the flood may write to {EMAILS[9]} or call {ALL} before the end of the week."
OPENING = ["Rain falls in the north", "A picture", "Rain falls in the north", STORY, STORY + " Then.", STORY + " So."]
SPLICED = [*OPENING, "Flood reaches town", "A view", "Flood reaches town", CALL, STORY, STORY + " Yes."]

DOCUMENTS: list[Row] = [
    {"id": "text", "text": f"{article(1)} Write to {EMAILS[0]}, {ALL}.", "url": "https://news.example.de/1"},
    {"id": "cut", "text": f"{article(2)}\n\n[ad_1]\n\nShare this: {EMAILS[1]}\n\nRead also: {ALL} {EMAILS[2]}"},
    {"id": "short", "text": f"{EMAILS[3]} {ALL}"},
    {"id": "title", "title": f"{EMAILS[4]} {ALL} speaks", "text": article(3), "author": f"Ann {EMAILS[5]}"},
    {"id": "carried", "text": article(4), "section": f"{EMAILS[6]} {ALL}", "url": f"https://a.example/?q={EMAILS[7]}"},
    {"id": "address", "text": article(5), "url": f"https://{IP}/{EMAILS[8]}"},
    {"id": "spliced", "text": "\n\n".join(SPLICED)},
    {"id": "exact copy", "text": f"{article(1)} Write to {EMAILS[0]}, {ALL}.", "url": "https://news.example.de/1"},
    {"id": "near copy", "text": f"{article(1)} Write to {EMAILS[10]}, {ALL}, now."},
    {"id": "mended", "text": f"{article(6)} Write to {SPLIT_BY_MARKS}&amp;amp; caf\u00c3\u00a9 {ALL}\r\n"},
    {"id": EMAILS[12], "text": article(7)},
    {"id": "caption", "text": "\n\n".join(["Rain falls in the north", CAPTION] * 2 + [article(8)])},
    *({"id": f"page{n}", "text": f"{article(n)}\n\n{FOOTER}", "source": "b.example"} for n in range(20, 32)),
    {"id": f"{EMAILS[15]}/1", "text": f"{article(9)} {EMAILS[16]}", "source": EMAILS[17]},
]


def build(folder: Path, workers: int) -> Path:
    rows = [{"language": "de-DE", "title": None, "section": None, **row} for row in DOCUMENTS]
    write_lines(folder / "in" / "all.jsonl", rows)
    chosen = {
        "personal": {"mode": "mask"},
        "input": {"columns": {"carry": ["section"]}},
        "quality": {"min_chars": 60},
        "engine": {"workers": workers},
    }
    return cleaning.build(folder / "in", folder / str(workers) / "release", settings=Settings.of(chosen)).path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("personal")


@pytest.fixture(scope="module")
def masked(folder: Path) -> Path:
    return build(folder, 1)


def repaired(release: Path) -> dict[str, str]:
    """Return the repaired text of each document, put together from its parts."""
    documents = by_id(release, "default") | by_id(release, "dropped")
    spans: dict[str, list[tuple[int, str]]] = {name: [] for name in documents}
    for row in rows_of(release, "removed"):
        spans[row["id"]].append((row["start"], row["text"]))
    return {name: put_back(row["text"], spans[name]) for name, row in documents.items()}


def test_nothing_is_in_any_file(masked: Path) -> None:
    files = [path for path in masked.rglob("*") if path.is_file()]
    assert len(files) > 10
    for path in files:
        is_table = path.suffix == ".parquet"
        said = json.dumps(pq.read_table(path).to_pylist(), default=str) if is_table else path.read_text("utf-8")
        assert [item for item in HIDDEN if item in said] == [], path.name


def test_what_is_looked_for_had_come_in() -> None:
    given = json.dumps(DOCUMENTS, ensure_ascii=False).replace("\u00ad", "")
    assert [item for item in HIDDEN if item not in given] == []


def test_documents_of_all_fates_are_there(masked: Path) -> None:
    dropped = Counter(row["reason"] for row in rows_of(masked, "dropped"))
    assert dropped.keys() >= {"too-short", "near-duplicate"}
    assert "spliced.2" in by_id(masked, "default") | by_id(masked, "dropped")
    cut = {row["reason"] for row in rows_of(masked, "removed")}
    assert cut >= {"site-template", "caption", "spliced-article"}


def test_texts_are_still_their_parts(masked: Path) -> None:
    texts = repaired(masked)
    for name, row in by_id(masked, "default").items():
        assert len(texts[name]) == row["n_chars_repaired"]


def test_each_placeholder_is_where_the_table_says(masked: Path) -> None:
    documents, texts = by_id(masked, "default") | by_id(masked, "dropped"), repaired(masked)
    places = rows_of(masked, "personal")
    assert [row["id"] for row in places] == sorted(row["id"] for row in places)
    assert {row["field"] for row in places} == {"text", "title", "author", "url", "section", "captions", "source"}
    for place in places:
        row = documents[place["id"]] | {"text": texts[place["id"]]}
        value = row.get(place["field"]) or ""  # `dropped` has not all columns
        said = "\n".join(value) if isinstance(value, list) else value
        assert not value or said[place["start"] : place["end"]] == f"[{place['kind'].upper()}]"
        assert place["country"] == ("DE" if place["kind"] in {"phone", "iban"} else None)


def test_the_card_and_the_statistics_count_what_was_masked(masked: Path) -> None:
    card = (masked / "README.md").read_text("utf-8")
    counts = Counter(row["kind"] for row in rows_of(masked, "personal"))
    assert "| Masked | Places |" in card
    assert all(f"| `{kind}` | {count:,} |" in card for kind, count in counts.items())
    assert {tally.name: tally.count for tally in statistics(masked, {}).personal_by_kind} == counts


def test_templates_are_cut_from_masked_texts(masked: Path) -> None:
    found = [row for row in rows_of(masked, "removed") if row["reason"] == "site-template"]
    assert {row["text"].strip() for row in found} == {"Write to us at [EMAIL], [PHONE], [PHONE], [IP], [IBAN]"}


def test_the_number_of_workers_changes_nothing(folder: Path, masked: Path) -> None:
    assert sums(build(folder, 2)) == sums(masked)


@pytest.mark.parametrize(
    ("mode", "said"),
    [
        ("off", "been neither masked nor removed"),
        ("report", "| Found | Places |"),
        ("mask", "| Masked | Places |"),
    ],
)
def test_the_card_says_what_was_done(mode: str, said: str, tmp_path: Path) -> None:
    made = good()
    if mode == "off":
        made.rows["personal"] = []
    whole(tmp_path / "news", made, Settings.of({"personal": {"mode": mode}}))
    card = (tmp_path / "news" / "README.md").read_text("utf-8")
    part = card.partition("## Personal data")[2].partition("\n## ")[0]
    assert said in part
    assert ("| `email` | 2 |" in part) == (mode != "off")

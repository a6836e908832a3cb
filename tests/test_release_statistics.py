"""The numbers of a release are those of its tables."""

from __future__ import annotations

from pathlib import Path

import pytest
from releases import good
from written import tables

from cleaning.errors import OutputError
from cleaning.release.statistics import Statistics, Tally, statistics

SECOND = len(good().document("talks.2")["text"])
CHARS = {row["id"]: len(row["text"]) for row in good().rows["default"]}


@pytest.fixture(scope="module")
def numbers(tmp_path_factory: pytest.TempPathFactory) -> Statistics:
    return tables(tmp_path_factory.mktemp("release"))


def test_counts_are_those_of_the_build(numbers: Statistics) -> None:
    assert numbers.counts == {"read": 6, "kept": 4, "split_off": 1, "dropped": 2, "unreadable": 1}


def test_what_was_kept(numbers: Statistics) -> None:
    english = sum(CHARS.values()) - SECOND
    assert numbers.kept_by_language == (Tally("en", 3, english), Tally("ar", 1, SECOND))
    assert numbers.kept_by_source == (Tally("news.example", 4, sum(CHARS.values())),)
    assert numbers.chars == sum(CHARS.values())
    assert numbers.words == sum(row["n_words"] for row in good().rows["default"])


def test_what_was_cut_by_reason_and_rule(numbers: Statistics) -> None:
    reasons = [("spliced-article", SECOND + 2), ("share-bar", 11), ("advertisement", 9)]
    assert [(tally.name, tally.chars) for tally in numbers.cut_by_reason] == reasons
    assert numbers.cut_by_rule == (
        Tally("splice", 1, SECOND + 2, "spliced-article"),
        Tally("en.share-bar", 1, 11, "share-bar"),
        Tally("common.shortcode", 1, 9, "advertisement"),
    )


def test_cuts_have_the_language_and_source_of_their_documents(tmp_path: Path) -> None:
    made = good()
    made.dropped("short").update(language="de", source="kurz.example")
    made.rows["removed"].append({**made.rows["removed"][0], "id": "short"})
    made.rows["removed"].append({**made.rows["removed"][0], "id": "talks.2"})
    numbers = tables(tmp_path, made)
    assert numbers.cut_by_language == (Tally("en", 3, SECOND + 22), Tally("ar", 1, 11), Tally("de", 1, 11))
    assert numbers.cut_by_source == (Tally("news.example", 4, SECOND + 33), Tally("kurz.example", 1, 11))


def test_what_was_dropped_and_repaired(numbers: Statistics) -> None:
    assert numbers.dropped_by_reason == (
        Tally("near-duplicate", 1),
        Tally("too-short", 1, 6),
        Tally("unreadable", 1),
    )
    assert numbers.dropped_by_language == (Tally("", 3, 6),)
    assert numbers.clusters == (Tally("rain", 1),)
    assert numbers.repaired_by_rule == (Tally("space.no-break", 2),)


def test_lengths_are_deciles(tmp_path: Path) -> None:
    made = good()
    made.rows["default"] = [{**made.rows["default"][0], "id": str(n), "n_chars": n} for n in range(101)]
    assert tables(tmp_path, made).lengths == tuple(range(0, 101, 10))


def test_only_iso_dates_make_a_range(tmp_path: Path) -> None:
    made = good()
    dates = ["2024-02-29T10:00:00Z", "1999-12-31", "yesterday", "2024-13-01", None, "99-01-01"]
    made.rows["default"] = [{**made.rows["default"][0], "id": str(n), "date": date} for n, date in enumerate(dates)]
    numbers = tables(tmp_path, made)
    assert (numbers.dated, numbers.dates) == (2, ("1999-12-31", "2024-02-29"))


def test_the_clusters_with_most_copies_come_first(tmp_path: Path) -> None:
    made = good()
    copies = [("flood", 1), ("rain", 3), ("talks", 3)]
    made.rows["dropped"] = [
        {**made.rows["dropped"][0], "id": f"{kept}-{n}", "kept_id": kept}
        for kept, count in copies
        for n in range(count)
    ]
    assert [(tally.name, tally.count) for tally in tables(tmp_path, made).clusters] == [
        ("rain", 3),
        ("talks", 3),
        ("flood", 1),
    ]


def test_a_release_without_any_row_has_zeros(tmp_path: Path) -> None:
    made = good()
    made.rows = {config: [] for config in made.rows}
    numbers = tables(tmp_path, made)
    assert (numbers.chars, numbers.words, numbers.lengths, numbers.dates) == (0, 0, (), None)
    assert numbers.cut_by_reason == numbers.kept_by_source == numbers.dropped_by_reason == ()


def test_numbers_do_not_depend_on_shards(tmp_path: Path) -> None:
    assert tables(tmp_path / "a", per_shard=1) == tables(tmp_path / "b")


def test_copies_of_an_earlier_release_are_no_copies_of_what_has_their_id_here(tmp_path: Path) -> None:
    made = good()
    assert [tally.name for tally in tables(tmp_path / "here", made).clusters] == ["rain"]
    made.dropped("copy")["reason"] = "earlier-release"
    assert tables(tmp_path / "earlier", made).clusters == ()


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    tables(tmp_path)
    for file in (tmp_path / "dropped").iterdir():
        file.unlink()
    with pytest.raises(OutputError, match="dropped: no train-"):
        statistics(tmp_path, {})


def test_lengths_are_counted_between_steps_and_years_by_iso_dates(tmp_path: Path) -> None:
    made = good()
    for name, text, date in (("a", "x" * 7, "2021-01-31T10:00"), ("b", "x" * 200, "May 2021"), ("c", "x" * 199, None)):
        made.put({**made.document("rain"), "id": name, "text": text, "n_chars": len(text), "date": date})
    made.dropped("short")["date"] = "2019-12-31"
    numbers = tables(tmp_path, made)
    assert [(tally.name, tally.count, tally.chars) for tally in numbers.kept_by_length] == [
        ("0–9", 1, 7),
        ("10–19", 0, 0),
        ("20–49", 1, CHARS["talks"]),
        ("50–99", 3, sum(CHARS.values()) - CHARS["talks"]),
        ("100–199", 1, 199),
        ("200–499", 1, 200),
    ]
    assert [(tally.name, tally.count) for tally in numbers.kept_by_year] == [("2021", 1), ("2024", 3)]
    assert [(tally.name, tally.count) for tally in numbers.dropped_by_year] == [("2019", 1)]

"""The card's examples of cuts: a few, short, the same each time, and harmless to the line that they stand in."""

from __future__ import annotations

from pathlib import Path

import pytest
from releases import Made, good, span
from written import tables

from cleaning.release.examples import cut_examples, shortened


def shown(folder: Path, made: Made, *reasons: str, each: int = 3) -> list[tuple[str, str]]:
    tables(folder, made)
    return [(reason, text[1:-1]) for reason, text in cut_examples(folder, reasons, each)]


def test_they_stand_in_the_order_of_reasons(tmp_path: Path) -> None:
    assert shown(tmp_path, good(), "advertisement", "share-bar") == [
        ("advertisement", "[ad_12]"),
        ("share-bar", "Share this"),
    ]


def test_there_are_a_few_of_each_and_none_twice(tmp_path: Path) -> None:
    made = good()
    made.rows["removed"] = [span("flood", number, f"Share {number % 7}\n") for number in range(40)]
    found = shown(tmp_path / "a", made, "share-bar")
    assert len(set(found)) == len(found) == 3
    made.rows["removed"].reverse()
    assert shown(tmp_path / "b", made, "share-bar") == found


@pytest.mark.parametrize("reason", ["byline", "author-bio", "photo-credit"])
def test_what_names_people_is_not_shown(tmp_path: Path, reason: str) -> None:
    made = good()
    made.rows["removed"] = [span("flood", 0, "By Jo Example", reason=reason)]
    assert shown(tmp_path, made, reason) == []


def test_long_texts_and_blank_ones_are_no_examples(tmp_path: Path) -> None:
    made = good()
    made.rows["removed"] = [span("flood", 0, "x" * 201), span("flood", 201, "\n \u202e")]
    assert shown(tmp_path, made, "share-bar") == []


def test_texts_are_isolated_and_cannot_reach_out(tmp_path: Path) -> None:
    made = good()
    made.rows["removed"] = [span("flood", 0, "شارك\u2069 \u202ethis\n")]
    tables(tmp_path, made)
    assert cut_examples(tmp_path, ["share-bar"], 1) == [("share-bar", "\u2068شارك this\u2069")]


def test_letters_keep_their_marks_where_a_text_is_cut_short() -> None:
    assert shortened("e\u0301" * 90) == "e\u0301" * 80 + "…"

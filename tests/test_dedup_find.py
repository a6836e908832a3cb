"""Copies over a whole corpus: exact ones, near ones and headlines, whatever numbers the documents have."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import pytest
from corpora import Row, article, sentences, text_of
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaning.dedup import find, find_copies
from cleaning.engine import start
from cleaning.settings import Dedup
from cleaning.text import words

Found = dict[str, tuple[str, str]]

KEYS = pa.schema([
    ("row", pa.int64()),
    ("id", pa.string()),
    ("title", pa.large_string()),
    ("n_chars", pa.int64()),
    ("date", pa.string()),
    ("digest", pa.string()),
])  # fmt: skip


def copies(rows: Sequence[Row], **chosen: Any) -> Found:
    """Return, by id, why a document is dropped and for whom; rows are numbered as they come."""
    daft = start()
    named = {number: row["id"] for number, row in enumerate(rows)}
    keys = [
        {
            "row": number,
            "n_chars": len(row["text"]),
            "digest": " ".join(words(row["text"].casefold())),
            **{name: row.get(name) for name in ("id", "title", "date")},
        }
        for number, row in enumerate(rows)
    ]
    documents = daft.from_arrow(
        pa.table(
            {"row": pa.array(named, pa.int64()), "text": pa.array([row["text"] for row in rows], pa.large_string())}
        )
    )
    marks = find_copies(daft, documents, pa.Table.from_pylist(keys, schema=KEYS), Dedup.model_validate(chosen))
    assert [mark.row for mark in marks] == sorted({mark.row for mark in marks})
    return {named[mark.row]: (mark.reason.value, named[mark.kept_row]) for mark in marks}


TOLD = sentences("told", 20)
TITLE = "Council votes on the new harbour bridge"


def document(name: str, text: str, title: str | None = None, date: str | None = None) -> Row:
    return {"id": name, "text": text, "title": title, "date": date}


def test_a_corpus_without_documents_or_copies_has_no_marks() -> None:
    assert copies([]) == {}
    assert copies([document("one", article(1)), document("two", article(2))]) == {}


def test_exact_copies_differ_in_case_spaces_and_punctuation() -> None:
    text = text_of(TOLD)
    rows = [
        document("one", text, date="2024-02-02"),
        document("two", text.upper().replace(".", "!"), date="2024-01-01"),
    ]
    assert copies(rows) == {"one": ("exact-duplicate", "two")}
    assert copies(rows, exact=False) == {"one": ("near-duplicate", "two")}
    assert copies(rows, exact=False, near=False) == {}


def test_near_copies_are_those_above_the_threshold() -> None:
    rows = [
        document("whole", text_of(TOLD)),
        document("most", text_of(TOLD[:-1])),
        document("half", text_of(TOLD[:10])),
    ]
    assert copies(rows) == {"most": ("near-duplicate", "whole")}
    assert copies(rows, near=False) == {}
    assert copies(rows, threshold=0.99) == {}


RETOLD = text_of(TOLD[:14] + sentences("retold", 4))


@pytest.mark.parametrize(
    ("text", "title", "dropped"),
    [
        (RETOLD, TITLE, True),
        (RETOLD, f"{TITLE.upper()} | The Daily", True),
        (RETOLD, "Ferry sails for the last time today", False),
        (RETOLD, None, False),
        (article("something else"), TITLE, False),
    ],
    ids=["both", "a site's name aside", "only half the text", "no headline", "only the headline"],
)
def test_a_headline_counts_when_the_texts_agree_too(text: str, title: str | None, dropped: bool) -> None:
    rows = [document("first", text_of(TOLD), TITLE), document("second", text, title)]
    assert copies(rows) == ({"second": ("same-headline", "first")} if dropped else {})
    assert copies(rows, headlines=False) == {}


def test_a_short_headline_is_no_evidence() -> None:
    assert (
        copies([document("first", text_of(TOLD), "Letters to us"), document("second", RETOLD, "Letters to us")]) == {}
    )


def test_an_exact_copy_of_a_near_copy_goes_for_the_same_document() -> None:
    near = text_of(TOLD[:-1])
    rows = [document("near", near), document("copy", near.lower()), document("whole", text_of(TOLD))]
    assert copies(rows) == dict.fromkeys(("near", "copy"), ("near-duplicate", "whole"))


def test_exact_copies_of_one_that_stays_name_it() -> None:
    rows = [document(name, text_of(TOLD)) for name in "cab"]
    assert copies(rows) == dict.fromkeys("bc", ("exact-duplicate", "a"))


def test_a_large_group_of_near_copies_leaves_one() -> None:
    rows = [document(f"{number:03}", text_of([*TOLD, *sentences(number, 1)])) for number in range(find.ALL_PAIRS + 20)]
    found = copies(rows)
    assert len(found) == len(rows) - 1
    assert {reason for reason, _ in found.values()} == {"near-duplicate"}


# Each of these resembles its neighbours only.
SERIES = sentences("series", 28)

# The copies of `told` differ in their headlines: which of them stands for the others must not depend on numbers.
MIXED = [
    document("told", text_of(TOLD), "Ferry sails for the last time today", "2024-01-03"),
    document("told-again", text_of(TOLD), TITLE, "2024-01-02"),
    document("told-later", text_of(TOLD), "Harvest begins under the first rain", "2024-01-09"),
    document("retold", RETOLD, TITLE),
    document("retold-elsewhere", text_of(TOLD[:14] + sentences("elsewhere", 3)), "Harvest begins under the first rain"),
    *(document(f"series-{number}", text_of(SERIES[number : number + 20])) for number in range(8)),
    document("alone", article("alone"), TITLE),
]


@settings(max_examples=12)
@given(st.randoms(use_true_random=False))
def test_the_order_of_arrival_decides_nothing(chance: random.Random) -> None:
    shuffled = chance.sample(MIXED, len(MIXED))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(find, "ALL_PAIRS", 3)
        assert copies(shuffled) == copies(MIXED)


def test_headlines_and_chains_in_one_corpus() -> None:
    found = copies(MIXED)
    assert found["told"] == found["told-later"] == ("exact-duplicate", "told-again")
    assert found["retold"] == ("same-headline", "told-again")
    assert "retold-elsewhere" not in found
    assert "alone" not in found
    kept = [name for name in (f"series-{number}" for number in range(8)) if name not in found]
    assert 2 <= len(kept) < 8
    assert all(found[name][1] in kept for name in found if name.startswith("series-"))

"""Copies over a whole corpus: exact ones, near ones and headlines, whatever numbers the documents have."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from corpora import Row, article, sentences, text_of
from here import Here, staged
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from cleaning.corpus.copies import mark_copies
from cleaning.dedup import find
from cleaning.document import Document
from cleaning.quality import measure
from cleaning.settings import Settings

Found = dict[str, tuple[str, str]]


def copies(rows: Sequence[Row], **chosen: Any) -> Found:
    """Return, by id, why a document is dropped and for whom; rows are numbered as they come."""
    settings = Settings.of({"dedup": chosen})
    made = [
        measure(Document(repaired="", text=row["text"], id=row["id"], title=row.get("title"), date=row.get("date")))
        for row in rows
    ]
    with tempfile.TemporaryDirectory() as folder:
        corpus = staged(Path(folder), made, settings, files=3)
        marks = mark_copies(Here(), corpus, settings.dedup, Path(folder) / "shingles")
    ids = corpus.ids.to_pylist()
    return {
        ids[row]: (reason.value, ids[kept])
        for row, kept, reason in zip(marks.rows.tolist(), marks.kept.tolist(), marks.reasons, strict=True)
    }


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


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"id": "z", "text": text_of(TOLD)}, {"id": "a", "text": text_of(TOLD).replace(".", "")}),
        ({"id": "z", "date": "2023-12-31"}, {"id": "a", "date": "2024-01-01"}),
        ({"id": "z", "date": "2023-12-31T23:00:00Z"}, {"id": "a", "date": "2024-01-01"}),
        ({"id": "z", "date": "2024-01-01"}, {"id": "a"}),
        ({"id": "z", "date": "2024-01-01"}, {"id": "a", "date": "1 January 1999"}),
        ({"id": "a", "date": "2024-01-01"}, {"id": "b", "date": "2024-01-01"}),
        ({"id": "a", "date": "1 January 1999"}, {"id": "b", "date": "yesterday"}),
    ],
    ids=["most complete", "oldest", "oldest to the hour", "dated", "only ISO dates", "smallest id", "no ISO dates"],
)
def test_the_most_complete_is_kept_then_the_oldest_then_the_smallest_id(better: Row, worse: Row) -> None:
    rows = [{"text": text_of(TOLD), **row} for row in (worse, better)]
    assert copies(rows) == {worse["id"]: ("exact-duplicate", better["id"])}


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


@hypothesis_settings(max_examples=12, deadline=None)
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

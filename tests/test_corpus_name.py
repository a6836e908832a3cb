"""Ids become unique, and which document keeps one depends on where it came from alone."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pytest
from here import rows_of_corpus, staged
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaning.corpus.name import unique_ids
from cleaning.document import Document

Claim = tuple[str | None, str, str | None]


def named(claims: Sequence[Claim], order: Sequence[int] | None = None) -> dict[str, tuple[str | None, str | None]]:
    """Return ids and parent ids after naming, by origin and old id; rows are numbered in the order that is given."""
    made = [
        Document(repaired="", text="", id=id_ or "", origin=origin, parent_id=parent)
        for id_, origin, parent in (claims[at] for at in order or range(len(claims)))
    ]
    with tempfile.TemporaryDirectory() as folder:
        before = staged(Path(folder), made, files=2)
        corpus, parents, _ = unique_ids(before)
        rows = rows_of_corpus(before)
    assert corpus.ids.take(pa.array(corpus.order)).drop_null().to_pylist() == sorted(corpus.ids.drop_null().to_pylist())
    found = {
        f"{row['origin']} {row['id']}": (corpus.ids[number].as_py(), parents.get(number, row["parent_id"]))
        for number, row in enumerate(rows)
    }
    return {f"{origin} {id_}": found[f"{origin} {id_}"] for id_, origin, _ in claims}


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ([("a", "x", None), ("b", "y", None)], [("a", None), ("b", None)]),
        ([("a", "y", None), ("a", "x", None), ("a", "z", None)], [("a~2", None), ("a", None), ("a~3", None)]),
        ([("a", "x", None), ("a~2", "y", None), ("a", "z", None)], [("a", None), ("a~2", None), ("a~3", None)]),
        (
            [("a", "x", None), ("a.2", "x", "a"), ("a", "y", None), ("a.2", "y", "a")],
            [("a", None), ("a.2", "a"), ("a~2", None), ("a.2~2", "a~2")],
        ),
        ([(None, "x", None), (None, "y", None)], [(None, None), (None, None)]),
    ],
    ids=["unique already", "three claim one", "the new name is taken", "articles follow their parents", "unreadable"],
)
def test_documents_with_one_id_are_told_apart(claims: list[Claim], expected: list[tuple[str, str]]) -> None:
    assert list(named(claims).values()) == expected


names = st.sampled_from(["a", "a~2", "a~3", "b", "a~2~2"])


@settings(deadline=None)
@given(st.lists(names, min_size=1, max_size=12), st.randoms(use_true_random=False))
def test_ids_are_unique_and_do_not_depend_on_arrival(given_ids: list[str], chance: random.Random) -> None:
    claims: list[Claim] = [(name, f"{number:02}.txt", None) for number, name in enumerate(given_ids)]
    found = named(claims)
    ids = [id_ for id_, _ in found.values()]
    assert len(set(ids)) == len(ids)
    assert set(given_ids) <= set(ids)  # whoever named a document by its id still finds one
    assert named(claims, chance.sample(range(len(claims)), len(claims))) == found

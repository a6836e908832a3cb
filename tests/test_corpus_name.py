"""Ids become unique, and which document keeps one depends on where it came from alone."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaning.corpus.name import unique_ids

Claim = tuple[str | None, str, str | None]


def named(claims: Sequence[Claim], order: Sequence[int] | None = None) -> dict[str, tuple[str | None, str | None]]:
    """Return ids and parent ids after naming, by origin and old id; rows are numbered in the order that is given."""
    rows = {claim: row for row, claim in enumerate([claims[at] for at in order or range(len(claims))])}
    table = pa.table(
        {
            "row": pa.array(rows.values(), pa.int64()),
            "id": pa.array([id_ for id_, _, _ in rows], pa.string()),
            "origin": [origin for _, origin, _ in rows],
            "digest": ["" for _ in rows],
            "parent_id": pa.array([parent for _, _, parent in rows], pa.string()),
        }
    )
    ids, parents = unique_ids(table)
    return {
        f"{claim[1]} {claim[0]}": (ids.get(row, claim[0]), parents.get(row, claim[2])) for claim, row in rows.items()
    }


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


@given(st.lists(names, min_size=1, max_size=12), st.randoms(use_true_random=False))
def test_ids_are_unique_and_do_not_depend_on_arrival(given_ids: list[str], chance: random.Random) -> None:
    claims: list[Claim] = [(name, f"{number:02}.txt", None) for number, name in enumerate(given_ids)]
    found = named(claims)
    ids = [id_ for id_, _ in found.values()]
    assert len(set(ids)) == len(ids)
    assert set(given_ids) <= set(ids)  # whoever named a document by its id still finds one
    assert named(claims, chance.sample(range(len(claims)), len(claims))) == found

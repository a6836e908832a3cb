"""Who is kept: decided by what documents are, never by their numbers, and each drop by a likeness of its own."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaning.dedup import Entry, Mark, Pair, choose
from cleaning.document import Reason

THRESHOLD = 0.8


def likeness(points: Mapping[int, float]) -> Callable[[int, int], Pair | None]:
    """Return a comparison of documents that lie on a line: the nearer, the more alike."""

    def compare(one: int, other: int) -> Pair | None:
        similarity = 1 - abs(points[one] - points[other])
        return Pair(one, other, Reason.NEAR_DUPLICATE, similarity) if similarity >= THRESHOLD else None

    return compare


def decide(entries: Sequence[Entry], points: Mapping[int, float], tried: Sequence[tuple[int, int]]) -> list[Mark]:
    compare = likeness(points)
    pairs = [pair for one, other in tried if (pair := compare(one, other))]
    return choose({entry.row: entry for entry in entries}, pairs, compare)


def test_nobody_is_dropped_when_nothing_is_alike() -> None:
    assert choose({}, [], likeness({})) == []


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (Entry(1, "z", 900, None), Entry(0, "a", 899, "2001-01-01")),
        (Entry(1, "z", 900, "2023-12-31"), Entry(0, "a", 900, "2024-01-01")),
        (Entry(1, "z", 900, "2023-12-31T23:00:00Z"), Entry(0, "a", 900, "2024-01-01")),
        (Entry(1, "z", 900, "2024-01-01"), Entry(0, "a", 900, None)),
        (Entry(1, "z", 900, "2024-01-01"), Entry(0, "a", 900, "1 January 1999")),
        (Entry(1, "a", 900, "2024-01-01"), Entry(0, "b", 900, "2024-01-01")),
        (Entry(1, "a", 900, "1 January 1999"), Entry(0, "b", 900, "yesterday")),
    ],
    ids=["most complete", "oldest", "oldest to the hour", "dated", "only ISO dates", "smallest id", "no ISO dates"],
)
def test_the_most_complete_is_kept_then_the_oldest_then_the_smallest_id(better: Entry, worse: Entry) -> None:
    pair = Pair(0, 1, Reason.EXACT_DUPLICATE, 1.0)
    assert choose({0: worse, 1: better}, [pair], lambda *_: None) == [Mark(0, 1, Reason.EXACT_DUPLICATE, 1.0)]


def test_a_chain_does_not_drop_its_far_end() -> None:
    # a ~ b ~ c, but a and c are not alike: a is preferred, b goes for it, c stays.
    entries = [Entry(0, "a", 900, None), Entry(1, "b", 800, None), Entry(2, "c", 700, None)]
    (mark,) = decide(entries, {0: 0.0, 1: 0.15, 2: 0.3}, [(0, 1), (1, 2)])
    assert (mark.row, mark.kept_row) == (1, 0)


def test_the_middle_of_a_chain_can_stand_for_both_ends() -> None:
    entries = [Entry(0, "a", 700, None), Entry(1, "b", 900, None), Entry(2, "c", 800, None)]
    marks = decide(entries, {0: 0.0, 1: 0.15, 2: 0.3}, [(0, 1), (1, 2)])
    assert [(mark.row, mark.kept_row) for mark in marks] == [(0, 1), (2, 1)]


def test_a_pair_that_was_not_tried_is_compared() -> None:
    # b and c are alike to a and to each other, but only a~b and b~c came up as candidates.
    entries = [Entry(0, "a", 900, None), Entry(1, "b", 800, None), Entry(2, "c", 700, None)]
    marks = decide(entries, {0: 0.0, 1: 0.05, 2: 0.1}, [(0, 1), (1, 2)])
    assert [(mark.row, mark.kept_row) for mark in marks] == [(1, 0), (2, 0)]


def test_of_several_kept_the_most_alike_is_named() -> None:
    entries = [Entry(0, "a", 900, None), Entry(1, "b", 800, None), Entry(2, "c", 700, None)]
    (mark,) = decide(entries, {0: 0.0, 1: 0.25, 2: 0.15}, [(0, 2), (1, 2)])
    assert (mark.row, mark.kept_row, round(mark.similarity, 6)) == (2, 1, 0.9)


@st.composite
def corpora(draw: st.DrawFn) -> tuple[list[Entry], dict[int, float]]:
    """Return documents with their places on a line, close enough for clusters and chains."""
    size = draw(st.integers(2, 12))
    lengths = draw(st.lists(st.integers(1, 4), min_size=size, max_size=size))
    dates = draw(st.lists(st.sampled_from([None, "2024-01-01", "2023", "soon"]), min_size=size, max_size=size))
    points = draw(st.lists(st.integers(0, 100).map(lambda place: place / 50), min_size=size, max_size=size))
    entries = [Entry(row, f"id{row}", lengths[row], dates[row]) for row in range(size)]
    return entries, dict(enumerate(points))


@given(corpora())
def test_each_drop_names_a_kept_document_that_is_alike_enough(made: tuple[list[Entry], dict[int, float]]) -> None:
    entries, points = made
    rows = sorted(points, key=points.__getitem__)
    marks = decide(entries, points, list(pairwise(rows)))
    dropped = {mark.row for mark in marks}
    assert len(dropped) == len(marks)
    for mark in marks:
        assert mark.kept_row not in dropped
        assert mark.similarity == 1 - abs(points[mark.row] - points[mark.kept_row]) >= THRESHOLD


@given(corpora())
def test_no_two_documents_that_are_alike_enough_are_kept(made: tuple[list[Entry], dict[int, float]]) -> None:
    entries, points = made
    compare = likeness(points)
    marks = decide(entries, points, list(combinations(points, 2)))
    kept = points.keys() - {mark.row for mark in marks}
    assert not any(compare(one, other) for one, other in combinations(kept, 2))


@given(corpora(), st.randoms(use_true_random=False))
def test_the_numbers_of_documents_decide_nothing(
    made: tuple[list[Entry], dict[int, float]], chance: random.Random
) -> None:
    entries, points = made
    numbers = list(points)
    chance.shuffle(numbers)
    renumbered = [Entry(numbers[entry.row], entry.id, entry.n_chars, entry.date) for entry in entries]
    tried = list(combinations(points, 2))
    one = decide(entries, points, tried)
    other = decide(
        renumbered,
        {numbers[row]: place for row, place in points.items()},
        [(numbers[second], numbers[first]) for first, second in reversed(tried)],
    )
    assert by_id(entries, one) == by_id(renumbered, other)


def by_id(entries: Sequence[Entry], marks: Sequence[Mark]) -> dict[str, tuple[str, float]]:
    ids = {entry.row: entry.id for entry in entries}
    return {ids[mark.row]: (ids[mark.kept_row], mark.similarity) for mark in marks}

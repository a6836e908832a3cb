"""Who is kept: decided by what documents are, never by their numbers, and each drop by a likeness of its own."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from itertools import combinations, pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cleaning.dedup import Marks, choose
from cleaning.dedup.choose import Likeness
from cleaning.reason import Reason

THRESHOLD = 0.8

Found = dict[int, tuple[int, float]]


def likeness(points: Mapping[int, float]) -> Likeness:
    """Return a comparison of documents that lie on a line: the nearer, the more alike."""

    def compare(one: int, other: int) -> tuple[Reason, float] | None:
        similarity = 1 - abs(points[one] - points[other])
        return (Reason.NEAR_DUPLICATE, similarity) if similarity >= THRESHOLD else None

    return compare


def decide(points: Mapping[int, float], preferred: Sequence[int], tried: Sequence[tuple[int, int]]) -> Found:
    """Return who is dropped, for whom, and how alike they are; documents are preferred in the order given."""
    preference = np.zeros(len(preferred), np.int64)
    preference[list(preferred)] = range(len(preferred))
    marks = choose(np.array(tried, np.int64).reshape(-1, 2), preference, likeness(points))
    assert marks.rows.tolist() == sorted(set(marks.rows.tolist()))
    told = zip(marks.kept.tolist(), marks.similarities.tolist(), strict=True)
    return dict(zip(marks.rows.tolist(), told, strict=True))


def kept_for(found: Found) -> dict[int, int]:
    return {row: kept for row, (kept, _) in found.items()}


def test_nobody_is_dropped_when_nothing_is_alike() -> None:
    assert decide({0: 0.0, 1: 1.0}, [0, 1], [(0, 1)]) == {}


def test_who_is_preferred_is_kept() -> None:
    points = {0: 0.0, 1: 0.1}
    assert kept_for(decide(points, [0, 1], [(0, 1)])) == {1: 0}
    assert kept_for(decide(points, [1, 0], [(0, 1)])) == {0: 1}


def test_a_chain_does_not_drop_its_far_end() -> None:
    # 0 ~ 1 ~ 2, but 0 and 2 are not alike: 0 is preferred, 1 goes for it, 2 stays.
    assert kept_for(decide({0: 0.0, 1: 0.15, 2: 0.3}, [0, 1, 2], [(0, 1), (1, 2)])) == {1: 0}


def test_the_middle_of_a_chain_can_stand_for_both_ends() -> None:
    assert kept_for(decide({0: 0.0, 1: 0.15, 2: 0.3}, [1, 2, 0], [(0, 1), (1, 2)])) == {0: 1, 2: 1}


def test_a_pair_that_was_not_tried_is_compared() -> None:
    # 1 and 2 are alike to 0 and to each other, but only 0~1 and 1~2 came up as candidates.
    assert kept_for(decide({0: 0.0, 1: 0.05, 2: 0.1}, [0, 1, 2], [(0, 1), (1, 2)])) == {1: 0, 2: 0}


def test_of_several_kept_the_most_alike_is_named() -> None:
    found = decide({0: 0.0, 1: 0.25, 2: 0.15}, [0, 1, 2], [(0, 2), (1, 2)])
    assert found.keys() == {2}
    assert (found[2][0], round(found[2][1], 6)) == (1, 0.9)


def test_an_exact_copy_goes_for_its_original_or_whom_that_went_for() -> None:
    marks = Marks(np.array([3]), np.array([1]), (Reason.NEAR_DUPLICATE,), np.array([0.9]), np.zeros((0, 2), np.int64))
    found = marks.with_copies(np.array([3, 5]), np.array([0, 4]))
    assert found.rows.tolist() == [0, 3, 4]
    assert found.kept.tolist() == [1, 1, 5]
    assert found.reasons == (Reason.NEAR_DUPLICATE, Reason.NEAR_DUPLICATE, Reason.EXACT_DUPLICATE)
    assert found.similarities.tolist() == [0.9, 0.9, 1.0]
    assert len(Marks.none().with_copies(np.array([1]), np.array([2]))) == 1


@st.composite
def corpora(draw: st.DrawFn) -> tuple[dict[int, float], list[int]]:
    """Return documents with their places on a line, close enough for clusters and chains, and whom is preferred."""
    size = draw(st.integers(2, 12))
    points = draw(st.lists(st.integers(0, 100).map(lambda place: place / 50), min_size=size, max_size=size))
    return dict(enumerate(points)), draw(st.permutations(range(size)))


@given(corpora())
def test_each_drop_names_a_kept_document_that_is_alike_enough(made: tuple[dict[int, float], list[int]]) -> None:
    points, preferred = made
    rows = sorted(points, key=points.__getitem__)
    found = decide(points, preferred, list(pairwise(rows)))
    for row, (kept, similarity) in found.items():
        assert kept not in found
        assert similarity == 1 - abs(points[row] - points[kept]) >= THRESHOLD


@given(corpora())
def test_no_two_documents_that_are_alike_enough_are_kept(made: tuple[dict[int, float], list[int]]) -> None:
    points, preferred = made
    compare = likeness(points)
    kept = points.keys() - decide(points, preferred, list(combinations(points, 2))).keys()
    assert not any(compare(one, other) for one, other in combinations(kept, 2))


@given(corpora(), st.randoms(use_true_random=False))
def test_the_numbers_of_documents_decide_nothing(
    made: tuple[dict[int, float], list[int]], chance: random.Random
) -> None:
    points, preferred = made
    numbers = list(points)
    chance.shuffle(numbers)
    tried = list(combinations(points, 2))
    one = decide(points, preferred, tried)
    other = decide(
        {numbers[row]: place for row, place in points.items()},
        [numbers[row] for row in preferred],
        [(numbers[second], numbers[first]) for first, second in reversed(tried)],
    )
    assert {numbers[row]: (numbers[kept], alike) for row, (kept, alike) in one.items()} == other

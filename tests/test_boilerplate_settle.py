from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cleaning.boilerplate.settle import settle
from cleaning.document import Cut, remove
from cleaning.reason import Reason

TEXTS = st.text("ab \n\t\u3000", max_size=40)


def cut(start: int, end: int, rule: str = "a.rule", evidence: str = "") -> Cut:
    return Cut(start, end, rule, Reason.TAGS, evidence)


@st.composite
def proposals(draw: st.DrawFn) -> tuple[str, list[Cut]]:
    text = draw(TEXTS)
    edge = st.integers(0, len(text))
    made = [
        cut(start, end, rule)
        for start, end, rule in draw(st.lists(st.tuples(edge, edge, st.sampled_from("xyz")), max_size=8))
        if start <= end
    ]
    return text, made


def owners(text: str, proposed: list[Cut]) -> list[str | None]:
    """For each character, the rule of the first proposal that takes it."""
    return [next((made.rule for made in proposed if made.start <= at < made.end), None) for at in range(len(text))]


def slowly(text: str, proposed: list[Cut]) -> str:
    """The clean text, character by character, as the docstring of ``settle`` promises it."""
    taken = [rule is not None for rule in owners(text, proposed)]
    loose = [gone or character.isspace() for gone, character in zip(taken, text, strict=True)]
    result, position = "", 0
    while position < len(text):
        end = position
        while end < len(text) and loose[end]:
            end += 1
        if any(taken[position:end]):
            before = text[position : position + taken[position:end].index(True)]
            after = text[end - taken[position:end][::-1].index(True) : end]
            if position > 0 and end < len(text):
                result += max(before, after, key=lambda space: (space.count("\n"), len(space)))
        else:
            end = max(end, position + 1)
            result += text[position:end]
        position = end
    return result


@given(proposals())
@example(("a\n\nb\nb", [cut(3, 4)]))
def test_settling_is_what_the_slow_way_gives(given: tuple[str, list[Cut]]) -> None:
    text, proposed = given
    assert remove(text, settle(text, proposed)) == slowly(text, proposed)


@given(proposals())
def test_cuts_are_ordered_disjoint_and_inside(given: tuple[str, list[Cut]]) -> None:
    text, proposed = given
    cuts = settle(text, proposed)
    assert all(0 <= one.start < one.end <= len(text) for one in cuts)
    assert all(one.end <= other.start for one, other in pairwise(cuts))


@given(proposals())
def test_where_proposals_overlap_the_first_has_the_character(given: tuple[str, list[Cut]]) -> None:
    text, proposed = given
    settled = owners(text, list(settle(text, proposed)))
    for wanted, found in zip(owners(text, proposed), settled, strict=True):
        assert wanted is None or found == wanted


@given(proposals())
def test_only_white_space_goes_besides_what_was_proposed(given: tuple[str, list[Cut]]) -> None:
    text, proposed = given
    gone = [rule is not None for rule in owners(text, list(settle(text, proposed)))]
    for character, wanted, found in zip(text, owners(text, proposed), gone, strict=True):
        assert wanted or not found or character.isspace()


@given(st.data())
def test_the_order_of_disjoint_proposals_does_not_count(data: st.DataObject) -> None:
    text = data.draw(TEXTS)
    edges = sorted(data.draw(st.sets(st.integers(0, len(text)))))
    proposed = [cut(start, end, rule) for start, end, rule in zip(edges[::2], edges[1::2], "xyz" * 20, strict=False)]
    assert settle(text, data.draw(st.permutations(proposed))) == settle(text, proposed)


@given(proposals())
def test_settling_twice_changes_nothing(given: tuple[str, list[Cut]]) -> None:
    text, proposed = given
    once = settle(text, proposed)
    assert remove(text, settle(text, once)) == remove(text, once)


@pytest.mark.parametrize(
    ("text", "proposed", "left"),
    [
        ("One.\n\n[ad]\n\nTwo.", [cut(6, 10)], "One.\n\nTwo."),
        ("One.\n[ad]\n\nTwo.", [cut(5, 9)], "One.\n\nTwo."),
        ("One.\n[ad]     Two.", [cut(5, 9)], "One.\nTwo."),
        ("One [ad] two.", [cut(4, 8)], "One two."),
        ("One.[ad]Two.", [cut(4, 8)], "One.Two."),
        ("[ad]\n\nTwo.", [cut(0, 4)], "Two."),
        ("One. [ad]", [cut(5, 9)], "One."),
        ("[ad]", [cut(0, 4)], ""),
        ("One.\n\nTwo.", [], "One.\n\nTwo."),
        ("One.\n\nTwo.", [cut(2, 2)], "One.\n\nTwo."),
        # Two cuts in a row are one hole.
        ("One.\n\nA\nB\n\nTwo.", [cut(6, 7, "x"), cut(8, 9, "y")], "One.\n\nTwo."),
        # White space that nobody proposed to cut stays where it was.
        ("One.\n\n\nTwo. Three.", [cut(12, 18)], "One.\n\n\nTwo."),
    ],
)
def test_the_stronger_separator_stays(text: str, proposed: list[Cut], left: str) -> None:
    assert remove(text, settle(text, proposed)) == left


def test_each_of_two_neighbours_keeps_its_name() -> None:
    cuts = settle("One.\n\nA\nB\n\nTwo.", [cut(8, 9, "y"), cut(6, 7, "x")])
    assert [(one.rule, one.start, one.end) for one in cuts] == [("x", 6, 8), ("y", 8, 11)]


def test_neighbours_of_one_rule_and_cause_are_one_cut() -> None:
    text = "abcdef"
    assert settle(text, [cut(0, 2), cut(2, 4)]) == (cut(0, 4),)
    assert settle(text, [cut(0, 2, evidence="this"), cut(2, 4, evidence="that")]) == (
        cut(0, 2, evidence="this"),
        cut(2, 4, evidence="that"),
    )


def test_a_later_proposal_has_what_is_left_on_both_sides() -> None:
    assert settle("abcdef", [cut(2, 4, "x"), cut(1, 6, "y")]) == (cut(1, 2, "y"), cut(2, 4, "x"), cut(4, 6, "y"))


def test_many_cuts_take_time_in_proportion() -> None:
    text = "word [ad]\n" * 20_000
    proposed = [cut(at, at + 4) for at in range(5, len(text), 10)]
    start = time.process_time()
    assert remove(text, settle(text, proposed)).count("word") == 20_000
    assert time.process_time() - start < 5, "a page with 20,000 markers took minutes when this was quadratic"

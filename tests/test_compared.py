"""The stretches of a comparison make both texts again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from strategies import fewer

from cleaning.compared import compared

TEXTS = st.text(st.sampled_from("ab \nء"), max_size=40)


@fewer
@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_from_it(first: str, second: str) -> None:
    stretches = compared(first, second)
    assert "".join(text for kind, text in stretches if kind != "second") == first
    assert "".join(text for kind, text in stretches if kind != "first") == second


def test_words_are_compared_in_lines_that_differ() -> None:
    assert compared("One.\nIt rained.\n", "One.\nIt snowed.\n") == [
        ("both", "One.\nIt "),
        ("first", "rained"),
        ("second", "snowed"),
        ("both", ".\n"),
    ]


def test_a_long_change_is_shown_as_a_whole() -> None:
    first, second = "a " * 3_000, "b " * 3_000
    assert compared(first, second) == [("first", first), ("second", second)]

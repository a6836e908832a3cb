"""The names around a line: which words they are made of, and how far away they are."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from strategies import fewer, nasty_texts

from cleaning.html.markup import MOST, around, ids, parts
from cleaning.html.metadata import parse
from cleaning.html.render import Rendered, render


def rendered(html: str) -> Rendered:
    tree = parse(f"<html><body>{html}</body></html>")
    assert tree is not None
    return render(tree)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("", []),
        ("related-posts", [".posts", ".related"]),
        ("relatedPosts", [".posts", ".related"]),
        ("RELATED_POSTS", [".posts", ".related"]),
        ("entry-content entry", [".content", ".entry"]),
        ("css-1x2y3z", [".css"]),
        ("post-12345", [".post"]),
        ("مقالات", []),
    ],
)
def test_names_are_words_without_case_and_numbers(names: str, expected: list[str]) -> None:
    assert parts("div", names) == tuple(sorted([*expected, "div"]))


@fewer
@given(nasty_texts())
def test_any_names_are_split(names: str) -> None:
    found = parts("p", names)
    assert found == tuple(sorted(set(found)))
    assert "p" in found


def test_the_nearest_names_come_first_with_their_distance() -> None:
    page = rendered("<div class='outer'><div class='inner'><p>One</p></div></div>")
    assert around(page, page.node[0]) == [("p", 0), (".inner", 1), ("div", 1), (".outer", 2), ("body", 3), ("html", 4)]


def test_a_name_counts_by_its_distance_and_wherever_it_is() -> None:
    page = rendered(
        "<div class=menu><p>One</p></div><div class=menu><div><div><p>two</p></div></div></div><p>three</p>"
    )
    one, two, three = (set(row) - {0} for row in ids(page).tolist())
    assert len(one & two) > len(one & three)
    assert one - two  # the menu is near one and further from two
    assert two - one


def test_two_pages_with_the_same_names_have_the_same_numbers() -> None:
    one, other = (rendered(f"<div class='content'><p>{text}</p></div>") for text in ("It rained.", "It snowed."))
    assert np.array_equal(ids(one), ids(other))


def test_a_line_in_many_elements_has_the_nearest_names() -> None:
    depth = 3 * MOST
    letters = [f"n{chr(97 + number // 26)}{chr(97 + number % 26)}" for number in range(depth)]
    page = rendered("".join(f"<div class='{name}'>" for name in letters) + "One")
    names = [name for name, _ in around(page, page.node[0])]
    assert len(names) == MOST
    assert f".{letters[-1]}" in names
    assert f".{letters[0]}" not in names
    assert ids(page).shape == (1, 2 * MOST)


@pytest.mark.parametrize("name", ["\ud800", "a\ud800b", "🙂"])
def test_names_may_be_no_text(name: str) -> None:
    assert ids(rendered(f"<p class='{name}'>One</p>")).any()

"""The names around a line: which words they are made of, and how far away they are."""

from __future__ import annotations

from zlib import crc32

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import fewer, nasty_texts

from cleaning.html.markup import MOST, ids, parts
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


def around(page: Rendered, element: int) -> list[tuple[str, int]]:
    """The names around an element, the nearest first, with their distance, the simple way."""
    nearest: dict[str, int] = {}
    distance = 0
    while element >= 0:
        for name in parts(page.tags[element], page.names[element]):
            nearest.setdefault(name, distance)
        element, distance = page.parents[element], distance + 1
    return list(nearest.items())[:MOST]


def numbers(name: str, distance: int) -> tuple[int, int]:
    code = 4 * crc32(name.encode("utf-8", "surrogatepass"))
    return code + (1 if distance == 0 else 2 if distance <= 2 else 3), code


def test_the_nearest_names_come_first_with_their_distance() -> None:
    page = rendered("<div class='outer'><div class='inner'><p>One</p></div></div>")
    assert around(page, page.node[0]) == [("p", 0), (".inner", 1), ("div", 1), (".outer", 2), ("body", 3), ("html", 4)]


NESTED = st.recursive(
    st.just("One"),
    lambda inner: st.builds(
        "<{0} class='{1}'>{2}</{0}>{3}".format,
        st.sampled_from(["div", "section", "p", "ul"]),
        st.sampled_from(["", "menu", "entry-content", "a b", "menu entry"]),
        inner,
        inner,
    ),
    max_leaves=12,
)


@fewer
@given(NESTED)
def test_the_numbers_are_those_of_the_names_around(html: str) -> None:
    page = rendered(html)
    for node, row in zip(page.node, ids(page).tolist(), strict=True):
        expected = {number for name, distance in around(page, node) for number in numbers(name, distance)}
        assert set(row) - {0} == expected


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
    found = set(ids(page)[0].tolist())
    assert len(found) == 2 * MOST
    assert numbers(f".{letters[-1]}", 0)[0] in found
    assert numbers(f".{letters[0]}", depth)[1] not in found


@pytest.mark.parametrize("name", ["\ud800", "a\ud800b", "🙂"])
def test_names_may_be_no_text(name: str) -> None:
    assert ids(rendered(f"<p class='{name}'>One</p>")).any()

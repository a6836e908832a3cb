"""What the elements around the lines of a page say of where a line stands."""

from __future__ import annotations

import numpy as np
import pytest

from cleaning.html import elements
from cleaning.html.elements import ALIKE, Elements
from cleaning.html.metadata import parse
from cleaning.html.render import render

LIST = "<ul>" + "".join(f"<li><div><a href=/>{n}</a><p>more</p></div></li>" for n in ("One", "two", "three")) + "</ul>"


def tree(html: str) -> Elements:
    found = parse(f"<html><body>{html}</body></html>")
    assert found is not None
    return Elements.of(render(found))


def counts(column: np.ndarray[tuple[int, ...], np.dtype[np.float32]]) -> list[int]:
    """What stands in a column of logarithms."""
    return [round(value) for value in np.expm1(column).tolist()]


def test_levels_are_elements_with_more_lines() -> None:
    page = tree("<main><div><div><p>One</p></div></div><p>two</p></main>")
    (first, *_) = page.around(2)
    assert [page.page.tags[element] for element in first] == ["main", "main"]


def test_steps_are_counted_up_to_a_line() -> None:
    page = tree("<main><h1>One</h1><section><p>two</p><p>three</p></section></main><p>four</p>")
    assert elements.steps_to_line(page, 0).tolist() == [0, 2, 2, 1]


def test_ends_are_those_of_the_elements_around() -> None:
    page = tree("<div><p>One</p><p>two</p><p>three</p></div><p>four</p>")
    assert [counts(column) for column in elements.ends(page)[:2]] == [[0, 1, 2, 3], [2, 1, 0, 0]]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>One</p><p>two</p><p class=a>three</p>", [2, 2, 1]),
        ("<p>One</p><p></p>", [1]),  # what holds no line does not count
        ("<div><p>One</p></div><div><p>two</p></div>", [2, 2]),  # each p is alone in a div that is not
    ],
)
def test_elements_named_alike_are_counted_where_they_stand(html: str, expected: list[int]) -> None:
    assert counts(elements.alike(tree(html))[0]) == expected


def test_items_of_a_list_are_alike_at_their_level() -> None:
    columns = elements.alike(tree(LIST))
    assert len(columns) == ALIKE
    assert counts(columns[0]) == [0, 1] * 3  # a link ends before its line does, so it holds none
    assert counts(columns[1]) == [3] * 6

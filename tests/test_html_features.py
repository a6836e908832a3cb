"""What markup says of lines, as numbers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import ARTICLES, fewer, nasty_texts

from cleaning.document import Markup
from cleaning.html import read_page
from cleaning.html.features import NAMES

BODY = "".join(f"<p>{paragraph}</p>" for paragraph in ARTICLES["en"].paragraphs)
PAGE = (
    "<html><head><title>Rain in the north</title></head><body><nav><a href='/'>Home</a></nav>"
    f"<h1>Rain in the north</h1><article>{BODY}</article><aside><p><b>Most read</b></p></aside></body></html>"
)


def markup(html: str) -> Markup:
    found = read_page(html).markup
    assert found is not None
    return found


def column(html: str, name: str) -> list[float]:
    values: list[float] = markup(html).numbers[:, NAMES.index(name)].astype(np.float64).round(3).tolist()
    return values


def test_names_are_unique() -> None:
    assert len(set(NAMES)) == len(NAMES)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("link_share", [1, 0, 0, 0, 0, 0, 0]),
        ("strong_share", [0, 0, 0, 0, 0, 0, 1]),
        ("in_nav/menu", [1, 0, 0, 0, 0, 0, 0]),
        ("in_article", [0, 0, 1, 1, 1, 1, 0]),
        ("in_aside", [0, 0, 0, 0, 0, 0, 1]),
        ("in_h1", [0, 1, 0, 0, 0, 0, 0]),
        ("in_p", [0, 0, 1, 1, 1, 1, 1]),
    ],
)
def test_where_a_line_stands(name: str, expected: list[float]) -> None:
    assert column(PAGE, name) == expected


def test_paragraphs_of_the_article_stand_in_the_heaviest_element() -> None:
    for name in ("above_30", "above_60", "above_90"):
        steps = column(PAGE, name)
        assert max(steps[2:6]) < min(steps[0], steps[6])


def test_the_headline_is_in_the_title() -> None:
    assert column(PAGE, "title_in_line")[1] == column(PAGE, "line_in_title")[1] == 1
    assert max(column(PAGE, "line_in_title")[i] for i in (0, 2, 6)) < 1


def test_what_the_head_says_of_the_page_is_found_in_the_lines() -> None:
    page = PAGE.replace("</title>", "</title><meta name=description content='Most of it was read'>")
    assert column(page, "line_in_description")[6] == 1
    assert column(page, "description_in_line")[6] == 0.4
    assert column(PAGE, "line_in_description") == [0] * 7


def test_a_line_knows_how_far_it_is_from_the_headline() -> None:
    page = PAGE.replace("</article>", "</article><section><h2>Another</h2><p>story</p></section>")
    assert column(page, "below_title")[:3] == [0, 0, round(float(np.log(2)), 3)]
    assert column(page, "above_title")[:2] == [round(float(np.log(2)), 3), 0]
    headings = column(page, "headings_since_title")
    assert headings[:6] == [0] * 6
    assert headings[6] == headings[7] > 0
    assert column(page, "h1_since_title") == [0] * 9
    assert column(page, "steps_to_title")[1] == 0 < column(page, "steps_to_title")[7]


def test_a_page_whose_title_nobody_says_has_a_weak_headline() -> None:
    assert column(PAGE, "title_found")[0] > 1
    assert column(PAGE.replace("<h1>Rain in the north</h1>", ""), "title_found")[0] < 0.6


def test_a_line_knows_the_lines_beside_it() -> None:
    assert column(PAGE, "link_share_above") == [0, 1, 0, 0, 0, 0, 0]
    assert column(PAGE, "heading_above") == [0, 0, 1, 0, 0, 0, 0]
    assert column(PAGE, "prose_below") == [0, 1, 1, 1, 1, 0, 0]


def test_lines_in_elements_of_one_name_share_a_place() -> None:
    places = column("<p class=a>One</p><p class=a>two</p><p class=b>three</p>", "same_place")
    assert places[0] == places[1] > places[2]


def test_the_starts_are_those_of_the_lines() -> None:
    page = read_page(PAGE)
    assert page.markup is not None
    lines = page.text.split("\n")
    assert [page.text[start:].split("\n")[0] for start in page.markup.starts] == lines


@fewer
@given(
    st.lists(
        st.sampled_from(["<p>", "</p>", "<table>", "<td colspan=3>", "<a>", "<b>", "<!--", "-->", "&amp;", "<"])
        | nasty_texts()
    )
)
def test_all_numbers_are_finite_whatever_the_markup(pieces: list[str]) -> None:
    page = read_page("".join(pieces))
    if page.markup is None:
        assert page.text == ""
    else:
        assert page.markup.numbers.shape == (page.text.count("\n") + 1, len(NAMES))
        assert np.isfinite(page.markup.numbers).all()


def test_what_is_said_of_a_line_is_found_again_when_repairs_have_made_two_of_it() -> None:
    found = markup("<p>One</p><p>two</p>")
    again = found.of_lines(np.array([0, 2, 4], np.int64))
    assert np.array_equal(again.numbers, found.numbers[[0, 0, 1]])
    assert np.array_equal(again.names, found.names[[0, 0, 1]])

"""What is seen of each line, as numbers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from strategies import ARTICLES, fewer, nasty_texts, pages

from cleaning.classifier.features import NAMES, features, prose_lines
from cleaning.classifier.tokens import Tokens
from cleaning.text import line_spans

ONE, TWO, THREE, FOUR = ARTICLES["en"].paragraphs
PAGE = "\n".join(["Home", "News", "Rain in the north", ONE, TWO, "Read on", THREE, "Home"])


def seen(text: str) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    starts, ends = (np.array(side, np.int64) for side in zip(*line_spans(text), strict=True))
    table: np.ndarray[tuple[int, int], np.dtype[np.float32]] = features(text, starts, ends, Tokens.of(text, starts))
    return table


def column(text: str, name: str) -> list[float]:
    values: list[float] = np.round(seen(text)[:, NAMES.index(name)].astype(np.float64), 3).tolist()
    return values


def test_names_are_unique() -> None:
    assert len(set(NAMES)) == len(NAMES)


@fewer
@given(nasty_texts() | pages())
def test_all_numbers_are_finite_whatever_the_text(text: str) -> None:
    if spans := line_spans(text):
        table = seen(text)
        assert table.shape == (len(spans), len(NAMES))
        assert table.dtype == np.float32
        assert np.isfinite(table).all()


@pytest.mark.parametrize(
    ("line", "name", "expected"),
    [
        ("It rained.", "ends_stop", 1),
        ("“It rained.”", "ends_stop", 1),
        ("雨が降る。", "ends_stop", 1),
        ("Most read", "ends_stop", 0),
        ("Read also:", "ends_colon", 1),
        ("Home", "starts_upper", 1),
        ("home", "starts_upper", 0),
        ("12 May", "starts_digit", 1),
        ("“Home”", "starts_quote", 1),
        ("» Home", "starts_separator", 1),
        ("| Home", "starts_separator", 1),
        ("14:05", "times", 1),
        ("Note: five", "times", 0),
        ("12.05.2024 14:05", "digit_groups", 5),
        ("HOME", "upper_share", 1),
    ],
)
def test_the_form_of_a_line(line: str, name: str, expected: float) -> None:
    assert column(f"{ONE}\n{line}\n{TWO}", name)[1] == expected


def test_sentences_are_prose_and_headlines_are_not() -> None:
    assert column(PAGE, "prose") == [0, 0, 0, 1, 1, 0, 1, 0]
    starts, ends = (np.array(side, np.int64) for side in zip(*line_spans(PAGE), strict=True))
    tokens = Tokens.of(PAGE, starts)
    sizes = np.diff(tokens.of_line).astype(np.float32)
    assert prose_lines(starts, ends, tokens, sizes).tolist() == [bool(value) for value in column(PAGE, "prose")]


def test_a_line_that_is_said_again_is_known() -> None:
    times = column(PAGE, "said_times")
    assert times[0] == times[7] > 0
    assert times[1:7] == [0] * 6
    assert column(PAGE, "said_before") == [0] * 7 + [1]


def test_words_are_looked_for_in_the_prose() -> None:
    in_prose = column("The hills\nA teapot\n" + ONE, "in_prose")
    assert in_prose[0] == 1
    assert in_prose[1] < 1


def test_a_second_story_does_not_share_what_the_first_one_is_about() -> None:
    story = "Teapots, spoons and saucers were auctioned yesterday.\nCollectors bought teapots and saucers."
    text = f"{PAGE}\n{story}"
    number = PAGE.count("\n") + 1
    shared = column(text, "content_in_core")
    assert max(shared[number:]) < min(shared[number] for number in (3, 4, 6))
    assert (
        column("Rainfall\n" + "Rainfall again in the hills, and more of it is expected." * 2, "content_after")[0] == 1
    )
    assert column("Heavy rainfall again in the hills, and more is expected.\nRainfall", "content_before")[1] == 1


def test_words_that_stand_in_any_text_are_no_content() -> None:
    assert column("It was the end of it\nTeapots", "content_share")[:2] == [0, 1]


def test_the_core_is_the_run_with_the_most_prose() -> None:
    page = "\n".join(
        ["Home", "News", "Sport", "A line of prose that is all alone up here, far away.", *["Menu"] * 30, PAGE]
    )
    core = column(page, "in_core")
    assert core == [0.0] * (len(core) - 5) + [1, 1, 1, 1, 0]
    assert column(page, "above_core")[len(core) - 6] == round(float(np.log(2)), 3)
    assert column(page, "below_core")[-1] == round(float(np.log(2)), 3)
    assert 0.5 < column(page, "core_share")[0] < 1


def test_a_line_knows_where_it_stands() -> None:
    assert column(PAGE, "first") == [1, 0, 0, 0, 0, 0, 0, 0]
    assert column(PAGE, "last") == [0, 0, 0, 0, 0, 0, 0, 1]
    assert column(PAGE, "prose_before")[:4] == [0, 0, 0, 0]
    assert column(PAGE, "prose_after")[7] == 0
    assert column(PAGE, "until_prose")[2] == round(float(np.log(2)), 3)
    assert column(PAGE, "since_prose")[5] == round(float(np.log(2)), 3)


def test_runs_of_short_lines_are_measured() -> None:
    assert column(PAGE, "short_run") == [round(float(np.log1p(size)), 3) for size in (3, 3, 3, 0, 0, 1, 0, 1)]


def test_what_stands_around_the_lines_does_not_matter() -> None:
    spaced = "\n" + PAGE.replace("\n", "  \n\n\n ")
    assert np.array_equal(seen(PAGE), seen(spaced))

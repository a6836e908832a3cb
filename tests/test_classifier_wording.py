"""Words by the place that they have in a line."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from strategies import nasty_texts

from cleaning.classifier.tokens import Tokens
from cleaning.classifier.wording import SHORT, WORDS, ids
from cleaning.text import line_spans

FIRST, SECOND, THIRD, FIRST_TWO, LAST, LAST_TWO, ABOVE, BELOW = range(8)


def words(text: str) -> list[list[int]]:
    starts = np.array([start for start, _ in line_spans(text)], np.int64)
    rows: list[list[int]] = ids(Tokens.of(text, starts)).tolist()
    return rows


def test_a_word_counts_by_its_place() -> None:
    one, other = words("read this\nthis read")
    assert one[FIRST] != other[SECOND]
    assert one[LAST] != other[FIRST]
    assert set(one[8:]) & set(other[8:]) - {0}  # and once wherever it is


def test_the_same_words_in_the_same_place_are_the_same() -> None:
    one, other = words("Read this now\n» READ this, then")
    same = {place for place in (FIRST, SECOND, THIRD, FIRST_TWO, LAST, LAST_TWO) if one[place] == other[place]}
    assert same == {FIRST, SECOND, FIRST_TWO}


def test_a_line_knows_the_first_words_around_it() -> None:
    one, two, three = words("Share\nSave\nShare")
    assert one[ABOVE] == three[BELOW] == 0
    assert two[ABOVE] != 0
    assert two[BELOW] != 0
    assert words("Share\nPrint\nSave")[1][ABOVE] == two[ABOVE]


def test_what_is_not_there_is_nothing() -> None:
    (stars,) = words("* * *")
    assert set(stars) == {0}
    (single,) = words("Share")
    assert [single[place] for place in (SECOND, THIRD, FIRST_TWO, LAST_TWO)] == [0] * 4
    assert 0 not in (single[FIRST], single[LAST])


def test_short_lines_and_long_ones_have_bags_of_their_own() -> None:
    short, long = words("rain " * SHORT + "\n" + "rain " * (SHORT + 1))
    assert len(short) == 8 + 2 * WORDS
    assert set(short[8 + WORDS :]) == {0} != set(short[8 : 8 + WORDS])
    assert set(long[8 : 8 + WORDS]) == {0} != set(long[8 + WORDS :])


@given(nasty_texts())
def test_any_text_has_a_row_for_each_line(text: str) -> None:
    if spans := line_spans(text):
        assert {len(row) for row in words(text)} == {8 + 2 * WORDS}
        assert len(words(text)) == len(spans)

from __future__ import annotations

import pytest
from strategies import ARTICLES

from cleaning.pipeline import clean_text
from cleaning.reason import Reason

EN = ARTICLES["en"]
CAPTION = "A closed road in the hills on Monday (Reuters)"


def cleaned(*lines: str, language: str = "en") -> tuple[list[str], tuple[str, ...], list[Reason]]:
    document = clean_text("\n\n".join(lines), language=language)
    return document.text.split("\n\n"), document.captions, [cut.reason for cut in document.cuts]


def test_a_caption_said_again_before_the_text_is_kept_once_in_the_captions() -> None:
    text, captions, reasons = cleaned(EN.headline, CAPTION, EN.headline, CAPTION, *EN.paragraphs)
    assert (text, captions) == (list(EN.paragraphs), (CAPTION,))
    assert reasons == [Reason.HEADLINE, Reason.CAPTION] * 2


def test_captions_are_told_in_reading_order() -> None:
    other = "The river under the old bridge (Reuters)"
    _, captions, _ = cleaned(EN.headline, EN.headline, CAPTION, CAPTION, other, other, CAPTION, *EN.paragraphs)
    assert captions == (CAPTION, other)


def test_a_credited_caption_and_its_twin_go_from_between_paragraphs() -> None:
    one, *others = EN.paragraphs
    text, captions, _ = cleaned(one, CAPTION, CAPTION, *others)
    assert (text, captions) == (list(EN.paragraphs), (CAPTION,))


@pytest.mark.parametrize("twin", ["What is known", "Source: the ministry of the interior", "- three schools"])
def test_twins_without_a_credit_between_paragraphs_stay(twin: str) -> None:
    one, *others = EN.paragraphs
    assert cleaned(one, twin, twin, *others) == ([one, twin, twin, *others], (), [])


def test_a_credited_line_that_comes_again_elsewhere_stays() -> None:
    one, two, three, four = EN.paragraphs
    lines = [one, CAPTION, two, CAPTION, three, four]
    assert cleaned(*lines) == (lines, (), [])


def test_short_lines_said_again_before_the_text_stay() -> None:
    assert cleaned("North", "North", *EN.paragraphs)[:2] == (["North", "North", *EN.paragraphs], ())


@pytest.mark.parametrize("language", sorted(ARTICLES))
@pytest.mark.parametrize("number", range(4))
def test_of_a_doubled_paragraph_the_first_stays(language: str, number: int) -> None:
    paragraphs = list(ARTICLES[language].paragraphs)
    doubled = [*paragraphs[: number + 1], *paragraphs[number:]]
    assert cleaned(*doubled, language=language) == (paragraphs, (), [Reason.REPEATED])


def test_an_article_that_was_doubled_as_a_whole() -> None:
    assert cleaned(*EN.paragraphs, *EN.paragraphs)[:2] == (list(EN.paragraphs), ())


@pytest.mark.parametrize("times", [2, 3])
def test_the_first_paragraph_is_no_caption_when_it_is_said_again(times: int) -> None:
    one, *others = EN.paragraphs
    assert cleaned(EN.headline, *[one] * times, *others)[:2] == ([one, *others], ())


def test_a_sentence_said_four_times_before_the_text_is_a_caption() -> None:
    caption = "Volunteers carry sandbags to the old bridge in the north of the country on Monday morning."
    text, captions, _ = cleaned(EN.headline, caption, caption, EN.headline, caption, caption, *EN.paragraphs)
    assert (text, captions) == (list(EN.paragraphs), (caption,))


@pytest.mark.parametrize("times", [2, 3, 5])
def test_of_a_paragraph_said_many_times_in_a_row_one_stays(times: int) -> None:
    one, *others = EN.paragraphs
    assert cleaned(*others, *[one] * times)[0] == [*others, one]
    assert cleaned(*[EN.paragraphs[0], *others] * times)[0] == list(EN.paragraphs)


def test_a_block_of_paragraphs_that_was_doubled() -> None:
    one, two, three, four = EN.paragraphs
    assert cleaned(one, two, three, two, three, four)[0] == [one, two, three, four]


def test_a_paragraph_that_comes_back_alone_was_meant_to() -> None:
    lines = [*EN.paragraphs, EN.paragraphs[1]]
    assert cleaned(*lines) == (lines, (), [])


def test_a_paragraph_that_differs_in_a_word_stays() -> None:
    other = EN.paragraphs[0].replace("third", "fourth")
    assert cleaned(*EN.paragraphs, other) == ([*EN.paragraphs, other], (), [])


def test_short_sentences_said_again_stay() -> None:
    lines = [EN.paragraphs[0], "I cannot recall that, as I have said.", EN.paragraphs[1]]
    lines.append("I cannot recall that, as I have said.")
    assert cleaned(*lines) == (lines, (), [])

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import ARTICLES, nasty_texts

from cleaning.text import NUKTA_LETTERS, ends_sentence, fold, is_prose, line_spans, squeeze, trim, words


@given(nasty_texts())
def test_lines_are_all_that_is_no_white_space(text: str) -> None:
    spans = line_spans(text)
    covered = {position for start, end in spans for position in range(start, end)}
    assert all(position in covered or character.isspace() for position, character in enumerate(text))
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)
    assert all("\n" not in text[start:end] for start, end in spans)
    assert all("\n" in text[one[1] : other[0]] for one, other in pairwise(spans))


@pytest.mark.parametrize(
    ("text", "lines"),
    [("", []), ("\n \n\t", []), ("a", ["a"]), (" a b \n\n\u3000c", ["a b", "c"]), ("a\na", ["a", "a"])],
)
def test_lines(text: str, lines: list[str]) -> None:
    assert [text[start:end] for start, end in line_spans(text)] == lines


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("…—*", []),
        ("Don’t, don't!", ["Don’t", "don't"]),
        ("rock 'n' roll", ["rock", "n", "roll"]),
        ("l'été 2020", ["l'été", "2020"]),
        ("وكشفت المصادر، أن", ["وكشفت", "المصادر", "أن"]),
        ("雨が降る", ["雨", "が", "降", "る"]),
        ("北京2022年", ["北", "京", "2022", "年"]),
        ("สวัสดี", ["ส", "วั", "ส", "ดี"]),
        ("e\u0301te\u0301", ["e\u0301te\u0301"]),
        ("می‌رسد", ["می‌رسد"]),
    ],
)
def test_words(text: str, found: list[str]) -> None:
    assert words(text) == found


@given(nasty_texts())
def test_words_stand_in_the_text_in_order(text: str) -> None:
    position = 0
    for word in words(text):
        position = text.index(word, position) + len(word)


@pytest.mark.parametrize(
    ("line", "folded"),
    [
        ("", ""),
        ("  Leave   a\tCOMMENT: ", "leave a comment"),
        ("» Weiterlesen …", "weiterlesen"),
        ("«Lire aussi»", "lire aussi"),
        ("اقرأ أيضاً:", "اقرأ أيضاً"),
        ("* * *", "* * *"),
        ("पानी की।", "पानी की"),
        ("पानी का।", "पानी का"),
        ("Saved ✔️", "saved"),
        ("Straße", "strasse"),
        ("A+ / A-", "a+ / a"),
        ("email@example.org", "email@example.org"),
    ],
)
def test_fold(line: str, folded: str) -> None:
    assert fold(line) == folded


@given(nasty_texts())
def test_case_spaces_and_outer_punctuation_do_not_count(line: str) -> None:
    assert fold(line) == fold(f"  {line} ") == fold(line.replace(" ", "   "))
    assert fold(fold(line)) == fold(line)
    if any(character.isalnum() for character in line):
        assert fold(f"»{line}:") == fold(line)


@given(st.text(st.sampled_from("ab -.:«»*"), max_size=12), st.text(st.sampled_from("ab -.:«»*"), max_size=12))
def test_lines_that_differ_in_a_letter_are_not_the_same(one: str, other: str) -> None:
    letters = [[letter for letter in line if letter.isalpha()] for line in (one, other)]
    if letters[0] != letters[1]:
        assert fold(one) != fold(other)


@pytest.mark.parametrize(
    "line",
    [
        "It rained.",
        "Did it rain?",
        "“It rained.”",
        "Il a plu. »",
        "雨が降った。",
        "下雨了！",
        "هل نزل المطر؟",
        "بارش ہوئی۔",
        "बारिश हुई।",
        "It rained …",
        "It rained.)",
        "It rained.  ",
    ],
)
def test_sentences_end(line: str) -> None:
    assert ends_sentence(line)


@pytest.mark.parametrize("line", ["", "Most read", "Read also:", "One, two,", "It rained. Then", "“Rain”", "3.5"])
def test_these_are_no_ends_of_sentences(line: str) -> None:
    assert not ends_sentence(line)


@pytest.mark.parametrize("language", sorted(ARTICLES))
def test_paragraphs_are_prose_and_headlines_are_not(language: str) -> None:
    article = ARTICLES[language]
    assert all(is_prose(paragraph) for paragraph in article.paragraphs)
    assert not is_prose(article.headline)


@pytest.mark.parametrize(
    ("line", "prose"),
    [
        ("one two three four five six seven eight.", True),
        ("one two three four five six seven.", False),
        ("one two three four five six seven eight", False),
        ("word " * 40, True),
        ("word " * 39, False),
        ("", False),
    ],
)
def test_prose_is_a_full_sentence_or_long(line: str, prose: bool) -> None:
    assert is_prose(line) is prose


@given(nasty_texts())
@example("İ  ß\tſ\n\n x ’ \u3000y")
def test_a_text_is_squeezed_line_by_line_as_each_of_its_lines_is(text: str) -> None:
    rows = squeeze(text).split("\n")
    assert rows == [squeeze(line) for line in text.split("\n")]
    assert [trim(row) for row in rows] == [fold(line) for line in text.split("\n")]
    assert [row.split() for row in rows] == [line.casefold().replace("’", "'").split() for line in text.split("\n")]
    assert not any("  " in row for row in rows)


@pytest.mark.parametrize(("one", "two"), NUKTA_LETTERS)
def test_a_letter_with_a_dot_below_is_the_same_as_one_character_and_as_two(one: str, two: str) -> None:
    assert squeeze(one) == squeeze(two) == two
    assert fold(f"{one}{one}.") == fold(f"{two}{one}") == two * 2


def test_only_letters_with_a_dot_below_are_squeezed_into_more_than_their_lower_case() -> None:
    letters = (letter for letter in map(chr, range(0x20000)) if letter.isprintable() and letter != "’")
    assert [letter for letter in letters if squeeze(letter) != letter.casefold()] == [one for one, _ in NUKTA_LETTERS]

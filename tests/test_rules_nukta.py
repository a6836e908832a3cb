"""Letters with a dot below are the same in rules and in texts, as one character and as two."""

from __future__ import annotations

import unicodedata

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st
from strategies import fewer

from cleaning.rules import load, parse
from cleaning.rules.nukta import in_both_forms
from cleaning.text import NUKTA_LETTERS

YYA, YA_AND_DOT = "\u09df", "\u09af\u09bc"


def rule(key: str, phrase: str) -> str:
    return (
        'name = "Test"\n[[rule]]\nname = "next"\nreason = "navigation"\n'
        f"{key} = ['{phrase}']\nstrips = ['{phrase}']\nkeeps = ['no']\n"
    )


@pytest.mark.parametrize("key", ["lines", "starts", "patterns", "inline"])
@pytest.mark.parametrize("written", [YYA, YA_AND_DOT], ids=["one", "two"])
@pytest.mark.parametrize("said", [YYA, YA_AND_DOT], ids=["one", "two"])
def test_a_phrase_is_found_in_either_form(key: str, written: str, said: str) -> None:
    rules = parse("bn", rule(key, f"সম{written} শেষ"))
    assert [match.rule for match in rules.match(f"সম{said} শেষ")] == ["bn.next"]
    assert rules.match("সম\u09af শেষ") == []


def test_what_is_cut_inside_a_line_is_cut_where_it_stands() -> None:
    (match,) = parse("bn", rule("inline", f"সম{YA_AND_DOT}")).match(f"{YYA}{YA_AND_DOT} সম{YYA} শেষ")
    assert match.spans == ((4, 7),)


@given(letters=st.lists(st.sampled_from([form for forms in NUKTA_LETTERS for form in forms]), min_size=1, max_size=4))
@fewer
def test_a_pattern_of_letters_matches_all_normal_forms_of_them(letters: list[str]) -> None:
    pattern = regex.compile(in_both_forms("".join(letters)))
    for form in ("NFC", "NFD"):
        assert pattern.fullmatch(unicodedata.normalize(form, "".join(letters)))


@pytest.mark.parametrize(
    ("pattern", "matches", "others"),
    [
        ("ज\u093c?", ["\u095b", "ज\u093c", "ज"], ["\u093c", ""]),
        ("\u095b?", ["\u095b", "ज\u093c", ""], ["ज"]),
        ("[ज\u093c]", ["ज", "\u093c"], ["\u095b", "ज\u093c"]),
        ("[^\\]ज\u093c]ज\u093c", ["a\u095b"], ["aज"]),
    ],
    ids=["the dot is optional", "the letter is optional", "a class", "after a class"],
)
def test_question_marks_and_classes_mean_what_they_did(pattern: str, matches: list[str], others: list[str]) -> None:
    found = [text for text in (*matches, *others) if regex.fullmatch(in_both_forms(pattern), text)]
    assert found == matches


@pytest.mark.parametrize("pattern", ["", r"\p{L}{2}[য়]", "Read also", r"\u09df\.", "নিউজ"])
def test_a_pattern_without_such_letters_is_left_as_it_is(pattern: str) -> None:
    assert in_both_forms(pattern) == pattern


@pytest.mark.parametrize(("tag", "line"), [("bn", "প\u09dcার সম\u09df: ৫ মিনিট"), ("hi", "यह भी प\u095dें")])
def test_shipped_rules_know_both_forms(tag: str, line: str) -> None:
    rules = load(tag)
    assert rules is not None
    two = unicodedata.normalize("NFC", line)
    assert two != line
    assert [match.rule for match in rules.match(line)] == [match.rule for match in rules.match(two)] != []

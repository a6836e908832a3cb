"""What repair mends, what it leaves alone, and that all of it can be undone."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from strategies import nasty_texts

from cleaning.document import undo
from cleaning.edits import apply
from cleaning.repair import _OF_UNPRINTABLE, repair
from cleaning.settings import Repair

HERE = Path(__file__).parent
CASES = json.loads((HERE / "cases" / "repair.json").read_text("utf-8"))
ALL = Repair()

PIECES = st.sampled_from(
    [
        *("&amp;", "amp;", "&lt;", "&#8217;", "&#38;", "&nbsp;", "&#13;", "&NewLine;", "&", "#97;", "<"),
        *(
            "Ã©",
            "â€™",
            "schÃ¶n",
            "Ã\xa0",
            "Ã ",
            "Ã\x83Â©",
            "Ã¢â‚¬â„¢",
            "вЂ™",
            "Р‡",
            "œ",
            "\x92",
            "\x85",
            "\x81",
            "ط§ظ„ط¹",
            "ظپظٹ",
        ),
        *("\x1b[0m", "\x1b", "[", "m", "\ufeff", "\xad", "\u200b", "\u2060", "\ue000", "\x00", "\ufffe", "\ufffd"),
        *(
            "\ud83d",
            "\ude00",
            "\udc80",
            "\U0001f3f4",
            "\U000e0067",
            "\U000e007f",
            "𠮷",
            "日",
            "　",
            "\xa0",
            "\u202f",
            "ᠤ",
        ),
        *("\u200e", "\u200f", "\u202b", "\u202c", "\u2067", "\u2069", "ไ", "ท", "ب", "א"),
        *("العقـ.ـوبات", "قـ.ـتـ.ـل", "ـ ـ", "ـ", "ة", ".", "َ", "ق"),
        *("\r", "\n", "\r\n", "\n \n\n", "  ", "\t", "\u2028", "\f", "a", "É", "é", ". "),
    ]
)
# Text of any characters, mojibake of any characters, and the pieces that rounds of repair make out of each other.
MOJIBAKE = st.builds(
    lambda text, charset: text.encode("utf-8", "surrogatepass").decode(charset, "replace"),
    st.text(max_size=12),
    st.sampled_from(["latin-1", "cp1252", "cp1251", "cp1256"]),
)
NASTY = st.lists(st.one_of(PIECES, PIECES, st.text(max_size=4), MOJIBAKE), max_size=14).map("".join)
SETTINGS = st.builds(Repair, mojibake=st.booleans(), entities=st.booleans(), split_letters=st.booleans())


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['origin']}: {case['label']}")
def test_cases(case: dict[str, Any]) -> None:
    repaired, repairs = repair(case["before"], ALL)
    assert repaired == case.get("after", case["before"])
    assert {mended.rule for mended in repairs} == set(case.get("rules", []))
    assert undo(repaired, repairs) == case["before"]


def test_cases_hold_enough_that_must_not_change() -> None:
    assert len(CASES) >= 100
    assert sum("after" not in case for case in CASES) >= 50


@hypothesis_settings(max_examples=400, deadline=None)
@given(NASTY, SETTINGS)
def test_every_repair_can_be_undone(text: str, chosen: Repair) -> None:
    repaired, repairs = repair(text, chosen)
    assert undo(repaired, repairs) == text


@hypothesis_settings(max_examples=400, deadline=None)
@given(NASTY, SETTINGS)
def test_a_repaired_text_needs_no_repair(text: str, chosen: Repair) -> None:
    repaired, _ = repair(text, chosen)
    assert repair(repaired, chosen) == (repaired, ())


@hypothesis_settings(max_examples=200, deadline=None)
@given(NASTY, SETTINGS)
def test_a_repaired_text_can_be_stored_and_has_plain_lines(text: str, chosen: Repair) -> None:
    repaired, _ = repair(text, chosen)
    repaired.encode("utf-8")
    assert not set(repaired) & set("\r\v\f\x85\u2028\u2029\0\ufeff\xad\u2060\xa0\ufffe")
    assert "\n\n\n" not in repaired
    assert not repaired.startswith("\n")
    assert not repaired.endswith((" ", "\n", "\t"))


@hypothesis_settings(max_examples=200, deadline=None)
@given(NASTY)
def test_repairs_of_a_round_are_in_order_and_do_not_overlap(text: str) -> None:
    _, repairs = repair(text, ALL)
    for one, other in pairwise(repairs):
        assert (one.round, one.end) <= (other.round, other.start) or one.round < other.round


def test_only_what_changes_is_recorded() -> None:
    _, repairs = repair("Alles SchÃ¶ne zum GeburtstÃ¤g, liebe Frau Kaiser", ALL)
    assert [(mended.start, mended.end, mended.before) for mended in repairs] == [(9, 10, "Ã¶"), (25, 26, "Ã¤")]


def test_a_surrogate_pair_is_the_character_it_was_meant_to_be() -> None:
    repaired, repairs = repair("so \ud83d\ude00!", ALL)
    assert repaired == "so 😀!"
    assert undo(repaired, repairs) == "so \ud83d\ude00!"


@pytest.mark.parametrize(
    ("chosen", "text"),
    [
        (Repair(mojibake=False), "schÃ¶n, ط§ظ„ط¹ط±ط¨ظٹط©"),
        (Repair(entities=False), "R&amp;D"),
        (Repair(split_letters=False), "العقـ.ـوبات"),
    ],
)
def test_what_is_not_wanted_is_not_mended(chosen: Repair, text: str) -> None:
    assert repair(text, chosen) == (text, ())
    assert repair(text, ALL)[0] != text


def test_without_mojibake_a_next_line_is_a_line_end() -> None:
    assert repair("one\x85two", Repair(mojibake=False))[0] == "one\ntwo"


@pytest.mark.parametrize(
    "text",
    [
        "&" + "amp;" * 200_000,
        "a" + " " * 200_000 + "b",
        "ق" + "ـ" * 200_000 + "ل",
        "ق" + "ـ." * 100_000,
        "ق" * 200_000,
        "ق" + "َ" * 200_000 + "ـ.ـل",
        "schÃ¶n Ã la " * 10_000,
        "\n" * 200_000,
    ],
    ids=["ampersands", "spaces", "tatweel", "tatweel and dots", "letters", "vowel marks", "mojibake", "line feeds"],
)
def test_long_rows_of_one_thing_take_no_longer_than_other_text(text: str) -> None:
    repaired, repairs = repair(text, ALL)  # quadratic work would take minutes
    assert undo(repaired, repairs) == text


def test_the_arabic_seed_is_mended_and_otherwise_kept() -> None:
    (seed,) = (HERE.parent / "seeds").glob("002_*.txt")
    text = seed.read_text("utf-8")
    expected = text.replace("العقـ.ـوبات", "العقوبات").replace("تصـ.ـعيد", "تصعيد").strip("\n")
    repaired, repairs = repair(text, ALL)
    assert repaired == expected
    assert [mended.before for mended in repairs if mended.rule == "split-letters"] == ["ـ.ـ", "ـ.ـ"]


def test_no_printable_character_is_mended_by_what_is_only_asked_of_the_others() -> None:
    printable = "".join(c for c in map(chr, range(0x110000)) if c.isprintable() and c != "\ufffc")
    for text in (printable, "a".join(printable), "\n".join(printable)):
        for step in _OF_UNPRINTABLE:
            assert apply(text, step(text), 0) == (text, ())


@given(nasty_texts())
def test_a_text_is_mended_the_same_when_nothing_is_taken_for_printable(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cleaning.repair._is_printable", lambda _: False)
        slowly = repair(text, Repair())
    assert repair(text, Repair()) == slowly

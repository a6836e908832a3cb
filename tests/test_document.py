from __future__ import annotations

import pickle
import re
from collections.abc import Iterable
from dataclasses import FrozenInstanceError, fields, replace
from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from strategies import nasty_texts

from cleaning.document import MEASURED, Cut, Document, Dropped, Raw, Repair, Signals, moved, put_back, remove, undo
from cleaning.edits import Edit, apply
from cleaning.reason import Reason
from cleaning.repair import repair
from cleaning.settings import Repair as RepairSettings


@st.composite
def texts_with_cuts(draw: st.DrawFn) -> tuple[str, list[Cut]]:
    text = draw(nasty_texts())
    edges = sorted(draw(st.lists(st.integers(0, len(text)), max_size=12)))
    pairs = zip(edges[::2], edges[1::2], strict=False)
    return text, [Cut(start, end, "a.rule", Reason.TAGS) for start, end in pairs if start < end]


def spans(text: str, cuts: Iterable[Cut]) -> list[tuple[int, str]]:
    """The columns ``start`` and ``text`` of the table of removed spans."""
    return [(cut.start, text[cut.start : cut.end]) for cut in cuts]


@given(texts_with_cuts())
def test_what_was_removed_can_be_put_back(given: tuple[str, list[Cut]]) -> None:
    text, cuts = given
    assert put_back(remove(text, cuts), spans(text, cuts)) == text


@given(texts_with_cuts())
def test_what_is_left_is_every_character_outside_the_cuts(given: tuple[str, list[Cut]]) -> None:
    text, cuts = given
    gone = {position for cut in cuts for position in range(cut.start, cut.end)}
    assert remove(text, cuts) == "".join(character for position, character in enumerate(text) if position not in gone)


@pytest.mark.parametrize(
    ("clean", "removed", "whole"),
    [
        ("", [], ""),
        ("abc", [], "abc"),
        ("", [(0, "abc")], "abc"),
        ("b", [(0, "a"), (2, "c")], "abc"),
        ("ad", [(1, "b"), (2, "c")], "abcd"),
        ("🙂", [(1, "é\ud800")], "🙂é\ud800"),
    ],
)
def test_put_back(clean: str, removed: list[tuple[int, str]], whole: str) -> None:
    assert put_back(clean, removed) == whole


def test_repairs_are_undone_round_by_round_from_the_last() -> None:
    # "a\r\nb&amp;c" became "a\nb&amp;c", and that became "a\nb&c".
    repairs = [Repair(0, 1, 1, "\r", "line-end"), Repair(1, 4, 4, "amp;", "entity")]
    assert undo("a\nb&c", repairs) == undo("a\nb&c", repairs[::-1]) == "a\r\nb&amp;c"


def test_repairs_of_one_round_are_undone_in_order_of_offset() -> None:
    repairs = [Repair(0, 3, 4, "\xa0", "space"), Repair(0, 1, 2, "\xad\xa0", "space")]
    assert undo("a b c", repairs) == "a\xad\xa0b\xa0c"


def test_nothing_to_undo() -> None:
    assert undo("as it was", []) == "as it was"


@pytest.mark.parametrize(
    "value",
    [
        Raw(origin="a", content="b"),
        Cut(0, 1, "rule", Reason.TAGS),
        Repair(0, 0, 1, "a", "rule"),
        Dropped(Reason.EMPTY, "nothing"),
        Signals(),
        Document(repaired="a", text="a"),
    ],
)
def test_nouns_cannot_be_changed(value: object) -> None:
    name = fields(value)[0].name  # type: ignore[arg-type]  # every one of them is a dataclass
    with pytest.raises(FrozenInstanceError):
        setattr(value, name, None)


def test_reasons_are_words_that_can_stand_in_a_table() -> None:
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", reason) for reason in Reason)
    assert str(Reason.NEAR_DUPLICATE) == "near-duplicate"


def test_what_is_left_for_later_is_measured_once_and_only_when_it_is_asked_for() -> None:
    asked: list[str] = []

    def measure() -> dict[str, object]:
        asked.append("measured")
        return {"signals": Signals(), "n_words": 2, "digest": "d", "dropped": Dropped(Reason.TOO_SHORT, "2 words")}

    plain = Document(repaired="Two words", text="Two words", title="T")
    later = plain.measured_by(measure)
    assert (later.text, later.title, asked) == ("Two words", "T", [])
    assert later.dropped == Dropped(Reason.TOO_SHORT, "2 words")
    assert (later.n_words, later.digest, asked) == (2, "d", ["measured"])
    assert later == replace(plain, n_words=2, digest="d", dropped=later.dropped)
    assert pickle.loads(pickle.dumps(plain.measured_by(partial(dict, measured(later))))) == later
    with pytest.raises(AttributeError, match="worsd"):
        _ = later.worsd  # type: ignore[attr-defined]


def measured(document: Document) -> dict[str, object]:
    return {name: getattr(document, name) for name in MEASURED}


# --- Where offsets are after repairs ---


@st.composite
def mended_texts(draw: st.DrawFn) -> tuple[str, str, tuple[Repair, ...]]:
    """A text, what became of it in some rounds, and the record of them."""
    before = text = draw(nasty_texts())
    if draw(st.booleans()):
        return (before, *repair(text, RepairSettings()))
    repairs: tuple[Repair, ...] = ()
    for number in range(draw(st.integers(0, 3))):
        edges = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
        edits = [
            Edit(start, end, draw(st.text(st.sampled_from("ab"), max_size=3)), "a.rule")
            for start, end in zip(edges[::2], edges[1::2], strict=False)
        ]
        text, made = apply(text, edits, number)
        repairs += made
    return before, text, repairs


def untouched(length: int, repairs: Iterable[Repair]) -> list[int]:
    """For each character of the repaired text, where it stood before; -1 for what repairs wrote. The simple way."""
    stood = list(range(length))
    for number in sorted({made.round for made in repairs}):
        now: list[int] = []
        position = 0
        for made in sorted((one for one in repairs if one.round == number), key=lambda one: one.start):
            kept = made.start - len(now)
            now += [*stood[position : position + kept], *[-1] * (made.end - made.start)]
            position += kept + len(made.before)
        stood = now + stood[position:]
    return stood


def places(*offsets: int) -> NDArray[np.int64]:
    return np.array(offsets, np.int64)


@given(mended_texts())
def test_a_moved_offset_is_where_its_character_is(mended: tuple[str, str, tuple[Repair, ...]]) -> None:
    before, after, repairs = mended
    stood = untouched(len(before), repairs)
    assert len(stood) == len(after)
    kept = [(old, new) for new, old in enumerate(stood) if old >= 0]
    assert moved(places(*(old for old, _ in kept)), repairs).tolist() == [new for _, new in kept]
    assert [before[old] for old, _ in kept] == [after[new] for _, new in kept]


@given(mended_texts())
def test_moved_offsets_stay_in_order_and_inside(mended: tuple[str, str, tuple[Repair, ...]]) -> None:
    before, after, repairs = mended
    found = moved(np.arange(len(before) + 1, dtype=np.int64), repairs).tolist()
    assert found == sorted(found)
    assert found[0] >= 0
    assert found[-1] == len(after)


@pytest.mark.parametrize(
    ("repairs", "expected"),
    [
        ((), [0, 1, 2, 3, 4]),
        ((Repair(0, 1, 1, "ab", "gone"),), [0, 1, 1, 1, 2]),
        ((Repair(0, 1, 4, "a", "longer"),), [0, 1, 4, 5, 6]),
        ((Repair(0, 1, 3, "", "written"),), [0, 3, 4, 5, 6]),
        ((Repair(0, 0, 0, "a", "first"), Repair(1, 0, 0, "b", "second")), [0, 0, 0, 1, 2]),
    ],
)
def test_offsets_move_with_what_stands_before_them(repairs: tuple[Repair, ...], expected: list[int]) -> None:
    assert moved(places(0, 1, 2, 3, 4), repairs).tolist() == expected

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaning.document import Raw
from cleaning.read import record_id

RAW = Raw(origin="news/a.jsonl#12", content="It rained.", url="https://a.example/1")


def test_a_given_id_is_kept() -> None:
    assert record_id(replace(RAW, id=" n-7\n")) == "n-7"
    assert record_id(replace(RAW, id="  ")) == record_id(RAW)


def test_the_id_never_changes() -> None:
    assert record_id(RAW) == "55f6308b48e946233bc42a2b73f7afd7"


@pytest.mark.parametrize(
    "same",
    [
        replace(RAW, origin="news/a.jsonl#1"),
        replace(RAW, content=b"It rained."),
        replace(RAW, title="Rain", date="2024", language="en", extra=(("a", "b"),)),
    ],
)
def test_the_number_of_the_record_and_what_else_is_known_do_not_count(same: Raw) -> None:
    assert record_id(same) == record_id(RAW)


@pytest.mark.parametrize(
    "other",
    [
        replace(RAW, origin="news/b.jsonl#12"),
        replace(RAW, origin="a.jsonl#12"),
        replace(RAW, content="It rained"),
        replace(RAW, content="It rained.https:", url="//a.example/1"),
        replace(RAW, url=None),
        replace(RAW, content="It \ud800"),
    ],
)
def test_file_content_and_address_count(other: Raw) -> None:
    assert record_id(other) != record_id(RAW)


def test_a_number_inside_a_file_name_counts() -> None:
    assert record_id(Raw(origin="c#1.txt", content="x")) != record_id(Raw(origin="c#2.txt", content="x"))


@given(st.text(), st.binary() | st.text(st.characters()), st.none() | st.text())
def test_every_record_has_an_id(origin: str, content: bytes | str, url: str | None) -> None:
    raw = Raw(origin=origin, content=content, url=url)
    assert re.fullmatch("[0-9a-f]{32}", record_id(raw))
    assert record_id(raw) == record_id(replace(raw))

from __future__ import annotations

import datetime
import decimal
import uuid
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaning.read.values import as_moment, as_name, as_text, encodable


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, None), (float("nan"), None), ("", ""), (" a ", " a "), (0, "0"), (1.5, "1.5"), (False, "false"),
        (b"caf\xc3\xa9", "café"), (b"caf\xe9", "caf\ufffd"), (decimal.Decimal("1.50"), "1.50"),
        (uuid.UUID(int=7), "00000000-0000-0000-0000-000000000007"), (datetime.date(2024, 1, 2), "2024-01-02"),
        ([datetime.date(2024, 1, 2), b"x"], '["2024-01-02", "x"]'), ({"a": "\ud800"}, '{"a": "\ufffd"}'),
    ],
)  # fmt: skip
def test_any_value_is_a_string(value: Any, text: str | None) -> None:
    assert as_text(value) == text


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        (datetime.datetime(2024, 1, 2, 3, tzinfo=datetime.UTC), "2024-01-02T03:00:00+00:00"),
        (1704164645.5, "2024-01-02T03:04:05.500000+00:00"),
        (1704164645000000, "2024-01-02T03:04:05+00:00"),
        (2024, "2024"), (20240102, "20240102"), (-5, "-5"), (10**40, str(10**40)), (float("inf"), "inf"),
        (True, "true"),
        ("2024-01-02 03:04:05", "2024-01-02 03:04:05"), (None, None),
    ],
)  # fmt: skip
def test_dates_are_told_as_the_source_does_or_in_iso_8601(value: Any, moment: str | None) -> None:
    assert as_moment(value) == moment


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (["Ann", None, "", "Bo"], "Ann, Bo"), ([], ""), ({"name": ["Ann", {"name": "Bo"}]}, "Ann, Bo"),
        ({"url": "x"}, '{"url": "x"}'), (b"Ann", "Ann"), (None, None),
    ],
)  # fmt: skip
def test_names_are_joined(value: Any, name: str | None) -> None:
    assert as_name(value) == name


@given(st.text(st.characters()))
def test_every_text_can_be_written_as_utf8(text: str) -> None:
    clean = encodable(text)
    clean.encode("utf-8")
    if not any("\ud800" <= character <= "\udfff" for character in text):
        assert clean == text

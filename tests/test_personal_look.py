"""What is found and what is not, by kind, language and script."""

from __future__ import annotations

import json
import re

import pytest
from corpora import ROOT

from cleaning.errors import SettingsError
from cleaning.personal import KINDS, look, wanted_in
from cleaning.personal.countries import countries_of
from cleaning.settings import Personal, Settings

CASES: dict[str, list[list[str]]] = json.loads((ROOT / "tests/cases/personal/finds.json").read_text("utf-8"))
MARK = re.compile(r"\[\[(.*?)\]\]")
LISTED = [(kind, tag, text) for kind, cases in CASES.items() for tag, text in cases]


@pytest.mark.parametrize(("kind", "tag", "marked"), LISTED)
def test_finds_are_those_that_are_marked(kind: str, tag: str, marked: str) -> None:
    text = MARK.sub(r"\1", marked)
    found = look(text, wanted_in(tag, None, None, Personal()))
    assert [text[item.start : item.end] for item in found] == MARK.findall(marked)
    assert {item.kind for item in found} <= {kind}


def test_there_are_as_many_texts_without_a_find_as_with_one() -> None:
    assert set(CASES) == {*KINDS, "nothing"}
    assert len(CASES["nothing"]) >= sum(len(CASES[kind]) for kind in KINDS)


@pytest.mark.parametrize(
    ("language", "url", "source", "countries"),
    [
        ("pt-BR", None, None, ("BR",)),
        ("zh-Hant-TW", None, None, ("TW",)),
        ("de", "https://www.example.at/a?b=.fr", "example.co.uk", ("AT", "GB")),
        ("en", "https://example.io/", "example.com", ()),
        ("en-419", "http://[broken", "News of the Day.", ()),
        ("en-ZZ", "https://93.184.215.14/", "localhost", ()),
        (None, None, None, ()),
    ],
)
def test_a_document_speaks_for_countries(
    language: str | None, url: str | None, source: str | None, countries: tuple[str, ...]
) -> None:
    assert countries_of(language, url, source) == countries
    assert wanted_in(language, url, source, Personal(countries=["FR"])).countries == ("FR",)


def test_a_country_without_numbers_is_refused() -> None:
    with pytest.raises(SettingsError, match="no ISO 3166 codes of countries with phone numbers: UK"):
        Settings.of({"personal": {"countries": ["DE", "UK"]}})


def test_of_two_finds_in_one_place_the_longer_one_counts() -> None:
    text = "DE89 3704 0044 0532 0130 00 and http://93.184.215.14/?q=user@example.com"
    found = look(text, wanted_in("de-DE", None, None, Personal()))
    assert [item.kind for item in found] == ["iban", "ip", "email"]

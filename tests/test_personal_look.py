"""What is found and what is not, by kind, language and script."""

from __future__ import annotations

import json
import re

import pytest
from corpora import ROOT

from cleaning.personal import KINDS, look, wanted_in
from cleaning.settings import Personal

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

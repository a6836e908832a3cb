"""Cases of boilerplate as data: see ``cases/boilerplate/README.md``."""

from __future__ import annotations

import json
from typing import Any

import pytest
from strategies import CASES

from cleaning.document import Document, Raw
from cleaning.pipeline import clean
from cleaning.reason import Reason
from cleaning.settings import Settings

Case = dict[str, Any]
FOUND: list[tuple[str, Case]] = [
    (file.stem, case)
    for file in sorted(CASES.glob("*.json"))
    if file.stem not in {"menus", "prose"}
    for case in json.loads(file.read_text("utf-8"))
]
NAMES = [f"{language}: {case['about']}" for language, case in FOUND]


def cleaned(language: str, case: Case) -> Document:
    text = "\n".join(line if isinstance(line, str) else line[1] for line in case["lines"])
    raw = Raw(origin="case", content=text, language=language, **case.get("known", {}))
    return clean(raw, Settings.of({"boilerplate": {"kind": case.get("kind", "auto")}}))


def reasons(document: Document) -> list[tuple[str, str]]:
    """Each line that was cut, and why."""
    spans = [(cut.reason.value, document.repaired[cut.start : cut.end]) for cut in document.cuts]
    return [(reason, line) for reason, span in spans for line in span.split("\n") if line]


@pytest.mark.parametrize(("language", "case"), FOUND, ids=NAMES)
def test_case(language: str, case: Case) -> None:
    document = cleaned(language, case)
    assert reasons(document) == [tuple(line) for line in case["lines"] if not isinstance(line, str)]
    assert document.text.split("\n") == _without_double_blanks(
        [line for line in case["lines"] if isinstance(line, str)]
    )
    assert (document.title, document.author, document.date) == tuple(map(case.get, ("title", "author", "date")))
    assert list(document.captions) == case.get("captions", [])
    assert [article.title for article in document.split_off] == case.get("split_off", [])


@pytest.mark.parametrize(("language", "case"), FOUND, ids=NAMES)
def test_what_the_case_leaves_is_left_alone(language: str, case: Case) -> None:
    """Who cleans the result again, knowing what is known now, gets the same."""
    once = cleaned(language, case)
    again = clean(Raw(origin="case", content=once.text, language=language, title=once.title), Settings())
    assert again.text == once.text


def test_cases_have_all_their_keys_right() -> None:
    known = {"origin", "about", "lines", "title", "author", "date", "captions", "split_off", "known", "kind"}
    for _, case in FOUND:
        assert set(case) <= known
        assert {"origin", "about", "lines"} <= set(case)
        assert all(isinstance(line, str) or Reason(line[0]) for line in case["lines"])


def test_many_cases_say_that_nothing_may_be_cut() -> None:
    negative = [case for _, case in FOUND if all(isinstance(line, str) for line in case["lines"])]
    assert len(negative) * 5 >= len(FOUND) * 2


def _without_double_blanks(lines: list[str]) -> list[str]:
    """Where a line goes, one of the separators around it stays."""
    return "\n".join(lines).strip("\n").replace("\n\n\n", "\n\n").split("\n")

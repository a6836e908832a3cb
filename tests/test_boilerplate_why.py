"""Who asks why the classifier cut a line is told what spoke against it."""

from __future__ import annotations

import dataclasses
import json
import re

from strategies import ARTICLES, CASES

from cleaning.boilerplate.lines import RULE
from cleaning.boilerplate.why import explained
from cleaning.pipeline import clean_html, clean_text
from cleaning.settings import Boilerplate

MENU = json.loads((CASES / "menus.json").read_text("utf-8"))["en"]
EN = ARTICLES["en"]
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in EN.paragraphs)


def test_what_spoke_against_a_line_is_told_and_nothing_else_changes() -> None:
    document = clean_text("\n".join([*MENU["before"], *EN.paragraphs, "Leave a Reply", *MENU["after"]]), language="en")
    told = explained(document, Boilerplate())
    assert dataclasses.replace(told, cuts=document.cuts) == document
    for before, after in zip(document.cuts, told.cuts, strict=True):
        assert dataclasses.replace(after, evidence=before.evidence) == before
        if before.rule == RULE:
            assert re.fullmatch(
                rf"{before.evidence}; against it: [a-z -]+ -\d+\.\d(, [a-z -]+ -\d+\.\d){{0,2}}", after.evidence
            )
        else:
            assert after.evidence == before.evidence


def test_of_a_page_the_markup_is_among_it() -> None:
    items = "".join(f"<li><a href='/'>{item}</a></li>" for item in MENU["before"])
    told = explained(clean_html(f"<nav><ul>{items}</ul></nav><article>{BODY}</article>"), Boilerplate())
    assert any("markup" in cut.evidence for cut in told.cuts)


def test_without_such_cuts_it_is_the_same_document() -> None:
    document = clean_text("\n".join(EN.paragraphs))
    assert explained(document, Boilerplate()) is document

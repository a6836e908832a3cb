"""Masked documents: nothing personal is left, and the text can still be put together from its parts."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaning.document import Cut, Document, Raw, Repair, put_back, remove, undo
from cleaning.personal import Wanted, look, protect
from cleaning.personal.look import BLOT
from cleaning.pipeline import clean
from cleaning.reason import Reason
from cleaning.repair import repair
from cleaning.settings import Personal, Settings
from cleaning.settings import Repair as RepairSettings

MASK = Personal(mode="mask", countries=["DE", "US"])
REPORT = Personal(mode="report", countries=["DE", "US"])
SAID = ["user@example.com", "+49 30 901820", "030 901820", "(202) 456-1111", "93.184.215.14", "DE89370400440532013000"]
BETWEEN = [*" \n.@+-x([]，س的:/é\u00ad", "", "12", "&amp;"]

texts = st.lists(st.sampled_from(SAID + BETWEEN + ["It rained", "tel. "]), max_size=12).map("".join)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    text, repairs = repair(draw(texts), RepairSettings())
    edges = sorted(draw(st.sets(st.integers(0, len(text)), max_size=6)))
    pairs = zip(edges[::2], edges[1::2], strict=False)
    cuts = tuple(Cut(start, end, "rule", Reason.TAGS, text[start:end]) for start, end in pairs)
    return Document(repaired=text, text=remove(text, cuts), cuts=cuts, repairs=repairs, title=text.replace("\n", " "))


def wanted() -> Wanted:
    return Wanted(countries=("DE", "US"))


@given(documents())
def test_nothing_is_left(document: Document) -> None:
    masked = protect(document, MASK)
    for value in (masked.repaired, masked.text, masked.title or "", *(cut.evidence for cut in masked.cuts)):
        assert look(value, wanted()) == []
    assert not any(look(repair.before, wanted()) for repair in masked.repairs)


@given(documents())
def test_the_text_is_still_its_parts(document: Document) -> None:
    masked = protect(document, MASK)
    spans = [(cut.start, masked.repaired[cut.start : cut.end]) for cut in masked.cuts]
    assert put_back(masked.text, spans) == masked.repaired
    assert len(masked.cuts) == len(document.cuts)


@given(documents())
def test_what_is_undone_is_the_decoded_text_blotted(document: Document) -> None:
    before, after = undo(document.repaired, document.repairs), undo(*_of(protect(document, MASK)))
    assert len(before) == len(after)
    assert all(new in {old, BLOT} for old, new in zip(before, after, strict=True))


def _of(document: Document) -> tuple[str, tuple[Repair, ...]]:
    return document.repaired, document.repairs


@given(documents())
def test_masking_again_changes_nothing(document: Document) -> None:
    masked = protect(document, MASK)
    again = protect(masked, MASK)
    assert again == dataclasses.replace(masked, personal=())


@given(documents())
def test_what_is_reported_is_what_is_masked(document: Document) -> None:
    reported, masked = protect(document, REPORT), protect(document, MASK)
    assert dataclasses.replace(reported, personal=()) == document
    told = [[(place.field, place.kind, place.country) for place in each.personal] for each in (reported, masked)]
    assert told[0] == told[1]
    for place in masked.personal:
        value = masked.repaired if place.field == "text" else masked.title
        assert value
        assert value[place.start : place.end] == f"[{place.kind.upper()}]"


@pytest.mark.parametrize("said", SAID)
def test_a_find_that_an_edge_of_a_cut_goes_through_is_masked_on_both_sides(said: str) -> None:
    text = f"Write to {said} now."
    cuts = (Cut(9 + 4, len(text), "rule", Reason.TAGS),)
    masked = protect(Document(repaired=text, text=remove(text, cuts), cuts=cuts), MASK)
    kind = masked.personal[0].kind.upper()
    assert masked.repaired == f"Write to [{kind}][{kind}] now."
    assert masked.text == f"Write to [{kind}]"


def test_a_find_that_only_a_cut_makes_is_masked() -> None:
    text = "Write to user[ad_1]@example.com now."
    cuts = (Cut(13, 19, "rule", Reason.ADVERTISEMENT),)
    masked = protect(Document(repaired=text, text=remove(text, cuts), cuts=cuts), MASK)
    assert masked.repaired == "Write to [EMAIL][ad_1][EMAIL] now."
    assert masked.text == "Write to [EMAIL][EMAIL] now."


@pytest.mark.parametrize(
    "keep", ["user@example.com", "example.com", "@EXAMPLE.com", "+49 (30) 901820", "030 / 901820", "93.184.215.14"]
)
def test_what_is_to_stay_stays(keep: str) -> None:
    text = " ; ".join(["User@Example.com", "030 901820", "93.184.215.14"])
    document = Document(repaired=text, text=text)
    found = protect(document, Personal(mode="report", countries=["DE"], keep=[keep])).personal
    assert len(found) == 2


def test_kinds_that_are_not_asked_for_stay() -> None:
    text = "user@example.com 93.184.215.14"
    masked = protect(Document(repaired=text, text=text), Personal(mode="mask", kinds=["ip"]))
    assert masked.text == "user@example.com [IP]"


def test_articles_that_are_split_off_lose_what_their_page_loses() -> None:
    story = "It rained for days in the north, and nobody was hurt, the ministry said on Monday evening."
    call = "Whoever saw the flood may call the office at 030 901820 before the end of the week, it said."
    first, second = "Rain falls in the north", "Flood reaches the old town"
    opening = [first, "A picture", first, story, story + " Then.", story + " So."]
    parts = [*opening, second, "A view", second, call, story, story + " Yes."]
    raw = Raw(origin="", content="\n\n".join(parts), language="de-DE", id="user@example.com")
    document = clean(raw, Settings.of({"personal": {"mode": "mask"}, "quality": {"min_chars": 0}}))
    (article,) = document.split_off
    assert "call the office at [PHONE] before" in article.text
    assert "030 901820" not in document.repaired
    assert (document.id, article.id, article.parent_id) == ("[EMAIL]", "[EMAIL].2", "[EMAIL]")


def test_off_leaves_the_document_as_it_is() -> None:
    raw = Raw(origin="", content="Write to user@example.com.")
    assert clean(raw, Settings()).text == "Write to user@example.com."
    assert clean(raw, Settings()).personal == ()

from __future__ import annotations

from hypothesis import given
from strategies import ARTICLES, nasty_texts

from cleaning.boilerplate.page import Page, Told
from cleaning.document import Cut, Document
from cleaning.reason import Reason

EN = ARTICLES["en"]
TEXT = f"{EN.headline}\n\n  {EN.paragraphs[0]}\n[ad_1]"
PAGE = Page.of(Document(repaired=TEXT, text=TEXT, title="Rain"))


@given(nasty_texts())
def test_the_lines_of_a_page_stand_in_its_text(text: str) -> None:
    page = Page.of(Document(repaired=text, text=text))
    assert all(text[line.start : line.end] == line.text != "" for line in page.lines)
    assert "".join("".join(line.text for line in page.lines).split()) == "".join(text.split())
    assert page.open() == list(range(len(page.lines)))


def test_a_line_knows_its_form() -> None:
    headline, paragraph, marker = PAGE.lines
    assert [line.prose for line in PAGE.lines] == [False, True, False]
    assert (headline.folded, marker.folded) == (EN.headline.casefold(), "ad_1")
    assert (headline.size, paragraph.text) == (11, EN.paragraphs[0])


def test_a_finding_makes_a_new_page_and_leaves_the_old_one() -> None:
    page = PAGE.add([PAGE.cut(2, "common.ad-marker", Reason.ADVERTISEMENT, "a marker")])
    assert page.open() == [0, 1]
    assert PAGE.open() == [0, 1, 2]
    assert page.cuts == (
        Cut(len(TEXT) - 6, len(TEXT), "common.ad-marker", Reason.ADVERTISEMENT, "a marker"),
    )  # fmt: skip


def test_a_line_that_is_cut_in_part_is_still_there() -> None:
    start, end = PAGE.lines[0].start, PAGE.lines[0].end
    assert PAGE.add([Cut(start, end - 1, "a.rule", Reason.TAGS)]).open() == [0, 1, 2]
    assert PAGE.add([Cut(start, end, "a.rule", Reason.TAGS)]).open() == [1, 2]


def test_a_line_that_several_cuts_take_together_is_gone() -> None:
    start, end = PAGE.lines[0].start, PAGE.lines[0].end
    halves = [Cut(start + 4, end, "a.rule", Reason.TAGS), Cut(start, start + 5, "a.rule", Reason.TAGS)]
    assert PAGE.add(halves).open() == [1, 2]
    assert PAGE.add(halves[:1]).open() == [0, 1, 2]


def test_one_cut_may_take_many_lines() -> None:
    assert PAGE.add([Cut(0, len(TEXT), "splice.opening", Reason.SPLICED_ARTICLE)]).open() == []


def test_what_was_told_first_is_kept() -> None:
    page = PAGE.add([Told("title", "Other"), Told("author", "A. Writer"), Told("author", "B. Writer")])
    assert (page.title, page.author, page.date) == ("Rain", "A. Writer", None)


def test_each_caption_is_kept_once_in_order() -> None:
    page = PAGE.add([Told("caption", "B"), Told("caption", "A"), Told("caption", "B")]).add([Told("caption", "A")])
    assert page.captions == ("B", "A")


def test_no_findings_no_change() -> None:
    assert PAGE.add([]) is PAGE

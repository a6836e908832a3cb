"""What a notebook shows of a document and a release: what was cut and why, in any script, and never as markup."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from releases import good

from cleaning.document import Cut, Document, Dropped, Repair, remove
from cleaning.notebook.document import FOLDED, LONGEST_CUT, SHOWN
from cleaning.reason import Reason
from cleaning.release import Release

TEXT = "It rained <b>all</b> night.\n\nShare this\n"
CUT = Cut(27, 40, "en.share-bar", Reason.SHARE_BAR)


def document(text: str = TEXT, *cuts: Cut, **given: Any) -> Document:
    made = Document(repaired=text, text=remove(text, cuts), cuts=cuts)
    return dataclasses.replace(made, **{"dropped": None, **given})


def shown(item: Document | Release) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(item._repr_html_())


def test_cuts_are_marked_and_named() -> None:
    page = shown(document(TEXT, CUT))
    (marked,) = page.findall(".//del")
    assert (marked.text, marked.get("title")) == ("Share this", "en.share-bar: share-bar")
    assert marked.getnext().text.strip() == "share-bar"
    assert "27 characters kept, 13 cut (32%) in 1 span, 0 repairs" in page.text_content()


def test_nothing_that_a_page_says_becomes_markup() -> None:
    hostile = "<script>alert(1)</script>"
    made = document(
        hostile * 2,
        Cut(0, len(hostile), 'a"><b>', Reason.TAGS, hostile),
        title=hostile,
        captions=(hostile,),
        url=f"javascript:{hostile}",
        dropped=Dropped(Reason.TOO_SHORT, hostile),
        split_off=(document(hostile, title=hostile),),
    )
    page = shown(made)
    assert {element.tag for element in page.iter()} <= {
        "div", "style", "table", "tbody", "tr", "th", "td", "details", "summary", "bdi", "del", "small",
    }  # fmt: skip
    assert page.text_content().count(hostile) >= 7
    assert hostile not in made._repr_html_()


def test_each_script_runs_in_its_own_direction() -> None:
    page = shown(document("قال وزير الخارجية.", title="طيف"))
    (text,) = page.findall(".//div[@dir]")
    assert text.get("dir") == "auto"
    assert "unicode-bidi:plaintext" in text.get("style", "")
    assert [cell.text for cell in page.findall(".//td/bdi")] == ["طيف", "unknown"]


@pytest.mark.parametrize(("length", "is_open"), [(FOLDED, True), (FOLDED + 1, False)])
def test_long_texts_are_folded(length: int, is_open: bool) -> None:
    (folded,) = shown(document("a" * length)).findall(".//details")
    assert ("open" in folded.attrib) == is_open


def test_what_is_very_long_is_shown_in_part() -> None:
    cut = Cut(5, 5 + LONGEST_CUT + 1000, "splice", Reason.SPLICED_ARTICLE)
    made = document("a" * (SHOWN + 12_345), cut, Cut(SHOWN + 1, SHOWN + 2, "late", Reason.TAGS))
    page = shown(made)
    assert "… 1,600 characters …" in page.findall(".//del")[0].text
    assert len(page.findall(".//del")) == 1
    assert "… and 12,345 more characters" in page.text_content()
    assert len(made._repr_html_()) < SHOWN + 5000


def test_a_cut_of_spaces_is_shown_too() -> None:
    assert len(shown(document("a  b", Cut(1, 3, "blank", Reason.WIDGET))).findall(".//del")) == 1


def test_an_article_that_was_split_off_is_folded_below() -> None:
    page = shown(document(split_off=(document("Another story.", title="Another"),)))
    assert [part.text_content() for part in page.findall(".//summary")][1:2] == ["split off: Another"]
    assert "Another story." in page.text_content()


def test_facts_that_are_not_known_are_left_out() -> None:
    known = document(title="Rain", language="en", language_score=0.9, repairs=(Repair(0, 0, 1, "i", "x"),))
    rows = [[cell.text_content() for cell in row] for row in shown(known).findall(".//tr")]
    assert rows == [["title", "Rain"], ["language", "en (0.90)"]]


def test_a_release_shows_its_counts_and_its_tables(tmp_path: Path) -> None:
    rows = [[cell.text_content() for cell in row] for row in shown(release(tmp_path)).findall(".//tr")]
    assert ["release", str(tmp_path)] in rows
    assert ["kept", "4"] in rows
    assert ["dropped", "train", "3", "release.dropped"] in rows
    assert ["default", "train", "4", "release.load()"] in rows


def test_a_release_by_language_says_how_each_is_loaded(tmp_path: Path) -> None:
    made = release(tmp_path)
    (tmp_path / "data" / "en").mkdir()
    (file,) = (tmp_path / "data").glob("*.parquet")
    file.rename(tmp_path / "data" / "en" / "test-00000-of-00001.parquet")
    page = shown(made)
    rows = [[cell.text_content() for cell in row] for row in page.findall(".//details//tr")]
    assert rows[1:] == [["en", "test", "4", "release.load('en', 'test')"]]
    assert "release.load('default', 'test')" in page.text_content()


def test_a_release_says_what_it_is_in_a_line(tmp_path: Path) -> None:
    made = release(tmp_path / "news")
    counts = "6 read, 1 split off, 4 kept, 2 dropped, 1 unreadable"
    assert repr(made) == f"<Release '{tmp_path}/news': {counts}>"
    (made.path / "manifest.json").unlink()
    assert repr(made) == f"<Release '{tmp_path}/news'>"


def test_nothing_is_fetched_and_nothing_is_run(tmp_path: Path) -> None:
    for item in (document(TEXT, CUT), release(tmp_path)):
        assert re.search(r"src=|href=|url\(|@import|<script|\son\w+=", item._repr_html_()) is None


def release(folder: Path) -> Release:
    folder.mkdir(exist_ok=True)
    made = good()
    made.manifest["package"] = {"name": "scrape2corpus"}
    made.manifest["counts"] = dict(sorted(made.manifest["counts"].items()))  # as a build writes them
    return Release.open(made.write(folder))

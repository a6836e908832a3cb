"""What comes of one record: its documents, or a reason; a bug of ours is neither."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest
from corpora import article

from cleaning.corpus import work
from cleaning.corpus.work import outcome
from cleaning.document import Document, Dropped, Raw
from cleaning.errors import CleaningError
from cleaning.read import Unreadable
from cleaning.reason import Reason
from cleaning.settings import Settings


def only(record: Raw | Unreadable) -> Document:
    (document,) = outcome(record, Settings())
    return document


def test_a_record_becomes_a_document() -> None:
    document = only(Raw(origin="a.txt", content=article(1)))
    assert (document.text, document.dropped) == (article(1), None)


def test_articles_split_off_come_after_their_document() -> None:
    (seed,) = (Path(__file__).parent.parent / "seeds").glob("003*")
    first, second = outcome(Raw(origin=seed.name, content=seed.read_bytes()), Settings())
    assert second.parent_id == first.id
    assert second.id != first.id


def test_what_could_not_be_read_says_why() -> None:
    document = only(Unreadable("torn.gz", "cut off"))
    assert (document.origin, document.id, document.dropped) == ("torn.gz", "", Dropped(Reason.UNREADABLE, "cut off"))


def test_bytes_that_are_no_text_are_unreadable() -> None:
    document = only(
        Raw(origin="photo.txt", content=b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\xf4" + bytes(300))
    )
    assert document.dropped
    assert document.dropped.reason == Reason.UNREADABLE
    assert document.dropped.evidence


def test_a_page_whose_metadata_cannot_be_read_is_unreadable(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise MemoryError("a table of 2^53 columns")

    monkeypatch.setattr(import_module("cleaning.html.metadata"), "_metadata", fail)
    document = only(Raw(origin="table.html", content="<p>Rain</p>", is_html=True))
    assert document.dropped
    assert document.dropped.reason == Reason.UNREADABLE
    assert "a table of 2^53 columns" in document.dropped.evidence


def test_a_bug_of_ours_stops_and_names_the_record(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("no such luck")

    monkeypatch.setattr(work, "clean", fail)
    with pytest.raises(CleaningError, match=r"news/a\.txt: cleaning failed, and this is a bug: ZeroDivisionError"):
        only(Raw(origin="news/a.txt", content=article(1)))

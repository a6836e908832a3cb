"""Documents survive the way into the staged table and back."""

from __future__ import annotations

import dataclasses

import pytest
from corpora import SEEDS, article

from cleaning.corpus.rows import default_schema, from_row, staged_schema, to_rows
from cleaning.document import Document, Raw
from cleaning.errors import SettingsError
from cleaning.pipeline import clean
from cleaning.schema import DEFAULT
from cleaning.settings import Settings

RAWS = [
    *(Raw(origin=path.name, content=path.read_bytes(), extra=(("section", path.stem),)) for path in SEEDS.iterdir()),
    Raw(origin="mended", content=article("rows").replace(" of ", "\xa0of\x07\xa0"), url="https://news.example/1"),
    Raw(origin="short", content="Too short.", extra=(("section", None),)),
]


@pytest.mark.parametrize("raw", RAWS, ids=[raw.origin for raw in RAWS])
def test_a_document_comes_back_as_it_was(raw: Raw) -> None:
    document = clean(raw, Settings())
    for one in (document, *document.split_off):
        (row,) = to_rows([one], ["section"]).to_pylist()
        assert plain(from_row(row, ["section"])) == plain(one)
        assert row["n_chars"] == len(one.text)
        assert row["reason"] == (one.dropped.reason.value if one.dropped else None)


def plain(document: Document) -> Document:
    """Return a document without what is not staged, or staged with less precision."""
    extra = (("section", dict(document.extra).get("section")),)
    kept = {"split_off": (), "charset": None, "extracted": None, "dropped": None, "language_score": 1.0, "extra": extra}
    return dataclasses.replace(document, signals=Document(repaired="", text="").signals, **kept)  # type: ignore[arg-type]


def test_no_documents_are_a_table_of_no_rows() -> None:
    assert to_rows([], ["section"]).schema == staged_schema(["section"])
    assert len(to_rows([])) == 0


def test_columns_are_carried_after_those_of_the_release() -> None:
    assert default_schema(["section", "tags"]).names == [*DEFAULT.names, "section", "tags"]


@pytest.mark.parametrize("carry", [["text"], ["section", "reason"], ["row"], ["kept_id"], ["section", "section"]])
def test_a_column_that_takes_anothers_name_is_refused(carry: list[str]) -> None:
    with pytest.raises(SettingsError, match=f"carry: {carry[-1]}: the tables have such a column; rename it"):
        staged_schema(carry)

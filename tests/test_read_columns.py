from __future__ import annotations

from typing import Any

import pytest

from cleaning.document import Raw
from cleaning.read import Unreadable
from cleaning.read.columns import map_columns, reader, to_raw
from cleaning.settings import Columns, Input


def raw(row: dict[str, Any], **columns: Any) -> Raw | Unreadable:
    return reader(Input(columns=Columns(**columns)))(row, "a.jsonl#1")


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("text", "text"), ("Content", "text"), ("BODY", "text"), ("article", "text"), ("maintext", "text"),
        ("raw_content", "text"), ("article_text", "text"), ("content-text", "text"), ("articleBody", "text"),
        ("html", "html"), ("raw_html", "html"), ("Page HTML", "html"), ("page", "html"),
    ],
)  # fmt: skip
def test_content_is_guessed_from_common_names(name: str, field: str) -> None:
    assert raw({"n": 1, name: "one"}) == Raw(origin="a.jsonl#1", content="one", is_html=field == "html")


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("Headline", "title"), ("link", "url"), ("URI", "url"), ("doc_id", "id"), ("_id", "id"), ("uuid", "id"),
        ("domain", "source"), ("Publisher", "source"), ("published", "date"), ("date_publish", "date"),
        ("datePublished", "date"), ("byline", "author"), ("authors", "author"), ("lang", "language"),
    ],
)  # fmt: skip
def test_what_the_source_knew_is_guessed_from_common_names(name: str, field: str) -> None:
    found = raw({"text": "one", name: " value "})
    assert found == Raw(origin="a.jsonl#1", content="one", **{field: "value"})  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["texts", "context", "pages", "n_words", "subtitle", "hyperlink", "update", "grid"])
def test_names_that_only_resemble_a_common_one_are_not_taken(name: str) -> None:
    assert raw({"text": "one", name: "value"}) == Raw(origin="a.jsonl#1", content="one")


def test_text_goes_before_html_unless_the_settings_say_otherwise() -> None:
    row = {"html": "<p>page", "text": "text"}
    assert raw(row) == Raw(origin="a.jsonl#1", content="text")
    assert raw(row, html="html") == Raw(origin="a.jsonl#1", content="<p>page", is_html=True)
    assert raw({"html": "<p>page", "text": ""}, html="html", text="text") == Raw(
        origin="a.jsonl#1", content="<p>page", is_html=True
    )
    assert isinstance(raw({"html": "<p>page", "text": ""}), Unreadable)


def test_the_more_telling_name_wins() -> None:
    assert map_columns(["body", "Text"], Columns()).contents == (("Text", False),)
    assert map_columns(["link", "url"], Columns()).told == (("url", "url"),)


def test_a_column_that_is_set_is_not_guessed_as_something_else() -> None:
    found = raw({"title": "a text under a wrong name", "content": "x"}, text="title")
    assert found == Raw(origin="a.jsonl#1", content="a text under a wrong name")


def test_a_column_that_is_set_is_taken_whatever_it_is_called() -> None:
    row = {"text": "one", "t": "T", "published": "2020", "meta": {"when": "2021", "a.b": "c"}, "x.y": "dotted"}
    found = raw(row, title="t", date="meta.when", source="x.y")
    assert found == Raw(origin="a.jsonl#1", content="one", title="T", date="2021", source="dotted")


def test_a_column_that_is_set_and_missing_is_told() -> None:
    assert raw({"text": "one", "url": "u"}, text="body") == Unreadable(
        "a.jsonl#1", "no column body, which input.columns names; the columns are text, url"
    )
    assert raw({"text": "one", "meta": {}}, text="meta.text") == Unreadable(
        "a.jsonl#1", "no text: meta.text is empty or missing"
    )
    assert raw({"text": "one"}, title="t") == Raw(origin="a.jsonl#1", content="one")


def test_carried_columns_are_strings_in_the_order_of_the_settings() -> None:
    row = {"text": " one ", "n": 7, "list": ["ä", 1], "space": " x ", "no": None, "flag": True}
    found = raw(row, carry=["list", "n", "absent", "space", "no", "flag"])
    assert found == Raw(
        origin="a.jsonl#1",
        content=" one ",
        extra=(
            ("list", '["ä", 1]'),
            ("n", "7"),
            ("absent", None),
            ("space", " x "),
            ("no", None),
            ("flag", "true"),
        ),
    )


def test_empty_values_are_no_values() -> None:
    found = raw({"text": "one", "title": " ", "url": "", "authors": [], "date": float("nan"), "id": None})
    assert found == Raw(origin="a.jsonl#1", content="one")


def test_messages_name_columns_but_not_thousands() -> None:
    found = raw({f"k{n}\ud800": n for n in range(1000)})
    assert isinstance(found, Unreadable)
    assert found.message.endswith("k29\ufffd and 970 more")


def test_the_bound_counts_bytes() -> None:
    mapped = map_columns(["text"], Columns())
    assert isinstance(to_raw({"text": "é" * 5}, "a", mapped, 10), Raw)
    assert isinstance(to_raw({"text": "é" * 5 + "x"}, "a", mapped, 10), Unreadable)
    assert isinstance(to_raw({"text": b"x" * 11}, "a", mapped, 10), Unreadable)

from __future__ import annotations

from pathlib import Path

import pytest

from cleaning.document import Raw
from cleaning.read import Unreadable, find, records
from cleaning.settings import Input


def read(path: Path, content: bytes | str, **settings: object) -> list[Raw | Unreadable]:
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return [record for piece in find([path]).pieces for record in records(piece, Input.model_validate(settings))]


def test_quoted_fields_hold_line_ends_delimiters_and_quotes(tmp_path: Path) -> None:
    content = 'title,text\r\n"A, ""B""","one\r\ntwo\n"\r\n\r\nC,three\r\n'
    assert read(tmp_path / "a.csv", content) == [
        Raw(origin="a.csv#1", content="one\r\ntwo\n", title='A, "B"'),
        Raw(origin="a.csv#2", content="three", title="C"),
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_detected(tmp_path: Path, delimiter: str) -> None:
    content = "\n" + delimiter.join(["title", "text", "url"]) + "\n" + delimiter.join(["a", '"b,;|\t"', "c"]) + "\n"
    assert read(tmp_path / "a.csv", content) == [Raw(origin="a.csv#1", content="b,;|\t", title="a", url="c")]


def test_spaces_around_names_do_not_count(tmp_path: Path) -> None:
    found = read(tmp_path / "a.csv", "text, b\none,two\n", columns={"carry": ["b"]})
    assert found == [Raw(origin="a.csv#1", content="one", extra=(("b", "two"),))]


def test_a_single_column_needs_no_delimiter(tmp_path: Path) -> None:
    assert read(tmp_path / "a.csv", "text\none\n") == [Raw(origin="a.csv#1", content="one")]


def test_a_tsv_with_more_commas_than_tabs_is_one_nevertheless(tmp_path: Path) -> None:
    assert read(tmp_path / "a.tsv", "text\ta,b,c,d\none\tx\n") == [Raw(origin="a.tsv#1", content="one")]


def test_of_two_columns_with_one_name_the_first_counts(tmp_path: Path) -> None:
    assert read(tmp_path / "a.csv", "text,text\none,two\n") == [Raw(origin="a.csv#1", content="one")]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("one", "1 fields where the header has 2"),
        ("one,two,three", "3 fields where the header has 2"),
        ('"one" and more,two', "',' expected after '\"' (line 3)"),
        ("one\rtwo,three", "a carriage return outside quotation marks (line 3)"),
        ("x" * 2000 + ",two", "longer than 1,000 bytes, which is no document; the bound is input.max_bytes (line 3)"),
        (",two", "no text: text is empty or missing"),
    ],
)
def test_a_broken_row_is_told_and_stops_nothing(tmp_path: Path, row: str, message: str) -> None:
    found = read(tmp_path / "a.csv", f"text,url\nbefore,u\n{row}\nafter,u\n", max_bytes=1000)
    assert found == [
        Raw(origin="a.csv#1", content="before", url="u"),
        Unreadable("a.csv#2", message),
        Raw(origin="a.csv#3", content="after", url="u"),
    ]


def test_a_quote_that_is_never_closed_says_which_lines_it_took(tmp_path: Path) -> None:
    found = read(tmp_path / "a.csv", 'text,url\none,u\n"two,u\nthree,u\nfour,u\n')
    assert found[1:] == [Unreadable("a.csv#2", "a quotation mark is opened and never closed (lines 3 to 5)")]


def test_a_huge_row_of_many_lines_is_counted_once(tmp_path: Path) -> None:
    content = 'text,url\n"' + 'a "line" of text\n'.replace('"', '""') * 100 + '",u\nafter,u\n'
    assert read(tmp_path / "a.csv", content, max_bytes=1000) == [
        Unreadable(
            "a.csv#1", "longer than 1,000 bytes, which is no document; the bound is input.max_bytes (lines 2 to 102)"
        ),
        Raw(origin="a.csv#2", content="after", url="u"),
    ]


def test_a_forgotten_quote_does_not_take_the_whole_file(tmp_path: Path) -> None:
    content = 'text,url\n"one,u\n' + "more,u\n" * 10_000
    found = read(tmp_path / "a.csv", content, max_bytes=1000)
    assert [record.origin for record in found if isinstance(record, Unreadable)] == ["a.csv#1"]
    assert len(found) > 9000


def test_a_long_field_is_read(tmp_path: Path) -> None:
    text = "x" * 1_000_000  # the csv module's own bound is 131,072
    assert read(tmp_path / "a.csv", f"text\n{text}\n") == [Raw(origin="a.csv#1", content=text)]


def test_a_table_without_text_says_what_it_has(tmp_path: Path) -> None:
    (record,) = read(tmp_path / "a.csv", "Rain,2024-01-02\nSnow,2024-01-03\n")
    assert record == Unreadable(
        "a.csv",
        "no column holds the text or the page: name it in input.columns.text or .html; "
        "the columns are Rain, 2024-01-02",
    )


@pytest.mark.parametrize("content", ['"text"x,url\n', "text,url\rone,u\rtwo,u\r"])
def test_a_broken_header_is_told(tmp_path: Path, content: str) -> None:
    (record,) = read(tmp_path / "a.csv", content)
    assert isinstance(record, Unreadable)
    assert record.message.startswith("the header is broken: ")


@pytest.mark.parametrize("charset", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_unicode_encodings_are_told_by_their_first_bytes(tmp_path: Path, charset: str) -> None:
    assert read(tmp_path / "a.csv", "text,url\nnaïve,u\n".encode(charset)) == [
        Raw(origin="a.csv#1", content="naïve", url="u")
    ]


@pytest.mark.parametrize("setting", ["", "cp1251"])
def test_other_charsets_are_detected_or_set(tmp_path: Path, setting: str) -> None:
    text = "Сегодня в Москве обсудили подготовку к конференции, сообщает агентство."
    content = f'title,text\nДождь,"{text}"\nСнег,"{text}"\n'.encode("cp1251")
    found = read(tmp_path / "a.csv", content, charset=setting)
    assert [(record.title, record.content) for record in found if isinstance(record, Raw)] == [
        ("Дождь", text),
        ("Снег", text),
    ]


def test_a_binary_file_is_unreadable(tmp_path: Path) -> None:
    found = read(tmp_path / "a.csv", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff\xfe\x00")
    assert found
    assert all(isinstance(record, Unreadable) for record in found)

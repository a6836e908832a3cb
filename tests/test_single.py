from __future__ import annotations

import io
import re
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from strategies import ARTICLES

from cleaning.document import Document
from cleaning.errors import InputError, RecordError
from cleaning.settings import Settings
from cleaning.single import clean_file

TEXT = "\n\n".join(ARTICLES["en"].paragraphs)
PAGE = (
    "<html><body><article>"
    + "".join(f"<p>{line}</p>" for line in ARTICLES["en"].paragraphs)
    + "</article></body></html>"
)


def read(file: str, *, html: bool | None = None, language: str | None = None, url: str | None = None) -> Document:
    return clean_file(file, html=html, language=language, url=url, settings=Settings())


def written(folder: Path, name: str, content: str | bytes) -> str:
    file = folder / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(file)


def test_a_text_file(tmp_path: Path) -> None:
    document = read(written(tmp_path, "rain.txt", f"{TEXT}\n\n[ad_1]"))
    assert document.text == TEXT
    assert document.origin == "rain.txt"
    assert document.markup is None


@pytest.mark.parametrize("name", ["rain.html", "rain.HTM", "rain.xhtml", "rain.txt", "rain"])
def test_a_page_is_known_by_its_name_or_by_its_beginning(tmp_path: Path, name: str) -> None:
    document = read(written(tmp_path, name, PAGE))
    assert document.text.split("\n") == list(ARTICLES["en"].paragraphs)
    assert document.markup is not None


@pytest.mark.parametrize(
    ("beginning", "is_html"),
    [
        ("<!DOCTYPE html>", True),
        ("\n  <!doctype HTML>", True),
        ("<!-- one --> <!-- two -->\n<html>", True),
        ('<?xml version="1.0"?>', True),
        ("\ufeff<html>", True),
        ("<head>", True),
        ("<body>", True),
        ("<p>Rain", False),
        ("<htm", False),
        ("Read <html> first", False),
        ("<!-- never closed <html>", False),
        ("<!-- one --> Rain", False),
        ("", False),
    ],
)
def test_the_beginnings_of_pages(tmp_path: Path, beginning: str, is_html: bool) -> None:
    assert (read(written(tmp_path, "rain", f"{beginning}\n{TEXT}")).markup is not None) is is_html


def test_comments_in_a_row_take_no_time(tmp_path: Path) -> None:
    start = time.process_time()
    assert read(written(tmp_path, "rain", "<!---->" * 280 + TEXT)).markup is None
    assert time.process_time() - start < 5, "each comment doubled the time"


@pytest.mark.parametrize("html", [True, False])
def test_who_says_what_it_is_is_believed(tmp_path: Path, html: bool) -> None:
    assert (read(written(tmp_path, "rain.html", PAGE), html=html).markup is not None) is html


def test_what_is_known_is_passed_on(tmp_path: Path) -> None:
    document = read(written(tmp_path, "rain.txt", TEXT), language="PT_br", url="https://www.example.org/a")
    assert (document.language, document.url, document.source) == ("pt-BR", "https://www.example.org/a", "example.org")


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(PAGE.encode())))
    document = read("-")
    assert document.origin == "standard input"
    assert document.text.split("\n") == list(ARTICLES["en"].paragraphs)


@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.ndjson", "a.csv", "a.TSV", "a.parquet", "a.txt.gz", "a.zst"])
def test_a_table_is_not_one_document(name: str) -> None:
    with pytest.raises(InputError, match=f"{re.escape(name)} holds many records: use `cleaning build"):
        read(name)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.txt: No such file"):
        read(str(tmp_path / "none.txt"))


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="directory"):
        read(str(tmp_path))


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    with pytest.raises(RecordError):
        read(written(tmp_path, "rain.txt", bytes(range(256)) * 20))


def test_an_empty_file_is_a_document_that_is_not_kept(tmp_path: Path) -> None:
    assert read(written(tmp_path, "rain.txt", "")).dropped is not None

"""Records of web archives that are documents, packed or not, and what the archive says of them."""

from __future__ import annotations

import gzip
import tracemalloc
from pathlib import Path

import fsspec
import pytest
from archives import PAGE, page, record, response, url
from reading import PACKED_OR_NOT, read_bytes, told

from cleaning.document import Raw
from cleaning.errors import InputError
from cleaning.read import check_columns, find, records
from cleaning.settings import Input


def test_a_page_is_read_with_what_the_archive_says_of_it(tmp_path: Path) -> None:
    latin = record("response", response(PAGE.encode("latin-1"), 'text/html; charset="ISO-8859-1"'), number=7)
    assert read_bytes(tmp_path, latin) == [
        Raw(
            origin="a.warc#1",
            content=PAGE.encode("latin-1"),
            is_html=True,
            charset="iso-8859-1",
            id="00000000-0000-0000-0000-000000000007",
            url=url(7),
        )
    ]


def test_a_text_stays_text_and_one_that_was_extracted_is_decoded(tmp_path: Path) -> None:
    plain = record("response", response("It rained.", "text/plain"))
    extracted = record("conversion", "It rained in Málaga.".encode(), number=2, Content_Type="text/plain")
    broken = record("conversion", "It rained in Málaga.".encode("latin-1"), number=3)
    found = read_bytes(tmp_path, plain + extracted + broken, "a.warc.wet")
    assert [(one.content, one.is_html, one.charset) for one in found if isinstance(one, Raw)] == [
        (b"It rained.", False, None),
        ("It rained in Málaga.", False, None),
        ("It rained in Málaga.".encode("latin-1"), False, None),
    ]


@pytest.mark.parametrize(
    "other",
    [
        record("warcinfo", b"software: a crawler\r\n", Content_Type="application/warc-fields"),
        record("request", b"GET / HTTP/1.1\r\n\r\n", Content_Type="application/http; msgtype=request"),
        record("metadata", b"fetchTimeMs: 7", Content_Type="application/warc-fields"),
        record("revisit", response("")),
        record("resource", b"a log", Content_Type="text/plain"),
        record("conversion", b"\x89PNG", Content_Type="image/png"),
        record("response", b"20240102 example. 127.0.0.1", Content_Type="text/dns"),
        record("response", response(b"\x89PNG", "image/png")),
        record("response", response("{}", "application/json")),
        record("response", response(kind="")),
        record("response", response("", status="301 Moved Permanently", Location="https://news.example/2")),
        record("response", response(status="404 Not Found")),
        record("response", response(status="503 Service Unavailable")),
    ],
)
def test_what_is_no_document_is_passed_over_and_counted_as_a_record(tmp_path: Path, other: bytes) -> None:
    assert told(read_bytes(tmp_path, page(1) + other + page(3))) == [f"1: {url(1)}", f"3: {url(3)}"]
    assert read_bytes(tmp_path, other) == []


TOO_LONG = "longer than 3,000 bytes, which is no document; the bound is input.max_bytes"


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (record("response", response("x" * 3001)), [f"2: {TOO_LONG}"]),
        (record("response", response("x" * 1_000_000)), [f"2: {TOO_LONG}"]),
        (record("response", response(gzip.compress(bytes(10**6)), Content_Encoding="gzip")), [f"2: {TOO_LONG}"]),
        (record("conversion", b"x" * 3001), [f"2: {TOO_LONG}"]),
        (record("response", response("x" * 2900), number=2), [f"2: {url(2)}"]),
        (record("response", response("x" * 1_000_000, "video/mp4")), []),
        (record("metadata", b"x" * 1_000_000), []),
    ],
)
@pytest.mark.parametrize("suffix", ["", ".gz"])
def test_a_document_that_is_too_long_is_counted_and_not_held(
    tmp_path: Path, other: bytes, expected: list[str], suffix: str
) -> None:
    packed = b"".join(PACKED_OR_NOT[suffix](one) for one in (page(1), other, page(3)))
    found = read_bytes(tmp_path, packed, f"a.warc{suffix}", max_bytes=3000)
    assert told(found) == [f"1: {url(1)}", *expected, f"3: {url(3)}"]


def test_an_archive_is_not_held_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    with path.open("wb") as file:
        for number in range(30):
            kind = "video/mp4" if number % 2 else "text/html"
            file.write(record("response", response(bytes(2_000_000), kind), number=number))
    tracemalloc.start()
    count = len([None for piece in find([path]).pieces for _ in records(piece, Input(max_bytes=100_000))])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 15
    assert peak < 5_000_000 < path.stat().st_size


@pytest.mark.parametrize("suffix", PACKED_OR_NOT)
@pytest.mark.parametrize("single", [False, True], ids=["a member a record", "a single member"])
@pytest.mark.parametrize("name", ["a.warc", "a.wet", "a.warc.wet", "CC-MAIN-2024-00001.warc"])
def test_archives_may_be_packed(tmp_path: Path, name: str, suffix: str, single: bool) -> None:
    pack, stored = PACKED_OR_NOT[suffix], [page(1), record("conversion", b"text", number=2), page(3)]
    packed = pack(b"".join(stored)) if single else b"".join(map(pack, stored))
    assert told(read_bytes(tmp_path, packed, name + suffix)) == [f"{n}: {url(n)}" for n in (1, 2, 3)]


def test_archives_behind_addresses_are_read() -> None:
    memory = fsspec.filesystem("memory")
    memory.pipe("/warc-test/segment/a.warc.gz", gzip.compress(page(1)) + gzip.compress(page(2)))
    try:
        (piece,) = find(["memory://warc-test"]).pieces
        found = list(records(piece, Input()))
    finally:
        memory.rm("/warc-test", recursive=True)
    assert [one.origin for one in found] == ["segment/a.warc.gz#1", "segment/a.warc.gz#2"]


def test_headers_of_records_are_columns(tmp_path: Path) -> None:
    columns = {"carry": ["WARC-Date", "WARC-IP-Address"], "date": "WARC-Date", "id": "WARC-Target-URI"}
    (found,) = read_bytes(tmp_path, page(1), columns=columns)
    assert isinstance(found, Raw)
    assert found.extra == (("WARC-Date", "2024-01-02T03:04:05Z"), ("WARC-IP-Address", None))
    assert (found.date, found.id) == ("2024-01-02T03:04:05Z", url(1))


def test_a_header_that_no_record_has_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(record("warcinfo", b"x") + page(1))
    pieces = find([tmp_path]).pieces
    check_columns(pieces, Input())
    check_columns(pieces, Input.model_validate({"columns": {"carry": ["WARC-Date"]}}))
    with pytest.raises(InputError, match=r"no input has a column WARC-Dote, which .* there are: WARC-Type, WARC-Tar"):
        check_columns(pieces, Input.model_validate({"columns": {"carry": ["WARC-Dote"]}}))


def test_names_and_addresses_may_stand_in_brackets_or_not(tmp_path: Path) -> None:
    bracketed = record("response", response(), WARC_Target_URI=f"<{url(1)}>", WARC_Record_ID="<urn:x:7>")
    (found,) = read_bytes(tmp_path, bracketed)
    assert isinstance(found, Raw)
    assert (found.url, found.id) == (url(1), "urn:x:7")
    (found,) = read_bytes(tmp_path, record("response", response(), WARC_Target_URI="", WARC_Record_ID=""))
    assert isinstance(found, Raw)
    assert (found.url, found.id) == (None, None)

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import fsspec
import pytest
import zstandard
from archives import PAGE, page, record, response
from fastwarc.stream_io import BrotliWriter
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaning.document import Raw
from cleaning.errors import InputError
from cleaning.read import Unreadable, check_columns, find, records
from cleaning.read.frames import Broken, Frame, frames
from cleaning.read.members import Gap, unpack_members
from cleaning.settings import Input

PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    ".gz": gzip.compress,
    ".zst": zstandard.compress,
    ".bz2": bz2.compress,
    ".xz": lambda content: lzma.compress(content, preset=0),
}


def read(path: Path, **chosen: object) -> list[Raw | Unreadable]:
    return [found for piece in find([path]).pieces for found in records(piece, Input.model_validate(chosen))]


def read_bytes(folder: Path, content: bytes, name: str = "a.warc", **chosen: object) -> list[Raw | Unreadable]:
    (folder / name).write_bytes(content)
    return read(folder / name, **chosen)


def told(found: list[Raw | Unreadable]) -> list[str]:
    """Return what was read in a few words: the numbers of pages, and the messages of the others."""
    return [
        f"{one.origin.partition('#')[2]}: {one.message if isinstance(one, Unreadable) else one.url}" for one in found
    ]


def url(number: int) -> str:
    return f"https://news.example/{number}"


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


@pytest.mark.parametrize(
    "block",
    [
        response(kind="TEXT/HTML ; Charset=x"),
        response(kind="application/xhtml+xml"),
        response(status="200"),
        response().replace(b"HTTP/1.1", b"HTTP/2"),
        response().replace(b"\r\n", b"\n"),
        response(X_Name="\u00c4"),
    ],
)
def test_pages_are_known_by_what_the_server_says(tmp_path: Path, block: bytes) -> None:
    (found,) = read_bytes(tmp_path, record("response", block))
    assert isinstance(found, Raw)
    assert (found.content, found.is_html) == (PAGE.encode(), True)


def test_a_crawler_may_tell_the_type_that_the_server_did_not(tmp_path: Path) -> None:
    (found,) = read_bytes(tmp_path, record("response", response(kind=""), WARC_Identified_Payload_Type="text/html"))
    assert isinstance(found, Raw)


def chunked(content: bytes) -> bytes:
    parts = [content[start : start + 7] for start in range(0, len(content), 7)]
    return b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in [*parts, b""])


def bare(content: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(content) + packer.flush()


def brotli(content: bytes) -> bytes:
    packed = io.BytesIO()
    with BrotliWriter(packed) as writer:
        writer.write(content)
    return packed.getvalue()


ENCODED: list[tuple[dict[str, str], Callable[[bytes], bytes]]] = [
    ({"Content_Encoding": "gzip"}, gzip.compress),
    ({"Content_Encoding": "x-gzip"}, gzip.compress),
    ({"Content_Encoding": "deflate"}, zlib.compress),
    ({"Content_Encoding": "deflate"}, bare),
    ({"Content_Encoding": "br"}, brotli),
    ({"Content_Encoding": "zstd"}, zstandard.compress),
    ({"Content_Encoding": "identity"}, bytes),
    ({"Transfer_Encoding": "chunked"}, chunked),
    ({"Transfer_Encoding": "chunked", "Content_Encoding": "gzip"}, lambda content: chunked(gzip.compress(content))),
    ({"Content_Encoding": "gzip"}, bytes),  # unpacked before it was stored
    ({"Transfer_Encoding": "chunked"}, bytes),
    ({"Content_Encoding": "utf-8"}, bytes),  # a mistake that servers make
    ({"X_Crawler_Content_Encoding": "gzip"}, bytes),
]


@pytest.mark.parametrize(("headers", "pack"), ENCODED)
def test_the_encodings_of_http_are_undone(
    tmp_path: Path, headers: dict[str, str], pack: Callable[[bytes], bytes]
) -> None:
    (found,) = read_bytes(tmp_path, record("response", response(pack(PAGE.encode()), **headers)))
    assert isinstance(found, Raw)
    assert found.content == PAGE.encode()


@pytest.mark.parametrize(
    ("block", "message"),
    [
        (b"no headers at all", "no HTTP response"),
        (response(X="x" * 100_000), "no HTTP response: Maximum header length exceeded."),
        (response(""), "no text: the response is empty"),
        (
            response(b"\x28\xb5\x2f\xfdbroken", Content_Encoding="zstd"),
            "it cannot be unpacked as its headers say: zstd",
        ),
        (response(b"plain text", "text/plain", Content_Encoding="br"), "it cannot be unpacked as its headers say: br"),
    ],
)
def test_a_page_that_cannot_be_read_is_counted_and_stops_nothing(tmp_path: Path, block: bytes, message: str) -> None:
    found = read_bytes(tmp_path, page(1) + record("response", block) + page(3))
    assert told(found) == [f"1: {url(1)}", f"2: {message}", f"3: {url(3)}"]


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
    packed = b"".join(PACKERS[suffix](one) for one in (page(1), other, page(3)))
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


@pytest.mark.parametrize("suffix", PACKERS)
@pytest.mark.parametrize("single", [False, True], ids=["a member a record", "a single member"])
@pytest.mark.parametrize("name", ["a.warc", "a.wet", "a.warc.wet", "CC-MAIN-2024-00001.warc"])
def test_archives_may_be_packed(tmp_path: Path, name: str, suffix: str, single: bool) -> None:
    pack, stored = PACKERS[suffix], [page(1), record("conversion", b"text", number=2), page(3)]
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


LIES = "no record begins where this one should end"
DAMAGED: dict[str, tuple[bytes, str]] = {
    "longer than the file": (page(2, length=10_000), "cut off: 712 bytes of 10,000 are there"),
    "longer than anything": (page(2, length=10**14), "longer than 20,000,000 bytes"),
    "longer than it is": (page(2, length=90), LIES),
    "shorter than it is": (page(2, length=60), LIES),
    "no length": (page(2).replace(b"Content-Length", b"Content-Langth"), "its headers say no length"),
    "a length that is none": (page(2, length=-5), "its headers say no length"),
    "endless headers": (b"WARC/1.0\r\n" + b"A: b\r\n" * 20_000, "its headers have no end"),
    "garbage": (b"garbage\r\nand more\r\n", "no record begins here"),
    "zeros": (bytes(300_000), "no record begins here"),
}


@pytest.mark.parametrize("damage", DAMAGED)
def test_behind_a_broken_record_the_next_one_is_found(tmp_path: Path, damage: str) -> None:
    broken, message = DAMAGED[damage]
    first, second, *others = told(read_bytes(tmp_path, page(1) + broken + page(3) + page(4)))
    assert (first, others) == (f"1: {url(1)}", [f"3: {url(3)}", f"4: {url(4)}"])
    assert second.startswith(f"2: {message}")


def test_a_page_about_archives_is_no_beginning(tmp_path: Path) -> None:
    body = "<pre>\r\n\r\nWARC/1.0 is how a record begins,\r\nWARC/1.0\r\nalso a line</pre>" * 10
    found = read_bytes(tmp_path, record("response", response(body), length=120) + page(2))
    assert told(found) == [f"1: {LIES}", f"2: {url(2)}"]


@pytest.mark.parametrize("suffix", ["", ".gz", ".zst"])
def test_what_comes_before_the_end_of_a_truncated_file_is_read(tmp_path: Path, suffix: str) -> None:
    whole = [PACKERS[suffix](page(number)) for number in range(1, 6)]
    stored = b"".join(whole)
    for missing in range(30, len(whole[-1]), 5):
        *before, last = read_bytes(tmp_path, stored[:-missing], f"a.warc{suffix}")
        assert told(before) == [f"{n}: {url(n)}" for n in range(1, 5)]
        assert isinstance(last, Unreadable)


@pytest.mark.parametrize("suffix", [".gz", ".zst", ".bz2", ".xz"])
def test_a_damaged_member_costs_that_member_only(tmp_path: Path, suffix: str) -> None:
    source = random.Random(7)
    texts = [source.randbytes(3000).hex() for _ in range(4)]
    members = [
        bytearray(PACKERS[suffix](record("response", response(text), number=n))) for n, text in enumerate(texts, 1)
    ]
    members[1][1500:1600] = bytes(100)
    first, second, *others = read_bytes(tmp_path, b"".join(members), f"a.warc{suffix}")
    assert isinstance(second, Unreadable)
    assert second.message.startswith("damaged: ")
    assert told([first, *others]) == [f"1: {url(1)}", f"3: {url(3)}", f"4: {url(4)}"]
    assert [one.content.decode() for one in others if isinstance(one, Raw) and isinstance(one.content, bytes)] == texts[
        2:
    ]


def test_a_checksum_that_does_not_fit_is_damage(tmp_path: Path) -> None:
    source = random.Random(7)
    for size in (10, 5000):  # of the longer one, most has been unpacked when its checksum is read
        stored = [record("response", response(source.randbytes(size).hex()), number=number) for number in (1, 2, 3)]
        members = [bytearray(gzip.compress(one)) for one in stored]
        members[1][-8] ^= 1
        first, second, third = told(read_bytes(tmp_path, b"".join(members), "a.warc.gz"))
        assert (first, third) == (f"1: {url(1)}", f"3: {url(3)}")
        assert second == "2: damaged: Error -3 while decompressing data: incorrect data check"


def test_what_is_packed_inside_of_a_damaged_member_is_none() -> None:
    inside = gzip.compress(b"a page that came packed")
    members = [bytearray(gzip.compress(b"WARC/1.0 " + content, 0)) for content in (inside * 3, b"next")]
    members[0][-8] ^= 1
    assert list(unpack_members([b"".join(members)], "gzip", b"WARC/")) == [
        Gap("Error -3 while decompressing data: incorrect data check", within=False),
        b"WARC/1.0 next",
    ]


@pytest.mark.parametrize(("content", "name"), [(b"", "a.warc"), (b"\r\n\r\n", "a.warc"), (b"", "a.warc.gz")])
def test_an_empty_archive_is_counted(tmp_path: Path, content: bytes, name: str) -> None:
    assert read_bytes(tmp_path, content, name) == [Unreadable(name, "empty file: there is no record in it")]


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_a_file_that_is_no_archive_is_counted_once(tmp_path: Path, name: str) -> None:
    (found,) = read_bytes(tmp_path, b"<p>no archive at all</p>\n" * 100_000, name)
    assert isinstance(found, Unreadable)


STORED = [page(1), record("request", b"GET / HTTP/1.1\r\n\r\n"), page(3), record("conversion", b"text", number=4)]


@settings(max_examples=500)
@given(st.sampled_from(["", ".gz", ".zst"]), st.data())
def test_damage_anywhere_stops_nothing(
    tmp_path_factory: pytest.TempPathFactory, suffix: str, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("damaged")
    content = bytearray(b"".join(map(PACKERS[suffix], STORED)))
    start = data.draw(st.integers(0, len(content)))
    content[start : start + data.draw(st.integers(0, 20))] = data.draw(st.binary(max_size=20))
    found = read_bytes(folder, bytes(content), f"a.warc{suffix}")
    assert all(one.origin.startswith("a.warc") for one in found)
    intact = {f"https://news.example/{n}" for n in (1, 3, 4)}
    assert len(intact & {one.url for one in found if isinstance(one, Raw)}) >= 2 or suffix


@given(st.lists(st.sampled_from(STORED), max_size=5), st.integers(1, 400))
def test_records_do_not_depend_on_how_the_bytes_come(stored: list[bytes], size: int) -> None:
    content = b"".join(stored)
    parts = [content[start : start + size] for start in range(0, len(content), size)]
    found = list(frames(parts, 10**6))
    assert all(isinstance(one, Frame) for one in found)
    assert [one.head + one.block + b"\r\n\r\n" for one in found if isinstance(one, Frame)] == stored


def test_a_failure_is_told_after_what_came_before_it() -> None:
    def failing() -> Iterator[bytes]:
        yield page(1) + page(2)[:100]
        raise EOFError("cut off")

    found = frames(failing(), 10**6)
    assert isinstance(next(found), Frame)
    with pytest.raises(EOFError):
        next(found)


def test_records_that_a_lie_had_swallowed_are_found_before_the_failure() -> None:
    def failing() -> Iterator[bytes]:
        yield page(1, length=10_000) + page(2)
        raise EOFError("cut off")

    found = frames(failing(), 10**6)
    assert isinstance(next(found), Broken)
    assert isinstance(next(found), Frame)
    with pytest.raises(EOFError):
        next(found)


def test_a_record_is_not_trusted_when_its_own_member_turns_out_damaged() -> None:
    for within, expected in ((True, [Broken, Frame]), (False, [Frame, Broken, Frame])):
        found = frames([page(1), Gap("damage", within=within), page(2)], 10**6)
        assert [type(one) for one in found] == expected


def test_headers_without_an_end_are_broken() -> None:
    assert [type(one) for one in frames([page(1)[:100]], 10**6)] == [Broken]

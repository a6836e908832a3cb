"""Damage to a web archive costs the records that it hits, and no others."""

from __future__ import annotations

import gzip
import random
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

import pytest
from archives import page, record, response, url
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import PACKED_OR_NOT, PACKERS, read_bytes, told

from cleaning.document import Raw
from cleaning.read import Unreadable
from cleaning.read.frames import Broken, Frame, frames
from cleaning.read.members import Gap, unpack_members

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
    whole = [PACKED_OR_NOT[suffix](page(number)) for number in range(1, 6)]
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
NUMBERS = (1, None, 3, 4)  # of those with a document


@settings(max_examples=500)
@given(st.sampled_from(["", ".gz", ".zst"]), st.data())
def test_damage_anywhere_stops_nothing(
    tmp_path_factory: pytest.TempPathFactory, suffix: str, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("damaged")
    stored = list(map(PACKED_OR_NOT[suffix], STORED))
    content = bytearray(b"".join(stored))
    start, lost = data.draw(st.integers(0, len(content))), data.draw(st.integers(0, 20))
    content[start : start + lost] = data.draw(st.binary(max_size=20))
    found = read_bytes(folder, bytes(content), f"a.warc{suffix}")
    assert all(one.origin.startswith("a.warc") for one in found)
    ends = list(accumulate(map(len, stored)))
    untouched = {
        n for n, begin, end in zip(NUMBERS, [0, *ends], ends, strict=False) if end <= start or start + lost <= begin
    }
    assert {f"https://news.example/{n}" for n in untouched if n} <= {one.url for one in found if isinstance(one, Raw)}


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

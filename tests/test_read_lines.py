from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaning.read.lines import lines, utf8


@given(st.lists(st.binary(max_size=8).map(lambda chunk: chunk.replace(b"\r", b"\n"))), st.integers(0, 12))
def test_lines_do_not_depend_on_the_chunks(chunks: list[bytes], limit: int) -> None:
    expected = b"".join(chunks).split(b"\n")
    if not expected[-1]:
        expected.pop()
    assert list(lines(chunks, limit)) == [line if len(line) <= limit else None for line in expected]


# A NUL behind the mark of UTF-16 makes it the mark of UTF-32.
MARKED = st.text(min_size=1).filter(lambda text: not text.startswith("\0"))


@given(MARKED, st.integers(1, 5), st.sampled_from(["utf-8-sig", "utf-16", "utf-32"]))
def test_marked_encodings_become_utf8(text: str, size: int, charset: str) -> None:
    content = text.encode(charset)
    chunks = [content[start : start + size] for start in range(0, len(content), size)]
    assert b"".join(utf8(chunks)) == text.encode()


def test_half_a_character_at_the_end_is_damage() -> None:
    with pytest.raises(UnicodeDecodeError):
        list(utf8(["{}".encode("utf-16") + b"a"]))


def test_nothing_is_nothing() -> None:
    assert b"".join(utf8([])) == b""

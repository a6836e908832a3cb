from __future__ import annotations

import bz2
import gzip
import lzma
import tracemalloc
from collections.abc import Callable

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from cleaning.read.files import DAMAGE, unpack

PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "zstd": zstandard.compress,
    "bzip2": bz2.compress,
    "xz": lambda content: lzma.compress(content, preset=0),
}


@given(st.sampled_from(sorted(PACKERS)), st.lists(st.binary(), min_size=1, max_size=3), st.integers(1, 40))
def test_what_was_packed_is_unpacked(compression: str, parts: list[bytes], size: int) -> None:
    stored = b"".join(map(PACKERS[compression], parts))
    chunks = [stored[start : start + size] for start in range(0, len(stored), size)]
    assert b"".join(unpack(chunks, compression)) == b"".join(parts)


@given(st.sampled_from(sorted(PACKERS)), st.binary(min_size=1), st.data())
def test_every_truncation_is_noticed(compression: str, content: bytes, data: st.DataObject) -> None:
    stored = PACKERS[compression](content)
    end = data.draw(st.integers(1, len(stored) - 1))
    unpacked: list[bytes] = []
    with pytest.raises(DAMAGE):
        unpacked.extend(unpack([stored[:end]], compression))
    assert content.startswith(b"".join(unpacked))


@pytest.mark.parametrize("compression", PACKERS)
def test_padding_after_the_end_is_no_damage_and_garbage_is(compression: str) -> None:
    stored = PACKERS[compression](b"one")
    assert b"".join(unpack([stored + bytes(512)], compression)) == b"one"
    with pytest.raises(DAMAGE):
        list(unpack([stored + b"garbage after the end"], compression))


@pytest.mark.parametrize("compression", PACKERS)
def test_a_bomb_is_unpacked_a_little_at_a_time(compression: str) -> None:
    stored = PACKERS[compression](bytes(32 << 20)) * 8
    tracemalloc.start()
    unpacked = sum(map(len, unpack([stored], compression)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert unpacked == 256 << 20
    assert peak < 200 << 20

"""Archives packed record by record: where one packed member is damaged, reading goes on with the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from .files import DAMAGE, UNPACKERS, slices

_MAGIC = {"gzip": b"\x1f\x8b\x08", "zstd": b"\x28\xb5\x2f\xfd", "bzip2": b"BZh", "xz": b"\xfd7zXZ\0"}

# Of the member that is being read, so many packed bytes are kept at least: the next one may begin among them, because
# damage shows late.
_KEPT = 1 << 22

# A member that is one shows what it holds within as many packed bytes.
_FAR = 1 << 20


@dataclass(frozen=True, slots=True)
class Gap:
    """A place where something is lost, in the midst of the bytes that could be unpacked.

    Attributes:
        message: what is damaged.
        within: whether bytes of the same member came before it. Damage shows late, so that they may be wrong.
    """

    message: str
    within: bool


def unpack_members(stored: Iterable[bytes], compression: str, begin: bytes) -> Iterator[bytes | Gap]:
    r"""Yield what packed members hold, one after another. A damaged one ends with a gap, and the next one follows.

    Args:
        stored: chunks of the packed file.
        compression: a value of :data:`cleaning.read.piece.COMPRESSIONS`.
        begin: what every member begins with when it is unpacked, which tells one from bytes that look like it.

    Raises:
        EOFError: the file ends too early.
        OSError, zlib.error, lzma.LZMAError, zstandard.ZstdError: it is damaged, and no member follows.

    >>> import gzip
    >>> one, two, three = (bytearray(gzip.compress(b"record " + name)) for name in (b"one", b"two", b"three"))
    >>> two[10:14] = b"\0\0\0\0"
    >>> list(unpack_members([one + two + three], "gzip", b"record"))  # doctest: +NORMALIZE_WHITESPACE
    [b'record one',
     Gap(message='Error -3 while decompressing data: invalid stored block lengths', within=False),
     b'record three']
    """
    new, source = UNPACKERS[compression], slices(stored)
    unpacker, taken, rest, within = new(), bytearray(), b"", False
    while rest or (rest := next(source, b"")) or (taken and not unpacker.eof):
        if unpacker.eof:
            rest = rest.lstrip(b"\0")  # padding of tapes and blocks
            unpacker, taken, within = new(), bytearray(), False
            continue
        taken += rest
        del taken[: -2 * _KEPT]
        unpacked = _unpacked(unpacker, rest, compression)
        if isinstance(unpacked, Exception):
            source = _from_next(taken, source, compression, begin)
            if (rest := next(source, b"")) == b"":
                raise unpacked
            yield Gap(str(unpacked), within)
            unpacker, taken, within = new(), bytearray(), False
            continue
        if unpacked:
            within = True
            yield unpacked
        rest = unpacker.unused_data if unpacker.eof else b""


def _unpacked(unpacker: Any, rest: bytes, compression: str) -> bytes | Exception:
    """Return what bytes hold, or what is wrong with them; with none that there are too few."""
    if not rest:
        return EOFError(f"cut off: the {compression} data end too early")
    try:
        return bytes(unpacker.decompress(rest))
    except DAMAGE as error:
        return error


def _from_next(taken: bytearray, source: Iterator[bytes], compression: str, begin: bytes) -> Iterator[bytes]:
    """Return slices from where the next member begins; none, if none does."""
    at, magic = 0, _MAGIC[compression]
    while True:
        at = taken.find(magic, at + 1)
        if at >= 0:
            if _is_member(taken, at, source, compression, begin):
                return chain(slices([bytes(taken[at:])]), source)
            continue
        more = next(source, b"")
        if not more:
            return iter(())
        at = max(0, len(taken) - len(magic))
        taken += more
        if len(taken) > 2 * _KEPT:
            at -= len(taken) - _KEPT
            del taken[:-_KEPT]


def _is_member(taken: bytearray, at: int, source: Iterator[bytes], compression: str, begin: bytes) -> bool:
    """Whether a member begins there. What must be read to tell is added to what was taken."""
    unpacker, unpacked = UNPACKERS[compression](), b""
    for start in range(at, at + _FAR, 1024):
        while len(taken) < start + 1024 and (more := next(source, b"")):
            taken += more
        try:
            unpacked += unpacker.decompress(bytes(taken[start : start + 1024]))
        except (*DAMAGE, ValueError):
            return False
        if len(unpacked) >= len(begin) or unpacker.eof or start + 1024 >= len(taken):
            break
    return unpacked.startswith(begin)

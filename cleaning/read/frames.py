"""The bytes of a web archive as its records, with their beginnings found again behind any damage.

FastWARC, which reads what is inside the records, stops at the first one that is broken, and takes a file that was cut
off for one that ends there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .files import DAMAGE
from .members import Gap

# No header is as long, and no more is kept of a record that is too long, to tell what it would have been.
HEAD = 1 << 16

# How records begin. The name of a header tells a beginning from most words of a page about the format.
BEGIN = b"WARC/"
_START = re.compile(rb"WARC/\d\.\d+\r?\n(?:WARC|Content)-[A-Za-z-]+:")
_START_LENGTH = 128
_BLANK_LINES = re.compile(rb"[\r\n]+")
_BLANK = re.compile(rb"\r?\n\r?\n")
_LENGTH = re.compile(rb"\ncontent-length[ \t]*:[ \t]*(\d{1,15})[ \t]*\r?\n", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Frame:
    """A record as it is stored.

    Attributes:
        head: its headers, with the blank line that ends them.
        block: what follows them.
        whole: whether that is all of it; only the beginning is kept of a record that is too long.
    """

    head: bytes
    block: bytes
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Broken:
    """A record, or several, that cannot be read, and why."""

    message: str


def frames(stored: Iterable[bytes | Gap], limit: int) -> Iterator[Frame | Broken]:
    r"""Yield the records of an archive, and what is broken in their midst.

    No more than ``limit`` bytes of a record are held, and a chunk.

    Raises:
        OSError, EOFError: and the others of :data:`cleaning.read.files.DAMAGE`, after all records before it.

    >>> list(frames([b"WARC/1.0\r\nContent-Length: 2\r\n\r\nHi and so on"], 1000))
    [Broken(message='no record begins where this one should end')]
    >>> list(frames([b"WARC/1.0\r\nContent-Length: 2\r\n\r\nHi\r\n\r\n"], 1000))
    [Frame(head=b'WARC/1.0\r\nContent-Length: 2\r\n\r\n', block=b'Hi', whole=True)]
    """
    tape = _Tape(stored)
    while tape.more():
        found = _frame(tape, limit)
        if tape.failure and isinstance(found, Broken) and not tape.size:
            break  # the failure itself says more
        yield found
    if tape.failure:
        raise tape.failure


def _frame(tape: _Tape, limit: int) -> Frame | Broken:
    """Take the next record off the tape."""
    if not tape.begins(BEGIN):
        broken = tape.broken("no record begins here")
        tape.skip_to_start(0)
        return broken
    end = tape.find(_BLANK, HEAD)
    length = _LENGTH.search(tape.seen(end)) if end else None
    if length is None:
        broken = tape.broken("its headers say no length" if end else "its headers have no end")
        tape.skip_to_start(len(BEGIN))
        return broken
    head, size = tape.seen(end), int(length[1])
    if size > limit:
        tape.drop(end)
        return Frame(head, tape.skip(size), whole=False)
    return _of_size(tape, head, size)


def _of_size(tape: _Tape, head: bytes, size: int) -> Frame | Broken:
    end = len(head) + size
    if not tape.fill(end):
        broken = tape.broken(f"cut off: {tape.size - len(head):,} bytes of {size:,} are there")
        tape.skip_to_start(len(head))
        return broken
    if not tape.ends_record(end):
        broken = tape.broken("no record begins where this one should end")
        tape.skip_to_start(len(head))
        return broken
    block = tape.seen(end, len(head))
    tape.drop(end)
    return Frame(head, block)


class _Tape:
    """Chunks as one run of bytes that is read forwards. It ends at a gap, and goes on behind it when it is asked to.

    Attributes:
        failure: what ended the chunks before their time.
    """

    def __init__(self, stored: Iterable[bytes | Gap]) -> None:
        self._chunks = iter(stored)
        self._bytes = bytearray()
        self._gap: Gap | None = None
        self.failure: Exception | None = None

    @property
    def size(self) -> int:
        """How many bytes there are before the next one must be read."""
        return len(self._bytes)

    def fill(self, size: int) -> bool:
        """Whether there are so many bytes before the end or a gap."""
        while len(self._bytes) < size and self._gap is None and self.failure is None:
            try:
                chunk = next(self._chunks, None)
            except DAMAGE as error:
                self.failure = error
                break
            if chunk is None:
                break
            if isinstance(chunk, Gap):
                self._gap = chunk
            else:
                self._bytes += chunk
        return len(self._bytes) >= size

    def seen(self, end: int, start: int = 0) -> bytes:
        """Return bytes that are there, for they have been asked for."""
        with memoryview(self._bytes) as view:
            return bytes(view[start:end])

    def drop(self, size: int) -> None:
        del self._bytes[:size]

    def begins(self, what: bytes) -> bool:
        self.fill(len(what))
        return self._bytes.startswith(what)

    def broken(self, message: str) -> Broken:
        """Return what is broken: the gap, if it is here that the bytes stop."""
        return Broken(f"damaged: {self._gap.message}" if self._gap else message)

    def more(self) -> bool:
        """Pass over the blank lines between records; False at the end. A gap is something more."""
        while self.fill(1):
            blank = _BLANK_LINES.match(self._bytes)
            if not blank:
                return True
            self.drop(blank.end())
        return self._gap is not None

    def find(self, pattern: re.Pattern[bytes], within: int) -> int:
        """Return where the first match ends, 0 if there is none."""
        looked = 0
        while True:
            if match := pattern.search(self._bytes, max(0, looked - 4)):
                return match.end() if match.end() <= within else 0
            looked = len(self._bytes)
            if looked >= within or not self.fill(looked + 1):
                return 0

    def ends_record(self, end: int) -> bool:
        """Whether a record may end there: two line ends follow, or else the next record or nothing after blank lines.

        Whatever comes in front of a gap in the same packed member cannot be trusted.
        """
        ended = self.fill(end + 4) and self._bytes.startswith(b"\r\n\r\n", end)
        while self.fill(end + 1) and self._bytes[end] in b"\r\n":
            end += 1
        if self.fill(end + 1):
            return ended or (self.fill(end + len(BEGIN)) and self._bytes.startswith(BEGIN, end))
        return self._gap is None or not self._gap.within

    def skip_to_start(self, position: int) -> None:
        """Pass over everything up to where a record begins behind the position, over a gap, or to the end."""
        while True:
            if match := _START.search(self._bytes, position):
                self.drop(match.start())
                return
            self.drop(max(0, len(self._bytes) - _START_LENGTH))
            position = 0
            if not self.fill(len(self._bytes) + 1):
                self._bytes.clear()
                self._gap = None
                return

    def skip(self, size: int) -> bytes:
        """Pass over so many bytes, but not over the beginning of a record, and return the first of them."""
        self.fill(HEAD)
        head, passed = self.seen(HEAD), 0
        while passed < size and self.fill(_START_LENGTH):
            match = _START.search(self._bytes, 0, size - passed + _START_LENGTH)
            step = match.start() if match else min(size - passed, len(self._bytes) - _START_LENGTH + 1)
            self.drop(step)
            passed += step
            if match:
                break
        else:
            self.drop(size - passed)
        return head

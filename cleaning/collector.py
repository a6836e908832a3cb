"""Python's collector of cyclic garbage, told to wait while a document is cleaned."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_waits() -> Iterator[None]:
    """Let the collector wait until the block ends; if it is off already, it stays so.

    A page makes tens of thousands of small objects, which start the collector again and again, and leaves no cycles
    behind: looking for some takes a quarter of the time that a page takes. What else has been made meanwhile is looked
    at when the block ends. Threads may be in such blocks at once: the first one to leave it switches the collector on.

    >>> with collector_waits():
    ...     gc.isenabled()
    False
    >>> gc.isenabled()
    True
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()

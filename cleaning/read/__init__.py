"""Inputs as raw records: the first step, streaming, and robust to whatever a scrape leaves behind.

1. :func:`find` lists the files of the inputs and cuts the large ones into pieces. It runs once.
2. :func:`check_columns` refuses columns that the settings name and no file has. It runs once.
3. :func:`records` reads one piece, anywhere: in this process, in another one, on another machine.
4. :func:`record_id` gives a record without an id one that stays the same.

Nothing here knows an engine. What is passed between these steps can be pickled and is the same on every machine.
"""

from __future__ import annotations

from .check import check_columns
from .files import is_remote
from .find import find
from .identity import record_id
from .piece import Found, Piece, Unreadable
from .records import records

__all__ = ["Found", "Piece", "Unreadable", "check_columns", "find", "is_remote", "record_id", "records"]

"""What is read from a page."""

from __future__ import annotations

from dataclasses import dataclass

from ..document import Markup


@dataclass(frozen=True, slots=True)
class Read:
    """A page.

    Attributes:
        text: all that it shows, menus and comments too, a line for each block; empty when it shows nothing.
        markup: what its markup says of the lines; None when there are none, or nobody looked.
        title, url, date, author: as its metadata says; None when it does not.
    """

    text: str
    markup: Markup | None = None
    title: str | None = None
    url: str | None = None
    date: str | None = None
    author: str | None = None

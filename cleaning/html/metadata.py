"""What a page says of itself: the only import of trafilatura."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any

from lxml import etree

from ..errors import RecordError


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says of itself.

    Attributes:
        title, url, date, author: None when it does not say.
    """

    title: str | None = None
    url: str | None = None
    date: str | None = None
    author: str | None = None


def parse(html: str) -> etree._Element | None:
    """Return the root element of a page; None when there is no markup at all."""
    load = _library().load_html
    tree = load(html)
    if tree is None:  # a fragment that is one element, such as "<div>…</div>", is taken for no HTML at all
        tree = load("<html>" + html)
    return tree


def metadata(tree: etree._Element, url: str | None) -> Metadata:
    """Return what a page says of itself.

    Args:
        tree: its root element.
        url: its address, which helps to find dates.

    Raises:
        RecordError: the markup makes trafilatura fail.
    """
    try:
        told = _library().extract_metadata(tree, url, {"original_date": True, "extensive_search": False})
    except Exception as error:  # third-party code on arbitrary markup: one page must not cost the others
        raise RecordError(f"the page's metadata cannot be read: {error!r}") from error
    return Metadata(told.title or None, told.url or None, told.date or None, told.author or None)


@functools.cache
def _library() -> Any:
    """Import trafilatura when the first page comes: text needs none of it, and it takes half a second."""
    import logging  # noqa: PLC0415
    from types import SimpleNamespace  # noqa: PLC0415

    from trafilatura import load_html  # noqa: PLC0415
    from trafilatura.metadata import extract_metadata  # noqa: PLC0415

    # It logs each page it finds nothing on; here such a page is a dropped document with its reason.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    return SimpleNamespace(load_html=load_html, extract_metadata=extract_metadata)

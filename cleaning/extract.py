"""HTML to main text and metadata: the only import of trafilatura."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any, cast

from .errors import RecordError


@dataclass(frozen=True, slots=True)
class Extracted:
    """What a page says.

    Attributes:
        text: the main text, a paragraph a line; empty when there is none.
        title, url, date, author: as the page's metadata says; None when it does not.
    """

    text: str
    title: str | None = None
    url: str | None = None
    date: str | None = None
    author: str | None = None


def extract(html: str, *, url: str | None = None) -> Extracted:
    """Return the main text and the metadata of a page.

    Raises:
        RecordError: the markup makes the extractor fail.

    Comments are left out. trafilatura's own deduplication stays off: its memory spans pages, so that what it returns
    would depend on which pages a process saw before.

    >>> page = "<title>Rain</title><article><p>" + "It rained for three days in the north. " * 9 + "</p></article>"
    >>> extract(page).text[:38], extract(page).title
    ('It rained for three days in the north.', 'Rain')
    """
    library = _library()
    tree = library.load_html(html)
    if tree is None:  # a fragment that is one element, such as "<div>…</div>", is taken for no HTML at all
        tree = library.load_html("<html>" + html)
    if tree is None:
        return Extracted("")
    try:
        told = library.extract_metadata(tree, url, {"original_date": True, "extensive_search": False})
        body = library.bare_extraction(tree, url=url, include_comments=False, deduplicate=False)
    except Exception as error:  # third-party code on arbitrary markup: one page must not cost the others
        raise RecordError(f"the page cannot be extracted: {error!r}") from error
    text = cast("str", body.text or "") if body else ""
    return Extracted(text, told.title or None, told.url or None, told.date or None, told.author or None)


@functools.cache
def _library() -> Any:
    """Import trafilatura when the first page comes: text needs none of it, and it takes half a second."""
    import logging  # noqa: PLC0415
    from types import SimpleNamespace  # noqa: PLC0415

    from trafilatura import bare_extraction, load_html  # noqa: PLC0415
    from trafilatura.metadata import extract_metadata  # noqa: PLC0415

    # It logs each page it finds nothing on; here such a page is a dropped document with its reason.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    return SimpleNamespace(bare_extraction=bare_extraction, load_html=load_html, extract_metadata=extract_metadata)

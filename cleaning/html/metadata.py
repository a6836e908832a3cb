"""What a page says of itself: the only import of trafilatura.

Its own reader of metadata also looks for tags, categories and licences, and copies the page for each of several
searches: it takes longer than all that is done to the text. So its parts are asked here, for what is wanted of them,
and what it searches a whole page for is searched for in what may hold it.
"""

from __future__ import annotations

import contextlib
import functools
import re
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from lxml import etree

from ..errors import RecordError

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")

# The parser drops what stands behind the end of the body; to a browser it is part of it. Templates that close the
# page in their header lose all of it so.
_END = re.compile("</(?:body|html)\\s*>", re.IGNORECASE)

# What says of an element that it may name the author, as trafilatura's own expressions have it, and a little more.
_MAY_SAY = ("class", "id", "rel", "itemprop", "data-testid", "data-component")
_CUES = (
    "uthor", "yline", "byl", "BBL", "username", "channel-name", "zuozhe", "bianji", "xiaobian", "submitted-by",
    "posted-by", "journalist-name", "screenname", "writer",
)  # fmt: skip


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
    html = _without_lone_surrogates(html)
    end = _END.search(html)
    if end and "<" in _END.sub("", html[end.end() :]):
        html = _END.sub("", html)
    load = _library().load_html
    tree = load(html)
    if tree is None:  # a fragment that is one element, such as "<div>…</div>", is taken for no HTML at all
        tree = load("<html>" + html)
    return tree


def _without_lone_surrogates(html: str) -> str:
    """Replace what the parser gives up at; encoding tells many times as fast as a pattern that there is nothing."""
    try:
        html.encode()
    except UnicodeEncodeError:
        return _LONE_SURROGATE.sub("\ufffd", html)
    return html


def metadata(tree: etree._Element, url: str | None) -> Metadata:
    """Return what a page says of itself.

    Args:
        tree: its root element.
        url: its address, which helps to find dates.

    Raises:
        RecordError: the markup makes trafilatura fail.
    """
    try:
        return _metadata(tree, url)
    except Exception as error:  # third-party code on arbitrary markup: one page must not cost the others
        raise RecordError(f"the page's metadata cannot be read: {error!r}") from error


def _metadata(tree: etree._Element, url: str | None) -> Metadata:
    library = _library()
    told = library.examine_meta(tree)
    if told.author and " " not in told.author:  # one word is an account or a site
        told.author = None
    with contextlib.suppress(Exception):  # third-party code on what pages call JSON, which is one source of several
        told = library.extract_meta_json(tree, told)
    told.title = told.title or library.extract_title(tree)
    told.author = told.author or library.extract_author(_may_name_author(tree))
    told.url = told.url or library.extract_url(tree, url)
    told.date = library.find_date(tree, url=told.url, original_date=True, extensive_search=False)
    told.clean_and_trim()
    return Metadata(told.title or None, told.url or None, told.date or None, told.author or None)


def _may_name_author(tree: etree._Element) -> etree._Element:
    """Return the part of a page that may name its author: such elements, within those that they stand in."""
    copies = {tree: etree.Element(tree.tag)}
    whole: set[Any] = set()
    for element in _library().signed(tree):
        around = list(element.iterancestors())
        if whole.isdisjoint(around) and _has_cue(element):
            whole.add(element)
            for outer in reversed(around):
                if outer not in copies:
                    copies[outer] = etree.SubElement(copies[outer.getparent()], outer.tag, _signs(outer))
            copies[element.getparent()].append(deepcopy(element))
    return copies[tree]


def _signs(element: etree._Element) -> dict[str, str]:
    return {name: value for name in _MAY_SAY if (value := element.get(name)) is not None}


def _has_cue(element: etree._Element) -> bool:
    return element.tag == "author" or any(_is_cue(element.get(name, "")) for name in _MAY_SAY)


@functools.lru_cache(1 << 14)
def _is_cue(value: str) -> bool:
    return value == "me" or any(cue in value for cue in _CUES)


@functools.cache
def _library() -> Any:
    """Import trafilatura when the first page comes: text needs none of it, and it takes half a second."""
    import logging  # noqa: PLC0415
    from types import SimpleNamespace  # noqa: PLC0415

    from htmldate import find_date  # noqa: PLC0415
    from trafilatura import load_html, metadata  # noqa: PLC0415

    # It logs each page it finds nothing on; here such a page is a dropped document with its reason.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    return SimpleNamespace(
        load_html=load_html,
        examine_meta=metadata.examine_meta,
        extract_meta_json=metadata.extract_meta_json,
        extract_title=metadata.extract_title,
        extract_author=metadata.extract_author,
        extract_url=metadata.extract_url,
        find_date=find_date,
        signed=etree.XPath("|".join([".//author", f".//*[{' or '.join(f'@{name}' for name in _MAY_SAY)}]"])),
    )

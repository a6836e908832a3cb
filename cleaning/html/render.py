"""From a tree of elements to lines of text, each with the elements that it stands in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from lxml import etree


def _set(names: str) -> frozenset[str]:
    return frozenset(names.split())


# Elements that flow within a line; every other one begins a line and ends it.
INLINE = _set(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q rp rt ruby s samp small"
    " span strike strong sub sup time tt u var wbr img picture source svg tspan text g-emoji"
)
# Elements whose content is not read; the last two, unless they stand where they should not: see `_is_read`.
UNREAD = _set(
    "script style template iframe object embed select option datalist textarea canvas audio video map math input"
    " head title"
)
# What heads hold. The parser leaves the article in the head, too, where nothing has ended that.
_OF_HEADS = _set("base basefont bgsound link meta noscript object script style template title")
# Elements whose being around a line says something of it; those written together say the same.
FLAGS = (
    "-hidden-", "nav/menu", "header", "footer", "aside", "article", "main", "form/fieldset", "figure/figcaption",
    "table", "ul/ol/dl", "section", "blockquote/q", "button", "noscript", "dialog/details", "h1", "h2",
    "h3/h4/h5/h6", "p", "li", "pre/code", "a", "time/address", "label/summary/caption/legend", "figcaption",
)  # fmt: skip
_HIDING = ("display:none", "display: none", "visibility:hidden", "visibility: hidden")


@dataclass(slots=True)
class Rendered:
    """The lines of a page.

    Attributes:
        lines: each without white space at its ends, and with single spaces inside.
        tags, names: of each element, in the order in which they begin: its name, and its class, id and role.
        parents: of each element, the number of the one that it stands in; -1 at the root.
        firsts, lasts: of each element, the lines within it, the last one exclusive.
        flags: of each element, what it and those around it say: bits of :data:`FLAGS`.
        node: for each line, the number of the innermost element that its first character stands in.
        linked: for each line, how many of its characters are in links.
        links: for each line, how many links it has.
        strong: for each line, how many of its characters are bold or emphasised.
        breaks: for each line, whether a line break within a paragraph ended the line before it.
        images: for each line, how many pictures stand between the line before it and its end.
        title, description: what the page is called in its head, and what is said of it there.
    """

    lines: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)
    firsts: list[int] = field(default_factory=list)
    lasts: list[int] = field(default_factory=list)
    flags: list[int] = field(default_factory=list)
    node: list[int] = field(default_factory=list)
    linked: list[int] = field(default_factory=list)
    links: list[int] = field(default_factory=list)
    strong: list[int] = field(default_factory=list)
    breaks: list[bool] = field(default_factory=list)
    images: list[int] = field(default_factory=list)
    title: str = ""
    description: str = ""


def render(tree: etree._Element) -> Rendered:
    """Return the lines of a page in the order of its markup."""
    writer = _Writer()
    title = tree.find(".//title")
    writer.page.title = " ".join((title.text or "").split()) if title is not None else ""
    writer.page.description = next((" ".join(said.split()) for said in _DESCRIPTION(tree) if said), "")
    walk = etree.iterwalk(tree, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if event == "start":
            tag = element.tag
            if tag not in UNREAD or _is_read(element):
                writer.start(tag, element)
            else:
                walk.skip_subtree()
                writer.unread(tag)
        elif event == "end":
            if element.tag not in UNREAD or _is_read(element):
                writer.end(element.tag)
            if element.tail:
                writer.write(element.tail)
        elif element.tail:
            writer.write(element.tail)
    writer.flush()
    return writer.page


def _is_read(element: Any) -> bool:
    """Whether an element of :data:`UNREAD` holds something to read where it stands."""
    if element.tag == "head":
        return any(isinstance(child.tag, str) and child.tag not in _OF_HEADS for child in element)
    if element.tag == "title":  # of a picture
        parent = element.getparent()
        return parent is not None and parent.tag != "head"
    return False


class _Writer:
    """What is open while a page is walked."""

    def __init__(self) -> None:
        self.page = Rendered()
        self.stack: list[int] = []
        self.pieces: list[str] = []
        self.origin = -1
        self.in_link = self.in_strong = self.in_pre = 0
        self.linked = self.links = self.strong = self.images = 0
        self.after_break = False

    def start(self, tag: str, element: Any) -> None:
        if tag not in INLINE:
            self.flush()
        self._open(tag, element.items())
        self._count(tag)
        if element.text:
            self.write(element.text)

    def _open(self, tag: str, attributes: list[tuple[str, str]]) -> None:
        page = self.page
        names, hidden = _told(attributes) if attributes else ("", 0)
        parent = self.stack[-1] if self.stack else -1
        self.stack.append(len(page.tags))
        page.tags.append(tag)
        page.names.append(names)
        page.parents.append(parent)
        page.firsts.append(len(page.lines))
        page.lasts.append(0)
        page.flags.append((page.flags[parent] if parent >= 0 else 0) | _FLAG_OF.get(tag, 0) | hidden)

    def _count(self, tag: str) -> None:
        if tag == "a":
            self.in_link += 1
            self.links += 1
        elif tag in _STRONG:
            self.in_strong += 1
        elif tag == "pre":
            self.in_pre += 1
        elif tag == "br":
            self.flush()
            self.after_break = True
        elif tag == "img":
            self.images += 1

    def end(self, tag: str) -> None:
        if tag not in _FLOWS:
            self.flush()
        if tag == "a":
            self.in_link -= 1
        elif tag in _STRONG:
            self.in_strong -= 1
        elif tag == "pre":
            self.in_pre -= 1
        number = self.stack.pop()
        self.page.lasts[number] = len(self.page.lines)

    def unread(self, tag: str) -> None:
        if tag not in INLINE and tag not in ("script", "style"):
            self.flush()

    def write(self, text: str) -> None:
        if self.in_pre and "\n" in text:
            for number, piece in enumerate(text.split("\n")):
                if number:
                    self.flush()
                self._write(piece)
        else:
            self._write(text)

    def _write(self, text: str) -> None:
        self.pieces.append(text)
        if (self.origin < 0 or self.in_link or self.in_strong) and (size := len(text.strip())):
            if self.origin < 0:
                self.origin = self.stack[-1] if self.stack else 0
            if self.in_link:
                self.linked += size
            if self.in_strong:
                self.strong += size

    def flush(self) -> None:
        if self.origin >= 0:
            page = self.page
            page.lines.append(" ".join("".join(self.pieces).split()))
            page.node.append(self.origin)
            page.linked.append(self.linked)
            page.links.append(self.links)
            page.strong.append(self.strong)
            page.breaks.append(self.after_break)
            page.images.append(self.images)
            self.linked = self.links = self.strong = self.images = 0
            self.origin = -1
        self.after_break = False
        if self.pieces:
            self.pieces = []


def _told(attributes: list[tuple[str, str]]) -> tuple[str, int]:
    """Return the names that attributes give an element, and whether they hide it."""
    names: list[str] = []
    hidden = False
    for key, value in attributes:
        if key in _NAMES:
            names.append(value)
        elif key == "href":
            names += _of_address(value)
        elif key in _ALSO_NAMES:
            names.append(value[:40])
        else:
            hidden = hidden or _hides(key, value)
    return " ".join(names), int(hidden)


def _of_address(address: str) -> list[str]:
    """Return what an address says of a link, as names: its host and first folders, or that it stays on the page."""
    if address[:1] in ("#", "?", ""):
        return ["hrefhere"]
    return [f"href{word}" for words in _LINK.findall(address[:200])[:3] for word in words if word]


def _hides(key: str, value: str) -> bool:
    if key == "style":
        return any(way in value for way in _HIDING)
    return key == "hidden" or (key == "aria-hidden" and value == "true")


# Attributes that name what an element is, and what of a link's address does: its host or its scheme, and its folders.
_NAMES = _set("class id role itemprop")
_ALSO_NAMES = _set(
    "data-area data-block data-component data-component-name data-module data-name data-qa data-role data-section"
    " data-test data-test-id data-testid data-tracking data-type data-widget data-widget-type aria-label rel"
)
_LINK = re.compile(r"^(?:https?:)?//(?:www\.|m\.)?([a-z]{2,20})[.]|/([a-z]{2,14})(?=[/?#-]|$)|^([a-z]{3,12}):(?!//)")

_FLOWS = INLINE | {"br"}
_STRONG = _set("b strong em i")
_DESCRIPTION = etree.XPath("//meta[@property='og:description' or @name='description']/@content")
_FLAG_OF = {tag: 1 << bit for bit, tags in enumerate(FLAGS) for tag in tags.split("/")}

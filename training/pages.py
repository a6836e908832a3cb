"""Marked pages, and the texts that are made of them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pyarrow.parquet as pq

# Sites on which everybody has a host of their own, and registries below which names are registered.
_SHARED = (".co.uk", ".com.au", ".co.nz", ".co.jp", ".com.br", ".co.za", ".blogspot.com", ".wordpress.com")


@dataclass(frozen=True, slots=True)
class MarkedPage:
    """A page whose main text is known.

    Attributes:
        collection: the file that it comes from.
        id, url, kind, html, gold: its columns; ``gold`` is the main text.
    """

    collection: str
    id: str
    url: str | None
    kind: str
    html: bytes
    gold: str

    @property
    def site(self) -> str:
        """The site or publisher that it comes from; pages of one are never on both sides of a split."""
        host = urlsplit(self.url or "").hostname
        if not host:  # "publisher_2024_05_01"
            return re.sub(r"_\d{4}_.*", "", self.id)
        labels = host.removeprefix("www.").split(".")
        return ".".join(labels[-3 if host.endswith(_SHARED) else -2 :])

    def fold(self, folds: int) -> int:
        """Return in which of so many parts of the pages it is, by its site."""
        return int(hashlib.sha256(self.site.encode()).hexdigest(), 16) % folds


def read(paths: Sequence[Path]) -> list[MarkedPage]:
    """Return the pages of Parquet files with the columns id, url, kind, html and gold."""
    return [
        MarkedPage(path.stem, row["id"], row["url"], row["kind"], row["html"], row["gold"])
        for path in paths
        for row in pq.read_table(path, columns=["id", "url", "kind", "html", "gold"]).to_pylist()
    ]


def digest(pages: Sequence[MarkedPage]) -> str:
    """Return what two sets of pages share when they are the same, in any order."""
    each = sorted(hashlib.sha256(page.id.encode() + page.html + page.gold.encode()).digest() for page in pages)
    return hashlib.sha256(b"".join(each)).hexdigest()


def texts(page: MarkedPage) -> Iterator[tuple[str, str]]:
    """Yield the texts that the classifier for text learns from, by name: renderings, the main text, an extraction."""
    # Imported here: only whoever trains has them all.
    import inscriptis  # noqa: PLC0415
    import trafilatura  # noqa: PLC0415
    from bs4 import BeautifulSoup  # noqa: PLC0415
    from resiliparse.extract.html2text import extract_plain_text  # noqa: PLC0415

    html = decoded(page)
    yield "resiliparse", extract_plain_text(html, main_content=False, preserve_formatting=True)
    yield "inscriptis", inscriptis.get_text(html)
    soup = BeautifulSoup(html, "lxml")
    for tag in soup(["script", "style", "noscript", "template"]):
        tag.decompose()
    yield "soup", soup.get_text("\n")
    yield "gold", page.gold
    yield "extracted", trafilatura.extract(page.html, include_comments=False) or ""


def decoded(page: MarkedPage) -> str:
    """Return the page as a string."""
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding  # noqa: PLC0415

    return bytes_to_str(page.html, detect_encoding(page.html))

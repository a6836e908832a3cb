"""Documents that somebody asked to have taken down are left out, and the audit says so without repeating their texts.

With a document go the others of its page, because their removed spans hold each other's texts, and its exact and near
copies, one of which would otherwise be published in its place.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ..dedup import NO_BAND
from ..engine import Engine
from ..errors import InputError
from ..reason import Reason
from ..settings import Dedup
from .copies import mark_copies
from .documents import Corpus, Rows
from .keys import band_name, code_of
from .name import pages_of

# What is left of a document that is taken down: every other column of `dropped` that could repeat it is empty.
SILENCED: Mapping[str, Any] = {"title": None, "date": None, "text": "", "cuts": [], "repairs": [], "personal": []}


@dataclass(frozen=True, slots=True)
class Takedown:
    """A list of ids and addresses.

    Attributes:
        entries: the ids, and the addresses in the form in which they are compared.
        sha256: the digest of the list's bytes.
    """

    entries: frozenset[str] = frozenset()
    sha256: str = ""

    @classmethod
    def read(cls, path: Path) -> Takedown:
        """Read a list: an id or an address a line; empty lines and those that begin with ``#`` say nothing.

        Raises:
            InputError: it cannot be read, or lists nothing.
        """
        try:
            content = path.read_bytes()
            lines = [line.strip() for line in content.decode("utf-8-sig").splitlines()]
        except OSError as error:
            raise InputError(f"{path}: {error.strerror}") from error
        except UnicodeDecodeError as error:
            raise InputError(f"{path}: not UTF-8: {error}") from error
        entries = frozenset(address(line) for line in lines if line and not line.startswith("#"))
        if not entries:
            raise InputError(f"{path}: lists nothing; give an id or an address on each line")
        return cls(entries, hashlib.sha256(content).hexdigest())

    def told(self) -> dict[str, Any] | None:
        """Return what the manifest says of it: not what it lists."""
        return {"entries": len(self.entries), "sha256": self.sha256} if self.entries else None


def address(entry: str) -> str:
    """Return the form in which addresses are compared; of what is no address, the thing itself.

    Scheme, ``www.``, case of the host, fragment and a slash at the end do not count.

    >>> address("https://WWW.News.example/a/?page=2#top") == address("http://news.example/a?page=2")
    True
    >>> address("doc-17")
    'doc-17'
    """
    try:
        parts = urlsplit(entry)
    except ValueError:
        return entry
    if parts.scheme.lower() not in {"http", "https"}:
        return entry
    host = parts.netloc.lower().removeprefix("www.")
    return f"//{host}{parts.path.rstrip('/')}" + (f"?{parts.query}" if parts.query else "")


def take_down(  # noqa: PLR0913, PLR0917  (what is there, what goes, and what it takes to tell)
    engine: Engine,
    corpus: Corpus,
    parents: Mapping[int, str],
    takedown: Takedown,
    settings: Dedup,
    folder: Path,
) -> tuple[Corpus, dict[int, str]]:
    """Return the corpus without what is taken down, and the evidence for each such document by row.

    Args:
        engine: reads the texts of what may be copies.
        corpus: the documents.
        parents: new ids of parents, by the row of the article.
        takedown: what goes.
        settings: what counts as a near copy. Exact ones go in any case.
        folder: for the shingles of what may be copies.
    """
    if not takedown.entries:
        return corpus, {}
    listed = _listed(corpus, takedown.entries)
    taken = dict.fromkeys(listed, "listed")
    taken = dict(_of_pages(corpus, pages_of(corpus, parents), listed)) | taken
    taken = dict(_copies(engine, corpus, np.array(sorted(taken), np.int64), settings, folder)) | taken
    reasons = corpus.keys["reason"].copy()
    reasons[sorted(taken)] = code_of(Reason.TAKEN_DOWN)
    return dataclasses.replace(corpus, keys={**corpus.keys, "reason": reasons}), taken


def _listed(corpus: Corpus, entries: frozenset[str]) -> list[int]:
    """Return the rows whose id or address is listed."""
    by_id = pc.is_in(corpus.ids, pa.array(sorted(entries), corpus.ids.type)).to_numpy(zero_copy_only=False)
    by_url = (row for row, url in enumerate(_urls(corpus)) if url is not None and address(url) in entries)
    return sorted({*np.flatnonzero(by_id).tolist(), *by_url})


def _urls(corpus: Corpus) -> Iterator[str | None]:
    for file in corpus.files:
        for batch in file.read(["url"]):
            yield from batch["url"].to_pylist()


def _of_pages(corpus: Corpus, pages: Rows, listed: list[int]) -> Iterator[tuple[int, str]]:
    """Yield the documents that stand on a page with a listed one."""
    on_page: dict[int, set[int]] = defaultdict(set)
    for article, parent in pages.tolist():
        on_page[parent] |= {article, parent}
    for rows in on_page.values():
        names = [corpus.ids[row].as_py() for row in rows.intersection(listed)]
        yield from ((row, f"on the page of {min(names)}, which is listed") for row in rows if names)


def _copies(engine: Engine, corpus: Corpus, taken: Rows, settings: Dedup, folder: Path) -> Iterator[tuple[int, str]]:
    """Yield the copies of documents among those that are kept so far."""
    originals = taken[corpus.kept[taken]]
    likely = _likely_copies(corpus, originals, settings)
    reasons = corpus.keys["reason"].copy()
    reasons[~likely] = code_of(Reason.TAKEN_DOWN)
    few = dataclasses.replace(corpus, keys={**corpus.keys, "reason": reasons})
    wanted = settings.model_copy(update={"exact": True, "headlines": False})
    marks = mark_copies(engine, few, wanted, folder, first=originals)
    for row, kept in zip(marks.rows.tolist(), marks.kept.tolist(), strict=True):
        if np.isin(kept, originals):
            yield row, f"a copy of {corpus.ids[kept].as_py()}, which is taken down"


def _likely_copies(corpus: Corpus, originals: Rows, settings: Dedup) -> NDArray[np.bool_]:
    """Return which of the documents kept so far have a digest or a band in common with one of the originals."""
    likely = np.isin(corpus.keys["digest_low"], corpus.keys["digest_low"][originals])
    for band in range(settings.bands if settings.near else 0):
        values = corpus.column(band_name(band))
        likely |= (values != NO_BAND) & np.isin(values, values[originals])
    return likely & corpus.kept

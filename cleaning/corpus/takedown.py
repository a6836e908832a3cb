"""Documents that somebody asked to have taken down are left out, and the audit says so without repeating their texts.

With a document go the others of its page, because their removed spans hold each other's texts, and its copies, kept or
dropped, one of which would otherwise be published in its place, with the others of their pages. A copy is what
deduplication counts as one: the settings say whether near copies and texts with the same headline are.
"""

from __future__ import annotations

import dataclasses
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
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
from .keys import KEPT, band_name, code_of
from .name import pages_of

# What is left of a document that is taken down: every other column of `dropped` that could repeat it is empty.
SILENCED: Mapping[str, Any] = {"title": None, "date": None, "text": "", "cuts": [], "repairs": [], "personal": []}

_REMARK = re.compile(r"(?:^|\s)#.*")


@dataclass(frozen=True, slots=True)
class Takedown:
    """A list of ids and addresses.

    Attributes:
        entries: the ids and addresses as they are listed, and the line of each.
        sha256: the digest of the list's bytes.
    """

    entries: Mapping[str, int] = field(default_factory=dict)
    sha256: str = ""

    @classmethod
    def read(cls, path: Path) -> Takedown:
        """Read a list: an id or an address a line.

        Empty lines say nothing, nor does what is behind a ``#`` that begins a line or stands after a space.

        Raises:
            InputError: it cannot be read, or lists nothing.
        """
        try:
            content = path.read_bytes()
            lines = [_REMARK.sub("", line).strip() for line in content.decode("utf-8-sig").splitlines()]
        except OSError as error:
            raise InputError(f"{path}: {error.strerror}") from error
        except UnicodeDecodeError as error:
            raise InputError(f"{path}: not UTF-8: {error}") from error
        entries = {line: number for number, line in reversed(list(enumerate(lines, 1))) if line}
        if not entries:
            raise InputError(f"{path}: lists nothing; give an id or an address on each line")
        return cls(entries, hashlib.sha256(content).hexdigest())

    def told(self) -> dict[str, Any] | None:
        """Return what the manifest says of it: not what it lists."""
        return {"entries": len(self.entries), "sha256": self.sha256} if self.entries else None


def forms(entry: str) -> set[str]:
    """Return the ids and addresses that an entry may stand for; an address may lack its scheme.

    >>> sorted(forms("www.news.example/a"))
    ['//news.example/a', 'www.news.example/a']
    """
    host = entry.partition("/")[0]
    without_scheme = {address(f"http://{entry}")} if "." in host and not host.endswith(":") else set()
    return {entry, address(entry), *without_scheme}


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
) -> tuple[Corpus, dict[int, str], list[int]]:
    """Return the corpus without what is taken down, the evidence for each such document by row, and the lines in vain.

    Lines in vain are those of the list that name no document.

    Args:
        engine: reads the texts of what may be copies.
        corpus: the documents.
        parents: new ids of parents, by the row of the article.
        takedown: what goes.
        settings: what counts as a copy. Exact ones go in any case.
        folder: for the shingles of what may be copies.
    """
    if not takedown.entries:
        return corpus, {}, []
    listed, in_vain = _listed(corpus, takedown.entries)
    pages = pages_of(corpus, parents)
    taken = dict.fromkeys(listed, "listed")
    taken = dict(_of_pages(corpus, pages, listed, "listed")) | taken
    copies = dict(_copies(engine, corpus, np.array(sorted(taken), np.int64), settings, folder))
    taken = copies | taken
    taken = dict(_of_pages(corpus, pages, sorted(copies), "a copy of what is taken down")) | taken
    reasons = corpus.keys["reason"].copy()
    reasons[sorted(taken)] = code_of(Reason.TAKEN_DOWN)
    return dataclasses.replace(corpus, keys={**corpus.keys, "reason": reasons}), taken, in_vain


def _listed(corpus: Corpus, entries: Mapping[str, int]) -> tuple[list[int], list[int]]:
    """Return the rows whose id or address is listed, and the lines of the list that name none."""
    named: dict[str, set[int]] = defaultdict(set)  # the lines by what they may stand for
    for entry, line in entries.items():
        for form in forms(entry):
            named[form].add(line)
    by_id = pc.is_in(corpus.ids, pa.array(sorted(named), corpus.ids.type)).to_numpy(zero_copy_only=False)
    found = {row: named[corpus.ids[row].as_py()] for row in np.flatnonzero(by_id).tolist()}
    for row, url in enumerate(_urls(corpus)):
        if url is not None and (lines := named.get(address(url))):
            found[row] = found.get(row, set()) | lines
    return sorted(found), sorted(set(entries.values()).difference(*found.values()))


def _urls(corpus: Corpus) -> Iterator[str | None]:
    for file in corpus.files:
        for batch in file.read(["url"]):
            yield from batch["url"].to_pylist()


def _of_pages(corpus: Corpus, pages: Rows, gone: list[int], why: str) -> Iterator[tuple[int, str]]:
    """Yield the documents that stand on a page with one that goes."""
    on_page: dict[int, set[int]] = defaultdict(set)
    for article, parent in pages.tolist():
        on_page[parent] |= {article, parent}
    for rows in on_page.values():
        names = [corpus.ids[row].as_py() for row in rows.intersection(gone)]
        yield from ((row, f"on the page of {min(names)}, which is {why}") for row in rows if names)


def _copies(engine: Engine, corpus: Corpus, taken: Rows, settings: Dedup, folder: Path) -> Iterator[tuple[int, str]]:
    """Yield the copies of documents, whether they are kept so far or were dropped for something else."""
    likely = _likely_copies(corpus, taken, settings)
    reasons = np.where(likely, KEPT, code_of(Reason.TAKEN_DOWN)).astype(corpus.keys["reason"].dtype)
    few = dataclasses.replace(corpus, keys={**corpus.keys, "reason": reasons})
    wanted = settings.model_copy(update={"exact": True})
    marks = mark_copies(engine, few, wanted, folder, first=taken)
    for row, kept in zip(marks.rows.tolist(), marks.kept.tolist(), strict=True):
        if np.isin(kept, taken):
            yield row, f"a copy of {corpus.ids[kept].as_py()}, which is taken down"


def _likely_copies(corpus: Corpus, taken: Rows, settings: Dedup) -> NDArray[np.bool_]:
    """Return which documents have a digest, a band or a headline in common with one of those that go, or are one."""
    keys = corpus.keys
    has_text = np.asarray(keys["n_chars"]) > 0
    originals = taken[has_text[taken]]
    likely = np.isin(keys["digest_low"], keys["digest_low"][originals])
    for band in range(settings.bands if settings.near else 0):
        values = corpus.column(band_name(band))
        likely |= (values != NO_BAND) & np.isin(values, values[originals])
    if settings.headlines:
        likely |= (keys["headline"] != 0) & np.isin(keys["headline"], keys["headline"][originals])
    return np.asarray(likely & has_text & (keys["reason"] != code_of(Reason.UNREADABLE)))

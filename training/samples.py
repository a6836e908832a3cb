"""From marked pages to what the classifiers see of them, and what they should say."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing import Pool
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from cleaning.boilerplate import kind, lines
from cleaning.boilerplate.page import Page
from cleaning.boilerplate.phrases import Named, rules_for
from cleaning.classifier import Seen
from cleaning.document import Document, Raw
from cleaning.pipeline import begin, mend, tell_language
from cleaning.settings import Settings

from .labels import label
from .pages import MarkedPage, decoded, texts

Mode = Literal["text", "html"]
_SETTINGS = Settings()


@dataclass(slots=True)
class Sample:
    """One text of one page.

    Attributes:
        page: the page's id.
        site: its site.
        collection: where it comes from.
        text: which text of it: see :func:`.pages.texts`, or ``html``.
        numbers: features. Shape (lines, features).
        hashed: hashed features, a table for each linear model. Shape of each: (lines, features).
        sizes: tokens of each line.
        share: which share of them belongs to the main text.
        form, kinds: what the gate is told beside the probabilities.
        scores: of the linear models, out of fold. Shape (lines, models).
    """

    page: str
    site: str
    collection: str
    text: str
    numbers: NDArray[np.float16]
    hashed: list[NDArray[np.uint64]]
    sizes: NDArray[np.float32]
    share: NDArray[np.float32]
    form: float
    kinds: int
    scores: NDArray[np.float32] = field(default_factory=lambda: np.zeros((0, 0), np.float32))


def samples(pages: Sequence[MarkedPage], mode: Mode, cache: Path | None = None) -> list[Sample]:
    """Return the samples of pages; a cache is a file that is read if it is there, and else written."""
    if cache and cache.exists():
        found: list[Sample] = pickle.loads(cache.read_bytes())  # our own file
        return found
    with Pool() as pool:
        found = [sample for made in pool.imap(_of_html if mode == "html" else _of_texts, pages, 8) for sample in made]
    if cache:
        cache.write_bytes(pickle.dumps(found))
    return found


def _of_html(page: MarkedPage) -> list[Sample]:
    return _sample(page, "html", Raw(origin="", content=decoded(page), is_html=True, url=page.url))


def _of_texts(page: MarkedPage) -> list[Sample]:
    return [made for name, text in texts(page) for made in _sample(page, name, Raw(origin="", content=text))]


def _sample(page: MarkedPage, name: str, raw: Raw) -> list[Sample]:
    document: Document = tell_language(mend(begin(raw, _SETTINGS), _SETTINGS), _SETTINGS)
    seen_page = Page.of(document)
    if not seen_page.lines:
        return []
    named = Named(seen_page, rules_for(document.language))
    _, seen, markup = lines.look(seen_page, named)
    sizes, belongs = label([line.text for line in seen_page.lines], page.gold)
    share = (belongs / np.maximum(sizes, 1)).astype(np.float32)
    numbers, hashed = _seen(seen, markup)
    form = kind.form_of_page(seen_page.lines)
    reasons = {match.definition.reason for _, matches in named.everywhere(seen_page) for match in matches}
    return [
        Sample(
            page.id, page.site, page.collection, name, numbers, hashed, sizes.astype(np.float32), share, form,
            min(kind.KINDS, len(reasons)),
        )
    ]  # fmt: skip


def _seen(seen: Seen, markup: object) -> tuple[NDArray[np.float16], list[NDArray[np.uint64]]]:
    numbers, hashed = [seen.numbers], [seen.words]
    if markup is not None:
        numbers.append(markup.numbers)  # type: ignore[attr-defined]
        hashed.append(markup.names)  # type: ignore[attr-defined]
    return np.concatenate(numbers, axis=1).astype(np.float16), hashed

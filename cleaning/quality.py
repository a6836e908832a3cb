"""Keep or drop: language, length and repetition, each with its reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from hashlib import blake2b
from typing import Any

import numpy as np

from .document import Document, Dropped, Signals
from .language import matches
from .ngrams import repeated_ngrams, top_ngrams
from .reason import Reason
from .settings import Quality
from .words import Words


def judge(document: Document, settings: Quality) -> Dropped | None:
    """Return why a document is not kept, or None when it is. It has been measured.

    >>> judge(Document(repaired="Too short.", text="Too short."), Quality())
    Dropped(reason=<Reason.TOO_SHORT: 'too-short'>, evidence='10 characters, fewer than 100')
    """
    return next(_objections(document, settings), None)


def _objections(document: Document, settings: Quality) -> Iterator[Dropped]:
    text = document.text
    if not text.strip():
        yield Dropped(Reason.EMPTY, "nothing is left of the text" if document.repaired else "no text was found")
    if settings.languages and not any(matches(document.language, wanted) for wanted in settings.languages):
        yield Dropped(Reason.UNWANTED_LANGUAGE, f"{document.language or 'no language'}, not {settings.languages}")
    if settings.languages and (document.language_score or 0.0) < settings.min_language_score:
        evidence = f"{document.language} with {document.language_score:.2f}, less than {settings.min_language_score}"
        yield Dropped(Reason.UNWANTED_LANGUAGE, evidence)
    if len(text) < settings.min_chars:
        yield Dropped(Reason.TOO_SHORT, f"{len(text)} characters, fewer than {settings.min_chars}")
    if document.n_words < settings.min_words:
        yield Dropped(Reason.TOO_SHORT, f"{document.n_words} words, fewer than {settings.min_words}")
    for item in fields(Signals):
        bound = getattr(settings, f"max_{item.name}", None)
        value = getattr(document.signals, item.name)
        if bound is not None and value > bound:
            yield Dropped(Reason.REPETITIVE, f"{item.name} {value:.2f}, more than {bound}")


def measure(document: Document) -> Document:
    """Return the document with its signals, its number of words, and the digest that tells exact copies."""
    return replace(document, **measures([document.text])[0])


def measures(texts: Sequence[str]) -> list[dict[str, Any]]:
    r"""Return the ``signals``, ``n_words`` and ``digest`` of some texts; of many at once it is faster.

    How much a text repeats itself is measured as Gopher does (Rae et al. 2021, arXiv 2112.11446, table A1). The shares
    are of characters: of all lines or paragraphs for the ``duplicate_…`` of lines and paragraphs, of all words for
    n-grams. A character within several repeated n-grams counts once.

    >>> found, _ = measures(["Again and again. \n" * 4, "Once."])
    >>> found["n_words"], found["signals"].duplicate_line_chars
    (12, 0.75)
    """
    words = Words.of(texts)
    ngrams = [*(top_ngrams(words, n) for n in (2, 3, 4)), *(repeated_ngrams(words, n) for n in (5, 10))]
    hashes = words.hashes.astype("<u8")
    found = []
    for number, (text, shares) in enumerate(zip(texts, np.stack(ngrams, axis=1).tolist(), strict=True)):
        lines = _duplicates([line.strip() for line in text.split("\n") if line.strip()])
        paragraphs = _duplicates([part.strip() for part in text.split("\n\n") if part.strip()])
        own = hashes[words.offsets[number] : words.offsets[number + 1]]
        digest = blake2b(own.tobytes(), digest_size=16).hexdigest()
        found.append({"signals": Signals(*lines, *paragraphs, *shares), "n_words": len(own), "digest": digest})
    return found


def _duplicates(parts: Sequence[str]) -> tuple[float, float]:
    """Return the share of the parts that were seen before, by number and by characters."""
    again = len(parts) - len(set(parts))
    if not again:
        return 0.0, 0.0
    chars = sum(len(part) * (count - 1) for part, count in Counter(parts).items())
    return again / len(parts), chars / sum(map(len, parts))

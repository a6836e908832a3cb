"""Keep or drop: language, length and repetition, each with its reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from .document import Document, Dropped, Reason, Signals
from .language import matches
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
    found = Words.of([document.text])
    digest = blake2b(found.hashes.astype("<u8").tobytes(), digest_size=16).hexdigest()
    return replace(document, signals=signals(document.text, found), n_words=len(found.hashes), digest=digest)


def signals(text: str, found: Words) -> Signals:
    r"""Measure how much a text repeats itself, as Gopher does (Rae et al. 2021, arXiv 2112.11446, table A1).

    The shares are of characters: of all lines or paragraphs for the ``duplicate_…`` of lines and paragraphs, of all
    words for n-grams. A character within several repeated n-grams counts once.

    Args:
        text: the text.
        found: its words.

    >>> text = "Again and again. \n" * 4
    >>> signals(text, Words.of([text])).duplicate_line_chars
    0.75
    """
    line_share, line_chars = _duplicates([line.strip() for line in text.split("\n") if line.strip()])
    paragraph_share, paragraph_chars = _duplicates([part.strip() for part in text.split("\n\n") if part.strip()])
    return Signals(
        line_share,
        line_chars,
        paragraph_share,
        paragraph_chars,
        *(_top_ngram(found.hashes, found.lengths, n) for n in (2, 3, 4)),
        *(_duplicate_ngrams(found.hashes, found.lengths, n) for n in (5, 10)),
    )


def _duplicates(parts: Sequence[str]) -> tuple[float, float]:
    """Return the share of the parts that were seen before, by number and by characters."""
    if len(parts) < 2:
        return 0.0, 0.0
    counts = Counter(parts)
    again = len(parts) - len(counts)
    chars = sum(len(part) * (count - 1) for part, count in counts.items())
    return again / len(parts), chars / sum(map(len, parts))


def _ngrams(tokens: NDArray[np.uint64], n: int) -> NDArray[np.uint64]:
    """Return a 64-bit hash of every n-gram, by a polynomial of an odd base."""
    hashes = np.zeros(max(0, len(tokens) - n + 1), np.uint64)
    base = np.uint64(0x9E3779B97F4A7C15)
    for offset in range(n):
        hashes = hashes * base + tokens[offset : offset + len(hashes)] + np.uint64(1)
    return hashes


def _top_ngram(tokens: NDArray[np.uint64], lengths: NDArray[np.int64], n: int) -> float:
    """Return the share of characters in the most frequent n-gram, when it is said more than once."""
    _, first, counts = np.unique(_ngrams(tokens, n), return_index=True, return_counts=True)
    if len(counts) == 0 or counts.max() < 2:
        return 0.0
    most = first[counts == counts.max()]
    longest = max(int(lengths[start : start + n].sum()) for start in most)
    return min(1.0, longest * int(counts.max()) / int(lengths.sum()))


def _duplicate_ngrams(tokens: NDArray[np.uint64], lengths: NDArray[np.int64], n: int) -> float:
    """Return the share of characters within n-grams that were said before."""
    hashes = _ngrams(tokens, n)
    _, first = np.unique(hashes, return_index=True)
    if len(first) == len(hashes):
        return 0.0
    again = np.ones(len(hashes), bool)
    again[first] = False
    starts = np.zeros(len(tokens) + 1, np.int64)
    np.add.at(starts, np.flatnonzero(again), 1)
    np.add.at(starts, np.flatnonzero(again) + n, -1)
    covered = np.cumsum(starts[:-1]) > 0
    return int(lengths[covered].sum()) / int(lengths.sum())

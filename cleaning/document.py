"""The nouns: what comes in, the text while it is being cleaned, and what goes.

This file imports nothing of ours but reasons, so every other one can import it.

A text passes through three states. It is *decoded* (what the source said), then *repaired* (mojibake,
control characters and odd spaces mended) and then *clean* (boilerplate cut out). Both ways back are exact:

- the cuts put back into the clean text give the repaired text: :func:`put_back`;
- the repairs undone give the decoded text: :func:`undo`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from .reason import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """One record as it was read.

    Attributes:
        origin: where it came from, told from the input's root so that it is the same on every machine:
            ``news/a.html`` or ``news/pages.jsonl#12`` (records count from 1).
        content: the bytes of a page or text file, or a string that the source had already decoded.
        is_html: whether ``content`` is HTML. Otherwise it is plain text.
        charset: the charset that the source declared, if it did.
        id, url, source, title, date, author, language: what the source already knew.
        extra: values carried along by name, as the settings ask.
    """

    origin: str
    content: bytes | str
    is_html: bool = False
    charset: str | None = None
    id: str | None = None
    url: str | None = None
    source: str | None = None
    title: str | None = None
    date: str | None = None
    author: str | None = None
    language: str | None = None
    extra: tuple[tuple[str, str | None], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Markup:
    """What a page's markup says of the lines of its text; every array has a row for each line.

    Attributes:
        starts: where each line starts: in the decoded text, and once that is repaired, in the repaired one.
        numbers: features of the elements that the line stands in: see :mod:`cleaning.html.features`.
        names: hashes of the names of those elements: see :mod:`cleaning.html.markup`.
    """

    starts: NDArray[np.int64]
    numbers: NDArray[np.float32]
    names: NDArray[np.uint64]

    def moved(self, repairs: Sequence[Repair]) -> Markup:
        """Return the same for a text after repairs."""
        return replace(self, starts=moved(self.starts, repairs)) if repairs else self

    def of_lines(self, starts: NDArray[np.int64]) -> Markup:
        """Return what is said of the lines that start at these offsets; a repair may have made two lines of one."""
        at = np.maximum(np.searchsorted(self.starts, starts, side="right") - 1, 0)
        return Markup(starts, self.numbers[at], self.names[at])


@dataclass(frozen=True, slots=True)
class Cut:
    """A span of the repaired text that goes.

    Attributes:
        start, end: offsets in the repaired text, in characters (code points), end exclusive.
        rule: the rule's full name, such as ``ar.read-also`` or ``repeats.caption``.
        reason: the member of :class:`Reason` that the rule stands for.
        evidence: what spoke for the cut, in a few words, where the rule's name does not say it all.
    """

    start: int
    end: int
    rule: str
    reason: Reason
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Repair:
    """A change made before any cut, in a form that can be undone.

    Repairs are made in rounds. Within one round, all offsets count in the text that the round produced.

    Attributes:
        round: which round of repair made it; rounds are undone from the last to the first.
        start, end: what now stands there, as offsets in the round's output; end exclusive.
        before: what stood there.
        rule: what mended it, such as ``mojibake`` or ``space.no-break``.
    """

    round: int
    start: int
    end: int
    before: str
    rule: str


@dataclass(frozen=True, slots=True)
class Personal:
    """A place where something personal stands, or stood before it was masked. What it was is not told.

    Attributes:
        field: what it stands in: ``text``, ``title``, ``captions`` …, or a column that is carried along.
        kind: ``email``, ``phone``, ``ip`` or ``iban``.
        start, end: where it stands, or what is in its place: in the repaired text for ``text``, otherwise in the
            field's value, of captions in all of them joined by line feeds; end exclusive.
        country: ISO 3166 code of the country of a phone number or an IBAN.
        rule: what told it: a rule of this package, or the library that confirmed it.
    """

    field: str
    kind: str
    start: int
    end: int
    country: str | None
    rule: str


@dataclass(frozen=True, slots=True)
class Dropped:
    """A whole document that goes, and why. Never ``None`` and never an empty text instead.

    Attributes:
        reason: a member of :class:`Reason`.
        evidence: what was measured against which bound, such as ``43 characters, fewer than 100``.
    """

    reason: Reason
    evidence: str


@dataclass(frozen=True, slots=True)
class Signals:
    """What the quality filters measured; all shares are between 0 and 1.

    The shares of repeated lines, paragraphs and n-grams are those of Gopher (Rae et al. 2021,
    arXiv 2112.11446, table A1).
    """

    duplicate_line_share: float = 0.0
    duplicate_line_chars: float = 0.0
    duplicate_paragraph_share: float = 0.0
    duplicate_paragraph_chars: float = 0.0
    top_2gram_chars: float = 0.0
    top_3gram_chars: float = 0.0
    top_4gram_chars: float = 0.0
    duplicate_5gram_chars: float = 0.0
    duplicate_10gram_chars: float = 0.0


Measure = Callable[[], Mapping[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One text and all that is known about it. Steps return changed copies; nothing is changed in place.

    Attributes:
        repaired: the text after repair: what the offsets of ``cuts`` count in.
        text: the clean text. Until the cuts are applied it is the repaired text.
        title: the headline; it is not part of ``text``.
        language: BCP 47 language tag, or None where nothing could be told.
        language_score: the detector's confidence from 0 to 1; 1 for a language that was given.
        captions: captions cut out of the text, each once, in reading order.
        repairs, cuts: what was changed and what was removed, in order of offset.
        personal: where something personal was found, the text's first; empty unless the settings ask for it.
        split_off: articles that had been spliced on, each a document of its own.
        extracted: True when an extractor has already chosen the main text, so that only little can be left to
            remove; None when nobody knows.
        charset: what the bytes were decoded with, None for text that came decoded.
        markup: what the markup says of the lines of a page; None for plain text.
        signals: what the quality filters measured.
        n_words: words of the text; 0 until it has been measured.
        digest: what texts share that differ in case, spaces and punctuation only; empty until it has been measured.
        dropped: why the document is not kept, None while it is.
        measure: tells the four before it, where that was left for later.

    Measuring takes longer than all else, so that ``signals``, ``n_words``, ``digest`` and ``dropped`` may be left for
    later: see :meth:`measured_by`. Nobody who reads them can tell.
    """

    repaired: str
    text: str
    id: str = ""
    parent_id: str | None = None
    origin: str | None = None
    url: str | None = None
    source: str | None = None
    title: str | None = None
    language: str | None = None
    language_score: float | None = None
    date: str | None = None
    author: str | None = None
    captions: tuple[str, ...] = ()
    charset: str | None = None
    extracted: bool | None = None
    repairs: tuple[Repair, ...] = ()
    cuts: tuple[Cut, ...] = ()
    personal: tuple[Personal, ...] = ()
    split_off: tuple[Document, ...] = ()
    signals: Signals = field(default_factory=Signals)
    n_words: int = 0
    digest: str = ""
    dropped: Dropped | None = None
    extra: tuple[tuple[str, str | None], ...] = ()
    markup: Markup | None = field(default=None, repr=False, compare=False)
    measure: Measure | None = field(default=None, init=False, repr=False, compare=False)

    def measured_by(self, measure: Measure) -> Document:
        """Return the document with what is measured left for ``measure`` to tell, as soon as any of it is asked for.

        Args:
            measure: returns the values of :data:`MEASURED` by name. It is called once at most.
        """
        later = object.__new__(Document)
        for name in _NOT_MEASURED:
            object.__setattr__(later, name, getattr(self, name))
        object.__setattr__(later, "measure", measure)
        return later

    def _repr_html_(self) -> str:
        """Return what a notebook shows."""
        from .notebook import document_html  # noqa: PLC0415 - this file imports nothing of ours

        return document_html(self)

    if not TYPE_CHECKING:  # or else every name would be taken for an attribute

        def __getattr__(self, name: str) -> Any:
            # Python asks only for what has no value yet, which is what `measured_by` left out.
            if name not in MEASURED:
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
            for key, value in self.measure().items():
                object.__setattr__(self, key, value)
            return getattr(self, name)


# What is told of a clean text by measuring it.
MEASURED = ("signals", "n_words", "digest", "dropped")
_NOT_MEASURED = tuple(item.name for item in fields(Document) if item.name not in MEASURED)


def remove(text: str, cuts: Iterable[Cut]) -> str:
    """Return ``text`` without the spans of ``cuts``, which are in order and do not overlap.

    >>> remove("Read this. [ad_1]", [Cut(10, 17, "common.shortcode", Reason.ADVERTISEMENT)])
    'Read this.'
    """
    kept, position = [], 0
    for cut in cuts:
        kept.append(text[position : cut.start])
        position = cut.end
    kept.append(text[position:])
    return "".join(kept)


def put_back(clean: str, removed: Iterable[tuple[int, str]]) -> str:
    """Rebuild a repaired text from its clean text and the spans removed from it.

    Args:
        clean: the clean text.
        removed: pairs of a span's start in the repaired text and the span itself, by start; these are the columns
            ``start`` and ``text`` of a release's ``removed`` table.

    >>> put_back("Read this.", [(10, " [ad_1]")])
    'Read this. [ad_1]'
    """
    pieces, length, position = [], 0, 0
    for start, span in removed:
        gap = start - length
        pieces += [clean[position : position + gap], span]
        position += gap
        length = start + len(span)
    pieces.append(clean[position:])
    return "".join(pieces)


def moved(offsets: NDArray[np.int64], repairs: Sequence[Repair]) -> NDArray[np.int64]:
    r"""Return where offsets in a text are after repairs; what stood inside a mended span is moved to its end.

    >>> moved(np.array([0, 3, 6]), [Repair(0, 2, 2, "xx", "control")]).tolist()
    [0, 2, 4]
    """
    places = offsets
    for number in sorted({repair.round for repair in repairs}):
        made = sorted((repair for repair in repairs if repair.round == number), key=lambda repair: repair.start)
        after = np.array([repair.end for repair in made], np.int64)
        shifts = np.cumsum([repair.end - repair.start - len(repair.before) for repair in made])
        before = after - shifts  # where each span ended before it was mended
        at = np.searchsorted(before, places, side="right")
        spans = np.array([len(repair.before) for repair in made], np.int64)
        inside = np.minimum(at, len(made) - 1)
        within = (at < len(made)) & (places > before[inside] - spans[inside])
        places = np.where(within, after[inside], places + np.concatenate([[0], shifts])[at])
    return places


def undo(repaired: str, repairs: Sequence[Repair]) -> str:
    r"""Return the decoded text that became ``repaired``.

    >>> undo("a b", [Repair(0, 1, 2, "\xa0", "space.no-break")])
    'a\xa0b'
    """
    text = repaired
    for number in sorted({repair.round for repair in repairs}, reverse=True):
        pieces, position = [], 0
        for repair in sorted((r for r in repairs if r.round == number), key=lambda r: r.start):
            pieces += [text[position : repair.start], repair.before]
            position = repair.end
        text = "".join([*pieces, text[position:]])
    return text

"""One document, from a raw record to clean text: the steps, in order.

Each step is a pure function of a document and the settings; none of them knows the engine, other documents, or the
order in which documents come.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from functools import partial
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from . import boilerplate, language, personal, quality
from .collector import collector_waits
from .decode import decode
from .document import Document, Raw
from .html import read_page, read_quickly
from .read import record_id
from .repair import repair
from .settings import Extract, Quality, Settings

Step = Callable[[Document, Settings], Document]


def clean(raw: Raw, settings: Settings) -> Document:
    """Clean one record. A document that is not to be kept says so in ``dropped`` and keeps its text.

    Raises:
        UndecodableError: the content is no text in any charset.
    """
    with collector_waits():
        return run(begin(raw, settings), settings)


def begin(raw: Raw, settings: Settings) -> Document:
    """Decode a record, extract its main text if it is HTML, and take over what the source knew."""
    decoded = decode(raw.content, is_html=raw.is_html, declared=raw.charset, fallback=settings.input.charset or None)
    document = Document(
        repaired=decoded.text,
        text=decoded.text,
        charset=decoded.charset,
        id=record_id(raw),
        origin=raw.origin,
        url=raw.url,
        source=raw.source or _host(raw.url),
        title=raw.title,
        language=language.normalize_tag(raw.language) if raw.language else None,
        date=raw.date,
        author=raw.author,
        extra=raw.extra,
    )
    return _of_page(document, settings.extract) if raw.is_html else document


def run(document: Document, settings: Settings) -> Document:
    """Take a document through all steps."""
    for step in STEPS:
        document = step(document, settings)
    return document


def run_split_off(article: Document, settings: Settings) -> Document:
    """Take an article that was split off through the steps after repair; nothing more is split from it."""
    whole = settings.model_copy(
        update={"boilerplate": settings.boilerplate.model_copy(update={"split_articles": False})}
    )
    for step in STEPS[1:]:
        article = step(article, whole)
    return article


def mend(document: Document, settings: Settings) -> Document:
    """Mend the encoding, control characters, odd spaces and split letters."""
    text, repairs = repair(document.repaired, settings.repair)
    if not (repairs or document.title or document.author):
        return document
    title, author = (_tidy(value, settings) for value in (document.title, document.author))
    markup = document.markup.moved(repairs) if document.markup else None
    return dataclasses.replace(
        document, repaired=text, text=text, repairs=repairs, title=title, author=author, markup=markup
    )


def tell_language(document: Document, _: Settings) -> Document:
    """Tell the language, unless it was given: a given language is trusted."""
    if document.language and document.parent_id is None:
        return dataclasses.replace(document, language_score=1.0)
    tag, score = language.detect(document.repaired)
    return dataclasses.replace(document, language=tag, language_score=score)


def strip_boilerplate(document: Document, settings: Settings) -> Document:
    """Cut what is not the text, and take each article split off through the steps that it still needs."""
    stripped = boilerplate.strip(document, settings.boilerplate)
    if not stripped.split_off:
        return stripped
    settled = personal.settled(stripped, settings)  # an article must lose what it loses in the text it came from
    articles = tuple(run_split_off(article, settled) for article in stripped.split_off)
    return dataclasses.replace(stripped, split_off=articles)


def protect(document: Document, settings: Settings) -> Document:
    """Say where personal data stands, or mask it, as the settings ask."""
    return document if settings.personal.mode == "off" else personal.protect(document, settings.personal)


def judge_quality(document: Document, settings: Settings) -> Document:
    """Measure the text and say whether the document is kept, when somebody asks."""
    return document.measured_by(lambda: _judged(document, quality.measures([document.text])[0], settings.quality))


def judge_all(documents: Sequence[Document], settings: Quality) -> list[Document]:
    """Return documents of which those that were left to be measured are, all of them at once, which is faster."""
    found = iter(quality.measures([document.text for document in documents if document.measure]))
    return [
        document.measured_by(partial(_judged, document, next(found), settings)) if document.measure else document
        for document in documents
    ]


def _judged(document: Document, measured: dict[str, Any], settings: Quality) -> dict[str, Any]:
    known = document.measured_by(lambda: measured | {"dropped": None})
    return measured | {"dropped": quality.judge(known, settings)}


_DEFAULTS = Settings()

STEPS: tuple[Step, ...] = (mend, tell_language, strip_boilerplate, protect, judge_quality)


def clean_text(text: str, *, language: str | None = None, settings: Settings | None = None) -> Document:
    r"""Clean a text: repair it, and cut what is not the article.

    Args:
        text: a whole page as plain text, or text that an extractor has already taken out of one; which of the two it
            is, is told by looking.
        language: its BCP 47 language tag, if known.
        settings: see :class:`cleaning.Settings`.

    >>> document = clean_text("It rained for three days in the north, the ministry said on Monday.\n\n[ad_1]")
    >>> document.text
    'It rained for three days in the north, the ministry said on Monday.'
    >>> document.cuts[0].reason
    <Reason.ADVERTISEMENT: 'advertisement'>
    """
    return clean(Raw(origin="", content=text, language=language), settings or _DEFAULTS)


def clean_html(html: bytes | str, *, url: str | None = None, settings: Settings | None = None) -> Document:
    """Clean a page: extract its main text and metadata, repair the text, and cut what is still not the article.

    Args:
        html: the page; bytes are decoded by their declared charset, or else by detection.
        url: its address, which helps to find dates and the source.
        settings: see :class:`cleaning.Settings`.

    Raises:
        UndecodableError: the bytes are no text in any charset.
    """
    return clean(Raw(origin="", content=html, is_html=True, url=url), settings or _DEFAULTS)


def _of_page(document: Document, settings: Extract) -> Document:
    """Take the lines of a page for its text, and its metadata for what the source did not say."""
    read = read_quickly if settings.mode == "fast" else read_page
    page = read(document.repaired, url=document.url)
    return dataclasses.replace(
        document,
        repaired=page.text,
        text=page.text,
        markup=page.markup,
        extracted=False,
        title=document.title or page.title,
        url=document.url or page.url,
        source=document.source or _host(page.url),
        date=document.date or page.date,
        author=document.author or page.author,
    )


def _tidy(value: str | None, settings: Settings) -> str | None:
    """Mend a title or a name as texts are mended, and make it one line."""
    if value is None:
        return None
    return " ".join(repair(unescape(value), settings.repair)[0].split()) or None


def _host(url: str | None) -> str | None:
    if not url:
        return None
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:  # such as "http://[broken"
        return None
    return host.removeprefix("www.") or None

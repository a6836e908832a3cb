"""What is not the text: annotators that name spans, in the order in which they look, and the one place that cuts.

An annotator sees a page with everything found before it and yields findings; it changes nothing. The order matters: a
spliced article goes first, so that nobody mistakes its headline for a repeated one. The rules for top and bottom are
asked twice: before the headline is looked for, and again when headline and captions no longer hide what stands under
them. The headline is looked for twice, too: in what is left of a whole page it stands at the top.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable

from ..document import Cut, Document, remove
from ..reason import Reason
from ..settings import Boilerplate
from . import headline, joined, lines, phrases, repeats, splice
from .page import Finding, Page
from .settle import settle

Annotator = Callable[[Page, phrases.Named], Iterable[Finding]]

ANNOTATORS: dict[str, Annotator] = {
    "splice": lambda page, _: splice.find(page),
    "phrases": phrases.anywhere,
    "top and bottom": phrases.edges,
    "headline": lambda page, _: headline.find(page),
    "captions": lambda page, _: repeats.captions(page),
    "new top and bottom": phrases.edges,
    "joined": lambda page, named: joined.find(page, named.rules),
    "lines": lines.outside_article,
    "new headline": lambda page, _: headline.find_in_rest(page),
    "paragraphs": lambda page, _: repeats.paragraphs(page),
}


def strip(document: Document, settings: Boilerplate) -> Document:
    """Return the document with its boilerplate cut, and its metadata completed by what the cut lines said.

    Articles that had been spliced on are in ``split_off``, with ids made from this document's: ``….2``, ``….3``. Their
    own boilerplate is still in them.
    """
    page = Page.of(document)
    if settings.kind != "auto":
        page = dataclasses.replace(page, extracted=settings.kind == "article")
    named = phrases.Named(page, phrases.rules_for(document.language, frozenset(settings.without)))
    for name, annotate in ANNOTATORS.items():
        if name != "splice" or settings.split_articles:
            page = page.add(annotate(page, named))
    cuts = settle(page.text, page.cuts)
    return dataclasses.replace(
        document,
        text=remove(page.text, cuts),
        title=page.title,
        author=page.author,
        date=page.date,
        captions=page.captions,
        cuts=cuts,
        split_off=_split_off(document, cuts),
    )


def _split_off(document: Document, cuts: Iterable[Cut]) -> tuple[Document, ...]:
    articles: list[Document] = []
    for cut in cuts:
        if cut.reason is Reason.SPLICED_ARTICLE:
            text = document.repaired[cut.start : cut.end].strip()
            articles.append(
                dataclasses.replace(
                    document,
                    id=f"{document.id}.{len(articles) + 2}",
                    parent_id=document.id,
                    repaired=text,
                    text=text,
                    title=None,
                    date=None,
                    author=None,
                    repairs=(),
                )
            )
    return tuple(articles)

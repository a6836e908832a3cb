"""A document in a notebook: its facts, and its text with every cut marked and named."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup, escape

from ..document import Cut, Document
from .parts import facts, fold, framed

# A longer text is folded, and of one that is longer still the rest is not shown: a page must stay usable.
FOLDED = 3_000
SHOWN = 100_000
# Of a longer cut only the two ends are shown.
LONGEST_CUT = 600


def document_html(document: Document) -> str:
    """Return a document as HTML: its facts, its text with every cut marked and named, and what was split off."""
    return framed(_whole(document))


def _whole(document: Document) -> Markup:
    text = Markup('<div dir="auto" style="white-space:pre-wrap;unicode-bidi:plaintext">%s</div>') % _text(document)
    shown = facts(_facts(document)) + fold(_summary(document), text, is_open=len(document.repaired) <= FOLDED)
    for article in document.split_off:
        shown += fold(f"split off: {article.title or 'no title'}", _whole(article))
    return shown


def _facts(document: Document) -> Iterator[tuple[str, object]]:
    score = f" ({document.language_score:.2f})" if document.language_score is not None else ""
    yield "title", document.title
    yield "language", f"{document.language or 'unknown'}{score}"
    for name in ("author", "date", "url", "source"):
        yield name, getattr(document, name)
    for caption in document.captions:
        yield "caption", caption
    if document.dropped:
        yield "dropped", f"{document.dropped.reason.value}: {document.dropped.evidence}"


def _summary(document: Document) -> str:
    """Say how much is kept, cut and repaired."""
    removed = sum(cut.end - cut.start for cut in document.cuts)
    share = f" ({removed / len(document.repaired):.0%})" if document.repaired else ""
    cuts, repairs = len(document.cuts), len(document.repairs)
    spans = f"{cuts} span{'' if cuts == 1 else 's'}"
    return f"{len(document.text):,} characters kept, {removed:,} cut{share} in {spans}, {repairs} repairs"


def _text(document: Document) -> Markup:
    """Return the repaired text with its cuts, as far as it is shown."""
    text, position, shown = document.repaired, 0, Markup()
    for cut in document.cuts:
        if cut.start >= SHOWN:
            break
        shown += escape(text[position : cut.start]) + _cut(text, cut)
        position = cut.end
    end = max(position, SHOWN)
    return shown + escape(text[position:end]) + _rest(len(text) - end)


def _cut(text: str, cut: Cut) -> Markup:
    span = text[cut.start : cut.end]
    if len(span) > LONGEST_CUT:
        span = f"{span[: LONGEST_CUT // 2]} … {len(span):,} characters … {span[-LONGEST_CUT // 2 :]}"
    inner = span.strip()
    before, after = span[: len(span) - len(span.lstrip())], span[len(span.rstrip()) :] if inner else ""
    told = f"{cut.rule}: {cut.reason.value}" + (f", {cut.evidence}" if cut.evidence else "")
    marked = Markup('<del title="{}">{}</del><small>&#8201;{}</small>').format(told, inner, cut.reason.value)
    return escape(before) + marked + escape(after)


def _rest(left: int) -> Markup:
    return Markup("<em> … and {:,} more characters</em>").format(left) if left > 0 else Markup()

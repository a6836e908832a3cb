"""One document in the terminal: what was cut, by which rule and why, and what was repaired."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rich.text import Text

from .compared import Stretch, compared
from .document import Cut, Document, Dropped, Repair, undo

if TYPE_CHECKING:  # a file is explained without Parquet
    from .release.record import Record

# Between the marks of a cut the text is shown whole up to this length, then its two ends.
LONGEST_CUT = 600
# And so is what two copies both say.
LONGEST_SAME = 400


def explain(document: Document) -> Text:
    """Return a document as styled text: its facts, its text with every cut marked and named, and its repairs.

    Cuts stand between ``[-`` and ``-]`` and are followed by rule and reason, so that the marks can be read without
    colour.
    """
    shown = Text()
    for part in _parts(document):
        shown.append_text(part)
    return shown


def explain_record(record: Record) -> Text:
    """Return a document of a release in the same way, and how a copy differs from the document kept in its place.

    What only the copy says stands between ``[-`` and ``-]``, what only the kept one says between ``{+`` and ``+}``.
    """
    shown = Text.assemble((f"{'id':9}", "dim"), record.document.id, "\n", explain(record.document))
    if record.kept_id:
        similarity = "" if record.similarity is None else f", similarity {record.similarity:.2f}"
        shown.append_text(
            Text(f"\n── kept in its place: {record.kept_id}{similarity} " + "─" * 20 + "\n\n", "bold cyan")
        )
        shown.append_text(_difference(record))
    return shown


def _difference(record: Record) -> Text:
    if record.kept is None:
        return Text("its text is not in this release\n")
    if record.kept == record.document.text:
        return Text("the texts are the same, word for word\n")
    return Text.assemble(*map(_stretch, compared(record.document.text, record.kept)), "\n")


def _stretch(stretch: Stretch) -> Text:
    kind, text = stretch
    if kind == "both":
        return Text(_shortened(text, LONGEST_SAME))
    marked = f"[-{text}-]" if kind == "first" else f"{{+{text}+}}"
    return Text(marked, "red strike" if kind == "first" else "green")


def _shortened(text: str, longest: int) -> str:
    if len(text) <= longest:
        return text
    return f"{text[: longest // 2]} … {len(text)} characters … {text[-longest // 2 :]}"


def as_data(document: Document, record: Record | None = None) -> dict[str, Any]:
    """Return what is shown as plain data, for JSON: the document, and of a copy how it differs from the kept one.

    What a release does not say of documents that it dropped, what was measured of them, is None.
    """
    facts = ("id", "parent_id", "origin", "url", "source", "title", "language", "language_score", "date", "author")
    dropped = document.dropped
    data: dict[str, Any] = {name: getattr(document, name) for name in facts}
    data |= {
        "dropped": {"reason": dropped.reason.value, "evidence": dropped.evidence} if dropped else None,
        "charset": document.charset,
        "text": document.text,
        "repaired": document.repaired,
        "captions": list(document.captions),
        "cuts": [_cut_data(document.repaired, cut) for cut in document.cuts],
        "repairs": [{**dataclasses.asdict(repair), "after": now} for repair, now in _with_result(document)],
        "signals": dataclasses.asdict(document.signals),
        "n_words": document.n_words,
        "split_off": [as_data(article) for article in document.split_off],
    }
    if record and dropped:
        data |= {"signals": None, "n_words": None}
    if record and record.kept_id:
        difference = None if record.kept is None else compared(document.text, record.kept)
        data["kept"] = {"id": record.kept_id, "similarity": record.similarity, "difference": difference}
    return data


def _cut_data(text: str, cut: Cut) -> dict[str, Any]:
    return {**dataclasses.asdict(cut), "reason": cut.reason.value, "text": text[cut.start : cut.end]}


def _parts(document: Document) -> Iterator[Text]:
    yield from _facts(document)
    yield Text("\n")
    yield from _body(document)
    yield Text("\n\n")
    yield from _summary(document)
    for article in document.split_off:
        yield Text(f"\n── split off: {article.title or 'no title'} " + "─" * 20 + "\n\n", "bold cyan")
        yield from _parts(article)


def _facts(document: Document) -> Iterator[Text]:
    score = f" ({document.language_score:.2f})" if document.language_score is not None else ""
    facts = {
        "title": document.title,
        "language": f"{document.language or 'unknown'}{score}",
        "author": document.author,
        "date": document.date,
        "url": document.url,
        "charset": document.charset,
        "dropped": _why(document.dropped) if document.dropped else None,
    }
    for name, value in facts.items():
        if value:
            style = "bold red" if name == "dropped" else "bold"
            yield Text.assemble((f"{name:9}", "dim"), (value, style), "\n")
    for caption in document.captions:
        yield Text.assemble(("caption  ", "dim"), caption, "\n")


def _why(dropped: Dropped) -> str:
    return ": ".join(part for part in (dropped.reason.value, dropped.evidence) if part)


def _body(document: Document) -> Iterator[Text]:
    position = 0
    for cut in document.cuts:
        yield Text(document.repaired[position : cut.start])
        yield from _cut(document.repaired, cut)
        position = cut.end
    yield Text(document.repaired[position:])


def _cut(text: str, cut: Cut) -> Iterator[Text]:
    span = text[cut.start : cut.end]
    inner = span.strip()
    before, after = span[: len(span) - len(span.lstrip())], span[len(span.rstrip()) :] if inner else ""
    inner = _shortened(inner, LONGEST_CUT)
    evidence = f", {cut.evidence}" if cut.evidence else ""
    yield Text(before)
    yield Text(f"[-{inner}-]", "red strike")
    yield Text(f"{{{cut.rule}: {cut.reason.value}{evidence}}}", "yellow")
    yield Text(after)


def _summary(document: Document) -> Iterator[Text]:
    removed = sum(cut.end - cut.start for cut in document.cuts)
    total = len(document.repaired)
    share = f" ({removed / total:.0%})" if total else ""
    spans = f"{len(document.cuts)} span{'' if len(document.cuts) == 1 else 's'}"
    line = f"{total} characters read, {removed} cut{share} in {spans}, {len(document.text)} kept\n"
    yield Text(line, "dim")
    for repair, now in _with_result(document):
        yield Text.assemble(
            ("repair   ", "dim"), (repair.rule, "green"), f" {_visible(repair.before)} → {_visible(now)}\n"
        )


def _with_result(document: Document) -> Iterator[tuple[Repair, str]]:
    """Yield each repair with what stands there now; offsets count in the output of the repair's round."""
    for number in sorted({repair.round for repair in document.repairs}):
        later = [repair for repair in document.repairs if repair.round > number]
        text = undo(document.repaired, later)
        yield from ((repair, text[repair.start : repair.end]) for repair in document.repairs if repair.round == number)


def _visible(text: str) -> str:
    """Show characters that cannot be seen by their code point."""
    shown = "".join(character if character.isprintable() else f"<U+{ord(character):04X}>" for character in text)
    return f"“{shown}”"

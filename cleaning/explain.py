"""One document in the terminal: what was cut, by which rule and why, and what was repaired."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from .document import Cut, Document, Repair, undo

# Between the marks of a cut the text is shown whole up to this length, then its two ends.
LONGEST_CUT = 600


def explain(document: Document) -> Text:
    """Return a document as styled text: its facts, its text with every cut marked and named, and its repairs.

    Cuts stand between ``[-`` and ``-]`` and are followed by rule and reason, so that the marks can be read without
    colour.
    """
    shown = Text()
    for part in _parts(document):
        shown.append_text(part)
    return shown


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
        "dropped": f"{document.dropped.reason.value}: {document.dropped.evidence}" if document.dropped else None,
    }
    for name, value in facts.items():
        if value:
            style = "bold red" if name == "dropped" else "bold"
            yield Text.assemble((f"{name:9}", "dim"), (value, style), "\n")
    for caption in document.captions:
        yield Text.assemble(("caption  ", "dim"), caption, "\n")


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
    if len(inner) > LONGEST_CUT:
        inner = f"{inner[: LONGEST_CUT // 2]} … {len(inner)} characters … {inner[-LONGEST_CUT // 2 :]}"
    evidence = f", {cut.evidence}" if cut.evidence else ""
    yield Text(before)
    yield Text(f"[-{inner}-]", "red strike")
    yield Text(f"{{{cut.rule}: {cut.reason.value}{evidence}}}", "yellow")
    yield Text(after)


def _summary(document: Document) -> Iterator[Text]:
    removed = sum(cut.end - cut.start for cut in document.cuts)
    total = len(document.repaired)
    share = f" ({removed / total:.0%})" if total else ""
    line = f"{total} characters read, {removed} cut{share} in {len(document.cuts)} spans, {len(document.text)} kept\n"
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

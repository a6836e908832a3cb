"""What is shown is put together from: a table of facts, and what can be folded."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape

# Every colour lets the page's own show through.
STYLE = Markup(
    "<style>"
    ".cleaning table{color:inherit}"
    ".cleaning del{background:rgba(220,60,60,.18);text-decoration-color:rgba(220,60,60,.7)}"
    ".cleaning small{opacity:.65}"
    ".cleaning th{opacity:.65;font-weight:normal}"
    ".cleaning th,.cleaning td{text-align:start;vertical-align:top;padding:0 1em 0 0}"
    "</style>"
)


def facts(told: Iterable[tuple[str, object]]) -> Markup:
    """Return what is known as a table of two columns; what is None or empty is left out."""
    rows = [_row(name, value) for name, value in told if value not in {None, ""}]
    return Markup("<table>") + Markup().join(rows) + Markup("</table>")


def _row(name: str, value: object) -> Markup:
    return Markup('<tr><th scope="row">{}</th><td><bdi>{}</bdi></td></tr>').format(name, _number(value))


def fold(summary: str, body: Markup, *, is_open: bool = False) -> Markup:
    """Return a part that opens when its summary is clicked."""
    state = Markup(" open") if is_open else Markup()
    return Markup("<details{}><summary><bdi>{}</bdi></summary>{}</details>").format(state, summary, body)


def framed(body: Markup) -> str:
    """Return what a notebook shows: the parts with their style."""
    return str(Markup('<div class="cleaning">') + STYLE + body + Markup("</div>"))


def table(rows: Iterable[tuple[object, ...]], *headers: str) -> Markup:
    """Return rows as a table with headers; numbers have a comma at the thousands."""
    head = Markup().join(Markup('<th scope="col">{}</th>').format(name) for name in headers)
    lines = [Markup().join(Markup("<td>{}</td>").format(_number(value)) for value in row) for row in rows]
    body = Markup().join(Markup("<tr>{}</tr>").format(line) for line in lines)
    return Markup("<table><tr>{}</tr>{}</table>").format(head, body)


def _number(value: object) -> Markup:
    return escape(f"{value:,}" if isinstance(value, int) else value)

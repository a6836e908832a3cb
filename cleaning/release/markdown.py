"""Put values that nobody vetted into Markdown so that they show as they are."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence

_SPECIAL = re.compile(r"[\\`*_{}\[\]|~#$]")
_PLAIN_CODE = re.compile(r"[\w./:-]+")
_ADDRESS = re.compile(r"https?://[^\s<>]+")
_TICKS = re.compile(r"`+")


class Markdown(str):
    """Text that is Markdown already, and is not escaped again."""

    __slots__ = ()


def escape(value: object) -> Markdown:
    r"""Return a value as one line of Markdown that shows just that; numbers with a comma at the thousands.

    >>> escape("<b>a|b</b>")
    '&lt;b&gt;a\\|b&lt;/b&gt;'
    >>> escape(12345)
    '12,345'
    """
    if isinstance(value, Markdown):
        return value
    if value is None:
        raise ValueError("the card has nothing to say here, so its template must not ask")
    if isinstance(value, int):
        return Markdown(f"{value:,}")
    line = html.escape(" ".join(str(value).split()), quote=False)
    return Markdown(_SPECIAL.sub(r"\\\g<0>", line))


def code(value: str) -> Markdown:
    """Return a name in code type; one with unusual characters as plain text.

    >>> code("en.share-bar"), code("a & b")
    ('`en.share-bar`', 'a &amp; b')
    """
    return Markdown(f"`{value}`") if _PLAIN_CODE.fullmatch(value) else escape(value)


def link(value: str) -> Markdown:
    """Return an address as a link; anything else as plain text.

    >>> link("https://example.org/a_b"), link("javascript:alert(1) <b>")
    ('<https://example.org/a_b>', 'javascript:alert(1) &lt;b&gt;')
    """
    return Markdown(f"<{value}>") if _ADDRESS.fullmatch(value) else escape(value)


def prose(text: str) -> Markdown:
    """Return paragraphs that the settings give in Markdown, without HTML.

    >>> prose("Made in *May*. <script>")
    'Made in *May*. &lt;script>'
    """
    return Markdown(text.strip().replace("<", "&lt;"))


def fence(text: str, language: str = "") -> Markdown:
    """Return a block of code, whatever the text holds."""
    ticks = "`" * max(3, 1 + max((len(run) for run in _TICKS.findall(text)), default=0))
    return Markdown(f"{ticks}{language}\n{text.strip()}\n{ticks}")


def table(rows: Iterable[Sequence[object]], *headers: str) -> Markdown:
    """Return a table; columns whose first value is a number are set to the right.

    >>> print(table([("ar", 12)], "Language", "Documents"))
    | Language | Documents |
    |---|---:|
    | ar | 12 |
    """
    rows = list(rows)
    right = [bool(rows) and isinstance(value, int) for value in (rows[0] if rows else headers)]
    lines = [headers, *rows]
    text = [f"| {' | '.join(escape(value) for value in line)} |" for line in lines]
    text.insert(1, f"|{'|'.join('---:' if is_number else '---' for is_number in right)}|")
    return Markdown("\n".join(text))

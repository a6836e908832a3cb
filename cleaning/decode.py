"""Bytes to text, with the charset and how it was told.

In this order, the surest first:

1. A byte order mark.
2. The escape sequences of ISO-2022-JP.
3. Valid UTF-8. Text in another charset is hardly ever valid UTF-8 by chance, while declarations are often wrong.
4. UTF-8 with few invalid bytes, such as text cut in the middle of a character; each such place becomes U+FFFD.
5. The declared charset: given by the source, or in the page's ``<meta>`` or XML declaration. Labels mean what
   they mean to browsers. A declaration that makes noise of the bytes, while another charset makes text of them, is
   not believed.
6. The charset that the user named for bytes that declare none.
7. Detection: :mod:`cleaning.charsets`, UTF-16 without a byte order mark included.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from . import charsets
from .errors import UndecodableError


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, and how it was decoded.

    Attributes:
        text: the text; a byte order mark is no part of it.
        charset: WHATWG name of the charset, None for text that came decoded.
        how: ``given``, ``bom``, ``escapes``, ``utf-8``, ``declared``, ``fallback`` or ``detected``; followed by
            ``, 3 bytes invalid`` where U+FFFD stands for bytes that mean nothing.
    """

    text: str
    charset: str | None
    how: str


# The longer before those that they begin with.
_MARKS = {
    codecs.BOM_UTF32_LE: "utf-32le",
    codecs.BOM_UTF32_BE: "utf-32be",
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16le",
    codecs.BOM_UTF16_BE: "utf-16be",
}
_ESCAPES = re.compile(rb"\x1b(?:\$[@B]|\$\([DOPQ]|\([IJ])")
_FILES = {
    b"\x89PNG\r\n": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"%PDF-": "a PDF file",
    b"PK\x03\x04": "a ZIP archive or office document",
    b"\x1f\x8b": "gzip",
    b"BZh": "bzip2",
    b"\xfd7zXZ": "xz",
    b"\x28\xb5\x2f\xfd": "zstandard",
    b"PAR1": "a Parquet file",
    b"\x7fELF": "a program",
}
# Controls that text does not have; terminal output has backspaces and escapes.
_CONTROLS = bytes(set(range(32)) - set(b"\b\t\n\v\f\r\x1b")) + b"\x7f"
_CONTROL_CHARACTERS = re.compile("[\0-\x07\x0e-\x1a\x1c-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff]")
_ESCAPED_BYTE = re.compile("[\udc80-\udcff]")
_NOT_ASCII = re.compile("[^\0-\x7f]")
_NOISE = -4.6  # logarithm of the likelihood of a byte in UTF-16: no text of any language is as unlikely
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
_DECLARATION = re.compile(
    rb"""<meta\b[^>]*?\bcharset\s*=\s*["']?\s*([\w.:-]+)|\A\s*<\?xml\b[^>]*?\bencoding\s*=\s*["']([\w.:-]+)""",
    re.IGNORECASE,
)


def decode(
    content: bytes | str, *, is_html: bool = False, declared: str | None = None, fallback: str | None = None
) -> Decoded:
    r"""Return the text that bytes stand for.

    Args:
        content: the bytes of a text or a page. A string has been decoded already and passes through.
        is_html: whether to look for a declaration in the page.
        declared: the charset that the source declared, such as in an HTTP header; a label that means nothing is
            passed over.
        fallback: the charset of bytes that declare none.

    Raises:
        UndecodableError: the bytes are no text in any charset: an image, an archive, a program.

    >>> decode("Привет, мир".encode("koi8-r"))
    Decoded(text='Привет, мир', charset='koi8-r', how='detected')
    >>> decode(b'<meta charset="iso-8859-1"><p>\x93na\xefve\x94', is_html=True).text
    '<meta charset="iso-8859-1"><p>“naïve”'
    """
    if isinstance(content, str):
        return Decoded(content, None, "given")
    controls = len(content) - len(content.translate(None, _CONTROLS))
    if controls:
        _refuse_files(content)
    decoded = next(_readings(content, is_html, (declared, fallback), wide=controls * 100 >= len(content) > 0))
    if controls:
        _refuse_noise(decoded)
    return decoded


def _readings(content: bytes, is_html: bool, labels: tuple[str | None, str | None], *, wide: bool) -> Iterator[Decoded]:
    """Yield what the bytes may stand for, the surest first; at least one."""
    yield from _marked(content)
    if content.isascii() and _ESCAPES.search(content):
        yield _read(content, "iso-2022-jp", "escapes")
    if wide:
        yield from _wide(content)
    yield from _utf_8(content)
    declared, fallback = labels
    for label in (declared, *(_declarations(content) if is_html else ())):
        yield from _declared(content, label)
    if charset := _named(fallback):
        yield _read(content, charset, "fallback")
    guess = charsets.detect(content)
    yield _read(content, guess.charset if guess else "utf-8", "detected")


def _marked(content: bytes) -> Iterator[Decoded]:
    for mark, charset in _MARKS.items():
        if content.startswith(mark):
            yield _read(content[len(mark) :], charset, "bom")


def _wide(content: bytes) -> Iterator[Decoded]:
    guess = charsets.detect(content, wide=True)
    if guess and guess.charset.startswith("utf-16") and guess.score > guess.size * _NOISE:
        read = _read(content, guess.charset, "detected")
        if read.text.count("\ufffd") <= 1 + len(read.text) // 1000:  # noise has lone surrogates everywhere
            yield read


def _utf_8(content: bytes) -> Iterator[Decoded]:
    """Read UTF-8, also where a few bytes are invalid: at the cut end, or fewer than a tenth of the valid characters."""
    try:
        yield Decoded(content.decode("utf-8"), "utf-8", "utf-8")
    except UnicodeDecodeError:
        escaped = content.decode("utf-8", "surrogateescape")
        invalid = len(_ESCAPED_BYTE.findall(escaped))
        valid = len(_NOT_ASCII.findall(escaped)) - invalid
        if valid >= 10 * invalid or (valid >= 2 and _is_cut(content)):
            text = content.decode("utf-8", "replace")
            yield Decoded(text, "utf-8", f"utf-8, {invalid} {'byte' if invalid == 1 else 'bytes'} invalid")


def _is_cut(content: bytes) -> bool:
    """Whether all is valid UTF-8, but for a last character that lacks its end."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(content)
    except UnicodeDecodeError:
        return False
    return True


def _declarations(page: bytes) -> Iterator[str]:
    """Yield the labels that a page declares. One in UTF-16 could not be read here, so UTF-16 is not what they mean."""
    for match in _DECLARATION.finditer(_COMMENT.sub(b"", page[:4096])):
        label = (match.group(1) or match.group(2)).decode("ascii", "replace")
        yield "utf-8" if (charsets.find(label) or "").startswith("utf-16") else label


def _declared(content: bytes, label: str | None) -> Iterator[Decoded]:
    """Read bytes as they were declared, unless another charset makes far more of them."""
    charset = _named(label)
    if charset is None:
        return
    wide = charset.startswith(("utf-16", "utf-32"))
    own, best = charsets.judge(content, charset, wide=wide), charsets.detect(content, wide=wide)
    if not own or not best or best.score - own.score < max(10, best.odd):
        yield _read(content, charset, "declared")


def _named(label: str | None) -> str | None:
    """Return the charset that a label names, but not UTF-8: the bytes have shown by then that they are not that."""
    charset = charsets.find(label) if label else None
    return None if charset == "utf-8" else charset


def _read(content: bytes, charset: str, how: str) -> Decoded:
    text = content.decode(charsets.codec(charset), "replace")
    invalid = text.count("\ufffd")
    return Decoded(text, charset, f"{how}, {invalid} {'byte' if invalid == 1 else 'bytes'} invalid" if invalid else how)


def _refuse_files(content: bytes) -> None:
    for magic, name in _FILES.items():
        if content.startswith(magic):
            raise UndecodableError(f"these bytes are no text but {name}: convert it, or leave it out of the input")


def _refuse_noise(decoded: Decoded) -> None:
    controls = len(_CONTROL_CHARACTERS.findall(decoded.text))
    if controls * 50 > len(decoded.text) and (controls >= 4 or controls * 2 > len(decoded.text)):
        raise UndecodableError(
            f"these bytes are no text in any charset: {controls} of {len(decoded.text)} characters would be controls; "
            "if it is an image, an archive or a program, leave it out of the input"
        )

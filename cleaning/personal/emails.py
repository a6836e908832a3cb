"""E-mail addresses, in running text of any script.

An address in Latin letters may touch letters of another script, which Arabic and Chinese texts write without a space. A
local part in another script is taken whole; one in a script without spaces only before a domain in such a script, or
else the sentence before the sign would be taken for it.

Addresses that were written to be hidden are found where brackets say so: ``user [at] example [dot] com``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..text import MARKS, UNSPACED
from .found import Found

RULE = "personal.email"

# Local parts have at most so many characters, and domains so many: RFC 5321.
_LONGEST_LOCAL, _LONGEST_DOMAIN = 64, 255

_LATIN = "A-Za-z0-9\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff"
_OTHER = rf"(?:(?![{_LATIN}_])[\w{MARKS}\u200c])"
_SPACED = rf"(?:(?![{_LATIN}_{UNSPACED}])[\w{MARKS}\u200c])"
_UNSPACED = f"[{UNSPACED}{MARKS}]"
_SPACE = r"[^\S\n]?"
_SAID_AT = "at|@|ät|arroba|arobase|chiocciola|apenstaartje|małpa|zavináč|kukac|собака|παπάκι"
_SAID_DOT = r"\.|dot|punkt|punt|punto|point|ponto|kropka|tečka|pont|nokta|точка|τελεία"


def _bracketed(words: str) -> str:
    return rf"[\[({{（]{_SPACE}(?i:{words}){_SPACE}[\])}}）]{_SPACE}"


_AT = re.compile(f"@|＠|%40|{_bracketed(_SAID_AT)}")
_GAP = re.compile(r"[^\S\n](?=[\[({（])")
_DOT = re.compile(rf"\.|{_SPACE}{_bracketed(_SAID_DOT)}")
_LOCAL = re.compile(
    rf"(?<![{_LATIN}_@＠])[{_LATIN}_](?:[{_LATIN}_.%+'’&-]*[{_LATIN}_+-])?$"
    rf"|(?<![\w{MARKS}@＠]){_SPACED}(?:{_SPACED}|[0-9._+-])*$"
    rf"|(?P<unspaced>(?<![@＠]){_UNSPACED}+$)"
)
_LABEL = rf"(?:[{_LATIN}](?:[{_LATIN}-]*[{_LATIN}])?|{_OTHER}+(?:-{_OTHER}+)*)"
_DOMAIN = re.compile(
    rf"{_LABEL}(?:(?:{_DOT.pattern}){_LABEL})*?(?:{_DOT.pattern})"
    rf"(?:xn--[A-Za-z0-9-]+|[A-Za-z]{{2,24}}|(?P<other>{_OTHER}{{2,24}}))"
    rf"(?![{_LATIN}_@＠]|\.{_LABEL})"
)
# Ends of names of files: `image@2x.png`, `library@1.x.js`.
_FILES = frozenset({
    "avif", "bmp", "css", "csv", "exe", "gif", "gz", "htm", "html", "ico", "jar", "jpeg", "jpg", "js", "json", "mjs",
    "mp3", "mp4", "pdf", "php", "png", "scss", "svg", "tar", "tgz", "tif", "tiff", "ts", "txt", "webm", "webp", "woff",
    "xml", "yaml", "yml", "zip",
})  # fmt: skip


def find(text: str) -> Iterator[Found]:
    """Yield the e-mail addresses of a text.

    >>> [text[found.start : found.end] for text in ["请联系user@example.com。"] for found in find(text)]
    ['user@example.com']
    """
    position = 0
    for at in _AT.finditer(text):
        before = _before(text, at)
        local = _LOCAL.search(text, max(position, before - _LONGEST_LOCAL), before)
        domain = _DOMAIN.match(text, at.end(), at.end() + _LONGEST_DOMAIN) if local else None
        if local and domain and _is_address(local, domain):
            position = domain.end()
            value = f"{local.group()}@{_DOT.sub('.', domain.group())}".casefold()
            yield Found(local.start(), domain.end(), "email", RULE, value)


def _before(text: str, at: re.Match[str]) -> int:
    """Return where the local part ends: a sign in brackets may have a space before it."""
    return at.start() - bool(_GAP.match(text, at.start() - 1))


def _is_address(local: re.Match[str], domain: re.Match[str]) -> bool:
    if local["unspaced"] and not domain["other"]:
        return False
    if domain.group().rpartition(".")[2].casefold() in _FILES:
        return False
    return local.group() != "git"  # git@host:owner/name is where code is, and nobody's

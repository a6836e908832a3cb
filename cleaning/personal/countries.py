"""Which countries a document speaks for: those whose national phone numbers are looked for in it."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

# Domains of countries that are used by anyone, for what they seem to say: they speak for no country.
_ANYBODYS = frozenset({
    "ac", "ag", "ai", "am", "as", "bz", "cc", "cd", "co", "fm", "gg", "io", "la", "li", "me", "ms", "nu", "pw", "sc",
    "sh", "st", "tk", "to", "tv", "vc", "ws",
})  # fmt: skip
_NAMED_OTHERWISE = {"uk": "GB", "su": "RU"}
_REGION = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z]{3}){0,3}(?:-[A-Za-z]{4})?-(?P<region>[A-Za-z]{2})(?:-|$)")


def countries_of(language: str | None, *addresses: str | None) -> tuple[str, ...]:
    """Return the region of a language tag, and the country of each address that is on a country's domain.

    Args:
        language: a BCP 47 language tag.
        addresses: URLs or names of hosts.

    >>> countries_of("pt-BR", "https://www.example.de/kontakt", "example.com"), countries_of("pt", "example.io")
    (('BR', 'DE'), ())
    """
    region = _REGION.match(language or "")
    found = [region["region"].upper()] if region else []
    found += [country for address in addresses if address and (country := _of_host(_host(address)))]
    return tuple(sorted({country for country in found if is_country(country)}))


@lru_cache
def is_country(code: str) -> bool:
    """Whether phone numbers of a country are known.

    >>> is_country("DE"), is_country("UK")
    (True, False)
    """
    from phonenumbers import SUPPORTED_REGIONS  # noqa: PLC0415 - 0.1 s, and few documents need it

    return code in SUPPORTED_REGIONS


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname if "//" in address else address.partition("/")[0]) or ""
    except ValueError:  # such as "http://[broken"
        return ""


def _of_host(host: str) -> str | None:
    last = host.rpartition(".")[2].casefold() if "." in host else ""
    if len(last) != 2 or not last.isalpha() or last in _ANYBODYS:
        return None
    return _NAMED_OTHERWISE.get(last, last.upper())

"""Addresses of machines on the internet, of both versions of its protocol.

What is reserved for private networks, documentation, this machine or many machines is nobody's. Four numbers below 20
are far more often a version, a section or a public name server than somebody's address, and are left.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator

from .found import Found

RULE = "ipaddress"

# What may not stand before is looked at behind the first digit: that is several times as fast.
_V4 = re.compile(r"[0-9](?<![A-Za-z0-9_.-].)[0-9]{0,2}\.(?:[0-9]{1,3}\.){2}[0-9]{1,3}(?![A-Za-z0-9_]|\.[0-9])")
_V6 = re.compile(r"(?<![A-Za-z0-9_:.])[23][0-9A-Fa-f]{3}:(?:[0-9A-Fa-f]{0,4}:){1,6}[0-9A-Fa-f]{0,4}(?![A-Za-z0-9_:])")
_VERSION = re.compile(
    r"(?:\b(?:version|versión|versão|versione|versie|wersja|ver|v|release|build|firmware|update|section|chapter|oid)\b"
    r"|§|верси[яиюей]+|сборка|版本|バージョン|버전|الإصدار|إصدار|نسخه|نسخة|संस्करण)[\s.:：#№-]*$",
    re.IGNORECASE,
)
_BEFORE = 24
_SMALL = 20
_UNICAST = ipaddress.IPv6Network("2000::/3")


def find(text: str) -> Iterator[Found]:
    """Yield the addresses of a text.

    >>> [found.value for found in find("from 93.184.215.14 to 192.168.0.1, version 93.184.215.14")]
    ['93.184.215.14']
    """
    for match in _V4.finditer(text):
        before = text[max(0, match.start() - _BEFORE) : match.start()].rpartition("\n")[2]
        if _is_somebodys(match.group()) and not _VERSION.search(before):
            yield Found(*match.span(), "ip", RULE, match.group())
    for match in _V6.finditer(text) if "::" in text or text.count(":") > 6 else ():
        if (address := _v6(match.group())) is not None:
            yield Found(*match.span(), "ip", RULE, address.compressed)


def _is_somebodys(said: str) -> bool:
    try:
        address = ipaddress.IPv4Address(said)
    except ValueError:
        return False
    return address.is_global and not address.is_multicast and max(address.packed) >= _SMALL


def _v6(said: str) -> ipaddress.IPv6Address | None:
    try:
        address = ipaddress.IPv6Address(said)
    except ValueError:
        return None
    return address if address in _UNICAST and address.is_global else None

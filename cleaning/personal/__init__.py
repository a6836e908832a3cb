"""Personal data: where it stands in a document, and the document without it.

E-mail addresses, phone numbers, IP addresses and IBANs are told by their form alone; names are not. Nothing is found
across lines. This step comes after boilerplate has been named, since addresses help to tell it, and before
anything is measured or written.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

from ..document import Document
from ..settings import Personal as PersonalSettings
from ..settings import Settings
from .countries import countries_of
from .found import KINDS, Wanted, forms
from .look import look, look_in_cut
from .mask import mask, mask_text, masked, places

__all__ = ["KINDS", "Wanted", "hide", "look", "protect", "settled", "wanted_in"]

# Fields of a document that may hold something, in the order in which they are recorded after the text.
_WORDS = ("title", "author")
_ADDRESSES = ("url", "source")


def wanted_in(language: str | None, url: str | None, source: str | None, settings: PersonalSettings) -> Wanted:
    """Return what is looked for in a document of a language and a site."""
    countries = tuple(settings.countries)
    if "phone" in settings.kinds and not countries:
        countries = countries_of(language, url, source)
    kept = frozenset(form for item in settings.keep for form in forms(item))
    return Wanted(tuple(kind for kind in KINDS if kind in settings.kinds), countries, kept)


def settled(document: Document, settings: Settings) -> Settings:
    """Return settings for what was split off from a document: national phone numbers are those looked for in it."""
    wanted = wanted_in(document.language, document.url, document.source, settings.personal)
    chosen = settings.personal.model_copy(update={"countries": list(wanted.countries)})
    return settings.model_copy(update={"personal": chosen})


def protect(document: Document, settings: PersonalSettings) -> Document:
    """Return a document that says where personal data stands; masked if the settings ask for it."""
    wanted = wanted_in(document.language, document.url, document.source, settings)
    found = look_in_cut(document.repaired, document.cuts, wanted)
    fields = [(name, value, look(value, asked)) for name, value, asked in _fields(document, wanted)]
    if settings.mode == "report":
        told = [place for name, _, of_field in [("text", "", found), *fields] for place in places(name, of_field)]
        return dataclasses.replace(document, personal=tuple(told))
    new = {name: masked(value, of_field) for name, value, of_field in fields}
    told = places("text", found, masked(document.repaired, found)[1])
    told += [place for name, _, of_field in fields for place in places(name, of_field, new[name][1])]
    document = _with_ids(mask_text(document, found, wanted), wanted.only("email"))
    values = {name: value for name, (value, _) in new.items()}
    return dataclasses.replace(_with_fields(document, values), personal=tuple(told))


def hide(message: str, settings: PersonalSettings) -> str:
    """Return what is said of a record that could not be read: a broken header may be a line of values.

    >>> hide("the header is broken: user@example.com", PersonalSettings(mode="mask"))
    'the header is broken: [EMAIL]'
    """
    return mask(message, wanted_in(None, None, None, settings)) if settings.mode == "mask" else message


def _fields(document: Document, wanted: Wanted) -> Iterator[tuple[str, str, Wanted]]:
    """Yield name and value of each field that may hold something, and what is looked for there."""
    for name in _WORDS:
        if value := getattr(document, name):
            yield name, value, wanted
    if document.captions:
        yield "captions", "\n".join(document.captions), wanted
    for name in _ADDRESSES:
        if value := getattr(document, name):
            yield name, value, wanted.international()  # the other numbers in addresses are those of pages
    yield from ((name, value, wanted) for name, value in document.extra if value)


def _with_fields(document: Document, values: Mapping[str, str]) -> Document:
    changed: dict[str, Any] = {name: values[name] for name in (*_WORDS, *_ADDRESSES) if name in values}
    if document.captions:
        changed["captions"] = tuple(values["captions"].split("\n"))
    extra = tuple((name, values.get(name, value)) for name, value in document.extra)
    return dataclasses.replace(document, **changed, extra=extra)


def _with_ids(document: Document, wanted: Wanted) -> Document:
    """Mask addresses in the id; an article's begins with that of the document that it was split off from."""
    if document.parent_id is None:
        return dataclasses.replace(document, id=mask(document.id, wanted))
    parent, rest = mask(document.parent_id, wanted), document.id.removeprefix(document.parent_id)
    return dataclasses.replace(document, id=parent + rest, parent_id=parent)

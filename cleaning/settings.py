"""What a user can choose, with defaults that suit most corpora.

Settings are frozen. They come from keyword arguments or from a TOML file; a key that does not exist is refused, and
the nearest one suggested. ``cleaning settings`` prints them all with their comments, ready to be edited.
"""

from __future__ import annotations

import difflib
import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails

from .errors import SettingsError


class Section(BaseModel):
    """A group of settings: one table of the TOML file."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Columns(Section):
    """Which column of a table holds what. An empty name means: guess from common names."""

    text: str = Field("", description="the text; guessed from text, content, body, article, maintext …")
    html: str = Field("", description="the page as HTML; guessed from html, raw_html, page …")
    title: str = Field("", description="the headline; guessed from title, headline …")
    url: str = Field("", description="the address; guessed from url, link, uri …")
    id: str = Field("", description="the record's own id; guessed from id, doc_id, uuid …")
    source: str = Field("", description="the site or publisher; guessed from source, site, domain, publisher …")
    date: str = Field("", description="when it was published; guessed from date, published, date_publish …")
    author: str = Field("", description="who wrote it; guessed from author, authors, byline …")
    language: str = Field("", description="its language, trusted when given; guessed from language, lang …")
    carry: list[str] = Field([], description="columns carried along unchanged, as text, under their own names")


class Input(Section):
    """What is read, and how."""

    columns: Columns = Columns()
    charset: str = Field("", description="charset of bytes that declare none; empty means: detect it")
    max_bytes: int = Field(20_000_000, ge=1, description="a longer record is unreadable: it is no document")
    max_seconds: float = Field(
        60.0, ge=0, description="so is one that takes more seconds of computing to clean; 0 means no bound"
    )
    max_memory_mb: int = Field(
        4000, ge=0, description="and one for which a worker would need more memory than this; 0 means no bound"
    )


class Extract(Section):
    """How the text is taken out of pages."""

    mode: Literal["full", "fast"] = Field(
        "full", description="full looks at the markup too; fast is for large crawls: several times as fast, less exact"
    )


class Repair(Section):
    """What is mended before anything is cut."""

    mojibake: bool = Field(True, description="text decoded with the wrong charset (ftfy)")
    entities: bool = Field(True, description="HTML entities that were escaped once too often, such as &amp;")
    split_letters: bool = Field(True, description="dots and tatweel put inside words to slip past filters")


class Boilerplate(Section):
    """What is cut out of a text."""

    kind: Literal["auto", "page", "article"] = Field(
        "auto", description="what the text is: a whole page, an article already extracted, or tell by looking"
    )
    without: list[str] = Field([], description="rules that are not used, by full name, such as en.share-bar")
    split_articles: bool = Field(True, description="a second article spliced on becomes a document of its own")


class Quality(Section):
    """Which documents are kept."""

    languages: list[str] = Field([], description="languages that are kept, as BCP 47 tags; empty means all")
    min_language_score: float = Field(
        0.0, ge=0, le=1, description="a document whose language is less certain is dropped, when languages are given"
    )
    min_chars: int = Field(100, ge=0, description="a shorter clean text is dropped")
    min_words: int = Field(10, ge=0, description="so is one with fewer words")
    max_duplicate_line_chars: float = Field(0.3, ge=0, le=1, description="share of characters in repeated lines")
    max_duplicate_paragraph_chars: float = Field(0.3, ge=0, le=1, description="the same for paragraphs")
    max_top_2gram_chars: float = Field(0.25, ge=0, le=1, description="share of the most frequent pair of words")
    max_top_3gram_chars: float = Field(0.23, ge=0, le=1, description="of the most frequent three words")
    max_top_4gram_chars: float = Field(0.21, ge=0, le=1, description="of the most frequent four words")
    max_duplicate_5gram_chars: float = Field(0.5, ge=0, le=1, description="share within any repeated five words")
    max_duplicate_10gram_chars: float = Field(0.4, ge=0, le=1, description="within any repeated ten words")


class Templates(Section):
    """Which lines are a site's template, said on many of its pages, and which paragraphs many sites share."""

    cut: bool = Field(True, description="cut them; it takes documents that say their source, or their address")
    min_chars: int = Field(15, ge=1, description="shorter lines are left alone: headings, names, places")
    min_pages: int = Field(10, ge=2, description="pages of one site that must say a line, copies counted once")
    min_share: float = Field(0.02, gt=0, le=1, description="and the share of the site's pages that must")
    shared: int = Field(
        20, ge=0, description="texts of several sites that must share a paragraph; 0 means never cut it"
    )
    shared_share: float = Field(0.0005, gt=0, le=1, description="and the share of all texts that must")
    shared_min_chars: int = Field(60, ge=1, description="shorter ones are left alone: headings, sayings, questions")
    surrounded: float = Field(5.0, ge=1, description="how many times more often, when it stands between paragraphs")


class Dedup(Section):
    """Which documents are copies of another."""

    exact: bool = Field(
        True, description="drop copies that differ in case, spaces, punctuation and Arabic spelling only"
    )
    near: bool = Field(True, description="drop near copies: MinHash LSH, confirmed by the true Jaccard similarity")
    threshold: float = Field(0.75, gt=0, le=1, description="Jaccard similarity of shingles from which a copy is near")
    shingle: int = Field(5, ge=1, description="words in a shingle; characters in scripts without spaces")
    bands: int = Field(20, ge=1, description="LSH bands; more of them find more pairs and cost more")
    rows: int = Field(5, ge=1, le=16, description="values in a band; more of them make fewer false candidates")
    headlines: bool = Field(True, description="drop documents with the same headline, if their texts agree too")
    headline_threshold: float = Field(0.4, gt=0, le=1, description="the Jaccard similarity that the texts then need")


class Card(Section):
    """What the dataset card says that no program can know."""

    name: str = Field("", description="the dataset's name; empty means the folder's")
    license: str = Field("", description="SPDX id of the licence, such as CC-BY-4.0")
    homepage: str = Field("", description="where to read more")
    contact: str = Field("", description="whom to ask, also for takedown")
    collection: str = Field("", description="how and when the documents were collected, in a few sentences")
    personal_data: str = Field("", description="what the documents say about people, and what was done about it")
    biases: str = Field("", description="what the corpus has too much or too little of, and what not to use it for")
    citation: str = Field("", description="BibTeX")


class Release(Section):
    """How the release is cut into files, splits and configs."""

    validation: float = Field(
        0.0, ge=0, lt=1, description="share of documents, and what is like them, that make the split validation"
    )
    test: float = Field(0.0, ge=0, lt=1, description="the same for the split test")
    by_language: bool = Field(False, description="a config for each language, beside the one that has them all")
    max_shard_bytes: int = Field(500_000_000, ge=1, description="size of a Parquet file, about, as text in memory")
    row_group_bytes: int = Field(100_000_000, ge=1, description="size of a row group, about")

    @model_validator(mode="after")
    def _leaves_some_to_train(self) -> Release:
        if self.validation + self.test >= 1:
            raise ValueError("release.validation and release.test leave nothing to train on: together less than 1")
        return self


class Engine(Section):
    """How the work is spread; nothing here changes the result."""

    workers: int = Field(0, ge=0, description="processes that clean documents; 0 means one for each core")


class Settings(Section):
    """All settings. Every section and every key has a default.

    >>> Settings.of({"quality": {"min_chars": 50}}).quality.min_chars
    50
    >>> Settings.of({"quality": {"min_char": 50}})
    Traceback (most recent call last):
    ...
    cleaning.errors.SettingsError: quality.min_char: no such setting; did you mean quality.min_chars?
    """

    input: Input = Input()
    extract: Extract = Extract()
    repair: Repair = Repair()
    boilerplate: Boilerplate = Boilerplate()
    quality: Quality = Quality()
    templates: Templates = Templates()
    dedup: Dedup = Dedup()
    card: Card = Card()
    release: Release = Release()
    engine: Engine = Engine()

    @classmethod
    def of(cls, values: dict[str, Any]) -> Settings:
        """Make settings from nested tables.

        Raises:
            SettingsError: a key is unknown or a value does not fit; all such keys are named.
        """
        try:
            return cls.model_validate(values)
        except ValidationError as error:
            raise SettingsError("\n".join(_explain(detail) for detail in error.errors())) from error

    @classmethod
    def load(cls, path: str | Path) -> Settings:
        """Read settings from a TOML file.

        Raises:
            SettingsError: the file cannot be read, is not TOML, or does not fit.
        """
        try:
            return cls.of(tomllib.loads(Path(path).read_text("utf-8")))
        except OSError as error:
            raise SettingsError(f"{path}: {error.strerror}") from error
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise SettingsError(f"{path}: not TOML: {error}") from error
        except SettingsError as error:
            raise SettingsError(f"{path}: {error}") from error

    def to_toml(self) -> str:
        """Return the settings as a TOML file with a comment on each.

        >>> tomllib.loads(Settings().to_toml()) == Settings().model_dump()
        True
        """
        return "\n".join(_toml(self, ())).lstrip("\n") + "\n"


def _toml(section: Section, path: tuple[str, ...]) -> Iterator[str]:
    if path:
        yield f"\n# {(section.__doc__ or '').strip()}\n[{'.'.join(path)}]"
    nested = []
    for name, field in type(section).model_fields.items():
        value = getattr(section, name)
        if isinstance(value, Section):
            nested.append((name, value))
        else:
            yield f"{name} = {json.dumps(value, ensure_ascii=False)}  # {field.description}"
    for name, value in nested:
        yield from _toml(value, (*path, name))


def _explain(detail: ErrorDetails) -> str:
    path = ".".join(map(str, detail["loc"]))
    if detail["type"] != "extra_forbidden":
        return f"{path}: {detail['msg']} (it is {detail['input']!r})"
    near = difflib.get_close_matches(path, list(_keys(Settings(), "")), n=1, cutoff=0.5)
    return f"{path}: no such setting" + (f"; did you mean {near[0]}?" if near else "; see `cleaning settings`")


def _keys(section: Section, prefix: str) -> Iterator[str]:
    for name in type(section).model_fields:
        yield prefix + name
        value = getattr(section, name)
        if isinstance(value, Section):
            yield from _keys(value, f"{prefix}{name}.")

"""Texts to try the cleaner on, and what their language writes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import NamedTuple

from hypothesis import settings
from hypothesis import strategies as st

CASES = Path(__file__).parent / "cases" / "boilerplate"

# For properties of the whole pipeline, which takes milliseconds a text.
fewer = settings(max_examples=60)


class Article(NamedTuple):
    """A made-up news story: the same one in every language."""

    headline: str
    paragraphs: tuple[str, ...]


ARTICLES = {
    language: Article(story["headline"], tuple(story["paragraphs"]))
    for language, story in json.loads((CASES / "prose.json").read_text("utf-8")).items()
}

# What breaks cleaners: line ends of all kinds, spaces that are none, marks that say which way to read, half of a
# surrogate pair, letters that change their length when folded, and pieces that repairs and rules look for.
NASTY = (
    *("\n", "\n\n", "\n\n\n \n", "\r", "\r\n", "\v", "\f", "\x85", "\u2028", "\u2029", "\t", " ", "\xa0", "\u3000"),
    *("\u200b", "\u200e", "\u202e", "\u2066", "\ufeff", "\xad", "\0", "\x07", "\x9d", "\ufffd", "\ud800", "\udc80"),
    *("\u0301", "e\u0301", "İ", "ß", "ﬁ", "ـ", "العقـ.ـوبات", "ﷺ", "雨", "。", "🙂", "\U0001f1e6", "\U000e0041"),
    *("cafÃ©", "â€œ", "Ð¼Ð¾", "&amp;", "&amp;lt;", "&nbsp;", "<b>", "[ad_1]", "[ad_", "[/caption]", "<!--more-->"),
    *("TT", "Share", "Leave a Reply", "Read also: Floods", "اقرأ أيضاً: خبر", "© 2020 Name", "A", "a b", "…", "* * *"),
    "It rained for three days in the north of the country, the ministry said on Monday.",
    "Floods Close Roads in the North",
)


def nasty_texts() -> st.SearchStrategy[str]:
    """Any text at all, and texts made of what breaks cleaners."""
    pieces = st.lists(st.sampled_from(NASTY) | st.text(st.characters(), max_size=5), max_size=25)
    return st.text(st.characters()) | pieces.map("".join)


def pages() -> st.SearchStrategy[str]:
    """Lines with repeats, as pages have them: headlines, captions, menus, paragraphs, shortcodes."""
    lines = st.sampled_from([piece for piece in NASTY if piece.strip()]) | st.sampled_from(
        [line for article in ARTICLES.values() for line in (article.headline, *article.paragraphs)]
    )
    return st.lists(lines, max_size=25).map("\n".join)


@st.composite
def real_articles(draw: st.DrawFn) -> str:
    """An article as sites publish it: a headline, paragraphs, headings between them, and some boilerplate."""
    article = ARTICLES[draw(st.sampled_from(sorted(ARTICLES)))]
    lines = [*draw(st.permutations(article.paragraphs))]
    for extra in draw(st.lists(st.sampled_from(EXTRAS), unique=True, max_size=4)):
        lines.insert(draw(st.integers(0, len(lines))), extra)
    headline = [article.headline] * draw(st.integers(0, 2))
    return draw(st.sampled_from(["\n", "\n\n"])).join([*headline, *lines])


# Lines that a site puts around and into an article, some of them its own: headings, quotations, items of a list.
EXTRAS = (
    *("[ad_1]", "TT", "Leave a Reply", "Related articles", "Facebook Twitter WhatsApp Telegram", "© 2020 Example"),
    *("What we know", "“Nobody saw it coming”", "- three schools", "1. The hills", "By A Reporter", "* * *", "2020"),
    *(
        "Was wir wissen",
        "ما نعرفه",
        "Что известно",
        "Ce que l'on sait",
        "已知情况",
        "Comments",
        "Why the river rose so fast",
    ),
)


def respelled(text: str) -> str:
    """Return a text without the differences of Arabic spelling that do not count, told slowly."""
    plain = str.maketrans("أإآٱىةؤئ", "اااايهءء")
    return re.sub("[\u0610-\u061a\u0640\u064b-\u065f\u0670]", "", text).translate(plain)

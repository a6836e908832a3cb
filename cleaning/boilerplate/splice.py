"""A second article spliced on, as endless scrolling does it.

Evidence is the site's own template. When the document opens with its headline said twice (headline, pictures,
headline, text), and after the text another headline is said twice in the same way, then another article begins there.
Without that evidence nothing is split: a caption or a heading that is repeated is no article.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..document import Cut
from ..reason import Reason
from .headline import could_be_headline
from .page import Line, Page

# Lines within which a template says the headline again, and lines after that within which the text begins.
OPENING, BEFORE_TEXT = 8, 6

# An article has so many paragraphs at least.
PARAGRAPHS = 3


def find(page: Page) -> Iterator[Cut]:
    """Yield a cut for each article spliced on, from its headline to the next one or to the end of the text."""
    if page.extracted is False:  # teasers on a whole page say their headlines twice, and the classifier knows them
        return
    lines = page.lines
    articles = [*_articles(lines), len(lines)]
    if articles[0] > OPENING or not all(_is_article(lines[number:after]) for number, after in pairwise(articles)):
        return  # cards of teasers below a menu say their headlines twice as well
    for number, after in pairwise(articles[1:]):
        headline = lines[number].text
        yield Cut(
            lines[number].start, lines[after - 1].end, "splice.opening", Reason.SPLICED_ARTICLE, f"opens “{headline}”"
        )


def _articles(lines: Sequence[Line]) -> list[int]:
    """Return where articles open: none at all when the text does not begin with an opening."""
    articles: list[int] = []
    text_since = False
    for number, line in enumerate(lines):
        if text_since == bool(articles) and opens_article(lines, number) and _is_new(lines, articles, number):
            articles.append(number)
            text_since = False
        elif line.prose and not articles:
            return []
        text_since = text_since or line.prose
    return articles


def _is_article(lines: Sequence[Line]) -> bool:
    return sum(line.prose for line in lines) >= PARAGRAPHS


def _is_new(lines: Sequence[Line], articles: list[int], number: int) -> bool:
    return not articles or lines[number].folded != lines[articles[-1]].folded


def opens_article(lines: Sequence[Line], number: int) -> bool:
    """Whether a headline stands here that is said again, with other short lines between, and prose soon after."""
    line = lines[number]
    window = lines[number + 1 : number + 1 + OPENING]
    again = next((index for index, other in enumerate(window) if other.folded == line.folded), 0)
    if again == 0 or not could_be_headline(line.text):
        return False
    if any(other.prose and not _doubled(other, window) for other in window[:again]):
        return False
    after = number + 2 + again
    return any(other.prose for other in lines[after : after + BEFORE_TEXT])


def _doubled(line: Line, window: Sequence[Line]) -> bool:
    """A caption may be a full sentence; a template says it twice."""
    return sum(other.folded == line.folded for other in window) > 1

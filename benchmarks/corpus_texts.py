"""New texts that resemble no other: sentences of different articles, put together at random."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TypeVar

from corpus_pool import Pool

T = TypeVar("T")

# Sentences of a paragraph at most.
PARAGRAPH = 4


def new_text(pool: Pool, chance: Random) -> str:
    """Return a text as long as one of the articles, of sentences from anywhere, in paragraphs."""
    length, size = drawn(pool.lengths, chance), 0
    paragraphs: list[list[str]] = []
    room = 0
    draw, sentences, total = chance.random, pool.sentences, len(pool.sentences)
    while size < length:
        sentence, count = sentences[int(draw() * total)]
        if not room:
            paragraphs.append([])
            room = 1 + int(draw() * PARAGRAPH)
        paragraphs[-1].append(sentence)
        size, room = size + count, room - 1
    return "\n\n".join("".join(sentences).rstrip() for sentences in paragraphs)


def new_title(pool: Pool, chance: Random) -> str | None:
    """Return a headline: the first half of one article's, and the second half of another's."""
    if not pool.titles:
        return None
    one, other = drawn(pool.titles, chance), drawn(pool.titles, chance)
    return " ".join([*one[: (len(one) + 1) // 2], *other[len(other) // 2 :]])


def drawn(values: Sequence[T], chance: Random) -> T:
    """Return one of the values, much faster than ``Random.choice``."""
    return values[int(chance.random() * len(values))]

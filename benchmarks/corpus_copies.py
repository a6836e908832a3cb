"""Copies of a text: exact ones, and near ones that are about as similar as asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

from corpus_pool import Pool
from corpus_texts import drawn

from cleaning.text import has_unspaced, words

# Words of a shingle.
SHINGLE = 5

# Fewer words replaced than this would miss the similarity that is asked for by too much.
LEAST_REPLACED = 2

_TOKEN = re.compile(r"\s*\S+")
_SPACE = re.compile(r"(?<=\w) (?=\w)")
_PUNCTUATION = re.compile(r"[,;:!،؛](?=\s)")


def exact_copy(text: str, chance: Random) -> str:
    """Return a text with the same words, in which case, spaces and punctuation are others.

    >>> copy = exact_copy("The ferry sails at noon, and returns at dusk.", Random(1))
    >>> copy
    'THE FERRY SAILS AT NOON , AND RETURNS AT DUSK. *'
    """
    spaced = _SPACE.sub(lambda _: "  " if chance.random() < 0.1 else " ", text)
    changed = _PUNCTUATION.sub(lambda mark: " –" if chance.random() < 0.5 else f" {mark[0]}", spaced)
    first, *rest = changed.split("\n\n")
    return "\n\n".join([_capitals(first), *rest]) + " *"


def _capitals(text: str) -> str:
    """Return a text in capitals, unless its words are others when they are made small again, as in few languages."""
    raised = text.upper()
    return raised if raised != text and words(raised.casefold()) == words(text.casefold()) else text


def near_copy(text: str, similarity: float, pool: Pool, chance: Random) -> str:
    """Return a text that is about so similar, by the Jaccard similarity of word 5-shingles.

    It is shortened, or lengthened, or words are replaced all over it.
    """
    tokens = _tokens(text)
    # A word that is replaced costs five shingles and adds five others.
    replaced = round(len(tokens) * (1 - similarity) / SHINGLE / (1 + similarity))
    ways = 3 if replaced >= LEAST_REPLACED else 2
    way = int(chance.random() * ways)
    if way == 0:
        return "".join(tokens[: round(len(tokens) * similarity)])
    if way == 1:
        return text + "\n\n" + _more(round(len(tokens) * (1 / similarity - 1)), pool, chance)
    return "".join(_replace(tokens, replaced, pool, chance))


def _more(count: int, pool: Pool, chance: Random) -> str:
    """Return so many more words."""
    tokens: list[str] = []
    while len(tokens) < count:
        sentence = drawn(pool.sentences, chance)[0]
        tokens += _tokens(f" {sentence}")
    return "".join(tokens[:count]).lstrip()


def _replace(tokens: list[str], count: int, pool: Pool, chance: Random) -> Iterator[str]:
    """Yield the words, so many of them replaced, at some distance of each other."""
    step = len(tokens) / count
    places = {int((number + 0.25 + chance.random() / 2) * step) for number in range(count)}
    for place, token in enumerate(tokens):
        if place in places:
            space = token[: len(token) - len(token.lstrip())]
            yield space + drawn(_tokens(drawn(pool.sentences, chance)[0]), chance).strip()
        else:
            yield token


def _tokens(text: str) -> list[str]:
    """Return what words are counted by, with the spaces before them: all of it together is the text."""
    return list(text) if has_unspaced(text) else _TOKEN.findall(text)

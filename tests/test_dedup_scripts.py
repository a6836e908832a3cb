"""Copies where words have no spaces: found as brute force finds them, and none dropped below the threshold."""

from __future__ import annotations

import random
from itertools import combinations

import pytest
from test_dedup_find import copies, document
from unspaced import CHINESE, THAI, Language, edited, sentences, text_of

from cleaning.dedup.shingles import jaccard, shingles
from cleaning.settings import Dedup
from cleaning.text import words
from cleaning.words import Hashes

SETTINGS = Dedup()
FAMILIES, SENTENCES = 40, 12
# Words replaced in the copies, of some 160: few enough for near copies of both languages, and too many for either.
EDITS = (1, 2, 4, 6, 20, 40)


class Corpus:
    """Stories and their copies; a text is named by its story and the number of its edits."""

    def __init__(self, language: Language) -> None:
        stories = {number: sentences(language, number, SENTENCES) for number in range(FAMILIES)}
        self.texts = {
            f"{number}-{count}": text_of(language, edited(language, story, count, f"{number}-{count}"))
            for number, story in stories.items()
            for count in (0, *EDITS)
        }
        self.sets: dict[str, Hashes] = {name: shingles(text, SETTINGS.shingle) for name, text in self.texts.items()}
        self.found = copies([document(name, text) for name, text in self.texts.items()])

    def similarity(self, one: str, other: str) -> float:
        return jaccard(self.sets[one], self.sets[other])


@pytest.fixture(scope="module", params=[CHINESE, THAI], ids=["Chinese", "Thai"])
def corpus(request: pytest.FixtureRequest) -> Corpus:
    return Corpus(request.param)


def family(name: str) -> str:
    return name.partition("-")[0]


def test_of_nearly_all_near_pairs_at_most_one_stays(corpus: Corpus) -> None:
    pairs = [pair for pair in combinations(corpus.texts, 2) if family(pair[0]) == family(pair[1])]
    near = [pair for pair in pairs if corpus.similarity(*pair) >= SETTINGS.threshold]
    assert 200 <= len(near) <= 0.8 * len(pairs)  # there is something to find, and something to leave
    resolved = [pair for pair in near if pair[0] in corpus.found or pair[1] in corpus.found]
    assert len(resolved) >= 0.99 * len(near)


def test_each_is_dropped_for_a_kept_text_that_is_like_it(corpus: Corpus) -> None:
    assert len(corpus.found) >= 2 * FAMILIES
    for name, (_, kept) in corpus.found.items():
        assert kept not in corpus.found
        assert family(kept) == family(name)
        assert corpus.similarity(name, kept) >= SETTINGS.threshold


def test_strangers_share_little(corpus: Corpus) -> None:
    first = [name for name in corpus.texts if name.endswith("-0")]
    assert max(corpus.similarity(*pair) for pair in combinations(first, 2)) < SETTINGS.headline_threshold


@pytest.mark.parametrize("language", [CHINESE, THAI], ids=["Chinese", "Thai"])
@pytest.mark.parametrize("count", [1, 5, 9])
def test_characters_replaced_far_apart_cost_what_they_must(language: Language, count: int) -> None:
    given = words(text_of(language, sentences(language, "replaced", SENTENCES)))
    size, total = SETTINGS.shingle, len(given)
    copy, step = list(given), total // (count + 1)
    for number in range(1, count + 1):
        copy[number * step] = language.letters[number]
    similarity = jaccard(shingles("".join(given), size), shingles("".join(copy), size))
    # Each letter takes `size` shingles away and adds as many; some of them the text has twice.
    assert similarity == pytest.approx((total - size * count) / (total + size * count), abs=0.03)


@pytest.mark.parametrize("language", [CHINESE, THAI], ids=["Chinese", "Thai"])
def test_where_spaces_and_signs_stand_does_not_count(language: Language) -> None:
    text = text_of(language, sentences(language, "signs", SENTENCES))
    chance = random.Random("signs")
    scattered = "".join(word + chance.choice(["", "", " ", "\u3000"]) for word in words(text))
    assert jaccard(shingles(text, SETTINGS.shingle), shingles(scattered, SETTINGS.shingle)) == 1
    found = copies([document("text", text), document("scattered", scattered)], exact=False)
    assert [reason for reason, _ in found.values()] == ["near-duplicate"]

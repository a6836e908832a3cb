"""How similar made news in Chinese or Thai is by shingles of characters, beside those of five words of the same text.

    python benchmarks/dedup_sizes.py chinese

The stories are made of words (`tests/unspaced.py`), so that shingles of words can be counted too. Strangers are two
stories; the other lines are of a story and a copy in which so many words were replaced, the mean of all stories.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from statistics import mean

import numpy as np
import xxhash
from dedup_made import LANGUAGES
from dedup_truth import all_pairs
from unspaced import Language, edited, sentences, text_of

from cleaning.dedup.shingles import jaccard, shingles
from cleaning.text import words
from cleaning.words import Hashes

STORIES, SENTENCES, EDITS = 300, 14, (1, 2, 4, 8, 16, 32)
WORDS, CHARACTERS = 5, (5, 8, 10, 12, 15, 20)

Story = list[list[str]]


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("language", choices=LANGUAGES)
    language = LANGUAGES[parser.parse_args().language]
    stories = [sentences(language, f"size {number}", SENTENCES) for number in range(STORIES)]
    counted = [len(listed(story)) for story in stories]
    characters = [len(words(text_of(language, story))) for story in stories]
    print(f"{STORIES} stories of {mean(counted):.0f} words and {mean(characters):.0f} characters\n")
    print("| |", f"{WORDS} words |", *(f"{size} characters |" for size in CHARACTERS))
    print("|---|" + "---|" * (1 + len(CHARACTERS)))
    for line in table(language, stories):
        print(line)


def table(language: Language, stories: Sequence[Story]) -> Iterator[str]:
    """Yield the lines of the table."""
    told = [sets_of(language, story) for story in stories]
    pairs = [all_pairs(column, 1e-9).similarity for column in zip(*told, strict=True)]
    count = len(stories) * (len(stories) - 1) // 2
    yield _line("strangers, mean", [column.sum() / count for column in pairs])
    yield _line("strangers, most", [column.max() for column in pairs])
    for edits in EDITS:
        copies = [sets_of(language, edited(language, story, edits, place)) for place, story in enumerate(stories)]
        both = [
            [jaccard(one, other) for one, other in zip(*sets, strict=True)] for sets in zip(told, copies, strict=True)
        ]
        yield _line(f"{edits} words replaced", [mean(column) for column in zip(*both, strict=True)])


def sets_of(language: Language, story: Story) -> list[Hashes]:
    """Return a story's shingles: of words, then of characters by size."""
    text = text_of(language, story)
    return [of_words(listed(story)), *(shingles(text, size) for size in CHARACTERS)]


def listed(story: Story) -> list[str]:
    """Return the words of a story without punctuation."""
    return [word for row in story for word in row if word[0].isalnum()]


def of_words(given: Sequence[str]) -> Hashes:
    """Return the shingles of given words."""
    found = {"\0".join(given[start : start + WORDS]) for start in range(len(given) - WORDS + 1)}
    return np.unique(np.array([xxhash.xxh3_64_intdigest(shingle.encode()) for shingle in found], np.uint64))


def _line(name: str, values: Sequence[float]) -> str:
    return f"| {name} | " + " | ".join(f"{value:.2f}" for value in values) + " |"


if __name__ == "__main__":
    main()

"""Write made news in Chinese or Thai, each story with edited copies, for `dedup_recall.py`.

    python benchmarks/dedup_made.py chinese MADE.parquet [--stories 1000]

What the stories are made of stands in `tests/unspaced.py`.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

sys.path.append(str(Path(__file__).parents[1] / "tests"))

from unspaced import CHINESE, THAI, Language, edited, sentences, text_of

LANGUAGES = {"chinese": CHINESE, "thai": THAI}
# Sentences of a story at least and at most; copies of it; and the share of words that is replaced in one at most.
SENTENCES, COPIES, MOST = (8, 24), 3, 0.15


def main() -> None:
    """Make the texts and write them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("language", choices=LANGUAGES)
    parser.add_argument("output", type=Path)
    parser.add_argument("--stories", type=int, default=1000)
    options = parser.parse_args()
    rows = [row for number in range(options.stories) for row in story(LANGUAGES[options.language], number)]
    pq.write_table(pa.Table.from_pylist(rows), options.output)
    print(f"{len(rows)} texts")


def story(language: Language, number: int) -> Iterator[dict[str, str]]:
    """Yield a story and its copies."""
    chance = random.Random(number)
    told = sentences(language, f"story {number}", chance.randint(*SENTENCES))
    size = sum(len(words) for words in told)
    yield {"id": f"{number}", "text": text_of(language, told)}
    for copy in range(COPIES):
        count = chance.randint(0, int(MOST * size))
        text = text_of(language, edited(language, told, count, f"{number} {copy}"))
        yield {"id": f"{number}-{copy}-{count}", "text": text}


if __name__ == "__main__":
    main()

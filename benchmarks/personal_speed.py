"""What looking for personal data costs a document: texts of the seeds repeated, of about 3,000 characters each.

    python benchmarks/personal_speed.py

Each text goes through each of the ways below before the next one comes, so that what else the machine does disturbs
all of them alike. The figures are the medians, in milliseconds a document, on one core.
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path

from cleaning import Settings, clean_text
from cleaning.personal import protect
from cleaning.pipeline import protect as step

SEEDS = Path(__file__).parents[1] / "seeds"
SIZE, ROUNDS = 3000, 40
CONTACT = " Write to someone@mail.example or call +49 30 901820."
WAYS = {
    "off": {"mode": "off"},
    "report": {"mode": "report"},
    "mask": {"mode": "mask"},
    "mask, two countries": {"mode": "mask", "countries": ["DE", "SA"]},
}


def texts() -> list[str]:
    """Return the seeds' texts in parts of the size wanted."""
    whole = "\n\n".join(path.read_text("utf-8") for path in sorted(SEEDS.glob("*.txt")))
    return [whole[start : start + SIZE] for start in range(0, len(whole) - SIZE, SIZE)]


def main() -> int:
    """Measure, and print a line a way."""
    chosen = {name: Settings.of({"personal": values}) for name, values in WAYS.items()}
    for given in (texts(), [text + CONTACT for text in texts()]):
        documents = [clean_text(text) for text in given]
        for settings in chosen.values():
            for document in documents:
                protect(document, settings.personal)  # what is loaded once
        times: dict[str, list[float]] = {name: [] for name in WAYS}
        for _ in range(ROUNDS):
            for document in documents:
                for name, settings in chosen.items():
                    begun = time.perf_counter()
                    step(document, settings)
                    times[name].append(time.perf_counter() - begun)
        print(f"{len(documents)} texts of {SIZE} characters{'' if given == texts() else ' and a contact'}")
        for name, seconds in times.items():
            print(f"  {name:20} {1000 * statistics.median(seconds):8.4f} ms")
    return 0


if __name__ == "__main__":
    sys.exit(main())

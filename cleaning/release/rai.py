"""What makes a dataset fit to be used responsibly, in the words of Croissant's RAI vocabulary.

From the settings where only a person knows, from the numbers where they tell; what neither says is left out.
https://docs.mlcommons.org/croissant/docs/croissant-rai-spec.html
"""

from __future__ import annotations

from typing import Any

from ..settings import Card
from .statistics import Statistics

CONFORMS_TO = "http://mlcommons.org/croissant/RAI/1.0"

# What each document goes through, in this order; the card says it too.
STEPS = tuple(
    """Bytes were decoded: by the charset that was declared, else by one that was detected.
Of HTML, all text that a page shows was read, a line for each block; plain text was taken as it was.
Text decoded with the wrong charset, control characters, odd spaces and letters split to slip past filters were \
mended. The changes are in `repairs`.
Boilerplate was named, span by span, by rules of the document's language, by repetition, and by how lines read; then \
it was cut. The spans are in `removed`. Articles spliced on became documents of their own.
Documents that are too short, repetitive, or in a language not asked for were dropped.
Lines that a site repeats on many pages were cut.
Copies and near copies were dropped; `kept_id` names the document kept in their place.""".splitlines()
)
LIMITS = (
    "Rules for boilerplate know some languages better than others, so more of it is left in languages without rules.",
    "Detected languages and dates can be wrong, and short texts are the least certain.",
)


def responsible(numbers: Statistics, card: Card) -> dict[str, Any]:
    """Return the properties of Croissant RAI 1.0 that something is known of."""
    values = {
        "dataCollection": card.collection.strip(),
        "dataCollectionType": ["Web Scraping"],
        "dataCollectionTimeframe": list(card.collected),
        "dataCollectionMissingData": _missing(numbers),
        "dataPreprocessingProtocol": list(STEPS),
        "dataBiases": [*_said(card.biases), *_shares(numbers)],
        "personalSensitiveInformation": _said(card.personal_data),
        "dataUseCases": _said(card.uses),
        "dataLimitations": [*_said(card.limitations), *LIMITS],
        "dataSocialImpact": card.social_impact.strip(),
        "dataReleaseMaintenancePlan": card.maintenance.strip(),
    }
    return {f"rai:{name}": value for name, value in values.items() if value}


def _said(text: str) -> list[str]:
    return [text.strip()] if text.strip() else []


def _missing(numbers: Statistics) -> str:
    unreadable = numbers.counts["unreadable"]
    return f"Records that could not be read: {unreadable}. `dropped` names each, and says why." if unreadable else ""


def _shares(numbers: Statistics) -> list[str]:
    """Return how much of the text the largest language and the largest source give."""
    largest = {"language": numbers.kept_by_language[:1], "source": numbers.kept_by_source[:1]}
    return [
        f"The largest {kind}, {tally.name}, gives {round(100 * tally.chars / numbers.chars)} % of the characters."
        for kind, tallies in largest.items()
        for tally in tallies
        if tally.name and numbers.chars
    ]

"""Made articles, and what is read from a release of them."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from cleaning.schema import FOLDERS

Row = dict[str, Any]

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"

_WHO = """the ministry, the council, a spokesman, an engineer, the mayor, her neighbour, the fire brigade, a farmer, the
court, the river authority, the school, a driver, the union, the museum, a witness, the harbour master, the committee,
an archaeologist, the bakery, the hospital, the railway, the orchestra, a lawyer, the village""".replace("\n", " ")
_DID = """repaired, opened, sold, described, measured, visited, closed, painted, lost, borrowed, defended, photographed,
promised, cleaned, found, moved, inspected, counted, praised, rejected, studied, financed, announced, delayed"""
_WHAT = """an old bridge, two kilometres of road, the northern gate, forty boxes of apples, a letter from the capital,
the water tower, several wooden boats, the new timetable, a collection of maps, the roof of the station, a broken bell,
its yearly accounts, the last ferry, a field behind the mill, the winter market, three hundred chairs, a stone wall,
the list of winners, a faded portrait, the power line, most of the harvest, a small theatre, the eastern tunnel"""
_WHEN = """on Monday, late in the evening, after a long debate, without any delay, for the second time, before the rain
came, in spite of the cold, during the holidays, a week later, at the request of residents, early in spring, by mistake,
with the help of volunteers, as the law demands, at dawn, under strict control, for a reasonable price, once more"""


def _parts(listed: str) -> list[str]:
    return [part.strip().replace("\n", " ") for part in listed.split(",")]


_SLOTS = [_parts(listed) for listed in (_WHO, _DID, _WHAT, _WHEN)]


def sentences(seed: object, count: int) -> list[str]:
    """Return sentences that read like English and do not repeat themselves; the same ones for the same seed."""
    chance = random.Random(str(seed))
    return [" ".join(chance.choice(slot) for slot in _SLOTS).capitalize() + "." for _ in range(count)]


def text_of(told: Iterable[str], per_paragraph: int = 4) -> str:
    """Return sentences as paragraphs."""
    given = list(told)
    groups = [given[start : start + per_paragraph] for start in range(0, len(given), per_paragraph)]
    return "\n\n".join(" ".join(group) for group in groups)


def article(seed: object, count: int = 16) -> str:
    """Return the text of an article."""
    return text_of(sentences(seed, count))


def write_lines(path: Path, rows: Iterable[Row]) -> Path:
    """Write rows as JSON lines."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


def rows_of(release: Path, config: str) -> list[Row]:
    """Return the rows of a table of a release."""
    files = sorted((release / FOLDERS[config]).glob("*.parquet"))
    return [row for file in files for row in pq.read_table(file).to_pylist()]


def by_id(release: Path, config: str) -> dict[str, Row]:
    """Return the rows of a table that has one row a document, by id; those of unreadable records by origin."""
    return {row["id"] or row["origin"]: row for row in rows_of(release, config)}


def sums(release: Path) -> str:
    """Return what SHA256SUMS says: equal for releases of the same bytes."""
    return (release / "SHA256SUMS").read_text("utf-8")

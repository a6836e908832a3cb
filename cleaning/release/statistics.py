"""What a release holds, in numbers: counted from its tables as they were written, not from what the build remembers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ..reason import Reason
from .tables import batches

_CLUSTERS = 20
_PAIRED = 40  # languages and sources that are told by reason too
_ROWS = 1 << 18  # rows without their texts are small
_TEXTS = 1 << 13  # rows with them
_KEPT = ["id", "language", "source", "n_chars", "n_words", "date"]
_DROPPED = ["id", "language", "source", "date", "reason", "kept_id", "text"]
_SPAN_KEYS = ["rule", "reason", "language", "source"]
_ISO_DATE = r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
_STEPS = np.array([0, *(step * 10**power for power in range(1, 12) for step in (1, 2, 5))])  # of lengths


@dataclass(frozen=True, slots=True)
class Tally:
    """How often something occurs.

    Attributes:
        name: what is counted; empty where the documents do not say (no language, no source).
        count: documents, spans or repairs.
        chars: their characters (code points); 0 for repairs.
        reason: for rules, the reason that the rule stands for.
    """

    name: str
    count: int
    chars: int = 0
    reason: str = ""


Tallies = tuple[Tally, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """The numbers of a release.

    Tallies have the largest first: dropped documents and repairs by count, others by characters; then by name.

    Attributes:
        counts: documents read, kept, split_off, dropped and unreadable, as the build gave them.
        chars, words: of all clean texts.
        kept_by_language, kept_by_source: documents and characters of their clean texts.
        cut_by_reason, cut_by_rule, cut_by_language, cut_by_source: spans and their characters, of kept and dropped
            documents alike.
        cut_by_language_and_reason, cut_by_source_and_reason: the same, a tally for each pair of one of the largest
            languages or sources and a reason.
        sources_of_rule: rules, and on how many sources each of them fired.
        dropped_by_reason, dropped_by_language, dropped_by_source: documents, unreadable records among them, and the
            characters of their texts.
        repaired_by_rule: repairs.
        personal_by_kind, personal_by_language: places where personal data was found, of kept and dropped documents.
        lengths: the shortest clean text, the nine deciles and the longest, in characters; empty without documents.
        dated: documents whose date is an ISO date.
        dates: the first and the last of them.
        clusters: the documents with the most copies: their ids, and how many copies were dropped.
        kept_by_length: documents by the characters of their clean texts, such as ``200–499``, the shortest first.
        kept_by_year, dropped_by_year: documents whose date is an ISO date, the earliest year first.
    """

    counts: Mapping[str, int]
    chars: int
    words: int
    kept_by_language: Tallies
    kept_by_source: Tallies
    cut_by_reason: Tallies
    cut_by_rule: Tallies
    cut_by_language: Tallies
    cut_by_source: Tallies
    dropped_by_reason: Tallies
    dropped_by_language: Tallies
    dropped_by_source: Tallies
    repaired_by_rule: Tallies
    personal_by_kind: Tallies
    personal_by_language: Tallies
    lengths: tuple[int, ...]
    dated: int
    dates: tuple[str, str] | None
    clusters: Tallies
    kept_by_length: Tallies = ()
    kept_by_year: Tallies = ()
    dropped_by_year: Tallies = ()
    cut_by_language_and_reason: Tallies = ()
    cut_by_source_and_reason: Tallies = ()
    sources_of_rule: Tallies = ()


def statistics(release: Path, counts: Mapping[str, int]) -> Statistics:
    """Count what the tables of a release folder hold.

    Texts are read a batch at a time; of each document its id, language, source, length and date are held.

    Args:
        release: a folder with the tables of all configs.
        counts: documents read, kept, split_off, dropped and unreadable: what tables cannot say.

    Raises:
        OutputError: a table is missing.
    """
    kept = pa.concat_tables(_scan(release, "default", _KEPT, _measure_kept))
    dropped = pa.concat_tables(_scan(release, "dropped", _DROPPED, _measure_dropped, size=_TEXTS))
    documents = pa.concat_tables([table.select(["id", "language", "source"]) for table in (kept, dropped)])
    cut, personal = _cut(release, documents), _personal(release, documents)
    repaired = _merged(_scan(release, "repairs", ["rule"], lambda rows: _measure(rows, pa.scalar(0))), ["rule"])
    dated, dates = _dates(kept["date"])
    return Statistics(
        counts=dict(counts),
        chars=_total(kept["chars"]),
        words=_total(kept["n_words"]),
        kept_by_language=_tallies(kept, "language"),
        kept_by_source=_tallies(kept, "source"),
        cut_by_reason=_tallies(cut, "reason"),
        cut_by_rule=_tallies(cut, "rule", "reason"),
        cut_by_language=_tallies(cut, "language"),
        cut_by_source=_tallies(cut, "source"),
        cut_by_language_and_reason=_largest_pairs(cut, "language"),
        cut_by_source_and_reason=_largest_pairs(cut, "source"),
        sources_of_rule=_by_count(_tallies(_sources(cut), "rule")),
        dropped_by_reason=_by_count(_tallies(dropped, "reason")),
        dropped_by_language=_by_count(_tallies(dropped, "language")),
        dropped_by_source=_by_count(_tallies(dropped, "source")),
        repaired_by_rule=_by_count(_tallies(repaired, "rule")),
        personal_by_kind=_by_count(_tallies(personal, "kind")),
        personal_by_language=_by_count(_tallies(personal, "language")),
        lengths=_deciles(kept["chars"]),
        dated=dated,
        dates=dates,
        clusters=_by_count(_tallies(_copies(dropped), "kept_id"))[:_CLUSTERS],
        kept_by_length=_by_length(kept["chars"]),
        kept_by_year=_by_year(kept),
        dropped_by_year=_by_year(dropped),
    )


def _scan(
    release: Path, config: str, columns: Sequence[str], look: Callable[[pa.Table], pa.Table], *, size: int = _ROWS
) -> Iterator[pa.Table]:
    for batch in batches(release, config, columns, size=size):
        yield look(pa.Table.from_batches([batch]))


def _measure(rows: pa.Table, chars: pa.ChunkedArray | pa.Scalar) -> pa.Table:
    """Add to each row what :func:`_merged` and :func:`_tallies` add up."""
    ones = pa.repeat(1, rows.num_rows)
    return rows.append_column("count", ones).append_column("chars", pc.multiply(ones, chars))


def _measure_kept(rows: pa.Table) -> pa.Table:
    return _measure(rows, rows["n_chars"])


def _measure_dropped(rows: pa.Table) -> pa.Table:
    return _measure(rows.drop_columns("text"), pc.utf8_length(rows["text"]))


def _copies(dropped: pa.Table) -> pa.Table:
    """Return the documents that are copies of one in this release: ids of an earlier one may be others' here."""
    is_here = pc.not_equal(dropped["reason"], Reason.EARLIER_RELEASE.value)
    return dropped.filter(pc.and_(dropped["kept_id"].is_valid(), is_here))


def _cut(release: Path, documents: pa.Table) -> pa.Table:
    """Count spans by all that they can be told apart by; their documents say the language and the source."""

    def look(rows: pa.Table) -> pa.Table:
        owners = pc.index_in(rows["id"], value_set=documents["id"])
        for name in ("language", "source"):
            rows = rows.append_column(name, documents[name].take(owners))
        return _measure(rows, pc.subtract(rows["end"], rows["start"]))

    return _merged(_scan(release, "removed", ["id", "rule", "reason", "start", "end"], look), _SPAN_KEYS)


def _largest_pairs(cut: pa.Table, name: str) -> Tallies:
    largest = {tally.name for tally in _tallies(cut, name)[:_PAIRED]}
    return tuple(tally for tally in _tallies(cut, name, "reason") if tally.name in largest)


def _sources(cut: pa.Table) -> pa.Table:
    """Return one row for each rule and source, to be counted."""
    pairs = cut.group_by(["rule", "source"]).aggregate([])
    return _measure(pairs, pa.scalar(0))


def _personal(release: Path, documents: pa.Table) -> pa.Table:
    def look(rows: pa.Table) -> pa.Table:
        owners = pc.index_in(rows["id"], value_set=documents["id"])
        return _measure(rows.append_column("language", documents["language"].take(owners)), pa.scalar(0))

    return _merged(_scan(release, "personal", ["id", "kind"], look), ["kind", "language"])


def _merged(parts: Iterable[pa.Table], keys: list[str]) -> pa.Table:
    return reduce(lambda total, part: _sum(pa.concat_tables([total, part]), keys), (_sum(part, keys) for part in parts))


def _sum(rows: pa.Table, keys: list[str]) -> pa.Table:
    summed = rows.group_by(keys).aggregate([("count", "sum"), ("chars", "sum")])
    return summed.select([*keys, "count_sum", "chars_sum"]).rename_columns([*keys, "count", "chars"])


def _tallies(rows: pa.Table, name: str, *further: str) -> Tallies:
    tallies = [
        Tally(row[name] or "", row["count"], row["chars"] or 0, *(row[key] or "" for key in further))
        for row in _sum(rows, [name, *further]).to_pylist()
    ]
    return tuple(sorted(tallies, key=lambda tally: (-tally.chars, -tally.count, tally.name, tally.reason)))


def _by_count(tallies: Tallies) -> Tallies:
    return tuple(sorted(tallies, key=lambda tally: (-tally.count, tally.name)))


def _total(column: pa.ChunkedArray) -> int:
    return int(pc.sum(column).as_py() or 0)


def _deciles(lengths: pa.ChunkedArray) -> tuple[int, ...]:
    known = lengths.drop_null().to_numpy()
    if not known.size:
        return ()
    return tuple(int(length) for length in np.quantile(known, np.linspace(0, 1, 11), method="nearest"))


def _dates(dates: pa.ChunkedArray) -> tuple[int, tuple[str, str] | None]:
    """Return how many dates are ISO dates, and the first and last of them. Others are no dates anyone can sort."""
    days = pc.utf8_slice_codeunits(dates, 0, 10)
    days = days.filter(pc.match_substring_regex(days, _ISO_DATE))
    if not len(days):
        return 0, None
    ends = pc.min_max(days).as_py()
    return len(days), (ends["min"], ends["max"])


def _by_year(rows: pa.Table) -> Tallies:
    days = pc.utf8_slice_codeunits(rows["date"], 0, 10)
    dated = rows.filter(pc.match_substring_regex(days, _ISO_DATE))
    years = dated.append_column("year", pc.utf8_slice_codeunits(dated["date"], 0, 4))
    return tuple(sorted(_tallies(years, "year"), key=lambda tally: tally.name))


def _by_length(lengths: pa.ChunkedArray) -> Tallies:
    """Count lengths between one step and the next, from the shortest to the longest; a step that nothing is in too."""
    known = lengths.drop_null().to_numpy()
    if not known.size:
        return ()
    places = np.searchsorted(_STEPS, known, side="right") - 1
    counts, chars = np.bincount(places), np.bincount(places, weights=known)
    return tuple(
        Tally(f"{_STEPS[place]}–{_STEPS[place + 1] - 1}", int(counts[place]), int(chars[place]))
        for place in range(int(places.min()), int(places.max()) + 1)
    )

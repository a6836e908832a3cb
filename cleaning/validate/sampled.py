"""Facts that need texts, about a sample: the documents whose ids have the smallest hashes, the same ones each time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from .. import document
from ..document import put_back, undo
from ..repair import repair
from ..settings import Repair
from .files import Manifest, read
from .known import Kept, Keys, contains, keys_of
from .results import SAMPLE
from .tally import Fact
from .twins import Sample

# So many documents are looked at, and compared with so many others.
SAMPLED, OTHERS = 1_000, 50_000

# How the rules of masks begin.
MASKED = "personal."

_REPAIR = ("round", "start", "end", "before", "rule")


def sampled_facts(release: Path, manifest: Manifest, kept: Kept) -> dict[str, Fact]:
    """Return by name what is known of a sample of the clean documents.

    Args:
        release: the release folder.
        manifest: what its manifest says.
        kept: the clean documents.

    Raises:
        ValidationError: a file cannot be read.
    """
    mended = _mended(release, kept)
    compared = kept.keys[:SAMPLED] if manifest.dedup.near else kept.keys[:0]
    texts = {key: (name, text) for key, name, text in _texts(release, np.union1d(compared, mended))}
    return {
        "near_copies_left": _near_copies(release, manifest, kept, [texts[key] for key in compared.tolist()]),
        "not_repaired_again": _not_repaired_again(
            release, manifest.repair, mended, {key: texts[key] for key in mended.tolist()}
        ),
    }


def _texts(release: Path, wanted: Keys) -> Iterator[tuple[int, str, str]]:
    """Yield key, id and text of the clean documents whose keys are wanted, which are sorted."""
    for rows in _rows_of(release, "default", ("id", "text"), wanted):
        for row in rows.to_pylist():
            yield row["key"], row["id"], row["text"] or ""


def _rows_of(release: Path, config: str, columns: Sequence[str], wanted: Keys) -> Iterator[pa.Table]:
    for batch in read(release, config, columns) if len(wanted) else ():
        keys = keys_of(batch["id"])
        mine = pa.array(contains(wanted, keys))
        yield pa.Table.from_batches([batch]).append_column("key", pa.array(keys)).filter(mine)


def _near_copies(release: Path, manifest: Manifest, kept: Kept, sample: list[tuple[str, str]]) -> Fact:
    """Return the share of the sampled documents that have a twin among the others, as deduplication would see it."""
    if not sample:
        return Fact(0, 0)
    index = Sample(sample, manifest.dedup.shingle, manifest.dedup.threshold)
    for rows in _rows_of(release, "default", ("id", "text"), kept.keys[:OTHERS]):
        index.compare(rows["id"].to_pylist(), [text or "" for text in rows["text"].to_pylist()])
    twins = index.twins
    pairs = [f"{name} and {twin} ({similarity:.2f})" for name, (twin, similarity) in twins.items()]
    return Fact(len(twins) / max(1, index.compared), index.compared, tuple(pairs[:SAMPLE]), len(twins))


# --- Whether what was mended and cut leads back to the same text ---


def _mended(release: Path, kept: Kept) -> Keys:
    """Return the keys of the first clean documents of which something was mended."""
    found = kept.keys[:0]
    for batch in read(release, "repairs", ["id"]):
        keys = keys_of(batch["id"].drop_null())
        found = np.union1d(found, keys[contains(kept.keys, keys)])[:SAMPLED]
    return found


def _not_repaired_again(release: Path, chosen: Repair, mended: Keys, texts: dict[int, tuple[str, str]]) -> Fact:
    """Count documents whose decoded text, put together again, is not repaired to what their spans and text say."""
    spans = _by_key(release, "removed", ("start", "text"), mended)
    repairs = _by_key(release, "repairs", _REPAIR, mended)
    # What was masked is not there to be repaired again.
    whole = [key for key in texts if not any((rule or "").startswith(MASKED) for *_, rule in repairs[key])]
    wrong = [texts[key][0] for key in whole if not _leads_back(texts[key][1], spans.get(key, []), repairs[key], chosen)]
    return Fact(len(wrong), len(whole), tuple(sorted(wrong)[:SAMPLE]))


def _by_key(release: Path, config: str, columns: Sequence[str], wanted: Keys) -> dict[int, list[tuple[Any, ...]]]:
    found: dict[int, list[tuple[Any, ...]]] = {}
    for rows in _rows_of(release, config, ("id", *columns), wanted):
        for row in rows.to_pylist():
            found.setdefault(row["key"], []).append(tuple(row[column] for column in columns))
    return found


def _leads_back(text: str, spans: list[tuple[Any, ...]], repairs: list[tuple[Any, ...]], chosen: Repair) -> bool:
    if any(value is None for row in (*spans, *repairs) for value in row):
        return False
    repaired = put_back(text, sorted(spans))
    decoded = undo(repaired, [document.Repair(*row) for row in repairs])
    return repair(decoded, chosen)[0] == repaired

"""Facts about the whole release, computed in a stream: what the table suite is checked against."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ..language import matches
from ..reason import Reason
from .files import Manifest, read
from .known import Kept, Keys, LeftOut, contains, keys_of, read_kept, read_left_out
from .personal import personal_left
from .results import SAMPLE
from .sampled import sampled_facts
from .spans import span_facts
from .tally import Fact, Mask, Tally, mask

_DUPLICATES = pa.array([Reason.EXACT_DUPLICATE, Reason.NEAR_DUPLICATE, Reason.SAME_HEADLINE], pa.string())


def gather(release: Path, manifest: Manifest, differences: tuple[list[str], int]) -> dict[str, Fact]:
    """Compute all facts by name; docs for each of them are the reasons in ``expectations/table.json``.

    Args:
        release: the release folder.
        manifest: what its manifest says.
        differences: what is wrong with the columns of its files, and the number of files.

    Raises:
        ValidationError: a file cannot be read.
    """
    kept, left_out = read_kept(release), read_left_out(release)
    known = np.sort(np.concatenate([kept.keys, left_out.keys]))
    return {
        "schema_differences": Fact(len(differences[0]), differences[1], tuple(differences[0][:SAMPLE])),
        **_count_facts(manifest, kept, left_out),
        "repeated_ids": _repeated(release, known),
        "ids_out_of_place": left_out.ids_out_of_place,
        **_document_facts(release, manifest, known),
        "kept_ids_not_kept": _kept_ids(release, kept),
        **span_facts(release, kept, known),
        "orphan_repairs": _orphans(release, "repairs", known),
        "taken_down_told": _taken_down(release),
        **sampled_facts(release, manifest, kept),
        "orphan_personal": _orphans(release, "personal", known),
        "personal_left": personal_left(release, manifest.personal),
    }


def _count_facts(manifest: Manifest, kept: Kept, left_out: LeftOut) -> dict[str, Fact]:
    counts = manifest.counts
    return {
        "documents_in": Fact(counts["read"] + counts["split_off"]),
        "documents_out": Fact(counts["kept"] + counts["dropped"] + counts["unreadable"]),
        "kept": Fact(counts["kept"]),
        "rows_of_default": Fact(kept.rows),
        "left_out": Fact(counts["dropped"] + counts["unreadable"]),
        "rows_of_dropped": Fact(left_out.rows),
        "unreadable": Fact(counts["unreadable"]),
        "rows_unreadable": Fact(left_out.unreadable),
    }


def _repeated(release: Path, known: Keys) -> Fact:
    suspects = np.unique(known[1:][known[1:] == known[:-1]])
    seen: Counter[str] = Counter()
    if len(suspects):
        for config in ("default", "dropped"):
            for batch in read(release, config, ["id"]):
                ids = batch["id"].drop_null()
                seen.update(ids.filter(pa.array(contains(suspects, keys_of(ids)))).to_pylist())
    repeated = sorted(name for name, count in seen.items() if count > 1)
    return Fact(len(repeated), len(known), tuple(repeated[:SAMPLE]))


def _document_facts(release: Path, manifest: Manifest, known: Keys) -> dict[str, Fact]:
    parents, languages = Tally(), Tally()
    for batch in read(release, "default", ["id", "parent_id", "language"]):
        orphan = mask(pc.is_valid(batch["parent_id"])) & ~contains(known, keys_of(batch["parent_id"]))
        parents.add(batch["id"], orphan)
        languages.add(batch["id"], _unwanted(batch["language"], manifest.languages))
    return {"orphan_parts": parents.fact(), "unwanted_languages": languages.fact()}


def _unwanted(tags: pa.Array, wanted: list[str]) -> Mask:
    fits = [tag for tag in tags.unique().to_pylist() if not wanted or any(matches(tag, one) for one in wanted)]
    return ~mask(pc.is_in(tags, pa.array(fits, tags.type)))


def _kept_ids(release: Path, kept: Kept) -> Fact:
    """Duplicates that do not name the document kept in their place, and any `kept_id` that is no document kept."""
    tally = Tally()
    for batch in read(release, "dropped", ["id", "reason", "kept_id"]):
        named = mask(pc.is_valid(batch["kept_id"]))
        duplicate = mask(pc.is_in(batch["reason"], _DUPLICATES))
        # What an earlier release has is named by its id there.
        elsewhere = mask(pc.equal(batch["reason"], Reason.EARLIER_RELEASE.value))
        missing = named & ~elsewhere & ~contains(kept.keys, keys_of(batch["kept_id"]))
        tally.add(batch["id"], missing | ((duplicate | elsewhere) & ~named))
    return tally.fact()


def _taken_down(release: Path) -> Fact:
    """Documents that are taken down, and whose text or headline, or a part of them, is still in a table."""
    tally = Tally()
    keys = [np.empty(0, np.uint64)]
    for batch in read(release, "dropped", ["id", "origin", "reason", "title", "text"]):
        taken = mask(pc.equal(batch["reason"], Reason.TAKEN_DOWN.value))
        told = mask(pc.not_equal(batch["text"], "")) | mask(pc.is_valid(batch["title"]))
        tally.add(pc.coalesce(batch["id"], batch["origin"]), taken & told)
        keys.append(keys_of(batch["id"].filter(pa.array(taken))))
    silent = np.sort(np.concatenate(keys))
    for config in ("removed", "repairs") if len(silent) else ():
        for batch in read(release, config, ["id"]):
            tally.add(batch["id"], contains(silent, keys_of(batch["id"])))
    return tally.fact()


def _orphans(release: Path, config: str, known: Keys) -> Fact:
    tally = Tally()
    for batch in read(release, config, ["id"]):
        tally.add(batch["id"], mask(pc.is_null(batch["id"])) | ~contains(known, keys_of(batch["id"])))
    return tally.fact()

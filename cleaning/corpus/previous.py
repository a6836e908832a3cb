"""What earlier releases have already: dropped, and the twin named."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from ..dedup import Keys, Known, find_known
from ..reason import Reason
from ..release.index import read_index
from ..settings import Dedup
from .documents import Corpus, Rows
from .keys import band_name, code_of

# By row: the id of a document's twin, how alike they are, and the evidence in words.
TwinsByRow = dict[int, tuple[str, float, str]]

_KIND = {
    Reason.EXACT_DUPLICATE: "an exact copy",
    Reason.NEAR_DUPLICATE: "a near copy, as sketches of both tell,",
    Reason.SAME_HEADLINE: "the same headline and a text alike, as sketches of both tell,",
}


def drop_known(corpus: Corpus, keys: Keys, releases: Sequence[Path], settings: Dedup) -> tuple[Corpus, TwinsByRow]:
    """Return the corpus without what earlier releases have, and the twin of each by row: id, similarity, evidence.

    Raises:
        OutputError: one of them is no release, or its index cannot be used with these settings.
    """
    files = [(release, read_index(release, settings)) for release in releases]
    found: TwinsByRow = {}
    for release, file in files:
        with file:
            left = dataclasses.replace(keys, rows=keys.rows[~np.isin(keys.rows, np.array(sorted(found), np.int64))])
            found |= _twins(corpus, left, release, file, settings)
    if not found:
        return corpus, {}
    reasons = corpus.keys["reason"].copy()
    reasons[sorted(found)] = code_of(Reason.EARLIER_RELEASE)
    return dataclasses.replace(corpus, keys={**corpus.keys, "reason": reasons}), found


def _twins(corpus: Corpus, keys: Keys, release: Path, file: pq.ParquetFile, settings: Dedup) -> TwinsByRow:
    names = [band_name(band) for band in range(settings.bands if settings.near else 0)]

    def column(name: str) -> np.ndarray:
        return np.asarray(file.read([name])[name].to_numpy())

    def ours(rows: Rows) -> np.ndarray:
        return np.stack([corpus.column(name)[rows] for name in names], axis=1)

    def theirs(rows: Rows) -> np.ndarray:
        return np.stack([column(name)[rows] for name in names], axis=1)

    known = Known(
        (column("digest_high"), column("digest_low")),
        column("headline"),
        lambda band: column(names[band]),
        theirs,
    )
    twins = find_known(keys, known, ours, settings)
    ids = file.read(["id"])["id"].take(pa.array(twins.twins)).to_pylist()
    told = zip(twins.rows.tolist(), ids, twins.similarities.tolist(), twins.reasons, strict=True)
    return {row: (id_, alike, f"{_KIND[reason]} is in {release.resolve().name}") for row, id_, alike, reason in told}

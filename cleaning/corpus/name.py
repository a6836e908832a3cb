"""Ids that are unique: two records that claim the same one are told apart by where they came from."""

from __future__ import annotations

from collections import defaultdict
from itertools import count

import pyarrow as pa


def unique_ids(keys: pa.Table) -> tuple[dict[int, str], dict[int, str]]:
    """Return, by row, new ids for documents whose id another one has too, and new parent ids for their articles.

    Of the documents with one id, the first by origin and content keeps it; the others get ``~2``, ``~3`` …, but for
    those that are ids already. So the answer does not depend on the order of arrival.

    >>> keys = pa.table({"row": [0, 1], "id": ["a", "a"], "origin": ["y.txt", "x.txt"], "digest": ["1", "2"],
    ...                  "parent_id": pa.nulls(2, pa.string())})
    >>> unique_ids(keys)
    ({0: 'a~2'}, {})
    """
    columns = [keys[name].to_pylist() for name in ("row", "id", "origin", "digest", "parent_id")]
    claims = defaultdict(list)
    for row, id_, origin, digest, parent in zip(*columns, strict=True):
        if id_ is not None:
            claims[id_].append((origin, digest, row, parent))
    ids: dict[int, str] = {}
    renamed: dict[tuple[str, str], str] = {}
    for id_, claimants in claims.items():
        free = (name for rank in count(2) if (name := f"{id_}~{rank}") not in claims)
        for (origin, _, row, _), name in zip(sorted(claimants, key=lambda claim: claim[:3])[1:], free, strict=False):
            ids[row] = renamed[id_, origin] = name
    parents = {
        row: renamed[parent, origin]
        for row, _, origin, _, parent in zip(*columns, strict=True)
        if renamed and parent is not None and (parent, origin) in renamed
    }
    return ids, parents

"""What the whole corpus needs to know of each document, in few bytes: one row of numbers, and its id.

The keys of all documents are held in memory; texts never are. Bands of sketches are most of them, and stay in files:
one band at a time is looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import xxhash

from ..boilerplate.headline import same_headline_forms
from ..dedup import NO_BAND, bands_of, could_be_told_by, shingles_of
from ..reason import Reason
from ..settings import Dedup
from ..words import Hashes, Words, in_chunks
from .rows import row_bytes

# Dates are compared as numbers of fourteen digits, as far as they are known; a document without one is the youngest.
UNDATED = 99_999_999_999_999
_ISO_DATE = r"^[0-9]{4}-[0-9]{2}"

# What stands for no reason: the document is kept.
KEPT = -1
_REASONS = {reason.value: code for code, reason in enumerate(Reason)}


def reason_of(code: int) -> Reason:
    """Return the reason that a code stands for.

    >>> reason_of(0)
    <Reason.ADVERTISEMENT: 'advertisement'>
    """
    return list(Reason)[code]


def code_of(reason: Reason) -> int:
    """Return the code that stands for a reason."""
    return _REASONS[reason.value]


def keys_schema(dedup: Dedup) -> pa.Schema:
    """Return the schema of the keys, whose bands depend on the settings.

    ``origin`` is there only for a document without an id. ``digest_high`` and ``digest_low`` tell exact copies,
    ``headline`` equal headlines and ``site`` the site; of the last two, 0 means none. ``bytes`` is what the document's
    rows take in the tables of a release.
    """
    return pa.schema(
        [
            pa.field("id", pa.large_string()),
            pa.field("origin", pa.large_string()),
            pa.field("n_chars", pa.int64()),
            pa.field("published", pa.int64()),
            pa.field("digest_high", pa.uint64()),
            pa.field("digest_low", pa.uint64()),
            pa.field("headline", pa.uint64()),
            pa.field("site", pa.uint64()),
            pa.field("reason", pa.int8()),
            pa.field("split_off", pa.bool_()),
            pa.field("bytes", pa.int64()),
            *(pa.field(band_name(band), pa.uint64()) for band in range(dedup.bands if dedup.near else 0)),
        ]
    )


def site_key(source: str | None) -> int:
    """Return what tells a site; 0 for none.

    >>> site_key(None), site_key("a.example") == site_key("b.example")
    (0, False)
    """
    return (xxhash.xxh3_64_intdigest(source.encode()) or 1) if source else 0


def band_name(band: int) -> str:
    """Return the name of a band's column."""
    return f"band{band}"


def keys_of(rows: pa.Table, settings: Dedup) -> pa.Table:
    """Return the keys of staged rows."""
    digests = np.array([int(digest or "0", 16) for digest in rows["digest"].to_pylist()], object)
    columns: dict[str, pa.Array | pa.ChunkedArray | np.ndarray] = {
        "id": rows["id"],
        "origin": pc.if_else(rows["id"].is_null(), rows["origin"], None),
        "n_chars": rows["n_chars"],
        "published": _published(rows["date"]),
        "digest_high": (digests >> 64).astype(np.uint64),
        "digest_low": (digests & (1 << 64) - 1).astype(np.uint64),
        "headline": _hashed(rows["title"].to_pylist(), _headline),
        "site": np.array([site_key(source) for source in rows["source"].to_pylist()], np.uint64),
        "reason": pa.array([_REASONS[reason] if reason else KEPT for reason in rows["reason"].to_pylist()], pa.int8()),
        "split_off": rows["parent_id"].is_valid(),
        "bytes": row_bytes(rows),
    }
    if settings.near:
        bands = _bands(rows, settings)
        columns |= {band_name(band): np.ascontiguousarray(bands[:, band]) for band in range(settings.bands)}
    return pa.table(columns).cast(keys_schema(settings))


def _published(dates: pa.ChunkedArray) -> pa.ChunkedArray:
    digits = pc.utf8_slice_codeunits(pc.replace_substring_regex(dates, r"[^0-9]", ""), 0, 14)
    iso = pc.fill_null(pc.match_substring_regex(dates, _ISO_DATE), fill_value=False)
    known = pc.if_else(iso, pc.utf8_rpad(digits, 14, "0"), None)
    return pc.fill_null(known.cast(pa.int64()), UNDATED)


def _headline(title: str) -> str | None:
    return min(same_headline_forms(title), key=lambda form: (len(form), form)) if could_be_told_by(title) else None


def _hashed(values: Sequence[str | None], form: Callable[[str], str | None]) -> Hashes:
    """Return a hash of the form of each value, 0 where there is none."""
    forms = [form(value) if value else None for value in values]
    return np.array([xxhash.xxh3_64_intdigest(form.encode()) or 1 if form else 0 for form in forms], np.uint64)


def _bands(rows: pa.Table, settings: Dedup) -> np.ndarray:
    """Return the band hashes of documents, dropped ones too: a takedown asks for their copies."""
    texts = rows["text"].to_pylist()
    found = [
        bands_of(*shingles_of(Words.of(chunk), settings.shingle), bands=settings.bands, rows=settings.rows)
        for chunk in in_chunks(texts)
    ]
    return np.concatenate([np.full((0, settings.bands), NO_BAND, np.uint64), *found])

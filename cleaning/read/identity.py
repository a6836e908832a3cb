"""Ids for records that have none."""

from __future__ import annotations

import re
from hashlib import blake2b

from ..document import Raw

# Files are named by their kind, so a number at the very end can only be a record's.
_RECORD = re.compile(r"#\d+$")


def record_id(raw: Raw) -> str:
    """Return the record's own id, or one made from its file, content and address.

    The made one is 32 hexadecimal digits, the same from run to run and machine to machine. The record's number is no
    part of it, so that a record added in front does not change the others; two identical records of one file
    therefore get the same id, and whoever needs unique ones must tell them apart.

    >>> record_id(Raw(origin="news.jsonl#1", content="It rained."))
    '6b83e0a3537f4f378c59130fbffd7d83'
    >>> record_id(Raw(origin="news.jsonl#2", content="It rained.", id=" n-7 "))
    'n-7'
    """
    given = (raw.id or "").strip()
    if given:
        return given
    digest = blake2b(digest_size=16)
    for part in (_RECORD.sub("", raw.origin), raw.content, raw.url or ""):
        content = part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")
        digest.update(len(content).to_bytes(8, "big"))  # so that no two triples run together the same way
        digest.update(content)
    return digest.hexdigest()

"""Values of JSON and Arrow as strings."""

from __future__ import annotations

import datetime
import json
import math
from typing import Any

# Whole numbers that count time since 1970 by their size: (from, to, how many make a second). Below are years and
# days such as 20240131, which stay as they are.
_EPOCHS = ((10**9, 10**10, 1), (10**12, 10**13, 10**3), (10**15, 10**16, 10**6))


def encodable(text: str) -> str:
    r"""Return a text that has a form in UTF-8: surrogates that JSON escapes left alone become U+FFFD.

    >>> encodable("a\ud83d\ude00b\ud83dc")
    'a😀b�c'
    """
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def as_text(value: Any) -> str | None:
    """Return any value as a string, None for one that is missing.

    >>> as_text(7), as_text(True), as_text(float("nan")), as_text({"a": ["ä"]})
    ('7', 'true', None, '{"a": ["ä"]}')
    """
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, str):
        return encodable(value)
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, bool | list | tuple | dict):
        return encodable(json.dumps(value, ensure_ascii=False, default=as_text))
    return str(value)


def as_moment(value: Any) -> str | None:
    """Return a date as a string: ISO 8601 where it came as a time or a count since 1970, else as it stands.

    >>> as_moment(1704164645), as_moment(1704164645000), as_moment(20240102), as_moment("yesterday")
    ('2024-01-02T03:04:05+00:00', '2024-01-02T03:04:05+00:00', '20240102', 'yesterday')
    """
    if isinstance(value, int | float):
        for low, high, second in _EPOCHS:
            if low <= value < high:
                return datetime.datetime.fromtimestamp(value / second, tz=datetime.UTC).isoformat()
    return as_text(value)


def as_name(value: Any) -> str | None:
    """Return who or what a value names: several are joined, and objects say it in ``name``.

    >>> as_name(["Ann Lee", {"@type": "Person", "name": "Bo"}]), as_name({"id": "bbc", "name": "BBC"}), as_name("Cy")
    ('Ann Lee, Bo', 'BBC', 'Cy')
    """
    if isinstance(value, list):
        return ", ".join(name for name in map(as_name, value) if name)
    if isinstance(value, dict) and value.get("name"):
        return as_name(value["name"])
    return as_text(value)

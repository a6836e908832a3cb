"""The places where two texts differ, in a line."""

from __future__ import annotations

from collections.abc import Iterator

from ...compared import Stretch, compared

# So many places are shown, with so many characters of what is the same on either side, and of a change at most so many.
_PLACES, _AROUND, _LONGEST = 3, 40, 200


def excerpt(old: str, new: str) -> str:
    """Return the first places where two texts differ, with a little of what is around them.

    >>> excerpt("It rained in the north.", "It snowed in the north.")
    '… It [-rained-]{+snowed+} in the north. …'
    """
    return " ".join(_places(compared(old, new)))


def _places(stretches: list[Stretch]) -> Iterator[str]:
    kinds = [kind for kind, _ in stretches]
    starts = [at for at, kind in enumerate(kinds) if kind != "both" and (not at or kinds[at - 1] == "both")]
    for start in starts[:_PLACES]:
        stop = kinds.index("both", start) if "both" in kinds[start:] else len(kinds)
        before = stretches[start - 1][1][-_AROUND:] if start else ""
        after = stretches[stop][1][:_AROUND] if stop < len(kinds) else ""
        marked = "".join(map(_marked, stretches[start:stop]))
        yield " ".join(f"… {before}{marked}{after} …".split())


def _marked(stretch: Stretch) -> str:
    kind, text = stretch
    return f"[-{_short(text)}-]" if kind == "first" else f"{{+{_short(text)}+}}"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST // 2]} … {text[-_LONGEST // 2 :]}"

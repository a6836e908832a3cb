"""Facts about personal data: whose it is, and whether any is left where it was to be masked."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from ..personal import look, wanted_in
from ..settings import Personal
from .files import read
from .tally import Fact, Tally


def personal_left(release: Path, settings: Personal) -> Fact:
    """Count clean texts in which something is found that was to be masked; of none, when nothing was to be.

    Args:
        release: the release folder.
        settings: what the release was built with.

    Raises:
        ValidationError: a file cannot be read.
    """
    tally = Tally()
    if settings.mode == "mask":
        for batch in read(release, "default", ["id", "text", "language", "url", "source"]):
            rows = [batch[name].to_pylist() for name in ("text", "language", "url", "source")]
            found = [
                bool(look(text or "", wanted_in(language, url, source, settings)))
                for text, language, url, source in zip(*rows, strict=True)
            ]
            tally.add(batch["id"], np.array(found, np.bool_))
    return tally.fact()

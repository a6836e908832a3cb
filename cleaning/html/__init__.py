"""A page: its text in reading order, a line for each block, and what the markup says of each line."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..classifier.features import prose_lines
from ..classifier.tokens import Tokens
from ..document import Markup
from . import features, markup
from .metadata import metadata as metadata_of
from .metadata import parse
from .quick import read_quickly
from .read import Read
from .render import Rendered, render

__all__ = ["Read", "read_page", "read_quickly"]


def read_page(html: str, *, url: str | None = None) -> Read:
    r"""Return a page's text, what its markup says of it, and its metadata.

    Raises:
        RecordError: the markup makes the metadata's reader fail.

    >>> page = read_page("<title>Rain</title><ul><li>Home</ul><p>It rained for three days <b>in the north</b>.")
    >>> page.text, page.title
    ('Home\nIt rained for three days in the north.', 'Rain')
    """
    tree = parse(html)
    if tree is None:
        return Read("")
    page = render(tree)
    told = metadata_of(tree, url)
    return Read("\n".join(page.lines), _markup(page), told.title, told.url, told.date, told.author)


def _markup(page: Rendered) -> Markup | None:
    if not page.lines:
        return None
    lengths = np.array([len(line) for line in page.lines], np.int64)
    ends = np.cumsum(lengths + 1) - 1
    starts = ends - lengths
    tokens = Tokens.of("\n".join(page.lines), starts)
    sizes = np.diff(tokens.of_line).astype(np.float32)
    prose = prose_lines(starts, ends, tokens, sizes)
    line_of = np.repeat(np.arange(len(sizes)), np.diff(tokens.of_line))
    heads = [_shared(told, tokens, line_of, len(sizes)) for told in (page.title, page.description)]
    return Markup(starts, features.features(page, sizes, prose, heads), markup.ids(page))


def _shared(told: str, tokens: Tokens, line_of: NDArray[np.int64], lines: int) -> features.Shared:
    """Return what the lines share with something that the page's head says."""
    said = np.unique(Tokens.of(told, np.zeros(1, np.int64)).hashes) if told else np.zeros(0, np.uint64)
    shared = np.bincount(line_of[np.isin(tokens.hashes, said)], minlength=lines)
    return features.Shared(shared.astype(np.float32), len(said))

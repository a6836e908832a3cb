"""What is seen of each line: its own form, its words among the page's, and what stands around it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .classes import KINDS, Kind
from .tokens import Tokens

Floats = NDArray[np.float32]

# A word of so many characters is about something; most shorter ones stand in any text.
CONTENT = 5

# Lines on either side within which prose is summed up.
WINDOWS = (1, 2, 4, 8, 16, 32)

NAMES: tuple[str, ...] = (
    # Its form.
    "tokens", "characters", "token_length", "ends_stop", "ends_comma", "ends_colon", "ends_quote", "ends_other",
    "starts_upper", "starts_lower", "starts_digit", "starts_separator", "starts_quote", "starts_dash", "starts_bracket",
    "upper_share", "digit_share", "punctuation_share", "stops", "commas", "quotes", "brackets", "dashes", "separators",
    "colons", "others", "capitalised", "letter_share", "prose", "long_prose", "inner_stops", "times", "digit_groups",
    # Its words on the page.
    "said_times", "said_before", "in_prose", "in_other_prose", "page_frequency", "rare_share", "in_line_above",
    "in_line_below", "content_share", "content_before", "content_after", "content_in_core",
    # Where it stands.
    "from_start", "from_end", "position", "tokens_before", "prose_before", "prose_after", "share_of_prose",
    "since_prose", "until_prose", "short_run", "first", "last",
    "above_core", "in_core", "below_core", "core_from_start", "core_until_end", "core_share",
    *(f"prose_{side}_{width}" for side in ("above", "below") for width in WINDOWS),
    *(f"tokens_{side}_{width}" for side in ("above", "below") for width in (2, 8)),
    # The page.
    "page_lines", "page_tokens", "page_prose_share", "page_prose_lines", "page_short_lines",
)  # fmt: skip


def features(text: str, starts: NDArray[np.int64], ends: NDArray[np.int64], tokens: Tokens) -> Floats:
    """Return what is seen of each line.

    Args:
        text: the text.
        starts: offsets at which its lines begin.
        ends: offsets at which they end; a line has no white space at its ends, and there is one line at least.
        tokens: its tokens.

    Returns:
        an array of shape (lines, len(NAMES)).
    """
    sizes = np.diff(tokens.of_line).astype(np.float32)
    form, prose = _form(starts, ends, tokens, sizes)
    mass = np.where(prose, sizes, 0)
    core = _core(sizes, mass)
    columns = [
        *form, *_vocabulary(tokens, sizes, prose, core), *_place(sizes, mass, prose, core), *_page(sizes, mass, prose)
    ]  # fmt: skip
    return np.stack(columns, axis=1).astype(np.float32, copy=False)


def prose_lines(starts: NDArray[np.int64], ends: NDArray[np.int64], tokens: Tokens, sizes: Floats) -> NDArray[np.bool_]:
    """Return which lines read like a paragraph: long, or a full sentence of some length."""
    prose: NDArray[np.bool_] = (sizes >= 40) | ((sizes >= 8) & (_closing(tokens.kinds, starts, ends) == Kind.STOP))
    return prose


def _form(
    starts: NDArray[np.int64], ends: NDArray[np.int64], tokens: Tokens, sizes: Floats
) -> tuple[list[Floats], NDArray[np.bool_]]:
    lengths = ends - starts
    count = len(starts)
    within = np.zeros(len(tokens.kinds) + 1, np.int64)
    within[starts] += 1
    line_of = np.cumsum(within[:-1]) - 1
    np.clip(line_of, 0, None, out=line_of)
    counts = (
        np.bincount(line_of * KINDS + tokens.kinds, minlength=count * KINDS).reshape(count, KINDS).astype(np.float32)
    )
    letters = counts[:, Kind.LOWER] + counts[:, Kind.UPPER] + counts[:, Kind.LETTER] + counts[:, Kind.IDEOGRAPH]
    characters = lengths.astype(np.float32)
    first, last = tokens.kinds[starts], _closing(tokens.kinds, starts, ends)
    final = tokens.kinds[ends - 1]
    stops = counts[:, Kind.STOP]
    is_stop = last == Kind.STOP
    prose = prose_lines(starts, ends, tokens, sizes)
    long_prose = (sizes >= 20) & is_stop
    capital = (tokens.kinds[tokens.starts] == Kind.UPPER).astype(np.float32)
    capitals = _sums(capital, tokens.of_line)
    times, groups = _digit_groups(tokens.kinds, line_of, count)
    safe = np.maximum(sizes, 1)
    marks = counts[:, Kind.STOP : Kind.OTHER].sum(axis=1)
    ends_with = [last == Kind.STOP, final == Kind.COMMA, final == Kind.COLON, final == Kind.QUOTE, final == Kind.OTHER]
    begins_with = [
        first == kind
        for kind in (Kind.UPPER, Kind.LOWER, Kind.DIGIT, Kind.SEPARATOR, Kind.QUOTE, Kind.DASH, Kind.BRACKET)
    ]
    per_token = [
        np.minimum(counts[:, kind] / safe, 2)
        for kind in (Kind.STOP, Kind.COMMA, Kind.QUOTE, Kind.BRACKET, Kind.DASH, Kind.SEPARATOR, Kind.COLON, Kind.OTHER)
    ]
    return [
        np.log1p(sizes), np.log1p(characters), np.minimum(letters / safe, 15),
        *ends_with, *begins_with,
        counts[:, Kind.UPPER] / np.maximum(letters, 1), counts[:, Kind.DIGIT] / characters, marks / characters,
        *per_token,
        capitals / safe, letters / characters, prose, long_prose, np.log1p(np.maximum(stops - is_stop, 0)),
        np.minimum(times, 3), np.minimum(groups, 6),
    ], prose  # fmt: skip


def _digit_groups(kinds: NDArray[np.uint8], line_of: NDArray[np.int64], count: int) -> tuple[Floats, Floats]:
    """Return how many colons between digits each line has, and how many groups of digits: what dates are made of."""
    digit = kinds == Kind.DIGIT
    times = np.flatnonzero((kinds[1:-1] == Kind.COLON) & digit[:-2] & digit[2:]) + 1
    groups = np.flatnonzero(digit[1:] & ~digit[:-1]) + 1
    both = (np.bincount(line_of[found], minlength=count).astype(np.float32) for found in (times, groups))
    return next(both), next(both)


def _closing(kinds: NDArray[np.uint8], starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.uint8]:
    """Return the kind of the last character that is no closing quote or bracket."""
    position = ends - 1
    for _ in range(3):
        closes = ((kinds[position] == Kind.QUOTE) | (kinds[position] == Kind.BRACKET)) & (position > starts)
        position = position - closes
    return kinds[position]


def _core(sizes: Floats, mass: Floats) -> tuple[int, int]:
    """Return the lines, the last one exclusive, from which to which the article most likely runs.

    It is the run with the most words of prose, of which its other words are taken away, and two for each line.
    """
    sums = np.concatenate([[0], np.cumsum(np.where(mass > 0, mass, -sizes - 2), dtype=np.float64)])
    lowest = np.minimum.accumulate(sums)
    last = int(np.argmax(sums - lowest))
    return int(np.argmax(sums[: last + 1] == lowest[last])), last


def _vocabulary(tokens: Tokens, sizes: Floats, prose: NDArray[np.bool_], core: tuple[int, int]) -> list[Floats]:
    times, before = _said_again(tokens.line_hashes)
    if not len(tokens.hashes):
        return [times, before, *([np.zeros(len(sizes), np.float32)] * 10)]
    line_of = np.repeat(np.arange(len(sizes)), np.diff(tokens.of_line))
    # The tokens by word, and those of a word by line: what is asked of a word is then asked of a run.
    order = np.argsort(tokens.hashes, kind="stable")
    hashes, lines, in_prose = tokens.hashes[order], line_of[order], prose[line_of[order]]
    content = (tokens.lengths[order] >= CONTENT).astype(np.float32)
    new_word = np.append(True, hashes[1:] != hashes[:-1])
    firsts = np.flatnonzero(new_word)
    word = np.cumsum(new_word) - 1
    frequency = np.diff(np.append(firsts, len(hashes)))
    prose_frequency = np.add.reduceat(in_prose, firsts, dtype=np.int64)[word]
    seen = prose_frequency > 0
    # How often it is said in other lines of prose: a line of prose has said each of its words at least once.
    elsewhere = prose_frequency > in_prose
    above, below = _in_lines_beside(lines, new_word)
    earlier, later = _beside(in_prose, lines, new_word)
    in_core = (lines >= core[0]) & (lines < core[1]) & in_prose
    core_frequency = np.add.reduceat(in_core, firsts, dtype=np.int64)[word]
    # A weighted count of lines sums up what is said of their words, in any order.
    columns = (seen, elsewhere, np.log1p(frequency)[word], (frequency == 1)[word], above, below, content)
    safe = np.maximum(sizes, 1)
    of_words = [(np.bincount(lines, column, len(sizes)) / safe).astype(np.float32) for column in columns]
    known = np.maximum(of_words[-1] * safe, 1)
    of_content = [
        (np.bincount(lines, content * column, len(sizes)) / known).astype(np.float32)
        for column in (earlier, later, core_frequency > in_core)
    ]
    return [times, before, *of_words, *of_content]


def _beside(
    in_prose: NDArray[np.bool_], lines: NDArray[np.int64], new_word: NDArray[np.bool_]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return whether each word is said in prose above its own line, and below it; words come in runs."""
    sums = np.concatenate([[0], np.cumsum(in_prose, dtype=np.int64)])
    new_line = np.append(True, lines[1:] != lines[:-1]) | new_word
    bounds = (np.flatnonzero(new_word), np.flatnonzero(new_line))
    (of_word, of_line) = (np.cumsum(new) - 1 for new in (new_word, new_line))
    starts = [sums[bound][of] for bound, of in zip(bounds, (of_word, of_line), strict=True)]
    ends = [sums[np.append(bound[1:], len(lines))][of] for bound, of in zip(bounds, (of_word, of_line), strict=True)]
    return starts[1] > starts[0], ends[0] > ends[1]


def _said_again(line_hashes: NDArray[np.uint64]) -> tuple[Floats, Floats]:
    """Return how often each line is said, as a logarithm, and whether it has been said before."""
    _, firsts, numbers, counts = np.unique(line_hashes, return_index=True, return_inverse=True, return_counts=True)
    before = np.ones(len(line_hashes), np.float32)
    before[firsts] = 0
    return np.log(counts[numbers].astype(np.float32)), before


def _in_lines_beside(lines: NDArray[np.int64], new_word: NDArray[np.bool_]) -> tuple[NDArray[np.bool_], ...]:
    """Return whether each word is also said in the line above its own, and in the one below; words come in runs."""
    new_line = np.append(True, lines[1:] != lines[:-1]) | new_word
    starts = np.flatnonzero(new_line)
    of_run, run = lines[starts], np.cumsum(new_line) - 1
    next_to = (np.diff(of_run) == 1) & ~new_word[starts[1:]]
    return np.append(False, next_to)[run], np.append(next_to, False)[run]


def _place(sizes: Floats, mass: Floats, prose: NDArray[np.bool_], core: tuple[int, int]) -> list[Floats]:
    count = len(sizes)
    number = np.arange(count, dtype=np.float32)
    total = np.concatenate([[0], np.cumsum(sizes, dtype=np.float64)])
    masses = np.concatenate([[0], np.cumsum(mass, dtype=np.float64)])
    all_mass, all_tokens = max(masses[-1], 1.0), max(total[-1], 1.0)
    places = np.flatnonzero(prose)
    at = np.searchsorted(places, number)
    since = np.where(at > 0, number - np.append(places, 0)[at - 1], count)
    if len(places):
        until = np.where(at < len(places), places[np.minimum(at, len(places) - 1)] - number, count)
    else:
        since = until = np.full(count, count, np.float32)
    index = np.arange(count)
    windows = []
    for sums, widths in ((masses, WINDOWS), (total, (2, 8))):
        above = [np.log1p(sums[index] - sums[np.maximum(index - width, 0)]) for width in widths]
        below = [np.log1p(sums[np.minimum(index + 1 + width, count)] - sums[index + 1]) for width in widths]
        windows += above + below
    short = _run_lengths(sizes < 8)
    first, last = core
    return [
        np.log1p(number), np.log1p(count - 1 - number), number / count, total[:-1] / all_tokens,
        masses[:-1] / all_mass, (all_mass - masses[1:]) / all_mass, mass / all_mass,
        np.log1p(np.maximum(since, 0)), np.log1p(until), np.log1p(short), number == 0, number == count - 1,
        np.log1p(np.maximum(first - number, 0)), (number >= first) & (number < last),
        np.log1p(np.maximum(number - last + 1, 0)), np.log1p(np.maximum(number - first, 0)),
        np.log1p(np.maximum(last - 1 - number, 0)),
        np.full(count, (masses[last] - masses[first]) / all_mass, np.float32),
        *windows,
    ]  # fmt: skip


def _page(sizes: Floats, mass: Floats, prose: NDArray[np.bool_]) -> list[Floats]:
    count = len(sizes)
    values = [
        np.log1p(count), np.log1p(sizes.sum()), mass.sum() / max(sizes.sum(), 1), prose.sum() / count,
        (sizes < 5).sum() / count,
    ]  # fmt: skip
    return [np.full(count, value, np.float32) for value in values]


def _sums(values: Floats, bounds: NDArray[np.int64]) -> Floats:
    """Return the sum of each line's values, given where each line's begin."""
    sums = np.concatenate([[0], np.cumsum(values, dtype=np.float64)])
    of_lines: Floats = (sums[bounds[1:]] - sums[bounds[:-1]]).astype(np.float32)
    return of_lines


def _run_lengths(flags: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return for each flag how long the run of set flags is that it stands in; 0 where it is not set."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flags.astype(np.int8), [0]])))
    lengths = np.zeros(len(flags), np.int64)
    begins, ends = edges[::2], edges[1::2]
    lengths[flags] = np.repeat(ends - begins, ends - begins)
    return lengths

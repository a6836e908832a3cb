from __future__ import annotations

import numpy as np

from cleaning.classifier.evidence import NAMES, NUMBER, REASONS, features
from cleaning.reason import OF_DOCUMENTS, Reason


def table(*lines: dict[Reason, float]) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    hits = np.zeros((len(lines), len(REASONS)), np.float32)
    for row, line in zip(hits, lines, strict=True):
        for reason, surely in line.items():
            row[NUMBER[reason]] = surely
    found: np.ndarray[tuple[int, int], np.dtype[np.float32]] = features(hits)
    return found


PAGE = table({}, {Reason.SHARE_BAR: 1}, {}, {Reason.SHARE_BAR: 0.5, Reason.TAGS: 1}, {})


def column(name: str) -> list[float]:
    values: list[float] = np.round(PAGE[:, NAMES.index(name)].astype(np.float64), 3).tolist()
    return values


def test_every_reason_of_a_span_has_its_column() -> None:
    assert set(REASONS) == set(Reason) - OF_DOCUMENTS - {Reason.SHARED_PARAGRAPH}
    assert PAGE.shape == (5, len(NAMES)) == (5, len(set(NAMES)))


def test_how_sure_a_rule_is_counts() -> None:
    sure, half = column("rule_share-bar")[1], column("rule_share-bar")[3]
    assert sure == 2 * half > 0
    assert column("rule_tags") == [0, 0, 0, sure, 0]


def test_what_stands_before_and_after_counts() -> None:
    one, two = (round(float(np.log1p(count)), 3) for count in (1, 2))
    assert column("share-bar_before") == [0, 0, one, one, two]
    assert column("share-bar_after") == [two, one, one, 0, 0]


def test_kinds_are_counted_for_the_page() -> None:
    assert column("kinds_of_boilerplate") == [0.5] * 5
    assert table({}, {})[0, -1] == 0

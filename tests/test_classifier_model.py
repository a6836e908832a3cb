"""The classifiers that ship fit what is seen of lines."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pytest
from hypothesis import given
from strategies import ARTICLES, fewer, nasty_texts, pages

from cleaning.classifier import Seen, evidence, features, load, model
from cleaning.html import features as html_features
from cleaning.html import read_page
from cleaning.text import line_spans

NAMES: tuple[Literal["text", "html"], ...] = ("text", "html")
ONE, TWO, THREE, FOUR = ARTICLES["en"].paragraphs
MENU = ["Home", "News", "World", "Sport", "Sign in", "Search"]


def seen(text: str) -> Seen:
    starts, ends = (np.array(side, np.int64) for side in zip(*line_spans(text), strict=True))
    return Seen.of(text, starts, ends, np.zeros((len(starts), len(evidence.REASONS)), np.float32))


@pytest.mark.parametrize("name", NAMES)
def test_the_weights_fit_the_features(name: Literal["text", "html"]) -> None:
    found = load(name)
    scores = len(found.linear)
    of_markup = len(html_features.NAMES) if name == "html" else 0
    assert scores == (2 if name == "html" else 1)
    assert found.mean.shape == found.scale.shape
    assert found.mean.shape == (len(features.NAMES) + len(evidence.NAMES) + of_markup + scores,)
    assert found.networks
    assert all(np.isfinite(values).all() for network in found.networks for values in network.values())
    assert (found.scale > 0).all()


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_known_of_what_is_not_there(name: Literal["text", "html"]) -> None:
    for linear in load(name).linear:
        assert linear.known[0] > 0
        assert (np.diff(linear.known.astype(object)) > 0).all()
        assert linear.weights[-1] == 0
        assert len(linear.weights) == len(linear.known) + 1


@fewer
@given(nasty_texts() | pages())
def test_every_line_of_any_text_is_judged(text: str) -> None:
    if spans := line_spans(text):
        likely = load("text").likely(seen(text))
        assert likely.shape == (len(spans),)
        assert ((likely > 0) & (likely < 1)).all()


def test_paragraphs_are_likelier_than_menus() -> None:
    likely = load("text").likely(seen("\n".join([*MENU, ONE, TWO, THREE, FOUR, *MENU])))
    assert likely[6:10].min() > 2 * max(likely[:6].max(), likely[10:].max())


def test_markup_is_heard() -> None:
    html = "".join(f"<{{0}}>{paragraph}</{{0}}>" for paragraph in (ONE, TWO, THREE, FOUR))
    likely = []
    for element in ("p", "footer"):
        page = read_page(f"<ul>{''.join(f'<li>{item}</li>' for item in MENU)}</ul>{html.format(element)}")
        assert page.markup is not None
        likely.append(load("html").likely(seen(page.text), page.markup.numbers, page.markup.names)[6:])
    assert likely[0].mean() > likely[1].mean()


def test_the_same_lines_are_judged_the_same_whatever_came_before() -> None:
    text = "\n".join([*MENU, ONE, TWO])
    first = load("text").likely(seen(text))
    load("text").likely(seen("\n".join([THREE, FOUR, *MENU] * 50)))
    assert np.array_equal(load("text").likely(seen(text)), first)


def test_a_classifier_is_read_once() -> None:
    assert load("text") is load("text")
    assert model.load is load

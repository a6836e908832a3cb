"""What spoke for and against a line."""

from __future__ import annotations

import numpy as np
import pytest
from strategies import ARTICLES

from cleaning.boilerplate import lines
from cleaning.boilerplate.page import Page
from cleaning.boilerplate.phrases import Named, rules_for
from cleaning.classifier import load
from cleaning.classifier.influence import influence
from cleaning.document import Document
from cleaning.html import read_page

GROUPS = {"its form", "its words on the page", "where it stands", "the page", "rules", "its words"}
MENU = ["Home", "News", "World", "Sport", "Sign in", "Search"]


def spoken(page: Page) -> dict[str, list[float]]:
    model, seen, markup = lines.look(page, Named(page, rules_for("en")))
    inputs = model.inputs(seen, markup.numbers, markup.names) if markup else model.inputs(seen)
    return {name: of.tolist() for name, of in influence(model, inputs, seen.sizes).items()}


def test_of_a_text_six_groups_are_told() -> None:
    text = "\n".join([*MENU, *ARTICLES["en"].paragraphs, "All rights reserved"])
    spoke = spoken(Page.of(Document(repaired=text, text=text)))
    assert set(spoke) == GROUPS
    assert {len(of) for of in spoke.values()} == {11}
    assert spoke["rules"][-1] < 0


def test_of_a_page_the_markup_is_told_too() -> None:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in ARTICLES["en"].paragraphs)
    page = read_page(f"<nav>{''.join(f'<a href=/>{item}</a><br>' for item in MENU)}</nav><article>{body}</article>")
    spoke = spoken(Page.of(Document(repaired=page.text, text=page.text, markup=page.markup)))
    assert set(spoke) == GROUPS | {"markup"}
    assert max(spoke["markup"][:6]) < min(spoke["markup"][6:])


@pytest.mark.parametrize("count", [1, 5])
def test_what_is_like_any_page_says_nothing(count: int) -> None:
    model = load("text")
    inputs = np.zeros((count, len(model.mean)), np.float32)
    spoke = influence(model, inputs, np.ones(count, np.float32))
    assert all(np.allclose(of, 0, atol=1e-5) for of in spoke.values())

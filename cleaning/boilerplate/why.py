"""What spoke against the lines that the classifier cut, for a reader who asks."""

from __future__ import annotations

import dataclasses

import numpy as np

from ..classifier.influence import influence
from ..document import Cut, Document
from ..settings import Boilerplate
from . import lines, phrases
from .page import Page

# Groups of features that are named, and from what on, in logits.
MOST, LEAST = 3, 0.3


def explained(document: Document, settings: Boilerplate) -> Document:
    """Return a cleaned document whose cuts by the classifier say in their evidence what spoke against the lines.

    >>> from ..pipeline import clean_text
    >>> explained(clean_text("Nothing is cut from this."), Boilerplate()).cuts
    ()
    """
    if not any(cut.rule == lines.RULE for cut in document.cuts):
        return document
    page = Page.of(document)
    named = phrases.Named(page, phrases.rules_for(document.language, frozenset(settings.without)))
    model, seen, markup = lines.look(page, named)
    inputs = model.inputs(seen, markup.numbers, markup.names) if markup else model.inputs(seen)
    spoke = influence(model, inputs, seen.sizes)
    starts = np.array([line.start for line in page.lines])
    cuts = []
    for cut in document.cuts:
        inside = (starts >= cut.start) & (starts < cut.end)
        cuts.append(_with_reasons(cut, {name: float(of[inside].mean()) for name, of in spoke.items()}, inside.any()))
    return dataclasses.replace(document, cuts=tuple(cuts))


def _with_reasons(cut: Cut, spoke: dict[str, float], has_lines: np.bool_) -> Cut:
    if cut.rule != lines.RULE or not has_lines:
        return cut
    against = sorted((weight, name) for name, weight in spoke.items() if weight <= -LEAST)[:MOST]
    said = ", ".join(f"{name} {weight:+.1f}" for weight, name in against)
    return dataclasses.replace(cut, evidence=f"{cut.evidence}; against it: {said}" if said else cut.evidence)

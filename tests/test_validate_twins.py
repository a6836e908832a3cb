"""Near copies are found among documents as the true similarity says, and only where deduplication looks for them."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from releases import document, good

from cleaning.dedup import jaccard, shingles
from cleaning.validate import sampled
from cleaning.validate.facts import gather
from cleaning.validate.files import read_manifest
from cleaning.validate.tally import Fact
from cleaning.validate.twins import Sample


def texts() -> list[str]:
    """Return texts of which some differ in a word or two."""
    chance = random.Random(7)
    bases = [[f"w{chance.randrange(400)}" for _ in range(60)] for _ in range(6)]
    return [" ".join([*base[:cut], "other", *base[cut + 1 :]]) for base in bases for cut in (1, 3, 30, 58)] + [""]


def test_twins_are_those_of_the_true_similarity() -> None:
    every = texts()
    names = [f"{number:02d}" for number in range(len(every))]
    sample = Sample(list(zip(names, every, strict=True)), 5, 0.8)
    sample.compare(names, every)
    sets = {name: shingles(text, 5) for name, text in zip(names, every, strict=True)}
    expected = {}
    for name in names[:-1]:
        alike = [(jaccard(sets[name], sets[other]), other) for other in names[:-1] if other != name]
        best = max(similarity for similarity, _ in alike)
        if best >= 0.8:
            expected[name] = min(other for similarity, other in alike if similarity == best), best
    assert len(expected) > 6
    assert sample.twins == expected
    assert sample.compared == len(every) - 1  # a text without a word cannot be told


def facts(release: Path) -> dict[str, Fact]:
    return gather(release, read_manifest(release), ([], 0))


def test_nothing_is_looked_for_when_near_copies_were_to_stay(tmp_path: Path) -> None:
    made = good()
    made.put(document("again", made.document("rain")["text"]))
    assert facts(made.write(tmp_path / "near"))["near_copies_left"].wrong == 2
    made.manifest["settings"]["dedup"]["near"] = False
    assert facts(made.write(tmp_path / "off"))["near_copies_left"] == Fact(0, 0)


def test_the_settings_of_the_release_say_what_is_near(tmp_path: Path) -> None:
    made = good()
    made.put(document("again", made.document("rain")["text"] + " It is said that it will rain again."))
    assert facts(made.write(tmp_path / "default"))["near_copies_left"].wrong == 0
    made.manifest["settings"]["dedup"]["threshold"] = 0.4
    assert facts(made.write(tmp_path / "lower"))["near_copies_left"].wrong == 2


def test_a_sample_is_no_larger_than_it_may_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sampled, "SAMPLED", 2)
    monkeypatch.setattr(sampled, "OTHERS", 3)
    made = good()
    for number in range(20):
        made.put(document(f"more-{number}", f"The {number} other texts are all about something else."))
    assert facts(made.write(tmp_path))["near_copies_left"].evaluated == 2

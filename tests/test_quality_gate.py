"""What must not get worse: cleaning in each language, measured on articles written for the purpose. See ``gate.py``."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import gate
import pytest
from gate import KINDS, Case, Entry, Score, below, floor_of, unexplained

from cleaning import clean_html, clean_text
from cleaning.boilerplate import phrases
from cleaning.rules import Language, languages, load, parse
from cleaning.rules.coverage import Coverage, Measured, coverage, measured
from cleaning.settings import Settings

ALL = [(tag, kind) for tag in gate.tags() for kind in KINDS]
IDS = [f"{tag}-{kind}" for tag, kind in ALL]

BENCH = Path(__file__).parent.parent.parent / "shared" / "bench"
# Pages of each set that are tried here, and what the articles among them must reach. The shipped classifiers were
# trained on them: this tells whether something broke, not how well other pages are cleaned.
SAMPLE, BENCH_FLOORS = 40, {"text": 0.90, "html": 0.93}


# --- The gate ---


@pytest.mark.parametrize(("tag", "kind"), ALL, ids=IDS)
def test_no_case_falls_below_its_floor(tag: str, kind: str) -> None:
    assert below(gate.measured(tag, kind), gate.floors()[tag, kind]) == []


def test_every_language_has_a_case_with_an_article_and_look_alikes() -> None:
    assert gate.tags() == languages()[1:]
    for tag in gate.tags():
        case = Case.read(tag)
        assert len(case.paragraphs) >= 6  # five and a heading
        assert len(set(case.article)) == len(case.article)
        assert len(case.keeps) >= 2
        assert len(case.menu) >= 5


def test_what_goes_is_no_line_of_the_article() -> None:
    for tag in gate.tags():
        case = Case.read(tag)
        around = set(gate.page(case).split("\n")) - set(case.article)
        assert len(around) >= 25
        assert set(case.article) < set(gate.residue(case).split("\n\n"))
        assert set(case.article) < set(gate.page(case).split("\n"))


# --- Floors cannot be lowered without saying so ---


def test_floors_are_those_of_the_lock() -> None:
    assert gate.floors() == {entry[:2]: entry.floor for entry in gate.locked()}
    assert set(gate.floors()) == set(ALL)


def test_who_lowers_a_floor_or_changes_a_case_says_why() -> None:
    assert unexplained(gate.locked()) == []


def test_floors_were_measured_on_the_cases_that_are_there() -> None:
    known = {entry[:2]: entry.digest for entry in gate.locked()}
    assert [tag for tag, kind in ALL if known[tag, kind] != gate.digest(tag)] == []


FIRST = "en page 0.950 0.010 aaaaaaaaaaaa"


@pytest.mark.parametrize(
    ("line", "explained"),
    [
        ("en page 0.960 0.010 aaaaaaaaaaaa", True),
        ("en page 0.950 0.000 aaaaaaaaaaaa", True),
        ("en page 0.940 0.010 aaaaaaaaaaaa", False),
        ("en page 0.950 0.020 aaaaaaaaaaaa", False),
        ("en page 0.960 0.010 bbbbbbbbbbbb", False),
        ("en page 0.940 0.010 aaaaaaaaaaaa oops", False),
        ("en page 0.940 0.010 aaaaaaaaaaaa captions stay from now on", True),
        ("en page 0.960 0.010 bbbbbbbbbbbb a second heading in it", True),
        ("fr page 0.100 0.500 bbbbbbbbbbbb", True),
    ],
)
def test_a_line_of_the_lock_that_asks_for_less_has_a_reason(line: str, explained: bool) -> None:
    assert (unexplained([Entry.parse(FIRST), Entry.parse(line)]) == []) is explained


def test_each_line_of_the_lock_is_compared_with_the_one_before_it() -> None:
    lines = [FIRST, "en page 0.900 0.010 aaaaaaaaaaaa shorter articles count now", "en page 0.920 0.010 aaaaaaaaaaaa"]
    assert unexplained([Entry.parse(line) for line in lines]) == []
    assert unexplained([Entry.parse(lines[0]), Entry.parse(lines[2])]) == [lines[2]]
    assert [str(Entry.parse(line)) for line in lines] == lines


def test_a_floor_is_a_little_below_what_was_measured() -> None:
    score = Score(0.95, 0.004)
    assert below(score, floor_of(score)) == []
    assert below(Score(0.92, 0.004), floor_of(score)) == ["F1 0.920, at least 0.930"]
    assert below(Score(0.95, 0.05), floor_of(score)) == ["5.0% of the article cut, at most 1.4%"]


# --- The gate can close ---


@pytest.mark.parametrize("tag", ["sw", "hu"])
def test_the_gate_closes_without_the_rules_of_the_language(tag: str) -> None:
    rules = load(tag)
    assert rules
    names = [f"{tag}.{rule.name}" for rule in rules.rules]
    score = gate.measure(Case.read(tag), "residue", Settings.of({"boilerplate": {"without": names}}))
    assert [problem[:2] for problem in below(score, gate.floors()[tag, "residue"])] == ["F1"]


def test_the_gate_closes_when_a_rule_cuts_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    text = """name = "Greedy"
    [[rule]]
    name = "all"
    reason = "navigation"
    max_chars = 1000
    patterns = ['.+[.!?]']
    strips = ["It rained."]
    keeps = ["Rain"]"""
    greedy = parse("en", text)

    def shipped_but_for_english(tag: str) -> Language | None:
        return greedy if tag == "en" else load(tag)

    monkeypatch.setattr(phrases, "load", shipped_but_for_english)
    phrases.rules_for.cache_clear()
    try:
        score = gate.measure(Case.read("en"), "residue")
    finally:
        phrases.rules_for.cache_clear()
    assert len(below(score, gate.floors()["en", "residue"])) == 2


# --- What `cleaning rules` and the documentation tell of it ---


def test_the_shipped_numbers_are_those_of_the_gate() -> None:
    assert sorted(measured()) == gate.tags()
    for tag, told in measured().items():
        scores = {kind: gate.measured(tag, kind) for kind in KINDS}
        assert {kind: score.f1 for kind, score in scores.items()} == pytest.approx(
            {kind: getattr(told, kind) for kind in KINDS}, abs=0.01
        ), f"{tag}: python tests/generated.py writes them anew"
        assert told.false_cuts == pytest.approx(max(score.false_cuts for score in scores.values()), abs=0.01)


WELL = Coverage("xx", "Test", 24, 900, 130, 110, Measured(0.99, 0.95, 0.98, 0.02))


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, ""),
        ({"rules": 19}, "19 rules, not 20"),
        ({"strips": 99}, "99 strips, not 100"),
        ({"keeps": 89}, "89 keeps, not 90"),
        ({"measured": None}, "not measured"),
        ({"measured": None, "tag": "common"}, ""),
        ({"measured": Measured(0.99, 0.896, 0.98, 0.02)}, "F1 0.896 of page, not 0.900"),
        ({"measured": Measured(0.99, 0.95, 0.98, 0.12)}, "12.0% falsely cut, over 10%"),
        ({"rules": 3, "keeps": 5}, "3 rules, not 20; 5 keeps, not 90"),
    ],
)
def test_a_language_that_is_lightly_covered_says_by_which_bound(changes: dict[str, Any], told: str) -> None:
    assert replace(WELL, **changes).light == told


def test_what_a_language_has_is_counted() -> None:
    known = {language.tag: language for language in coverage()}
    assert list(known) == languages()
    rules = load("sw")
    assert rules
    assert (known["sw"].rules, known["sw"].name) == (len(rules.rules), rules.name)
    assert known["sw"].keeps == sum(len(rule.keeps) for rule in rules.rules)
    assert known["sw"].measured == measured()["sw"]


# --- Beside the marked pages, where they are ---


@cache
def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", BENCH / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def sample(name: str) -> list[dict[str, Any]]:
    """Return some articles of a set, from all over it."""
    parquet = pytest.importorskip("pyarrow.parquet")
    table = parquet.read_table(BENCH / f"{name}.parquet", columns=["kind", "html", "url", "gold"])
    kinds = table.column("kind").to_pylist()
    articles = [n for n, kind in enumerate(kinds) if name != "wcxb_dev" or kind == "article"]
    chosen: list[dict[str, Any]] = table.take(articles[:: max(1, len(articles) // SAMPLE)][:SAMPLE]).to_pylist()
    return chosen


def predicted(mode: str, pages: list[dict[str, Any]]) -> Iterator[str]:
    for page in pages:
        if mode == "html":
            yield clean_html(page["html"], url=page["url"]).text
        else:
            yield clean_text(scorer().render(page["html"])).text


@pytest.mark.skipif(not (BENCH / "score.py").exists(), reason="the marked pages are not here")
@pytest.mark.parametrize("mode", sorted(BENCH_FLOORS))
@pytest.mark.parametrize("name", ["fundus_dev", "wcxb_dev"])
def test_bench_pages_are_told_apart(name: str, mode: str) -> None:
    pytest.importorskip("resiliparse")
    pages = sample(name)
    texts = predicted(mode, pages)
    pairs = [scorer().score_page(page["gold"], text) for page, text in zip(pages, texts, strict=True)]
    assert len(pairs) >= SAMPLE // 2
    assert scorer().summary(pairs)[2] >= BENCH_FLOORS[mode]

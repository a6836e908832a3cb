"""Which split a document is in: the same in each release, and what is alike together."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest
from corpora import article, sentences, text_of, write_lines
from datasets import load_dataset
from here import Here, staged
from hypothesis import given
from hypothesis import strategies as st

import cleaning
from cleaning.corpus.copies import mark_copies
from cleaning.corpus.documents import Corpus
from cleaning.corpus.splits import parts_of, split_of
from cleaning.document import Document, Raw
from cleaning.errors import OutputError, SettingsError
from cleaning.pipeline import clean
from cleaning.release.tables import SPLITS, configs_of
from cleaning.settings import Dedup, Release, Settings

HALVES = Release(test=0.5)
NAMES = [f"document {number}" for number in range(2000)]


def corpus_of(folder: Path, documents: list[Document], files: int = 1) -> Corpus:
    return staged(folder, documents, files=files)


def document(name: str, text: str, **given: object) -> Document:
    return clean(Raw(origin=name, id=name, content=text, **given), Settings())  # type: ignore[arg-type]


def splits(folder: Path, documents: list[Document], files: int = 1) -> dict[str, str]:
    corpus = corpus_of(folder, documents, files)
    marks = mark_copies(Here(), corpus, Dedup(), folder / "shingles")
    parts = parts_of(corpus, marks, {}, HALVES)
    told = zip(corpus.ids.to_pylist(), parts.of_rows.tolist(), strict=True)
    return {name: parts.splits[part] for name, part in told}


def hashed(name: str) -> str:
    return split_of(pa.array([name]), HALVES)[0]


def test_shares_are_about_what_was_asked_for() -> None:
    found = split_of(pa.array(NAMES), Release(validation=0.1, test=0.2))
    assert 0.08 < found.count("validation") / len(NAMES) < 0.12
    assert 0.17 < found.count("test") / len(NAMES) < 0.23


@given(st.floats(0, 0.5, exclude_max=True), st.floats(0, 0.5), st.floats(0, 1), st.floats(0, 1))
def test_a_split_that_is_made_larger_keeps_what_it_has(one: float, other: float, less: float, fewer: float) -> None:
    ids = pa.array(NAMES[:200])
    large = split_of(ids, Release(validation=one, test=other))
    small = split_of(ids, Release(validation=one * less, test=other * fewer))
    assert all(now in {"train", then} for now, then in zip(small, large, strict=True))


def test_splits_that_leave_nothing_to_train_on_are_refused() -> None:
    with pytest.raises(SettingsError, match=r"release\.validation and release.test leave nothing"):
        Settings.of({"release": {"validation": 0.5, "test": 0.5}})


def test_a_document_by_itself_is_where_its_id_belongs(tmp_path: Path) -> None:
    documents = [document(name, article(name)) for name in NAMES[:20]]
    assert splits(tmp_path, documents) == {name: hashed(name) for name in NAMES[:20]}


TOLD = sentences("told", 24)
# Each of these is a near copy of its neighbours, but the first and the last are not alike.
CHAIN = [text_of(TOLD[number : number + 18]) for number in (0, 2, 4)]


@pytest.mark.parametrize("seed", range(6))
def test_what_a_chain_of_copies_connects_is_in_one_split(tmp_path: Path, seed: int) -> None:
    names = random.Random(seed).sample(NAMES, 3)
    chained = [
        document(name, text, date=f"2020-01-0{number}")
        for number, (name, text) in enumerate(zip(names, CHAIN, strict=True), 1)
    ]
    found = splits(tmp_path, [*chained, document("x", article("x"))], files=2)
    assert {found[name] for name in names} == {hashed(names[0])}, "the oldest decides"
    assert found["x"] == hashed("x")


def test_what_comes_later_moves_nothing(tmp_path: Path) -> None:
    first = [document("a", CHAIN[0], date="2020-01-01"), document("b", article("b"))]
    later = [document("0", CHAIN[1], date="2021-01-01"), document("c", article("c"))]
    before, after = splits(tmp_path / "1", first), splits(tmp_path / "2", [*first, *later])
    assert {name: after[name] for name in before} == before


def article_of_page(name: str, parent: str) -> Document:
    return replace(document(name, article(name)), parent_id=parent)


def test_articles_of_one_page_are_in_one_split(tmp_path: Path) -> None:
    names = NAMES[:12]
    documents = [document(name, article(name)) for name in names]
    parts = [article_of_page(f"{name}.2", name) for name in names]
    found = splits(tmp_path, documents + parts, files=3)
    assert all(found[f"{name}.2"] == found[name] == hashed(name) for name in names)
    assert any(hashed(f"{name}.2") != hashed(name) for name in names), "or else this shows nothing"


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> cleaning.Release:
    """A release of three languages, one of them with a name that must not reach the disk."""
    folder = tmp_path_factory.mktemp("splits")
    tags = ["en", "pt-BR", "../../up"]
    rows = [{"id": name, "text": article(name), "language": tags[n % 3]} for n, name in enumerate(NAMES[:30])]
    write_lines(folder / "a.jsonl", [*rows, {"id": "short", "text": "Short.", "language": "fr"}])
    wanted = {"release": {"test": 0.3, "validation": 0.2, "by_language": True}}
    return cleaning.build(folder / "a.jsonl", folder / "release", settings=Settings.of(wanted))


def test_configs_are_the_tables_and_the_languages(release: cleaning.Release) -> None:
    configs = {name: [split.name for split in splits] for name, splits in configs_of(release.path).items()}
    assert configs == {
        "default": list(SPLITS),
        **{table: ["train"] for table in ("removed", "dropped", "repairs", "personal")},
        "en": list(SPLITS),
        "pt-BR": list(SPLITS),
        "und": list(SPLITS),
    }
    assert sorted(path.name for path in (release.path / "data").iterdir()) == ["en", "pt-BR", "und"]


@pytest.mark.parametrize("config", ["default", "en", "pt-BR", "und"])
@pytest.mark.parametrize("split", SPLITS)
def test_each_split_of_each_config_loads(release: cleaning.Release, config: str, split: str, tmp_path: Path) -> None:
    loaded = release.load(config, split, cache_dir=tmp_path)
    tags = {"default": {"en", "pt-BR", "../../up"}, "und": {"../../up"}}.get(config, {config})
    everyone = zip(NAMES[:30], ["en", "pt-BR", "../../up"] * 10, strict=True)
    wanted = split_of(pa.array(NAMES[:30]), Settings.of({"release": {"test": 0.3, "validation": 0.2}}).release)
    expected = [name for (name, tag), there in zip(everyone, wanted, strict=True) if tag in tags and there == split]
    assert sorted(loaded["id"]) == sorted(expected)
    streamed = load_dataset(str(release.path), config, split=split, streaming=True)
    assert [row["id"] for row in streamed] == loaded["id"][:]


@pytest.mark.parametrize(("config", "split"), [("fr", "train"), ("removed", "test")])
def test_what_is_not_there_is_named(release: cleaning.Release, config: str, split: str) -> None:
    with pytest.raises(OutputError, match=r"no (config fr; there are default, removed|split test; it has train)"):
        release.load(config, split)

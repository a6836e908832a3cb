"""The card loads, says only what is known, and shows values as they are."""

from __future__ import annotations

import re
import shutil
import socket
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from datasets import Features, load_dataset
from huggingface_hub import DatasetCard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from releases import good, write_shards
from written import CARD, VERDICT, whole

from cleaning.document import put_back
from cleaning.reason import Reason
from cleaning.release import Release, markdown
from cleaning.release.card import write_card
from cleaning.release.meanings import MEANINGS
from cleaning.release.statistics import statistics
from cleaning.schema import CONFIGS
from cleaning.settings import Settings


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "news"
    whole(folder)
    return folder


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr("datasets.config.HF_HUB_OFFLINE", True)
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)


def card(folder: Path) -> str:
    return (folder / "README.md").read_text("utf-8")


@pytest.mark.usefixtures("offline")
@pytest.mark.parametrize("config", CONFIGS)
def test_each_config_loads_with_its_columns(release: Path, tmp_path: Path, config: str) -> None:
    loaded = load_dataset(str(release), config, split="train", cache_dir=str(tmp_path))
    assert loaded.features == Features.from_arrow_schema(CONFIGS[config])
    assert loaded.to_list() == pa.Table.from_pylist(good().rows[config], schema=CONFIGS[config]).to_pylist()


@pytest.mark.usefixtures("offline")
@pytest.mark.parametrize("config", CONFIGS)
def test_each_config_streams(release: Path, tmp_path: Path, config: str) -> None:
    stream = load_dataset(str(release), config, split="train", streaming=True, cache_dir=str(tmp_path))
    assert stream.column_names == CONFIGS[config].names
    assert [row["id"] for row in stream] == [row["id"] for row in good().rows[config]]


@pytest.mark.usefixtures("offline")
def test_default_loads_without_a_name(release: Path, tmp_path: Path) -> None:
    assert load_dataset(str(release), cache_dir=str(tmp_path))["train"]["id"][:2] == ["flood", "rain"]


@pytest.mark.usefixtures("offline")
def test_the_code_in_the_card_runs(release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("datasets.config.HF_DATASETS_CACHE", tmp_path)
    code = "\n".join(re.findall(r"```python\n(.*?)```", card(release), re.DOTALL))
    names: dict[str, Any] = {}
    exec(code.replace("path/to/this/folder", str(release)), names)
    first = good().document("flood")
    spans = [(row["start"], row["text"]) for row in good().rows["removed"] if row["id"] == "flood"]
    assert names["before"] == put_back(first["text"], spans)


@pytest.mark.usefixtures("offline")
def test_configs_without_rows_stream_and_open(tmp_path: Path) -> None:
    made = good()
    made.rows["repairs"] = []
    whole(tmp_path / "news", made)
    stream = load_dataset(str(tmp_path / "news"), "repairs", streaming=True, cache_dir=str(tmp_path))
    assert list(stream["train"]) == []
    assert "`repairs` has no rows in this release." in card(tmp_path / "news")
    assert Release.open(tmp_path / "news").load("repairs").column_names == CONFIGS["repairs"].names


def test_front_matter_says_what_the_hub_asks(tmp_path: Path) -> None:
    whole(tmp_path, settings=Settings.of({"card": CARD}))
    data = DatasetCard.load(tmp_path / "README.md").data.to_dict()
    assert data["pretty_name"] == "News of the river"
    assert data["license"] == "cc-by-4.0"
    assert data["language"] == ["en", "ar"]
    assert data["size_categories"] == ["n<1K"]
    assert data["source_datasets"] == ["original", "river/gauges"]
    assert data["task_categories"] == ["text-classification"]
    assert data["tags"] == ["web", "cleaned", "deduplicated", "news"]
    assert [item["config_name"] for item in data["configs"] if item.get("default")] == ["default"]
    assert {item["config_name"] for item in data["configs"]} == set(CONFIGS)
    examples = {item["config_name"]: item["splits"][0]["num_examples"] for item in data["dataset_info"]}
    assert examples == {"default": 4, "removed": 3, "dropped": 3, "repairs": 2, "personal": 2}


def test_regions_go_into_a_key_of_their_own(tmp_path: Path) -> None:
    made = good()
    made.document("flood")["language"] = "pt-BR"
    made.document("rain")["language"] = "no"
    made.document("talks")["language"] = "und"
    made.put({**made.document("talks"), "id": "words", "language": "Modern English"})
    whole(tmp_path, made)
    data = DatasetCard.load(tmp_path / "README.md").data.to_dict()
    assert data["language"] == ["ar", "pt", "no"]
    assert data["language_bcp47"] == ["ar", "pt-BR", "no"]


def test_without_settings_nothing_is_made_up(tmp_path: Path) -> None:
    warnings = whole(tmp_path / "news", verdict=None)
    assert "card.license (it says no licence)" in warnings
    asked = {warning.partition(" ")[0] for warning in warnings}
    optional = {f"card.{name}" for name in ("publisher", "tags", "tasks", "limitations", "social_impact")}
    assert asked == {f"card.{name}" for name in CARD} - optional
    text = card(tmp_path / "news")
    assert re.search(r"\n# Corpus [0-9a-f]{8}\n", text)
    assert "This release was not validated." in text
    for word in ("None", "Licence", "Citation", "Takedown", "Maintenance", "What it is for", "collected", "license:"):
        assert word not in text


def test_a_publisher_is_a_maker(tmp_path: Path) -> None:
    assert "card.creators" not in " ".join(whole(tmp_path, settings=Settings.of({"card": {"publisher": "We"}})))


@pytest.mark.parametrize(
    ("said", "bare"),
    [({}, True), (CARD, False), ({"sources": ["original"]}, True), ({"collected": ["2024-05-01"]}, True)],
)
def test_no_placeholder_and_no_empty_heading_remains(tmp_path: Path, said: dict[str, Any], bare: bool) -> None:
    made = good()
    if bare:
        made.rows |= {"removed": [], "dropped": [], "repairs": []}
    whole(tmp_path, made, Settings.of({"card": said}))
    text = card(tmp_path)
    for word in ("{{", "{%", "TODO", "TBD", "[More Information Needed]", "None", "\n\n\n"):
        assert word not in text
    blocks = [token for token in MarkdownIt().enable("table").parse(text.partition("\n---\n")[2]) if token.level == 0]
    tags = [token.tag for token in blocks if token.nesting >= 0]
    for tag, after in pairwise([*tags, "h1"]):
        assert not (re.fullmatch("h[1-6]", tag) and re.fullmatch("h[1-6]", after) and after <= tag)


def test_the_check_for_empty_headings_finds_one() -> None:
    blocks = MarkdownIt().parse("## Licence\n\n## Citation\n\nx\n")
    assert [token.tag for token in blocks if token.level == 0 and token.nesting >= 0][:2] == ["h2", "h2"]


def test_what_the_settings_say_is_in_the_card(tmp_path: Path) -> None:
    assert whole(tmp_path, settings=Settings.of({"card": CARD})) == []
    text = card(tmp_path)
    for said in ("## Licence\n\nCC-BY-4.0\n", "write to data@example.org", "Collected in *May 2024*.\n\nBy hand."):
        assert said in text
    assert "Homepage: <https://example.org/river_news>" in text
    assert "```bibtex\n@misc{river, title = {News}}\n```" in text
    for said in (
        "- Version: 1.2.0\n- Published: 2024-06-01\n- Made by: Jo Example, Ana Example\n",
        "\n- Published by: The River Society\n- Homepage: ",
        "Collected from 2024-05-01 to 2024-05-31.\n\nMade from: original, river/gauges.\n",
        "## What it is for\n\nFor *models* of rivers; not for forecasts.\n",
        "One river only.\n\nFloods alone.\n\nSome will move house.\n",
        "## Maintenance\n\nEach spring; old versions stay.\n",
    ):
        assert said in text


def test_cuts_are_shown_by_source_and_by_example(release: Path) -> None:
    text = card(release)
    assert "| Source | Spans | Characters |\n|---|---:|---:|\n| news.example | 3 | 105 |" in text
    assert "| `share-bar` | \u2068Share this\u2069 |" in text


def test_plots_are_there_with_words_for_those_who_cannot_see_them(release: Path) -> None:
    shown = re.findall(r"^!\[(.+)\]\((plots/\w+\.svg)\)$", card(release), re.MULTILINE)
    assert {path for _, path in shown} == {f"plots/{path.name}" for path in (release / "plots").iterdir()}
    assert "Clean text by language, in characters: a chart of 2 bars. The largest: en 175, ar 83." in dict(shown)


def test_configs_of_languages_are_listed_with_their_splits(release: Path, tmp_path: Path) -> None:
    assert "| Config | Splits |" not in card(release)
    whole(tmp_path)
    shutil.rmtree(tmp_path / "data")
    for language, row in zip(("ar", "en"), good().rows["default"], strict=False):
        write_shards(tmp_path / "data" / language, CONFIGS["default"], [[row]])
    write_card(tmp_path, statistics(tmp_path, good().manifest["counts"]), VERDICT, Settings(), CONFIGS)
    assert "| Config | Splits |\n|---|---|\n| `default` | train |\n" in card(tmp_path)
    assert "| `ar` | train |\n| `en` | train |\n" in card(tmp_path)


def test_without_a_plot_there_is_no_folder_of_them(tmp_path: Path) -> None:
    made = good()
    made.rows |= {"removed": [], "dropped": [], "default": made.rows["default"][:1]}
    whole(tmp_path, made)
    assert not (tmp_path / "plots").exists()
    assert "![" not in card(tmp_path)


def test_numbers_and_promises_are_in_the_card(release: Path) -> None:
    text = card(release)
    assert "| `share-bar` | 1 | 11 | buttons to share the page, and calls to follow on social media |" in text
    assert "| `ids-unique` | joins need it | holds for all 4 |" in text
    assert "| **kept** | **4** |" in text


def test_a_broken_promise_is_said(tmp_path: Path) -> None:
    promise = {**VERDICT["promises"][0], "ok": False, "unexpected": 2}  # type: ignore[index]
    whole(tmp_path, verdict={"holds": False, "promises": [promise, {**promise, "severity": "warning"}]})
    assert "| broken: 2 of 4 |" in card(tmp_path)
    assert "| warning: 2 of 4 |" in card(tmp_path)


@pytest.mark.parametrize("config", CONFIGS)
def test_every_column_is_described(release: Path, config: str) -> None:
    section = card(release).partition(f"### `{config}`")[2].partition("#")[0]
    for field in CONFIGS[config]:
        assert f"| `{field.name}` | " in section
        assert field.metadata[b"description"].decode() in section


def test_every_reason_has_a_meaning() -> None:
    assert set(MEANINGS) == set(Reason)


def test_markup_in_values_shows_as_text(tmp_path: Path) -> None:
    made = good()
    made.document("flood").update(source="<script>alert(1)</script>|[x](y)", language="<b>")
    given = {**CARD, "name": "<script>\n# x", "creators": ["<b>"], "contact": "<i>", "homepage": "javascript:x()//<u>"}
    given |= {"collection": "<iframe>", "citation": "```\n<script>"}
    whole(tmp_path, made, Settings.of({"card": given}))
    html = MarkdownIt("commonmark").enable("table").render(card(tmp_path).partition("---\n\n")[2])
    assert "&lt;script&gt;alert(1)&lt;/script&gt;|[x](y)</td>" in html
    assert not re.search(r"<(script|b|i|u|iframe)>|href=.javascript", html)


def test_long_tables_are_cut_short(tmp_path: Path) -> None:
    made = good()
    for number in range(30):
        made.put({**made.document("rain"), "id": f"rain-{number}", "source": f"site{number}.example"})
    whole(tmp_path, made)
    assert "| 11 others | 11 | " in card(tmp_path)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text())
def test_any_value_survives_markdown(value: str) -> None:
    html = MarkdownIt("commonmark").enable("table").render(str(markdown.table([(value, "end")], "Value", "End")))
    cell = re.search(r"<td>(.*?)</td>\n<td>end</td>", html, re.DOTALL)
    assert cell
    shown = cell[1].replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")
    assert shown == " ".join(value.split()).replace("\0", "\ufffd")


def test_the_same_release_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "news", tmp_path / "other name"
    for folder in (first, second):
        whole(folder)
    files = {path.relative_to(first): path.read_bytes() for path in first.rglob("*") if path.is_file()}
    assert len(files) == 15  # five tables, card, four plots, croissant, manifest, provenance, report, sums
    assert all((second / name).read_bytes() == content for name, content in files.items())

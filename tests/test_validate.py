"""What a release promises is checked, and each promise is shown able to fail."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from releases import Made, Row, document, good, span, write_shards

from cleaning.schema import DEFAULT
from cleaning.shipped import shipped
from cleaning.validate import Promise, Verdict, files, spans, validate

# Great Expectations imports two modules of the standard library that are deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:module 'sre_(constants|parse)' is deprecated:DeprecationWarning")

SUITES = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(shipped("expectations").glob("*.json"))}
NAMES = {name: [item["meta"]["name"] for item in suite["expectations"]] for name, suite in SUITES.items()}

Spoil = Callable[[Made], object]


def failing(verdict: Verdict) -> dict[str, Promise]:
    return {promise.name: promise for promise in verdict.promises if not promise.ok}


# For each promise about rows: a document that breaks it and nothing else. Its id is the promise's name.
NO_TEXT = {"text": None, "n_chars": None, "n_chars_repaired": None, "n_words": 1}
SPOILT: dict[str, Row] = {
    "id-present": document("", "Nobody can name this text.", id=None),
    "text-present": document("text-present", "") | NO_TEXT,
    "text-not-blank": document("text-not-blank", "\u200b\u115f\u2800\ufeff"),  # U+115F is a letter, and not seen
    "characters-counted": document("characters-counted", "Four", n_chars=5, n_chars_repaired=5),
    "characters-plausible": document("characters-plausible", "a" * 10_000_001),
    "words-counted": document("words-counted", "Some words.", n_words=None),
    "words-plausible": document("words-plausible", "*** ***", n_words=0),
    "words-exact": document("words-exact", "It rained in the north.", n_words=6),
    "no-ad-markers": document("no-ad-markers", "It rained. [ad_12] It rained again."),
    "no-ad-code": document("no-ad-code", "(adsbygoogle = window.adsbygoogle || []).push({});"),
    "no-comment-forms": document("no-comment-forms", "It rained.\nLeave a Reply\nIt rained again."),
    "no-control-characters": document("no-control-characters", "\x93It rained\x94, he said."),
    "no-replacement-characters": document("no-replacement-characters", "The caf\ufffd is closed."),
    "no-mojibake": document("no-mojibake", "The cafÃ© is closed."),
    "no-outer-space": document("no-outer-space", "It rained.\u3000"),
    "headline-not-repeated": document("headline-not-repeated", "RAIN IN ROME:\nIt rained.", title="Rain  in Rome"),
    "language-tag": document("language-tag", "It rained in Leeds.", language="en-united_kingdom"),
    "language-fits-script": document("language-fits-script", "Nobody was hurt in the north.", language="ar"),
    "language-score-share": document("language-score-share", "It rained in Turin.", language_score=1.5),
    "date-has-year": document("date-has-year", "It rained in Lagos.", date="03/05/21"),
    "date-possible": document("date-possible", "It rained in Quito.", date="2024-13-01"),
}


def in_other_order(made: Made) -> None:
    made.schemas["default"] = pa.schema([DEFAULT.field("text"), *(item for item in DEFAULT if item.name != "text")])


def nothing_kept(made: Made) -> None:
    made.rows = {"default": [], "removed": [], "repairs": [], "dropped": made.rows["dropped"][1:]}
    made.manifest["counts"] = {"read": 2, "kept": 0, "split_off": 0, "dropped": 1, "unreadable": 1}


def same_id_again(made: Made) -> None:
    made.rows["dropped"][1]["id"] = "rain"
    made.rows["repairs"].pop()


def dropped_without_id(made: Made) -> None:
    made.dropped("short")["id"] = None
    made.rows["repairs"].pop()


def cut(made: Made, *rows: Row) -> None:
    made.rows["removed"] += rows


def lengthen(made: Made, name: str, by: int) -> None:
    made.document(name)["n_chars_repaired"] += by


def span_of_wrong_length(made: Made) -> None:
    cut(made, span("rain", 0, "Share", end=3))
    lengthen(made, "rain", 3)


def span_beyond_the_text(made: Made) -> None:
    cut(made, span("rain", 500, "Share"))
    lengthen(made, "rain", 5)


def spans_over_each_other(made: Made) -> None:
    cut(made, span("rain", 10, "Share"), span("rain", 0, "Share this"), span("rain", 14, "e"))
    lengthen(made, "rain", 16)


def taken_down_aloud(made: Made) -> None:
    made.rows["dropped"] += [
        {"id": "gone", "origin": "news/gone.txt", "reason": "taken-down", "text": "A secret."},
        {"id": "gone too", "origin": "news/gone.txt", "reason": "taken-down", "text": ""},
        {"id": "silent", "origin": "news/gone.txt", "reason": "taken-down", "text": ""},
    ]
    cut(made, span("gone too", 0, "Share"))
    made.count(read=3, dropped=3)


def nearly_the_same_again(made: Made) -> None:
    made.document("rain")["text"] = (
        "It rained in the north, where it had not rained since the spring, said the ministry."
    )
    made.put(document("again", made.document("rain")["text"] + " Again."))
    made.rows["default"][1] = document("rain", made.document("rain")["text"])


# For each promise about the whole: what breaks it and nothing else, and what the verdict then names.
CORRUPTIONS: dict[str, tuple[Spoil, list[str]]] = {
    "columns-as-promised": (
        in_other_order,
        [f"data/train-00000-of-00001.parquet: columns are text, {', '.join(n for n in DEFAULT.names if n != 'text')}"],
    ),
    "documents-kept": (nothing_kept, ["rows_of_default = 0"]),
    "documents-accounted-for": (lambda made: made.count(read=1), ["documents_in = 8", "documents_out = 7"]),
    "kept-are-there": (lambda made: made.count(read=1, kept=1), ["kept = 5", "rows_of_default = 4"]),
    "left-out-are-there": (lambda made: made.count(read=1, dropped=1), ["left_out = 4", "rows_of_dropped = 3"]),
    "unreadable-are-there": (
        lambda made: made.count(dropped=-1, unreadable=1),
        ["unreadable = 2", "rows_unreadable = 1"],
    ),
    "ids-unique": (same_id_again, ["rain"]),
    "dropped-have-ids": (dropped_without_id, ["news/short.txt"]),
    "parts-have-parents": (lambda made: made.document("talks.2").update(parent_id="nobody"), ["talks.2"]),
    "languages-wanted": (lambda made: made.put(document("pluie", "Il a plu.", language="fr")), ["pluie"]),
    "duplicates-name-kept": (lambda made: made.dropped("copy").update(kept_id="short"), ["copy"]),
    "removed-belong": (lambda made: cut(made, span("nobody", 0, "Share")), ["nobody"]),
    "removed-text-exact": (span_of_wrong_length, ["rain"]),
    "removed-inside": (span_beyond_the_text, ["rain"]),
    "removed-apart": (spans_over_each_other, ["rain"]),
    "lengths-add-up": (lambda made: made.rows["removed"].pop(), ["talks"]),
    "taken-down-silent": (taken_down_aloud, ["gone", "gone too"]),
    "repairs-belong": (lambda made: made.rows["repairs"][0].update(id="nobody"), ["nobody"]),
    "no-near-copies": (nearly_the_same_again, ["again and rain (0.92)", "rain and again (0.92)"]),
    "repaired-text-exact": (lambda made: made.rows["repairs"][0].update(before="~"), ["flood"]),
}


def test_a_good_release_holds_every_promise(tmp_path: Path) -> None:
    verdict = validate(good().write(tmp_path))
    assert not failing(verdict)
    assert verdict.holds
    assert [promise.name for promise in verdict.promises] == NAMES["rows"] + NAMES["table"]
    assert all(promise.evaluated > 0 and promise.meaning for promise in verdict.promises)


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Promise]:
    made = good()
    for row in SPOILT.values():
        made.put(row)
    return failing(validate(made.write(tmp_path_factory.mktemp("spoilt"))))


@pytest.mark.parametrize("name", NAMES["rows"])
def test_each_promise_about_rows_is_broken_by_one_row_alone(name: str, spoilt: dict[str, Promise]) -> None:
    assert name in SPOILT  # a promise without its corruption fails here
    assert spoilt[name].ids == ("row 5" if name == "id-present" else name,)
    assert spoilt[name].unexpected == 1
    assert spoilt[name].evaluated == 4 + len(SPOILT)


@pytest.mark.parametrize("name", NAMES["table"])
def test_each_promise_about_the_whole_can_be_broken_alone(name: str, tmp_path: Path) -> None:
    spoil, ids = CORRUPTIONS[name]  # a promise without its corruption fails here
    made = good()
    spoil(made)
    verdict = validate(made.write(tmp_path))
    broken = failing(verdict)
    assert {each: list(promise.ids) for each, promise in broken.items()} == {name: ids}
    assert 0 < broken[name].unexpected <= broken[name].evaluated
    severities = {item["meta"]["name"]: item["severity"] for item in SUITES["table"]["expectations"]}
    assert verdict.holds == (severities[name] == "warning")


def test_rows_break_no_promise_about_the_whole(spoilt: dict[str, Promise]) -> None:
    assert sorted(spoilt) == sorted(SPOILT) == sorted(NAMES["rows"])
    assert sorted(CORRUPTIONS) == sorted(NAMES["table"])


def test_warnings_are_reported_and_fail_nothing(tmp_path: Path) -> None:
    made = good()
    names = [item["meta"]["name"] for item in SUITES["rows"]["expectations"] if item["severity"] == "warning"]
    for name in names:
        made.put(SPOILT[name])
    verdict = validate(made.write(tmp_path))
    assert [promise.name for promise in verdict.warnings] == names
    assert verdict.holds


# Real texts and values that look like what is refused.
HARMLESS = {
    "Portuguese capitals": "A DECISÃO DA COMISSÃO FOI ADIADA, DIZ A PRESIDENTE DA CÂMARA.",
    "all sorts of quotes": "« Ça va », „Øl“, Ñ“, “Đà Nẵng” – ‘señor’… 100 € £5 Ð°",
    "Persian and emoji": "می‌خواهم 👩‍👩‍👧 باران\tببارد",
    "a comment form in prose": "Readers can leave a comment under the article until Monday.",
    "square brackets": "See [1], [ad hoc] and [sic].",
    "Chinese": "这里没有空格，也没有评论。",
}


def test_real_texts_raise_no_false_alarm(tmp_path: Path) -> None:
    made = good()
    for name, text in HARMLESS.items():
        made.put(document(name, text))
    assert not failing(validate(made.write(tmp_path)))


def test_real_metadata_raises_no_false_alarm(tmp_path: Path) -> None:
    made = good()
    given: list[tuple[str, Any]] = [
        ("language", tag) for tag in ("zh-Hant-TW", "sr-Latn", "ca-valencia", "es-419", "de-1996", "en-x-mine", None)
    ] + [("date", date) for date in ("٢٠٢٤/٠٥/٠١", "1445-02-29T10:00:00Z", "20240229", "2024", "May 3, 2021 at 10:00")]
    for number, (column, value) in enumerate(given):
        made.put(document(f"given-{number}", f"It rained {number} times.", **{column: value}))
    made.manifest["settings"]["quality"]["languages"] = []
    assert not failing(validate(made.write(tmp_path)))


def test_mojibake_of_many_languages_is_seen(tmp_path: Path) -> None:
    made = good()
    texts = ["Ø§Ù„Ù…Ø¯ÙŠÙ†Ø© ÙƒØ¨ÙŠØ±Ø©", "ÐŸÑ€Ð¸Ð²ÐµÑ‚", "Itâ€™s late", "fÃ¼r die StraÃŸe", "10Â°C", "ï»¿Start"]
    for text in texts:
        made.put(document(text, text))
    assert failing(validate(made.write(tmp_path)))["no-mojibake"].ids == tuple(texts)


def test_a_wanted_language_takes_in_its_regions_only(tmp_path: Path) -> None:
    made = good()
    made.manifest["settings"]["quality"]["languages"] = ["en", "ar", "pt"]
    made.put(document("brazil", "Choveu no norte.", language="pt-BR"))
    made.put(document("nobody", "Choveu no norte.", language=None))
    made.put(document("polish", "Na północy padało.", language="pl"))
    assert failing(validate(made.write(tmp_path)))["languages-wanted"].ids == ("nobody", "polish")


def test_carried_columns_come_last_and_only_if_the_settings_name_them(tmp_path: Path) -> None:
    made = good()
    made.schemas["default"] = DEFAULT.append(pa.field("section", pa.large_string()))
    assert set(failing(validate(made.write(tmp_path / "not-named")))) == {"columns-as-promised"}
    made.manifest["settings"]["input"]["columns"]["carry"] = ["section"]
    assert not failing(validate(made.write(tmp_path / "named")))


def test_a_column_of_another_type_breaks_the_schema_of_its_file_alone(tmp_path: Path) -> None:
    made = good()
    release = made.write(tmp_path)
    narrow = DEFAULT.set(DEFAULT.get_field_index("text"), pa.field("text", pa.string()))
    rows = made.rows["default"]
    for path in (release / "data").iterdir():
        path.unlink()
    write_shards(release / "data", DEFAULT, [rows[:2], rows[2:]])
    write_shards(release / "elsewhere", narrow, [rows[:2], rows[2:]])
    (release / "elsewhere/train-00001-of-00002.parquet").rename(release / "data/train-00001-of-00002.parquet")
    broken = failing(validate(release))
    assert set(broken) == {"columns-as-promised"}
    assert broken["columns-as-promised"].ids == ("data/train-00001-of-00002.parquet: text is string, not large_string",)


def test_batches_and_parts_of_any_size_give_the_same_verdict(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = good()
    for number in range(60):
        made.put(document(f"spaced-{number}", f"{number} times it rained.  "))
    spans_over_each_other(made)
    release = made.write(tmp_path)
    whole = validate(release)
    monkeypatch.setattr(files, "_CHUNK", 3)
    monkeypatch.setattr(files, "ROWS", 20)
    monkeypatch.setattr(spans, "SPANS", 2)
    assert validate(release) == whole
    broken = failing(whole)
    assert broken["no-outer-space"].unexpected == 60
    assert broken["no-outer-space"].ids == tuple(f"spaced-{number}" for number in range(20))
    assert broken["removed-apart"].unexpected == 1


def test_results_are_the_same_bytes_and_hold_no_text(tmp_path: Path) -> None:
    made = good()
    made.put(document("spoilt", "  The secret [ad_1] �\x00", title="Secret title"))
    release = made.write(tmp_path)
    verdict = validate(release, results=release / "validation")
    written = (release / "validation/results.json").read_text("utf-8")
    assert written == verdict.to_json()
    assert json.loads(written)["holds"] is False
    assert "ecret" not in written
    validate(release, results=release / "again")
    assert (release / "again/results.json").read_bytes() == (release / "validation/results.json").read_bytes()


def test_suites_are_great_expectations_own() -> None:
    """Someone else's Great Expectations can load them as they are, through its own schema."""
    from great_expectations.core.expectation_suite import expectationSuiteSchema  # noqa: PLC0415

    for content in SUITES.values():
        assert len(expectationSuiteSchema.load(content)["expectations"]) == len(content["expectations"])

"""Suites of the user's own: what they replace, what they add, what they cannot do, and what the outputs say."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
from click.testing import CliRunner
from releases import Made, good, span

from cleaning.cli import main
from cleaning.errors import ValidationError
from cleaning.release.check import check
from cleaning.release.sums import write_sums
from cleaning.validate import Promise, Verdict, choose, validate
from cleaning.validate.summary import summary
from cleaning.validate.written import junit, page

pytestmark = pytest.mark.filterwarnings("ignore:module 'sre_(constants|parse)' is deprecated:DeprecationWarning")

# A custom expectation as a user would write it.
OWN = '''
import pandas as pd
from great_expectations.execution_engine import PandasExecutionEngine
from great_expectations.expectations.expectation import ColumnMapExpectation
from great_expectations.expectations.metrics import map_metric_provider as provider


class ColumnValuesCalm(provider.ColumnMapMetricProvider):
    condition_metric_name = "column_values.calm"

    @provider.column_condition_partial(engine=PandasExecutionEngine)
    def _pandas(cls, column, **kwargs):
        return ~column.str.contains("!", regex=False).astype(bool)


class ExpectColumnValuesToBeCalm(ColumnMapExpectation):
    """Expect texts without exclamation marks."""

    map_metric = "column_values.calm"
'''


def item(name: str, kind: str = "expect_column_values_to_not_be_null", **given: Any) -> dict[str, Any]:
    severity = given.pop("severity", "critical")
    meta = {"name": name, "reason": "Because we say so."}
    return {"type": kind, "kwargs": given or {"column": "id"}, "severity": severity, "meta": meta}


def suite(folder: Path, name: str, *items: dict[str, Any], **meta: str) -> Path:
    folder.mkdir(exist_ok=True)
    content = {"name": name, "expectations": items, "meta": meta}
    (folder / f"{name}.json").write_text(json.dumps(content), "utf-8")
    return folder


# As little of the suites of the package as there can be: what is tested here is the user's.
@pytest.fixture
def own(tmp_path: Path) -> Path:
    suite(tmp_path / "own", "rows", item("their-rows"))
    return suite(tmp_path / "own", "table", item("their-facts", column="kept"))


def whole(made: Made, folder: Path) -> Path:
    """Write a release with what `cleaning validate` asks for."""
    made.manifest["package"] = {"name": "scrape2corpus"}
    release = made.write(folder)
    write_sums(release)
    return release


@pytest.fixture
def release(tmp_path: Path) -> Path:
    return whole(good(), tmp_path / "release")


def test_a_suite_replaces_that_of_the_package_and_others_are_added(release: Path, own: Path) -> None:
    suite(own, "dates", item("has-a-date", column="date", severity="warning"))
    suite(own, "spans", item("rules-named", column="rule"), config="removed")
    verdict = validate(release, expectations=own)
    assert [promise.name for promise in verdict.promises] == ["their-rows", "has-a-date", "rules-named", "their-facts"]
    assert {promise.name: promise.ids for promise in verdict.promises if not promise.ok} == {"has-a-date": ("rain",)}
    assert verdict.holds
    assert verdict.promises[2].evaluated == 3


def test_a_promise_about_another_table_names_its_ids(tmp_path: Path, own: Path) -> None:
    made = good()
    made.rows["removed"].append(span("short", 0, "Share", rule=None))
    suite(own, "spans", item("rules-named", column="rule"), config="removed")
    verdict = validate(made.write(tmp_path / "spoilt"), expectations=own)
    assert [(promise.name, promise.ids) for promise in verdict.broken] == [("rules-named", ("short",))]


def test_code_beside_the_suites_makes_expectations_known(release: Path, own: Path) -> None:
    (own / "calm.py").write_text(OWN)
    suite(own, "tone", item("calm", "expect_column_values_to_be_calm", column="text"))
    assert validate(release, expectations=own).holds


def test_a_release_keeps_the_suites_and_is_checked_with_them(release: Path, own: Path) -> None:
    suite(own, "dates", item("has-a-date", column="date", severity="warning"))
    (own / "code.py").write_text("")
    validate(release, results=release / "validation", expectations=own)
    write_sums(release)
    kept = sorted(path.name for path in (release / "validation" / "suites").iterdir())
    assert kept == ["dates.json", "rows.json", "table.json"]
    names = [promise.name for promise in check(release).promises]
    assert names == ["their-rows", "has-a-date", "their-facts", "files-unchanged"]


def test_code_in_a_release_is_not_run(release: Path, own: Path) -> None:
    kept = release / "validation" / "suites"
    kept.parent.mkdir()
    suite(kept, "tone", item("quiet", "expect_column_values_to_be_quiet", column="text"))
    (kept / "code.py").write_text("raise RuntimeError('it was run')")
    with pytest.raises(ValidationError, match=r"no expectation expect_column_values_to_be_quiet.*--expectations"):
        check(release)


def broken_code(folder: Path) -> None:
    (folder / "code.py").write_text("raise RuntimeError('not today')")


def ends_itself(folder: Path) -> None:
    (folder / "code.py").write_text("raise SystemExit(0)")


def damaged(folder: Path) -> None:
    (folder / "dates.json").write_text("{")


def raises_inside(folder: Path) -> None:
    code = OWN.replace("calm", "odd").replace("Calm", "Odd").replace("return ~column", "return ~column.nothing")
    (folder / "odd.py").write_text(code)
    suite(folder, "tone", item("odd", "expect_column_values_to_be_odd", column="text"))


CANNOT: dict[str, tuple[Callable[[Path], object], str]] = {
    "misspelt": (lambda folder: suite(folder, "x", item("x", "expect_column_values_to_not_be_nul")), "did you mean"),
    "empty": (lambda folder: suite(folder, "x"), "empty"),
    "missing column": (lambda folder: suite(folder, "x", item("x", column="datte")), "no column datte"),
    "of another table": (
        lambda folder: suite(folder, "x", item("x", column="text_length"), config="repairs"),
        "no col",
    ),
    "no such table": (lambda folder: suite(folder, "x", item("x"), config="nowhere"), "there is no table nowhere"),
    "named twice": (lambda folder: suite(folder, "x", item("their-rows")), "called so too"),
    "drift misspelt": (lambda folder: suite(folder, "drift", item("x", "expect_nothing")), "no expectation"),
    "damaged": (damaged, "not JSON"),
    "broken code": (broken_code, "not today"),
    "code that ends itself": (ends_itself, "SystemExit"),
    "an error inside": (raises_inside, "raised an error instead of an answer"),
}


@pytest.mark.parametrize("name", CANNOT)
def test_what_cannot_be_checked_is_exit_status_2_and_one_line(name: str, release: Path, own: Path) -> None:
    harm, message = CANNOT[name]
    harm(own)
    ended = CliRunner().invoke(main, ["validate", str(release), "--expectations", str(own)])
    assert ended.exit_code == 2
    assert ended.stderr.startswith("error: ")
    assert ended.stderr.count("\n") == 1
    assert message in ended.stderr


def test_a_folder_without_suites_is_refused_before_a_build_does_anything(tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    options = ["--output", str(tmp_path / "out"), "--expectations", str(tmp_path / "none")]
    ended = CliRunner().invoke(main, ["build", str(tmp_path), *options])
    assert ended.exit_code == 2
    assert "holds no suite" in ended.stderr
    assert not (tmp_path / "out").exists()


def test_a_broken_promise_is_exit_status_1_and_told_everywhere(release: Path, own: Path, tmp_path: Path) -> None:
    suite(own, "dates", item("has-a-date", column="date"), item("has-a-title", column="title", severity="info"))
    files = {name: tmp_path / name for name in ("summary", "junit")}
    files["summary"].write_text("before\n")
    options = [part for name, path in files.items() for part in (f"--{name}", str(path))]
    ended = CliRunner().invoke(main, ["validate", str(release), "--expectations", str(own), *options])
    assert ended.exit_code == 1
    told = files["summary"].read_text("utf-8")
    assert told.startswith("before\n## release: 1 critical promise is broken\n")
    assert "| `has-a-date` | critical | 1 of 4 | `rain` | Because we say so. |" in told
    assert "| `has-a-title` | info | 1 of 4 | `rain` | Because we say so. |" in told
    assert 'failures="1" errors="0" skipped="1"' in files["junit"].read_text("utf-8")


def test_a_build_that_is_refused_is_summarised(own: Path, tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "rain.txt").write_text(
        "It rained for three days in the north, the ministry said on Monday. Nobody was hurt, and the river has not "
        "risen further since then; the bridge over it is open again, and schools will open on Wednesday."
    )
    suite(own, "dates", item("has-a-date", column="date"))
    options = ["--output", str(tmp_path / "out"), "--expectations", str(own), "--summary", str(tmp_path / "summary")]
    ended = CliRunner().invoke(main, ["build", str(tmp_path / "pages"), *options, "--quiet"])
    assert ended.exit_code == 1, ended.output
    assert not (tmp_path / "out").exists()
    told = (tmp_path / "summary").read_text("utf-8")
    assert told.startswith("## out: 1 critical promise is broken\n")
    assert "| 1 | 0 | 1 | 0 | 0 |" in told
    assert (tmp_path / "out.refused" / "validation" / "suites" / "dates.json").exists()
    assert "has-a-date" in (tmp_path / "out.refused" / "validation" / "index.html").read_text("utf-8")


VERDICT = Verdict(
    tuple(
        Promise(
            name=name,
            suite=kind,
            severity=severity,
            meaning="<b> & why",
            ok=ok,
            evaluated=9,
            unexpected=0 if ok else 1,
            ids=() if ok else ("<i>\x00|",),
        )
        for name, kind, severity, ok in (
            ("one", "rows", "critical", True),
            ("two", "rows", "warning", False),
            ("three", "table", "critical", False),
        )
    )
)


def test_junit_has_a_case_for_each_promise_and_no_times() -> None:
    root = fromstring(junit(VERDICT))
    cases = {case.attrib["name"]: [child.tag for child in case] for case in root.iter("testcase")}
    assert cases == {"one": [], "two": ["skipped"], "three": ["failure"]}
    assert root.attrib == {"name": "promises", "tests": "3", "failures": "1", "errors": "0", "skipped": "1"}
    assert "time" not in junit(VERDICT)


def test_the_page_is_whole_by_itself() -> None:
    text = page(VERDICT)
    assert text == page(VERDICT)
    assert "<i>" not in text
    assert "<b>" not in text
    assert not [word for word in ("http:", "https:", "<script", "src=", "@import") if word in text]
    assert "prefers-color-scheme: dark" in text
    assert all(f'id="{promise.name}"' in text for promise in VERDICT.promises)


def test_the_summary_shows_ids_as_they_are() -> None:
    told = summary("news", {"read": 1, "split_off": 0, "kept": 1, "dropped": 0, "unreadable": 0}, VERDICT)
    assert "&lt;i&gt;" in told
    assert "### Broken" in told
    assert "### Warnings" in told


@pytest.mark.parametrize(
    ("kind", "kwargs"),
    [
        ("expect_column_mean_to_be_between", {"column": "n_chars", "min_value": 1}),
        ("expect_table_row_count_to_be_between", {"min_value": 1}),
        ("expect_column_values_to_be_unique", {"column": "id"}),
        ("expect_compound_columns_to_be_unique", {"column_list": ["id", "origin"]}),
    ],
)
def test_a_promise_about_rows_that_needs_the_whole_table_is_refused(
    tmp_path: Path, kind: str, kwargs: dict[str, object]
) -> None:
    promise = {"type": kind, "kwargs": kwargs, "meta": {"name": "whole", "reason": "It matters."}}
    (tmp_path / "ours.json").write_text(json.dumps({"name": "ours", "expectations": [promise]}), "utf-8")
    with pytest.raises(ValidationError, match=r"ours\.json: whole: .* needs the whole table"):
        choose(tmp_path)


def test_suites_of_the_package_are_chosen_when_none_are_given() -> None:
    assert [found.name for found in (*choose(None).rows, choose(None).table, choose(None).drift)] == [
        "rows",
        "table",
        "drift",
    ]

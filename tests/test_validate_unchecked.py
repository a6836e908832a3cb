"""What cannot be checked is neither a promise kept nor one broken."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from releases import good, write_shards

from cleaning.errors import ValidationError
from cleaning.schema import FOLDERS
from cleaning.shipped import shipped
from cleaning.validate import validate


@pytest.fixture
def release(tmp_path: Path) -> Path:
    return good().write(tmp_path / "release")


def remove(path: str) -> Callable[[Path], object]:
    return lambda release: (release / path).unlink()


def halve(path: str) -> Callable[[Path], object]:
    def cut_in_half(release: Path) -> None:
        content = (release / path).read_bytes()
        (release / path).write_bytes(content[: len(content) // 2])

    return cut_in_half


def without_column(config: str, column: str) -> Callable[[Path], object]:
    def rewrite(release: Path) -> None:
        made = good()
        schema = made.schemas[config]
        write_shards(release / FOLDERS[config], schema.remove(schema.get_field_index(column)), [made.rows[config]])

    return rewrite


def manifest_says(text: str) -> Callable[[Path], object]:
    return lambda release: (release / "manifest.json").write_text(text)


def one_shard_of_two(release: Path) -> None:
    folder = release / "data"
    (folder / "train-00000-of-00001.parquet").rename(folder / "train-00001-of-00002.parquet")


@pytest.mark.parametrize(
    ("harm", "message"),
    [
        (remove("data/train-00000-of-00001.parquet"), "data"),
        (remove("dropped/train-00000-of-00001.parquet"), "dropped"),
        (remove("manifest.json"), "manifest.json"),
        (one_shard_of_two, "train-00000-of-00002.parquet: missing"),
        (halve("data/train-00000-of-00001.parquet"), "not a whole one"),
        (halve("removed/train-00000-of-00001.parquet"), "not a whole one"),
        (without_column("default", "author"), "no column author"),
        (without_column("repairs", "id"), "no column id"),
        (manifest_says("{"), "not a manifest"),
        (manifest_says("{}"), "lacks the counts"),
        (manifest_says('{"counts": {"read": -1}}'), "no count"),
    ],
)
def test_a_release_that_is_not_whole_is_no_verdict(release: Path, harm: Callable[[Path], object], message: str) -> None:
    harm(release)
    with pytest.raises(ValidationError, match=message):
        validate(release)


def test_pages_harmed_inside_a_file_are_no_verdict(release: Path) -> None:
    path = release / "data/train-00000-of-00001.parquet"
    content = bytearray(path.read_bytes())
    content[4:2000] = bytes(1996)
    path.write_bytes(content)
    with pytest.raises(ValidationError, match="default"):
        validate(release)


def expectation(**changes: Any) -> dict[str, Any]:
    item: dict[str, Any] = {
        "type": "expect_column_values_to_not_be_null",
        "kwargs": {"column": "id"},
        "meta": {"name": "id-present", "reason": "It is needed."},
    }
    return {**item, **changes}


def suite(*expectations: object) -> str:
    return json.dumps({"name": "mine", "expectations": expectations})


BETWEEN = "expect_column_values_to_be_between"
STRFTIME = "expect_column_values_to_match_strftime_format"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "not JSON"),
        ("[]", "not a suite"),
        (suite(), "empty"),
        (suite(expectation(type="expect_column_values_to_not_be_nul")), "mean expect_column_values_to_not_be_null"),
        (suite(expectation(kwargs={"colunm": "id"})), "cannot be made of this"),
        (suite(expectation(kwargs={"column": "idd"})), "no column idd; did you mean id"),
        (suite(expectation(meta={"name": "id-present"})), "needs a reason"),
        (suite(expectation(), expectation()), "called id-present too"),
        (suite(expectation(severity="fatal")), "severity is 'fatal'"),
        (suite(expectation(type=BETWEEN, kwargs={"column": "text", "min_value": 1})), "raised an error"),
        (suite(expectation(type=BETWEEN, kwargs={"column": "n_chars"})), "raised an error|cannot be made of this"),
    ],
)
def test_a_suite_that_cannot_be_evaluated_is_no_verdict(text: str, message: str, release: Path, tmp_path: Path) -> None:
    (tmp_path / "rows.json").write_text(text)
    (tmp_path / "table.json").write_text((shipped("expectations") / "table.json").read_text("utf-8"), "utf-8")
    with pytest.raises(ValidationError, match=rf"(?s)rows\.json.*({message})"):
        validate(release, expectations=tmp_path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (suite(), "empty"),
        (suite(expectation(kwargs={"column": "repeated_id"})), "no column repeated_id; did you mean repeated_ids"),
        (suite(expectation(type=STRFTIME, kwargs={"column": "kept", "strftime_format": "%Y"})), "raised an error"),
    ],
)
def test_a_table_suite_that_cannot_be_evaluated_is_no_verdict(
    text: str, message: str, release: Path, tmp_path: Path
) -> None:
    (tmp_path / "rows.json").write_text(suite(expectation(meta={"name": "of rows", "reason": "It is needed."})))
    (tmp_path / "table.json").write_text(text)
    with pytest.raises(ValidationError, match=rf"(?s)table\.json.*({message})"):
        validate(release, expectations=tmp_path)


def test_a_folder_without_suites_is_no_verdict(release: Path, tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="holds no suite"):
        validate(release, expectations=tmp_path)

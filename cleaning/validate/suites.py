"""Load suites and evaluate them: the only place but `cleaning/expectations/` that imports Great Expectations.

The import takes seconds of processor time and 250 MB, so it happens when it is needed, and never in workers. Its errors
are made loud here: left alone, it drops an expectation that it does not know and passes what is left.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from ..errors import ValidationError
from .results import SAMPLE

_SEVERITIES = ("critical", "warning", "info")
# Positions of rows instead of their values: what is published must not repeat the text.
_RESULT_FORMAT = {
    "result_format": "SUMMARY",
    "partial_unexpected_count": SAMPLE,
    "exclude_unexpected_values": True,
    "include_unexpected_rows": False,
    "return_unexpected_index_query": False,
}


# These compare rows with each other, though Great Expectations counts row by row.
_OF_WHOLE_TABLES = {
    "expect_column_values_to_be_unique",
    "expect_column_values_to_be_increasing",
    "expect_column_values_to_be_decreasing",
    "expect_compound_columns_to_be_unique",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one evaluation of a promise said; ``positions`` are those of the first unexpected rows in the frame."""

    name: str
    ok: bool
    evaluated: int
    unexpected: int
    positions: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Suite:
    """A suite as its file declares it: Great Expectations' own form, with a ``name`` and a ``reason`` in each meta."""

    path: Path
    name: str
    declared: dict[str, dict[str, Any]]
    meta: dict[str, Any] | None = None

    @property
    def config(self) -> str:
        """The table whose rows it is about, where it is about rows."""
        return str((self.meta or {}).get("config", "default"))

    @property
    def names(self) -> list[str]:
        """The names of its promises, in order."""
        return list(self.declared)

    def reason_of(self, name: str) -> str:
        """Why a promise matters."""
        return str(self.declared[name]["meta"]["reason"])

    def severity_of(self, name: str) -> str:
        """How bad it is when a promise is broken."""
        return str(self.declared[name].get("severity", "critical"))

    def columns_of(self, name: str) -> list[str]:
        """The columns that a promise is about."""
        kwargs = self.declared[name]["kwargs"]
        single = [kwargs[key] for key in ("column", "column_A", "column_B") if key in kwargs]
        return [*single, *kwargs.get("column_list", [])]

    def demand_rows(self) -> None:
        """Refuse the suite if a promise cannot be told row by row, because it is evaluated batch by batch.

        Raises:
            ValidationError: naming the promise.
        """
        from great_expectations.expectations import expectation  # noqa: PLC0415 - takes seconds
        from great_expectations.expectations.registry import get_expectation_impl  # noqa: PLC0415

        by_row = (
            expectation.ColumnMapExpectation,
            expectation.ColumnPairMapExpectation,
            expectation.MulticolumnMapExpectation,
        )
        for name, item in self.declared.items():
            if item["type"] in _OF_WHOLE_TABLES or not issubclass(get_expectation_impl(item["type"]), by_row):
                raise ValidationError(
                    f"{self.path}: {name}: {item['type']} needs the whole table, and rows are checked batch by batch; "
                    "take an expectation about each row, or a fact in table.json"
                )

    def demand_columns(self, there: Iterable[str]) -> None:
        """Refuse the suite if a promise is about a column that is not there.

        Raises:
            ValidationError: naming the promise, the column and the nearest one that there is.
        """
        known = list(there)
        for name in self.names:
            for column in self.columns_of(name):
                if column not in known:
                    raise ValidationError(f"{self.path}: {name}: no column {column}{_hint(column, known)}")


def load(path: Path) -> Suite:
    """Read a suite and make sure that all of it can be evaluated.

    Raises:
        ValidationError: the file is not there or not JSON, declares nothing, lacks a name or a reason, or has an
            expectation that Great Expectations does not know or whose arguments do not fit.
    """
    try:
        content = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ValidationError(f"{path}: {error.strerror}") from error
    except ValueError as error:
        raise ValidationError(f"{path}: not JSON: {error}") from error
    if not isinstance(content, dict) or not isinstance(content.get("expectations"), list):
        raise ValidationError(f"{path}: not a suite: it needs a name and a list of expectations")
    if not content["expectations"] or not content.get("name"):
        raise ValidationError(f"{path}: the suite is empty or has no name, so it would check nothing")
    declared: dict[str, dict[str, Any]] = {}
    for number, item in enumerate(content["expectations"], 1):
        name = _name(path, number, item, declared)
        declared[name] = item
    if not isinstance(content.get("meta") or {}, dict):
        raise ValidationError(f"{path}: its meta is no object")
    for name, item in declared.items():
        _demand_valid(f"{path}: {name}", item)
    return Suite(path, str(content["name"]), declared, content.get("meta"))


def evaluate(suite: Suite, frames: Iterable[pd.DataFrame]) -> Iterator[tuple[pd.DataFrame, list[Outcome]]]:
    """Evaluate a suite on each frame, and yield the frame with the outcome of each promise.

    Raises:
        ValidationError: a promise was not loaded or not evaluated, or raised an error.
    """
    gx = _library()
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False, "metric_calculations": False}
    loaded = gx.ExpectationSuite(name=suite.name, expectations=list(suite.declared.values()))
    _demand_all(suite, "loaded", [expectation.meta["name"] for expectation in loaded.expectations])
    batches = context.data_sources.add_pandas("frames").add_dataframe_asset(suite.name)
    definition = batches.add_batch_definition_whole_dataframe("whole")
    for frame in frames:
        try:
            batch = definition.get_batch({"dataframe": frame})
            results = batch.validate(loaded, result_format=_RESULT_FORMAT).results
        except gx.exceptions.GreatExpectationsError as error:
            raise ValidationError(f"{suite.path}: could not be evaluated: {error}") from error
        outcomes = [_outcome(suite, result, len(frame)) for result in results]
        _demand_all(suite, "evaluated", [outcome.name for outcome in outcomes])
        yield frame, outcomes


@cache
def _library() -> Any:
    import great_expectations  # noqa: PLC0415 - takes seconds; cleaning/__init__.py has turned its statistics off

    from .. import expectations  # noqa: F401, PLC0415 - makes our own known

    return great_expectations


def _name(path: Path, number: int, item: Any, taken: Container[str]) -> str:
    where = f"{path}: expectation {number}"
    if not isinstance(item, dict) or not isinstance(item.get("kwargs"), dict) or not isinstance(item.get("type"), str):
        raise ValidationError(f"{where}: it needs a type and kwargs")
    meta = item.get("meta") or {}
    for key, use in (("name", "to be reported under"), ("reason", "that says why it matters")):
        if not isinstance(meta.get(key), str) or not meta[key].strip():
            raise ValidationError(f"{where} ({item['type']}): its meta needs a {key} {use}")
    name: str = meta["name"]
    if name in taken:
        raise ValidationError(f"{where}: another one is called {name} too")
    if item.get("severity", "critical") not in _SEVERITIES:
        raise ValidationError(
            f"{where} ({name}): severity is {item['severity']!r}, not one of {', '.join(_SEVERITIES)}"
        )
    return name


def _demand_valid(where: str, item: dict[str, Any]) -> None:
    gx = _library()
    from great_expectations.expectations.expectation_configuration import ExpectationConfiguration  # noqa: PLC0415
    from great_expectations.expectations.registry import list_registered_expectation_implementations  # noqa: PLC0415

    known = list_registered_expectation_implementations()
    if item["type"] not in known:
        raise ValidationError(f"{where}: no expectation {item['type']}{_hint(item['type'], known)}")
    try:
        ExpectationConfiguration(**item).to_domain_obj()
    except (gx.exceptions.GreatExpectationsError, TypeError, ValueError) as error:
        raise ValidationError(f"{where}: {item['type']} cannot be made of this: {error}") from error


def _outcome(suite: Suite, result: Any, rows: int) -> Outcome:
    name = str(result.expectation_config.meta["name"])
    for message in _raised(result.exception_info):
        raise ValidationError(f"{suite.path}: {name}: raised an error instead of an answer: {message[:300]}")
    ok = result.success is True or (result.success is not None and bool(result.success))  # numpy's bool among them
    found = result.result
    return Outcome(
        name,
        ok,
        int(found.get("element_count", rows)),
        int(found.get("unexpected_count", 0 if ok else 1)),
        tuple(found.get("partial_unexpected_index_list", ())[:SAMPLE]),
    )


def _raised(info: dict[str, Any]) -> Iterator[str]:
    """Yield the messages of exceptions: the record is flat when there was none, else one is filed for each metric."""
    records = [info] if "raised_exception" in info else list(info.values())
    for record in records:
        if record["raised_exception"]:
            yield str(record["exception_message"])


def _demand_all(suite: Suite, done: str, names: Sequence[str]) -> None:
    if sorted(names) != sorted(suite.names):
        missing = ", ".join(sorted(set(suite.names) - set(names))) or "none"
        raise ValidationError(
            f"{suite.path}: {len(suite.names)} promises are declared but {len(names)} {done}; missing: {missing}"
        )


def _hint(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f"; did you mean {near[0]}?" if near else ""

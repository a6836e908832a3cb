"""The engine starts without being asked twice, says what is missing, and hands on what went wrong in a worker."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from types import ModuleType

import daft
import pyarrow as pa
import pytest
from daft.exceptions import DaftCoreException

from cleaning.engine import batches, start
from cleaning.errors import CleaningError, SettingsError


def test_the_native_engine_needs_nothing_started() -> None:
    assert start() is daft
    assert start("native") is daft
    assert daft.get_or_infer_runner_type() == "native"


def test_an_engine_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(SettingsError, match=r"pip install 'scrape2corpus\[ray\]'"):
        start("ray")


def refuse(*_: object, **__: object) -> None:
    raise DaftCoreException("Cannot set runner more than once")


def test_a_process_stays_with_its_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    start()
    monkeypatch.setitem(sys.modules, "ray", ModuleType("ray"))
    monkeypatch.setattr(daft, "set_runner_ray", refuse)
    with pytest.raises(SettingsError, match="already runs on native, not on ray: start a new one"):
        start("ray")


def test_rows_come_as_they_are_done() -> None:
    table = start().from_pydict({"row": [1, 2, 3]})
    assert pa.Table.from_batches(list(batches(table))).to_pydict() == {"row": [1, 2, 3]}


class Failing:
    """A table that fails when it is computed."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def to_arrow_iter(self) -> Iterator[pa.RecordBatch]:
        yield pa.RecordBatch.from_pydict({"row": [1]})
        raise self.error


TRACE = """UDF unexpectedly failed with traceback:
Traceback (most recent call last):

ZeroDivisionError: boom

The above exception was the direct cause of the following exception:

cleaning.errors.CleaningError: a.txt: cleaning failed, and this is a bug: ZeroDivisionError('boom')
"""


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (RuntimeError(TRACE), CleaningError("a.txt: cleaning failed, and this is a bug: ZeroDivisionError('boom')")),
        (
            RuntimeError("cleaning.errors.RuleError: languages/xx.toml: no name"),
            CleaningError("languages/xx.toml: no name"),
        ),
        (RuntimeError("UDF process has terminated"), RuntimeError("UDF process has terminated")),
        (MemoryError("8 GB"), MemoryError("8 GB")),
    ],
)
def test_an_error_of_ours_comes_back_as_one(error: Exception, expected: Exception) -> None:
    with pytest.raises(type(expected)) as caught:
        list(batches(Failing(error)))
    assert str(caught.value) == str(expected)


def test_rows_before_an_error_are_handed_on() -> None:
    found = batches(Failing(ValueError("no")))
    assert next(found).to_pydict() == {"row": [1]}
    with pytest.raises(ValueError, match="no"):
        next(found)

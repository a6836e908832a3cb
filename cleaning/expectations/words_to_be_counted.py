"""An expectation: a column says how many words texts have."""

from __future__ import annotations

from typing import Any, ClassVar

import pandas as pd
from great_expectations.execution_engine.pandas_execution_engine import PandasExecutionEngine
from great_expectations.expectations.expectation import ColumnPairMapExpectation
from great_expectations.expectations.metrics.map_metric_provider.column_pair_condition_partial import (
    column_pair_condition_partial,
)
from great_expectations.expectations.metrics.map_metric_provider.column_pair_map_metric_provider import (
    ColumnPairMapMetricProvider,
)

from ..words import counted, in_chunks
from .pairs import ARGS_KEYS, DOMAIN_KEYS, METADATA, SUCCESS_KEYS, IgnoreRowIf, example


class ColumnPairValuesWordsCounted(ColumnPairMapMetricProvider):
    """Whether a text has as many words as is said."""

    condition_metric_name = "column_pair_values.words_counted"
    condition_domain_keys = DOMAIN_KEYS
    condition_value_keys = ()

    @column_pair_condition_partial(engine=PandasExecutionEngine)  # type: ignore[untyped-decorator]
    def _pandas(cls, column_A: pd.Series, column_B: pd.Series, **_: Any) -> pd.Series:  # noqa: N803, N805 - their names
        texts = column_A.where(column_A.notna(), "").tolist()
        numbers = [number for chunk in in_chunks(texts) for number in counted(chunk).tolist()]
        return pd.Series(numbers, index=column_B.index, dtype="int64") == column_B


class ExpectColumnPairValuesWordsToBeCounted(ColumnPairMapExpectation):
    """Expect a column to say how many words the texts of another one have.

    ExpectColumnPairValuesWordsToBeCounted is a Column Pair Map Expectation: a yes or no for each row of a pair of
    columns. A word is letters, digits and marks in a row, also with an apostrophe or an invisible joiner inside; in
    scripts that put no spaces between words (Han, kana, Thai, Lao, Khmer, Myanmar) each character is one.

    Args:
        column_A (str): The column of texts.
        column_B (str): The column of numbers of words.

    Other Parameters:
        ignore_row_if (str): "both_values_are_missing", "either_value_is_missing" or "neither". Default
            "either_value_is_missing".
        mostly (None or a float between 0 and 1): Successful if at least this share of the rows is right. Default 1.
        severity (str or None): "critical", "warning" or "info".
        result_format, catch_exceptions, meta: As everywhere in Great Expectations.

    Returns:
        An [ExpectationValidationResult](https://docs.greatexpectations.io/docs/terms/validation_result)

    Supported Data Sources:
        [Pandas](https://docs.greatexpectations.io/docs/application_integration_support/)

    Data Quality Issues:
        Validity

    Example Data:
            text                   n_words
        0   "Don't stop: 3 более"  4
        1   "雨が降る"               1
    """

    map_metric = "column_pair_values.words_counted"
    success_keys = SUCCESS_KEYS
    args_keys = ARGS_KEYS
    ignore_row_if: IgnoreRowIf = "either_value_is_missing"

    library_metadata: ClassVar[dict[str, Any]] = METADATA
    examples: ClassVar[list[dict[str, Any]]] = [
        example(
            {"text": ["Don't stop: 3 более", "雨が降る"], "n_words": [4, 1]},
            title="one number of two is wrong",
            arguments={"column_A": "text", "column_B": "n_words"},
            wrong=[1],
            mostly=0.5,
        )
    ]

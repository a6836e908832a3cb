"""An expectation: texts are written in a script of their language."""

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

from ..script import fits
from .pairs import ARGS_KEYS, DOMAIN_KEYS, METADATA, SUCCESS_KEYS, IgnoreRowIf, example


class ColumnPairValuesLanguageFitsScript(ColumnPairMapMetricProvider):
    """Whether the letters of a text are of a script of its language."""

    condition_metric_name = "column_pair_values.language_fits_script"
    condition_domain_keys = DOMAIN_KEYS
    condition_value_keys = ()

    @column_pair_condition_partial(engine=PandasExecutionEngine)  # type: ignore[untyped-decorator]
    def _pandas(cls, column_A: pd.Series, column_B: pd.Series, **_: Any) -> pd.Series:  # noqa: N803, N805 - their names
        tags = column_A.where(column_A.notna(), None).tolist()
        texts = column_B.where(column_B.notna(), None).tolist()
        return pd.Series(fits(tags, texts), index=column_B.index)


class ExpectColumnPairValuesLanguageToFitScript(ColumnPairMapExpectation):
    """Expect texts to be written in a script of the language that is said of them.

    ExpectColumnPairValuesLanguageToFitScript is a Column Pair Map Expectation: a yes or no for each row of a pair of
    columns. A text fits if a quarter of its letters, or more, are of a script in which the Unicode CLDR or common use
    writes the language; so a Japanese text full of English names does. Where it cannot be told, it fits: with fewer
    than twenty letters, or in a language whose scripts nobody knows, such as ``und``. A script that the tag names
    (``ru-Latn``) is one of the language.

    Args:
        column_A (str): The column of language tags (BCP 47).
        column_B (str): The column of texts.

    Other Parameters:
        ignore_row_if (str): "both_values_are_missing", "either_value_is_missing" or "neither". Default
            "either_value_is_missing".
        mostly (None or a float between 0 and 1): Successful if at least this share of the rows fits. Default 1.
        severity (str or None): "critical", "warning" or "info".
        result_format, catch_exceptions, meta: As everywhere in Great Expectations.

    Returns:
        An [ExpectationValidationResult](https://docs.greatexpectations.io/docs/terms/validation_result)

    Supported Data Sources:
        [Pandas](https://docs.greatexpectations.io/docs/application_integration_support/)

    Data Quality Issues:
        Validity

    Example Data:
            language  text
        0   "en"      "The river rose for three days in the north."
        1   "ar"      "The river rose for three days in the north."
    """

    map_metric = "column_pair_values.language_fits_script"
    success_keys = SUCCESS_KEYS
    args_keys = ARGS_KEYS
    ignore_row_if: IgnoreRowIf = "either_value_is_missing"

    library_metadata: ClassVar[dict[str, Any]] = METADATA
    examples: ClassVar[list[dict[str, Any]]] = [
        example(
            {"language": ["en", "ar", "ru-Latn"], "text": ["The river rose for three days in the north."] * 3},
            title="one text of three is not in the script of its language",
            arguments={"column_A": "language", "column_B": "text"},
            wrong=[1],
            mostly=0.6,
        )
    ]

"""What expectations about a pair of columns have in common, in the names that Great Expectations asks for."""

from __future__ import annotations

from typing import Any, Literal

# What tells the data that a metric is about, and the arguments by which an expectation is the same again.
DOMAIN_KEYS = ("batch_id", "table", "column_A", "column_B", "row_condition", "condition_parser", "ignore_row_if")
SUCCESS_KEYS = ("column_A", "column_B", "ignore_row_if", "mostly")
ARGS_KEYS = ("column_A", "column_B")

IgnoreRowIf = Literal["both_values_are_missing", "either_value_is_missing", "neither"]

METADATA: dict[str, Any] = {
    "maturity": "beta",
    "tags": ["text", "nlp", "column pair map expectation"],
    "contributors": ["scrape2corpus"],
    "requirements": ["scrape2corpus"],
}


def example(
    data: dict[str, list[Any]], *, title: str, arguments: dict[str, str], wrong: list[int], mostly: float
) -> dict[str, Any]:
    """Return an example in the form of the gallery: what fails as it is, and passes with ``mostly``.

    Args:
        data: the columns.
        title: what is wrong with them.
        arguments: the expectation's.
        wrong: the rows that are unexpected.
        mostly: a share that is good enough.
    """
    tests = [
        (title, arguments, False),
        ("which is good enough", {**arguments, "mostly": mostly}, True),
    ]
    return {
        "data": data,
        "tests": [
            {
                "title": told,
                "exact_match_out": False,
                "include_in_gallery": True,
                "in": given,
                "out": {"success": success, "unexpected_index_list": wrong},
            }
            for told, given, success in tests
        ],
    }

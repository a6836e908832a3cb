"""Our expectations work in somebody else's suite, as any of Great Expectations' own."""

from __future__ import annotations

from typing import Any

import great_expectations as gx
import pandas as pd
import pytest

import cleaning.expectations
from cleaning.script import fits

EXPECTATIONS = [getattr(cleaning.expectations, name) for name in cleaning.expectations.__all__]
CASES = [
    (kind, example["data"], test) for kind in EXPECTATIONS for example in kind.examples for test in example["tests"]
]

ENGLISH = "The river rose for three days, and nobody was hurt."
ARABIC = "ارتفع منسوب النهر ثلاثة أيام ولم يصب أحد بأذى"
RUSSIAN = "Река поднималась три дня, и никто не пострадал."
JAPANESE = "川の水位は三日間上がり続けたが、けが人はいないと発表した。"
CHINESE = "河水连续三天上涨，但没有人员受伤，该部门周一表示。"
KOREAN = "강물이 사흘 동안 불어났지만 다친 사람은 없다고 밝혔다."
HINDI = "नदी का जलस्तर तीन दिनों तक बढ़ता रहा और किसी को चोट नहीं आई।"
URDU = "دریا تین دن تک چڑھتا رہا اور کسی کو چوٹ نہیں آئی"


def validated(frame: pd.DataFrame, *expectations: Any) -> Any:
    context: Any = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False, "metric_calculations": False}
    suite = gx.ExpectationSuite(name="another project's", expectations=list(expectations))
    asset = context.data_sources.add_pandas("other").add_dataframe_asset("texts")
    batch = asset.add_batch_definition_whole_dataframe("all").get_batch({"dataframe": frame})
    return batch.validate(suite, result_format="COMPLETE")


@pytest.mark.parametrize(("kind", "data", "case"), CASES)
def test_each_works_in_a_plain_suite(kind: Any, data: dict[str, list[Any]], case: dict[str, Any]) -> None:
    (result,) = validated(pd.DataFrame(data), kind(**case["in"])).results
    assert result.exception_info["raised_exception"] is False
    assert result.success == case["out"]["success"]
    assert result.result["unexpected_index_list"] == case["out"]["unexpected_index_list"]


@pytest.mark.parametrize("kind", EXPECTATIONS)
def test_each_says_what_it_is(kind: Any) -> None:
    told = kind(column_A="a", column_B="b")
    assert told.expectation_type.startswith("expect_column_pair_values_")
    assert kind.library_metadata["maturity"]
    assert "Args:" in kind.__doc__
    assert "Example Data:" in kind.__doc__
    assert {test["out"]["success"] for _, _, test in CASES} == {True, False}


def test_each_is_known_by_its_type() -> None:
    item = {
        "type": "expect_column_pair_values_language_to_fit_script",
        "kwargs": {"column_A": "language", "column_B": "text", "mostly": 0.5},
    }
    frame = pd.DataFrame({"language": ["ar", "ar", None], "text": [ENGLISH, ARABIC, ENGLISH]})
    result = validated(frame, item)
    assert result.success
    assert result.results[0].result["unexpected_index_list"] == [0]


@pytest.mark.parametrize(
    ("tag", "text", "fit"),
    [
        ("ar", ARABIC, True),
        ("ar", ENGLISH, False),
        ("en", ARABIC, False),
        ("en-GB", ENGLISH, True),
        ("sr", RUSSIAN, True),
        ("sr-Latn", ENGLISH, True),
        ("sr", ENGLISH, True),
        ("ru", ENGLISH, False),
        ("ru-Latn", ENGLISH, True),
        ("ja", JAPANESE, True),
        ("ja", CHINESE, True),
        ("ja", KOREAN, False),
        ("zh-Hant-TW", CHINESE, True),
        ("zh", JAPANESE, True),
        ("zh", ENGLISH, False),
        ("ko", KOREAN, True),
        ("hi", HINDI, True),
        ("hi", URDU, False),
        ("pa", URDU, True),
        ("ku", ARABIC, True),
        ("kk", RUSSIAN, True),
        ("kk", ENGLISH, True),
        ("uz", RUSSIAN, True),
        ("az", ENGLISH, True),
        ("und", ARABIC, True),
        ("xx", ARABIC, True),
        ("mul", ARABIC, True),
        (None, ARABIC, True),
        ("ar", None, True),
        ("ar", "Reuters", True),
        ("ar", "1234567890 " * 9, True),
        ("ja", f"{JAPANESE} {ENGLISH}", True),
        ("ar", f"{ENGLISH} {ENGLISH} {ENGLISH} {ENGLISH} {ARABIC[:20]}", False),
        ("ar", ARABIC * 100 + ENGLISH * 10, True),
        ("ar", ENGLISH * 1000, False),
    ],
)
def test_texts_are_in_a_script_of_their_language(tag: str | None, text: str | None, fit: bool) -> None:
    assert fits([tag], [text]).tolist() == [fit]

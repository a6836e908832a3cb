"""What Arabic news in particular promises; its lines are cases in ``cases/boilerplate/ar.json``."""

from __future__ import annotations

import importlib.util
import json
import tomllib
from importlib.resources import files
from types import ModuleType
from typing import Any

import pytest
from corpora import ROOT
from strategies import CASES

from cleaning.document import Raw
from cleaning.pipeline import clean
from cleaning.rules.cldr import words
from cleaning.settings import Settings

RAIN = "هطلت أمطار غزيرة على شمال البلاد لليوم الثالث على التوالي، وأغلقت السيول عدداً من الطرق."
SAID = "وقال مدير الدفاع المدني إن الفرق أجلت عشرات العائلات من القرى القريبة من مجرى النهر."


def cleaned(*lines: str) -> list[str]:
    raw = Raw(origin="test", content="\n".join(lines), language="ar", title="حديث المدينة")
    return clean(raw, Settings()).text.split("\n")


def test_there_are_many_cases_of_what_goes_and_of_what_stays() -> None:
    cases: list[dict[str, Any]] = json.loads((CASES / "ar.json").read_text("utf-8"))
    kept = [case for case in cases if all(isinstance(line, str) for line in case["lines"])]
    assert len(cases) - len(kept) >= 120
    assert len(kept) >= 120


def test_no_month_or_weekday_is_typed_into_a_pattern() -> None:
    table = tomllib.loads((files("cleaning") / "languages" / "ar.toml").read_text("utf-8"))
    patterns = [pattern for rule in table["rule"] for pattern in rule.get("patterns", []) + rule.get("inline", [])]
    assert any("{date}" in pattern for pattern in patterns)
    typed = {name for name in ("يناير", "شوال", "تموز", "الثلاثاء", "جويلية") if any(name in p for p in patterns)}
    assert typed == set()
    assert {"يناير", "شوال", "تموز"} <= set(words("ar").months)


# --- Inside lines ---


@pytest.mark.parametrize(
    "dateline", ["جنيف - أ.ف.ب:", "* روما - رويترز:", "لندن - «الشرق الأوسط»:", "باماكو – د.ب.أ :", "سبق- وكالات:"]
)
def test_the_datelines_of_news_in_brief_go_from_each_item(dateline: str) -> None:
    assert cleaned("موجز الأخبار", f"{dateline} {RAIN}", f"{dateline} {SAID}") == ["موجز الأخبار", RAIN, SAID]


@pytest.mark.parametrize(
    "start", ["جنيف:", "* جنيف - المدينة القديمة:", "وقال مراسل جنيف - كما ذكرت رويترز:", "- أولاً:"]
)
def test_other_beginnings_of_items_stay(start: str) -> None:
    assert cleaned(RAIN, f"{start} {SAID}") == [RAIN, f"{start} {SAID}"]


MESSAGE = "للتواصل مع الكاتب ارسل رسالة SMS تبدأ بالرمز (29) ثم مسافة ثم نص الرسالة إلى 88591 - Stc 737221 - Zain"


@pytest.mark.parametrize(
    "piece",
    [
        "رابط الخبر بصحيفة المثال: أمطار غزيرة تغلق الطرق",
        "رابط الخبر بصحيفة المثال الجديدة: «أمطار».. وسيول",
        f"name@example.org{MESSAGE}",
        MESSAGE,
    ],
)
@pytest.mark.parametrize("end", ["", ".", "؟"])
def test_what_papers_hang_on_the_last_line_goes_with_or_without_a_full_stop(piece: str, end: str) -> None:
    text = RAIN.rstrip(".") + end
    assert cleaned(SAID, f"{text} {piece}") == [SAID, text]


def test_tags_behind_the_last_full_stop_go_and_a_sentence_about_features_stays() -> None:
    assert cleaned(RAIN, f"{SAID} سمات أمطار سيول طرق") == [RAIN, SAID]
    features = "كان قائداً للفريق سنوات طويلة، وعرفه الناس بالصبر. سمات القائد عنده كثيرة، كما يقول رفاقه."
    assert cleaned(RAIN, features) == [RAIN, features]


# --- The script that measures ---


def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("arabic_lines", ROOT / "benchmarks" / "arabic_lines.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_only_letters_and_digits_are_measured() -> None:
    assert script().counted("a - b: cd.", [(2, 6), (3, 4), (7, 10)]) == [(1, 2), (2, 4)]


@pytest.mark.parametrize(
    ("wanted", "cut", "found", "right"),
    [
        ([(0, 10)], [(0, 10)], 1, 1),
        ([(0, 10)], [(0, 5), (5, 10)], 1, 2),  # in two cuts
        ([(0, 5), (5, 10)], [(0, 10)], 2, 1),  # in one
        ([(0, 10)], [(0, 8)], 0, 1),  # a part of it
        ([(0, 10)], [(0, 20)], 1, 0),  # more than it
        ([(0, 10)], [], 0, 0),
        ([], [(3, 4)], 0, 0),
    ],
)
def test_a_span_counts_from_nine_tenths_on(
    wanted: list[tuple[int, int]], cut: list[tuple[int, int]], found: int, right: int
) -> None:
    counts = script().compare(wanted, cut)
    assert (counts["found"], counts["right"]) == (found, right)


def test_precision_and_recall_are_shares_of_what_was_cut_and_of_what_should_go() -> None:
    counts = script().compare([(0, 10), (20, 30)], [(0, 10), (40, 45)])
    assert script().report("paper", counts) == "| paper | 0 | 2 | 2 | 0.500 | 0.500 | 0.667 | 0.500 |"

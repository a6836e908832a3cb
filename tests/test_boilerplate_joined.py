"""What extractors joined to the first or to the last sentence goes, and the sentence stays."""

from __future__ import annotations

import pytest
from strategies import ARTICLES

from cleaning.boilerplate import joined
from cleaning.boilerplate.page import Page, Told
from cleaning.boilerplate.phrases import Named, anywhere, rules_for
from cleaning.document import Cut, Document, remove

RAIN = "هطلت أمطار غزيرة على شمال البلاد لليوم الثالث على التوالي، وأغلقت السيول عدداً من الطرق."
SAID = "وقال مدير الدفاع المدني إن الفرق أجلت عشرات العائلات من القرى القريبة من مجرى النهر."


def cleaned(text: str, language: str = "ar") -> str:
    """The text without what is joined to its sentences, after the rules for lines and spans anywhere."""
    page = Page.of(Document(repaired=text, text=text))
    rules = rules_for(language)
    page = page.add(anywhere(page, Named(page, rules)))
    page = page.add(joined.find(page, rules))
    return remove(text, tuple(sorted(page.cuts, key=lambda cut: cut.start))).strip()


def findings(text: str) -> list[Cut | Told]:
    return list(joined.find(Page.of(Document(repaired=text, text=text)), rules_for("ar")))


@pytest.mark.parametrize(
    "head",
    [
        "سبق- جدة:",
        "سبق – مكة المكرمة :",
        "سالم العلي- سبق- القاهرة:",
        "سالم العلي، فهد الزيد- سبق- حائل:",
        "الرياض - واس:",
        "لندن - (رويترز):",
        "رويترز- بنغازي (ليبيا):",
        "دمشق (أ ف ب) -",
        "هدى سعيد - بيروت:",
        "أ ف ب- موسكو:",
        "\u200f\u202bفهد الزيد- سبق- الرياض:",
        "نورة السالم- سبق:",
    ],
)
def test_a_dateline_goes_from_the_first_sentence(head: str) -> None:
    assert cleaned(f"{head} {RAIN}\n{SAID}") == f"{RAIN}\n{SAID}"
    assert cleaned(f"{head} {RAIN} {SAID}") == f"{RAIN} {SAID}"


@pytest.mark.parametrize(
    "text",
    [
        f"لندن: {RAIN}",
        f"وقال الوزير: {RAIN}",
        f"يقول المثل: {RAIN}",
        f"وقال الوزير - كما جاء في البيان: {RAIN}",
        f"كأس العالم - المجموعة الأولى: {RAIN}",
        f"الأهلي - الاتحاد: {RAIN}",
        f"عاجل: {RAIN}",
        f"الطريق بين القرية والجسر - أغلق: {RAIN}",
        f"قال مدير الدفاع المدني (رويترز) إن {RAIN}",
        f"بين الساعة 10:30 و11:45 {RAIN}",
        f"{RAIN} الرياض - واس: {SAID}",
    ],
)
def test_a_sentence_that_begins_like_a_dateline_stays(text: str) -> None:
    assert cleaned(text) == text
    assert cleaned(f"{text}\n{SAID}") == f"{text}\n{SAID}"


def test_the_reporter_of_a_dateline_becomes_the_author() -> None:
    told = [finding for finding in findings(f"سالم العلي- سبق- القاهرة: {RAIN}") if isinstance(finding, Told)]
    assert [(finding.field, finding.value) for finding in told] == [("author", "سالم العلي")]


@pytest.mark.parametrize(
    "tail",
    [
        "مقالات أخرى للكاتبرحلة إلى البحرليل المدينة",
        "اقرأ أيضاً: النهر ينحسر بعد خمسة أيام",
        "للمزيد: أسعار الخضار اليوم",
        '"رويترز"',
        "«الفرنسية»",
        "(تصوير: فهد الزيد)",
        "(رويترز)",
        "* باحث مغربي",
        "أستاذ مشارك في جامعة المدينة",
        "نقلا عن صحيفة المثال",
        "سالم عبدالله العلي - الرس",
        "* خدمة «نيويورك تايمز»",
        "الصور من «واس»",
        "لمراسلة الكاتب: name@example.org",
        "شارك على فيسبوك",
    ],
)
def test_what_stands_behind_the_last_sentence_goes(tail: str) -> None:
    assert cleaned(f"{RAIN}\n{SAID} {tail}") == f"{RAIN}\n{SAID}"
    assert cleaned(f"{RAIN} {SAID}  {tail}") == f"{RAIN} {SAID}"


def test_a_credit_in_brackets_goes_from_the_end_of_a_sentence_without_its_full_stop() -> None:
    text = RAIN.rstrip(".")
    assert cleaned(f"{RAIN}\n{text} (أ.ف.ب)") == f"{RAIN}\n{text}"


def test_several_pieces_behind_each_other_go() -> None:
    assert cleaned(f"{RAIN} {SAID} (تصوير: فهد الزيد) * باحث مغربي") == f"{RAIN} {SAID}"
    assert cleaned(f"{RAIN} {SAID} نقلا عن صحيفة المثال. اقرأ أيضا: خبر آخر") == f"{RAIN} {SAID}"


def test_a_piece_goes_that_stands_before_something_cut_inside_the_line() -> None:
    link = "رابط الخبر بصحيفة المثال: أمطار غزيرة تغلق الطرق"
    assert cleaned(f"{RAIN} {SAID} نقلا عن صحيفة المثال {link}") == f"{RAIN} {SAID}"


@pytest.mark.parametrize(
    "tail",
    [
        "صور.",
        "وقال: لا تعليق.",
        "رئيس الوزراء.",
        "(داعش)",
        "(إنا لله وإنا إليه راجعون)",
        "اقرأ أيضا ما كتبه ابن خلدون في هذا الباب.",
        "خبير يحذر من موجة حر.",
        "تهانينا وألف مبروك.",
        "وللحديث بقية.",
        "والفرنسية لغة العمل هناك.",
        "إلى اللقاء.",
        "شارك في الحفل وزراء من عشر دول.",
    ],
)
def test_a_short_last_sentence_stays(tail: str) -> None:
    assert cleaned(f"{RAIN} {SAID} {tail}") == f"{RAIN} {SAID} {tail}"


@pytest.mark.parametrize("middle", ["اقرأ أيضاً: النهر ينحسر", "* باحث مغربي", "(رويترز)"])
def test_nothing_is_taken_from_between_sentences(middle: str) -> None:
    text = f"{RAIN} {middle} {SAID}"
    assert cleaned(text) == text


@pytest.mark.parametrize("language", sorted(ARTICLES))
def test_nothing_is_taken_from_prose(language: str) -> None:
    text = " ".join(ARTICLES[language].paragraphs)
    assert cleaned(text, language) == text


@pytest.mark.parametrize("text", ["", "سبق- جدة:", "كلمة", "(رويترز)", "اقرأ أيضاً: خبر"])
def test_there_may_be_no_sentence(text: str) -> None:
    assert findings(text) == []


def test_other_languages_have_such_pieces_too() -> None:
    (one, *_) = ARTICLES["en"].paragraphs
    assert cleaned(f"{one} Follow us on Twitter", "en") == one
    assert cleaned(f"{one} Follow us, he said, and you will see.", "en") != one

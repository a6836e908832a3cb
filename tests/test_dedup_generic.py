"""Headlines of series are known in many languages, and a story's own headline is not taken for one."""

from __future__ import annotations

import tomllib
from collections import Counter

import pytest
from corpora import ROOT
from hypothesis import given
from hypothesis import strategies as st

from cleaning.dedup.generic import is_generic
from cleaning.rules import languages
from cleaning.text import fold, words

TABLES = tomllib.loads((ROOT / "cleaning" / "dedup" / "generic.toml").read_text("utf-8"))
LISTED = [(tag, headline) for tag, table in TABLES.items() for headline in table["headlines"]]


def test_many_languages_have_a_table() -> None:
    assert len(TABLES) >= 30
    assert set(TABLES) <= set(languages())
    assert list(TABLES) == ["en", *sorted(TABLES.keys() - {"en"})]
    assert all(len(table["headlines"]) >= 25 for table in TABLES.values())


@pytest.mark.parametrize("tag", TABLES)
def test_what_is_listed_is_known_in_any_case_and_listed_once(tag: str) -> None:
    headlines = TABLES[tag]["headlines"]
    assert [headline for headline in headlines if not is_generic(headline)] == []
    assert [headline for headline in headlines if not is_generic(f"  {headline.upper()}: | The Daily")] == []
    assert [headline for headline, count in Counter(map(fold, headlines)).items() if count > 1] == []
    assert [word for word, count in Counter(TABLES[tag]["around"]).items() if count > 1] == []


@pytest.mark.parametrize(
    "title",
    [
        "Weather forecast for Monday, 3 March 2025",
        "New York weather forecast",
        "Weather: Rio de Janeiro",
        "Photo of the day #312",
        "Today's prayer times in Kuala Lumpur",
        "Headlines of newspapers today",
        "Letters to the editor, Jan. 5",
        "Das Wetter in Berlin am Montag, 3. März 2025",
        "Leserbriefe vom 12.05.2024",
        "Météo à Paris : jeudi 4 mai",
        "Horoscope du 12 août 2024",
        "Horóscopo de hoy, 14 de noviembre de 2025",
        "Previsão do tempo para hoje, sexta-feira, em São Paulo",
        "Погода в Москве на 5 мая",
        "Курс валют на 12 марта 2024 года",
        "Hava durumu: İstanbul",
        "HAFTALIK BURÇ YORUMLARI | 3 KASIM",
        "Jadwal sholat hari ini di Jakarta",
        "حالة الطقس المتوقعة اليوم السبت",
        "أسعار الذهب اليوم الثلاثاء 4 مارس 2025",
        "مواقيت الصلاة في مكة المكرمة",
        "كاريكاتير ٢٠١٥/٧/٢٠",
        "आज का राशिफल 5 मई 2024",
        "北京天气预报",
        "2024年5月1日 天气预报",
        "東京の天気予報（5月3日）",
        "오늘의 운세 (5월 3일 금요일)",
        "พยากรณ์อากาศ กรุงเทพมหานคร วันที่ 3 มีนาคม",
    ],
)
def test_a_date_a_number_or_a_place_may_stand_beside(title: str) -> None:
    assert is_generic(title)


@pytest.mark.parametrize(
    "title",
    [
        "",
        " — ",
        "Monday, 3 March 2025",
        "Weather delays the opening of the northern tunnel",
        "Weather: Storm hits coast",
        "Quiz show host retires at ninety",
        "Editorial board resigns in protest over new owner",
        "Exchange rates push exporters to the edge",
        "Live updates: What we know about the fire in the harbour district",
        "Council publishes letters to the editor of a century ago",
        "Wetter verzögert Eröffnung der Brücke",
        "Une météo capricieuse retarde les vendanges en Champagne",
        "El tiempo se agota para salvar la central",
        "Погода помешала запуску ракеты с космодрома",
        "أسعار الذهب ترتفع إلى مستوى قياسي جديد",
        "تراجع أسعار الذهب إلى أدنى مستوى",
        "Hava durumu uçuşları etkiledi, yüzlerce yolcu bekliyor",
        "天气预报称明天有雨多地停课",
        "運勢占いの老舗が百年の歴史に幕を下ろす",
        "พยากรณ์อากาศผิดพลาดทำให้ชาวนาเสียหายหลายล้าน",
        "weather " * 100,
    ],
)
def test_a_story_has_a_headline_of_its_own(title: str) -> None:
    assert not is_generic(title)


WORDS = st.sampled_from(["bridge", "opens", "harbour", "council", "votes", "ferry", "budget", "rescued", "mayor"])


@given(st.sampled_from(LISTED), st.lists(WORDS, min_size=4, max_size=8), st.booleans())
def test_four_words_beside_make_it_a_story(listed: tuple[str, str], beside: list[str], first: bool) -> None:
    _, headline = listed
    told = " ".join(beside)
    assert not is_generic(f"{told} {headline}" if first else f"{headline}: {told}")


@given(st.text(max_size=80))
def test_any_text_may_be_a_headline(title: str) -> None:
    assert not is_generic(title) or words(title)

"""Placeholders of patterns say dates, times, months and weekdays in the words of each language."""

from __future__ import annotations

import datetime
import json
import subprocess
import sys
from functools import cache
from itertools import product

import pytest
import regex
from babel.dates import format_date, format_time
from hypothesis import given
from hypothesis import strategies as st
from strategies import fewer

from cleaning.errors import RuleError
from cleaning.rules import languages, load, parse
from cleaning.rules.calendar import expand

# Large languages of the web; what CLDR writes in them is what must be understood.
TAGS = regex.findall(
    r"\w+",
    "am ar az be bg bn ca cs da de el en es et eu fa fi fil fr gl gu he hi hr hu hy id is it ja ka kk km kn ko lt lv "
    "mk ml mr ms my nb nl no pa pl pt ro ru si sk sl sq sr sv sw ta te th tr uk ur uz vi zh",
)
DAYS = (datetime.date(2024, 5, 1), datetime.date(2023, 12, 17), datetime.date(1998, 1, 30))


@cache
def compiled(placeholder: str, tag: str) -> regex.Pattern[str]:
    return regex.compile(expand(f"{{{placeholder}}}", tag), regex.I)


def understood(placeholder: str, tag: str, text: str) -> bool:
    return compiled(placeholder, tag).fullmatch(text) is not None


# --- What CLDR writes ---


@pytest.fixture(autouse=True)
def _each_locale_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Babel writes what it resolves for one locale into what locales share, and then tells it of the next one."""
    monkeypatch.setattr("babel.localedata._cache", {})


@pytest.mark.parametrize("tag", TAGS)
def test_all_formats_of_dates_are_understood(tag: str) -> None:
    written = [format_date(day, width, tag) for day, width in product(DAYS, ("full", "long", "medium", "short"))]
    assert [text for text in written if not understood("date", tag, text)] == []


@pytest.mark.parametrize("tag", [tag for tag in TAGS if tag != "ur"])  # there am is a, and a letter alone is no word
def test_all_formats_of_times_are_understood(tag: str) -> None:
    times = (datetime.time(9, 5, 7), datetime.time(14, 35))
    written = [format_time(time, width, locale=tag) for time, width in product(times, ("medium", "short"))]
    assert [text for text in written if not understood("time", tag, text)] == []


@pytest.mark.parametrize("tag", TAGS)
def test_names_are_understood_in_format_and_alone_and_abbreviated(tag: str) -> None:
    for placeholder, field, alone in (("month", "M", "L"), ("weekday", "E", "c")):
        days = [datetime.date(2024, month, month) for month in range(1, 13)]
        names = {format_date(day, letter * size, tag) for day in days for letter in (field, alone) for size in (3, 4)}
        long = {name for name in names if len(name) > 2 or tag in ("ja", "zh", "ko")}
        assert [name for name in sorted(long) if not understood(placeholder, tag, name)] == []


# --- What sites write ---

DATES = {
    "common": [
        "2024-05-01",
        "01.05.2024",
        "1/5/24",
        "5.1.2024",
        "1-5-2024",
        "2024/5/1",
        "٢٠٢٤/٠٥/٠١",
        "１/５/２０２４",
    ],
    "en": ["March 12, 2024", "12th of March 2024", "Tues., Sept. 5th 2023", "12-Mar-2024", "MAR 12 2024", "1 May 2024"],
    "de": ["12. März 2024", "Montag, den 4. Mai 2020", "Mo 04.05.2020", "Sonnabend, 2. Jänner 2021", "5. MRZ 2024"],
    "fr": ["le 1er mai 2024", "mardi 12 mars 2024", "3 fév. 2021", "12 aout 2024", "MARDI 12 MARS 2024"],
    "es": ["12 de marzo de 2024", "12 marzo 2024", "marzo 12, 2024", "1 de setiembre del 2024", "mié. 3 ene. 2024"],
    "pt": ["terça-feira, 12 de março de 2024", "sexta, 1º de set. de 2023", "5 dez 2023"],
    "it": ["lunedì 1° gennaio 2024", "12 Mar 2024"],
    "ru": ["12 марта 2024 г.", "март 12, 2024", "12 МАР. 2024 года", "пт, 3 сен. 2021"],
    "uk": ["12 березня 2024 р.", "пʼятниця, 1 березня 2024", "п'ятниця, 1 березня 2024"],
    "pl": ["12 marca 2024", "12 marzec 2024", "środa, 1 maja 2024 r."],
    "el": ["Τρίτη 12 Μαρτίου 2024", "12 ΜΑΡΤΙΟΥ 2024", "Μάρτιος 12, 2024"],
    "fi": ["12. maaliskuuta 2024", "12.3.2024"],
    "tr": ["12 Mart 2024 Salı", "Salı, 12 Mart 2024", "3 KASIM 2021"],
    "ar": ["12 رمضان 1445 هـ", "الاحد، 12 مايو 2024م", "12 كانون الثاني/يناير 2024", "١٢ جانفي ٢٠٢٤", "12 ابريل 2024"],
    "fa": ["سه شنبه ۲۳ مرداد ۱۴۰۲", "سه‌شنبه، 23 مرداد 1402", "۵ فروردین‌ماه ۱۴۰۳", "۱۴۰۳/۰۱/۱۲", "12 اسفند 1402"],
    "ur": ["12 رمضان 1445ھ", "12 مارچ 2024ء", "جمعه 12 جنوري 2024", "12 اكتوبر 2024"],
    "hi": ["12 मार्च 2024", "१२ मार्च २०२४", "12 फरवरी 2024", "12 \u095eरवरी 2024", "12 फ\u093cरवरी 2024"],
    "th": ["12 มี.ค. 2567", "๑๒ มีนาคม พ.ศ. ๒๕๖๗", "วันอังคารที่ 12 มีนาคม 2567"],
    "ja": ["2024年5月1日", "2024年05月01日（水）", "令和6年5月1日", "令和元年5月1日"],
    "zh": ["2024年5月1日 星期三", "民國113年5月1日", "2024 年 5 月 1 日"],
    "ko": ["2024년 5월 1일", "2024. 5. 1. (수)", "24.05.01"],
    "bn": [
        "১২ জানুয়ারি ২০২৪",
        "১২ জানু\u09dfারি ২০২৪",
        "১২ জানু\u09af\u09bcারী ২০২৪",
        "মঙ্গলবার, ১২ ফেব্রু\u09dfারি ২০২৪",
        "12 ফেব্রুয়ারী, 2024",
    ],
    "bs": ["12. marta 2024.", "12. априла 2024."],
    "ca": ["12 de març de 2024", "12 d'abril de 2024", "dimarts, 12 de març del 2024", "1 d’agost 2024"],
    "da": ["d. 12. marts 2024", "12/3 2024", "12/3-2024", "tirsdag d. 12. marts 2024"],
    "hr": ["12. studenog 2024.", "utorak, 12. ožujka 2024."],
    "no": ["12/3 2024"],
    "sl": ["12. marca 2024", "četrtek, 1. januarja 2024", "2. maj 2024"],
    "sr": ["12. marta 2024.", "Četvrtak, 12. марта 2020", "1. januara 2024", "3. август 2024."],
    "sv": ["12/3 2024", "den 12 mars 2024"],
    "sw": ["12 Disemba 2024", "3 Desemba 2024", "Jumanne, Machi 12, 2024"],
    "tl": ["Marso 12, 2024", "ika-12 ng Marso 2024", "Martes, Disyembre 3, 2023"],
    "vi": ["ngày 12 tháng 03 năm 2024", "Thứ Ba, 12/03/2024"],
    "hu": ["2024. március 12.", "2024. március 12., kedd", "2024. márc. 12. (kedd)", "2024.03.12., kedd"],
    "pt-BR": ["12 de março de 2024"],
    "tlh": ["2024-05-01", "01.05.2024"],
}
NO_DATES = {
    "common": [
        "2024",
        "12",
        "5.1",
        "5/24",
        "10.15.7.3",
        "192.168.1.1",
        "45.99.12",
        "2024-2025",
        "1234567",
        "5.1.20245",
    ],
    "en": ["March", "March 2024", "12 March", "Marching 12, 2024", "May 2024 2025", "12 Angry 1957", "12 March 5 2024"],
    "fr": ["12 rue 2024", "mars 2024"],
    "ja": ["5月1日", "2024年", "2024年5月"],
    "ru": ["12 мая", "в мае 2024", "12 майских 2024"],
    "ca": ["12 de 2024", "12 de març", "març de 2024"],
    "da": ["12/3", "12/3 20245"],
    "de": ["3. Liga 2024", "März 2024", "12. März", "Montag", "Maier 12, 2024", "den 2024"],
    "en-GB": ["12/3 2024"],
    "hu": ["2024. március", "március 12., kedd"],
    "sr": ["marta 2024.", "12. sprat 2024.", "12. marta"],
    "common-Latn": ["12 March 2024"],
}


@pytest.mark.parametrize(("tag", "text"), [(tag, text) for tag, texts in DATES.items() for text in texts])
def test_dates_are_understood(tag: str, text: str) -> None:
    assert understood("date", tag, text)


@pytest.mark.parametrize(("tag", "text"), [(tag, text) for tag, texts in NO_DATES.items() for text in texts])
def test_what_lacks_a_day_or_a_month_or_a_year_is_no_date(tag: str, text: str) -> None:
    assert not understood("date", tag, text)


@pytest.mark.parametrize("tag", ["common", *TAGS])
@given(number=st.integers(0, 10**8))
@fewer
def test_a_number_alone_is_neither_date_nor_time(tag: str, number: int) -> None:
    assert not understood("date", tag, str(number))
    assert not understood("time", tag, str(number))


TIMES = {
    "common": ["14:05", "14.05", "9:05", "2:05 pm", "2:05PM", "2.05 p.m.", "14:05:33", "۱۴:۰۵"],
    "de": ["14:05 Uhr", "14.05 Uhr"],
    "en": ["2:05 in the afternoon", "12:00 noon"],
    "fr": ["14h05", "14 h 05"],
    "ja": ["14時05分", "午後2:05"],
    "ko": ["오후 2:05", "14시 5분"],
    "zh": ["下午2:05", "14时05分"],
    "ar": ["2:05 مساءً", "2:05 م"],
    "bn": ["০২:০৫ পিএম", "২:০৫ এএম", "2:05 পি.এম."],
    "ca": ["14:05 h", "14.05h", "14h05"],
    "es": ["14:05 h"],
}
NO_TIMES = ["14", "2 pm", "14:5", "14:056", "1.2.14.05", "64:05", "14:", "half past two"]


@pytest.mark.parametrize(("tag", "text"), [(tag, text) for tag, texts in TIMES.items() for text in texts])
def test_times_are_understood(tag: str, text: str) -> None:
    assert understood("time", tag, text)


@pytest.mark.parametrize("text", NO_TIMES)
@pytest.mark.parametrize("tag", ["common", "en"])
def test_other_numbers_are_no_time(tag: str, text: str) -> None:
    assert not understood("time", tag, text)


def test_a_name_ends_where_its_word_ends() -> None:
    assert understood("month", "en", "Mar.")
    assert not understood("month", "en", "March.")
    assert compiled("month", "en").match("marble") is None
    assert compiled("weekday", "de").match("Sonntags") is None
    assert compiled("weekday", "en").match("sunny") is None


# --- In rules ---


def toml(pattern: str, strips: str, keeps: str) -> str:
    rule = {"name": "stamp", "reason": "timestamp", "patterns": [pattern], "strips": [strips], "keeps": [keeps]}
    return 'name = "Test"\n[[rule]]\n' + "".join(f"{key} = {json.dumps(value)}\n" for key, value in rule.items())


def test_a_rule_hands_over_the_date() -> None:
    rules = parse("de", toml("Stand: (?P<date>{date}), {time}", "Stand: 3. März 2024, 9:30 Uhr", "Stand: 3. Liga 2024"))
    (match,) = rules.match("Stand: Freitag, 8. Mai 2020, 14:05")
    assert match.groups == (("date", "Freitag, 8. Mai 2020"),)


def test_quantifiers_properties_and_escaped_braces_are_no_placeholders() -> None:
    pattern = r"\d{1,2} \p{Lu}\P{Nd}\N{SNOWMAN}\{date\}[x]{2}\\"
    assert expand(pattern, "en") == pattern
    assert expand(r"\\{date}", "en") != r"\\{date}"


@pytest.mark.parametrize(
    ("tag", "pattern", "words"),
    [
        ("en", "on {day}", ["{day}", "{date}", "{time}", "{month}", "{weekday}"]),
        ("common", "in {month}", ["{month}", "common"]),
        ("tlh", "on {weekday}", ["{weekday}", "tlh"]),
    ],
    ids=["unknown", "no language", "no words"],
)
def test_a_placeholder_that_says_nothing_does_not_load(tag: str, pattern: str, words: list[str]) -> None:
    with pytest.raises(RuleError) as error:
        parse(tag, toml(pattern, "on day", "no"))
    said = str(error.value).replace("there are ", "{").replace(", ", "}{")
    assert [word for word in [f"languages/{tag}.toml", "stamp", *words] if word.strip("{}") not in said] == []


def test_what_is_wrong_with_a_pattern_is_said_of_it_as_it_was_written() -> None:
    with pytest.raises(RuleError) as error:
        parse("en", toml("({date}", "x", "y"))
    assert "'({date}'" in str(error.value)


@pytest.mark.parametrize("tag", [tag for tag in languages() if tag != "common"])
def test_each_shipped_language_knows_its_calendar(tag: str) -> None:
    assert compiled("month", tag)
    assert compiled("weekday", tag)


@pytest.mark.parametrize("tag", languages())
def test_each_shipped_language_has_a_rule_for_dates(tag: str) -> None:
    rules = load(tag)
    assert rules is not None
    date = format_date(DAYS[0], "long", "en" if tag == "common" else tag) if tag != "common" else "2024-05-01 14:05"
    assert any(match.definition.reason.value == "timestamp" for match in rules.match(date)), date


def test_expansions_do_not_depend_on_the_order_of_hashes() -> None:
    code = "from cleaning.rules.calendar import expand; print(*(expand('{date}{time}', tag) for tag in ('ar', 'es')))"
    told = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
            capture_output=True, check=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(told) == 1


@given(text=st.text(st.sampled_from("12.:/- ,Mmay")), tag=st.sampled_from(["en", "de", "ja", "common"]))
@fewer
def test_a_date_found_in_a_line_holds_a_month_or_three_numbers(text: str, tag: str) -> None:
    if found := compiled("date", tag).search(text):
        numbers = regex.findall(r"\d+", found[0])
        assert len(numbers) >= 3 or (len(numbers) == 2 and regex.search(r"(?i)ma[ry]", found[0]))

"""Text read with the wrong charset is told from right text of any language. More of it is in cases/repair.json."""

import json
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from strategies import ARTICLES

from cleaning import misread as module
from cleaning.edits import apply
from cleaning.letters import split_letters
from cleaning.misread import misread
from cleaning.mojibake import arabic_mojibake, mojibake

ROOT = Path(__file__).parent.parent
CASES = json.loads((ROOT / "tests" / "cases" / "repair.json").read_text("utf-8"))
LANGUAGES = sorted((ROOT / "cleaning" / "languages").glob("*.toml"))

SENTENCES = {
    "uk": "Президент України підписав закон про державний бюджет на наступний рік.",
    "el": "Η κυβέρνηση ανακοίνωσε νέα μέτρα για την οικονομία της χώρας.",
    "he": "הממשלה הודיעה על צעדים חדשים לחיזוק הכלכלה במדינה.",
    "th": "รัฐบาลประกาศมาตรการใหม่เพื่อเศรษฐกิจของประเทศ",
    "ja": "政府は月曜日、北部の大雨による被害について新しい対策を発表した。",
    "ko": "정부는 월요일 북부 지역의 폭우 피해에 대한 새로운 대책을 발표했다.",
    "zh-Hant": "政府週一宣布針對北部豪雨災情的新措施，並呼籲民眾注意安全。",
} | {language: article.paragraphs[0] for language, article in ARTICLES.items()}
LEGACY = [
    *[("ru", "cp1251"), ("ru", "koi8_r"), ("uk", "cp1251"), ("uk", "koi8_u"), ("el", "cp1253"), ("he", "cp1255")],
    *[("th", "cp874"), ("ar", "cp1256"), ("zh", "gbk"), ("zh-Hant", "big5"), ("ja", "cp932"), ("ja", "euc_jp")],
    ("ko", "cp949"),
]
THROUGH = [("ru", "koi8_r"), ("ru", "cp866"), ("he", "cp1255"), ("th", "cp874"), ("zh", "gb18030"), ("ja", "gb18030")]


def read(content: bytes, charset: str) -> str:
    """Read bytes as browsers do: what is undefined in a one-byte charset becomes a C1 control."""
    if charset == "gb18030":
        return content.decode(charset, "replace")
    characters = (bytes([byte]).decode(charset, "replace") for byte in content)
    return "".join(
        chr(byte) if character == "\ufffd" else character for byte, character in zip(content, characters, strict=True)
    )


def mend(text: str) -> str:
    return apply(text, misread(text), 0)[0]


def words(text: str) -> list[str]:
    return [word for word in text.split() if any(character.isalpha() for character in word)]


@pytest.mark.parametrize("read_as", ["cp1252", "latin-1"])
@pytest.mark.parametrize(("language", "charset"), LEGACY)
def test_one_charset_read_as_latin(language: str, charset: str, read_as: str) -> None:
    text = SENTENCES[language].encode(charset, "ignore").decode(charset)
    assert words(mend(read(text.encode(charset), read_as))) == words(text)


@pytest.mark.parametrize(("charset", "read_as"), [("koi8_r", "cp1251"), ("cp1251", "koi8_r")])
def test_one_cyrillic_charset_read_as_another(charset: str, read_as: str) -> None:
    text = SENTENCES["ru"].encode(charset, "ignore").decode(charset)
    assert words(mend(read(text.encode(charset), read_as))) == words(text)


@pytest.mark.parametrize(("language", "charset"), THROUGH)
def test_utf_8_read_as_another_charset(language: str, charset: str) -> None:
    text = SENTENCES[language]
    mended = mend(read(text.encode("utf-8"), charset))
    assert mended == text or (charset == "gb18030" and mended.rstrip("\ufffd") == text[:-1])  # where a byte was alone


@pytest.mark.parametrize(("language", "charset"), LEGACY)
def test_a_right_line_of_the_west_beside_it_stays(language: str, charset: str) -> None:
    right = "L’été à Évian, où « Größe » et ¿mañana? coûtent 50 €"
    broken = read(SENTENCES[language].encode(charset, "ignore"), "cp1252")
    lines = mend(f"{right}\n{broken}\n{right}").split("\n")
    assert (lines[0], lines[2]) == (right, right)
    assert lines[1] != broken


@pytest.mark.parametrize("text", SENTENCES.values(), ids=SENTENCES)
def test_right_text_stays_also_in_capitals(text: str) -> None:
    for form in (text, text.upper(), text.title(), text.swapcase(), text[::-1]):
        assert misread(form) == []


@pytest.mark.parametrize("path", LANGUAGES, ids=lambda path: path.stem)
def test_no_example_of_a_rule_looks_broken(path: Path) -> None:
    """What the rules strip and keep is right text of the language, short and odd as labels are."""
    rules = tomllib.loads(path.read_text("utf-8")).get("rule", [])
    examples = [example for rule in rules for example in (*rule["strips"], *rule["keeps"])]
    assert examples
    for text in (*examples, "\n".join(examples)):
        assert [*misread(text), *mojibake(text), *arabic_mojibake(text), *split_letters(text)] == []


WESTERN_WORD = r"([a-z]{1,3}[àéèùâêîôûëïüÿçñãõåäöøæþðýíóúß]{0,2}){1,3}[.,;:!?»]?"


@hypothesis_settings(max_examples=200, deadline=None)
@given(st.lists(st.from_regex(WESTERN_WORD, fullmatch=True), max_size=30).map(" ".join))
def test_words_with_two_accents_in_a_row_do_not_look_broken(text: str) -> None:
    for form in (text, text.upper(), f"« {text} » – “{text}”"):
        assert misread(form) == []


@hypothesis_settings(max_examples=300, deadline=None)
@given(st.text(st.characters(categories=("L", "M", "N", "P", "Z"))), st.sampled_from(sorted(SENTENCES)))
def test_what_the_gate_holds_back_would_find_nothing(text: str, language: str) -> None:
    for form in (text, SENTENCES[language]):
        if not module._GATE.search(form):
            assert module._was_utf_8(form) == []
            assert module._was_legacy(form) == []


@pytest.mark.parametrize(
    "text",
    ["Ïðèâåò" + "a" * 100_000, "é" * 100_000, "縺ｮ" * 30_000, "╨╤" * 50_000, "Ïðèâåò ìèð " * 10_000, "浣犲ソ" * 30_000],
    ids=["one word", "one letter", "kana", "boxes", "Russian", "Chinese"],
)
def test_long_rows_take_no_longer_than_other_text(text: str) -> None:
    misread(text)  # quadratic work would take minutes


def test_there_are_cases_of_each_kind_and_as_many_that_stay() -> None:
    origins = {case["origin"] for case in CASES}
    assert {"what ftfy mends", "what ftfy leaves", "UTF-8 in layers", "one charset read as another"} <= origins
    assert sum("after" not in case for case in CASES) >= 100
    assert sum("after" in case for case in CASES) >= 100

"""The gate before ftfy: it may open too often, but never stay closed where ftfy would mend something."""

import re

import pytest
from ftfy import TextFixerConfig, fix_and_explain
from ftfy.badness import BADNESS_RE
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from cleaning import mojibake as module
from cleaning.edits import apply
from cleaning.mojibake import arabic_mojibake, entities, mojibake

CHARSETS_ONLY = TextFixerConfig(
    unescape_html=False,
    remove_terminal_escapes=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    uncurl_quotes=False,
    fix_line_breaks=False,
    fix_surrogates=False,
    remove_control_chars=False,
    normalization=None,
)
# ftfy's idea of mojibake is one pattern of many alternatives, a comment before some of them.
ALTERNATIVES = [
    line for line in re.sub(r"(?m)^\s*#.*$", "", BADNESS_RE.pattern).split("\n") if line.strip() not in {"", "|"}
]
BAD = st.sampled_from(ALTERNATIVES).flatmap(lambda pattern: st.from_regex(re.compile(pattern.rstrip(" |"), re.VERBOSE)))
MISREAD = st.builds(
    lambda text, charset: text.encode("utf-8", "surrogatepass").decode(charset, "replace"),
    st.text(max_size=12),
    st.sampled_from(["latin-1", "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1257", "mac_roman", "cp437"]),
)

ORDINARY = {
    "Arabic": "قال المتحدث: «إن الوزارة ستعلن النتائج»، وأضاف أن 50% من الطلاب – وعددهم كبير – “نجحوا”…",
    "Persian": "او گفت: «می‌خواهم به خانه بروم»؛ اما نرفت.",
    "Chinese": "他说：“今天的天气很好。”——《人民日报》……",
    "Japanese": "彼は「今日は寒い」と言った。（東京・共同）",
    "French": "L’été où la fée créa l’œuvre : « déjà vu », à Noël, coûta 50 € – c’est ça…",
    "German": "„Die Größe der Straße“, sagte Frau Müller – und ging.",
    "Spanish": "¿Qué año? ¡Mañana!, dijo el niño con «ilusión».",
    "Portuguese": "A situação não é fácil, à exceção de São Paulo – “ótimo”.",
    "Polish": "„Zażółć gęślą jaźń” – powiedział Łukasz.",
    "Russian": "«Привет», – сказал он. Цена № 5 – 100 ₽.",
    "Greek": "«Καλημέρα», είπε η Άννα· «τι κάνεις;»",
    "Hebrew": "הוא אמר: ”שלום“ – והלך.",
    "Turkish": "“Güneş doğdu”, dedi İsmail; çığlık attı.",
    "Vietnamese": "“Thời tiết hôm nay rất đẹp”, ông nói.",
    "Hindi": "उसने कहा, “आज मौसम अच्छा है।”",
    "Thai": "เขาพูดว่า “วันนี้อากาศดี”",
    "Korean": "그는 “오늘 날씨가 좋다”고 말했다.",
}


def ftfy_line_by_line(text: str) -> str:
    return "\n".join(fix_and_explain(line, CHARSETS_ONLY).text for line in text.split("\n"))


@hypothesis_settings(max_examples=600, deadline=None)
@given(st.one_of(BAD, MISREAD, st.text(), st.tuples(MISREAD, BAD, MISREAD).map("".join)))
def test_everything_that_ftfy_mends_is_found(text: str) -> None:
    """But for what is written about, and what is judged before ftfy is."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_is_meant", lambda *_: False)
        patch.setattr(module, "misread", lambda _: [])
        assert apply(text, mojibake(text), 0)[0] == ftfy_line_by_line(text)


def test_all_of_its_pattern_is_tried() -> None:
    assert len(ALTERNATIVES) > 30
    assert all(re.compile(pattern.rstrip(" |"), re.VERBOSE) for pattern in ALTERNATIVES)


@pytest.mark.parametrize("text", ORDINARY.values(), ids=ORDINARY)
def test_ordinary_text_does_not_even_reach_it(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(line: str) -> bool:
        raise AssertionError(line)

    monkeypatch.setattr(module, "is_bad", refuse)
    assert mojibake(f"{text}\n{text}") == []
    assert arabic_mojibake(text) == []
    with pytest.raises(AssertionError):
        mojibake("schÃ¶n")


@pytest.mark.parametrize("text", [text for name, text in ORDINARY.items() if name in {"Arabic", "Persian"}])
def test_arabic_read_as_windows_1256_becomes_arabic_again(text: str) -> None:
    letters = re.sub(r"[^\u0600-\u06ff ]", "", text)
    misread = letters.encode("utf-8").decode("cp1256")
    assert apply(misread, arabic_mojibake(misread), 0)[0] == letters


@given(st.text(st.characters(min_codepoint=0x600, max_codepoint=0x6FF)))
def test_arabic_alone_is_never_taken_for_misread(text: str) -> None:
    assert arabic_mojibake(re.sub("[طظعغ][پٹچژڈگکڑںھ،؛؟]", "", text)) == []


@pytest.mark.parametrize("text", [text for name, text in ORDINARY.items() if name in {"Arabic", "Persian"}])
def test_arabic_read_as_windows_1256_twice_becomes_arabic_again(text: str) -> None:
    letters = re.sub(r"[^\u0600-\u06ff ]", "", text)
    misread = letters.encode("utf-8").decode("cp1256")
    twice = misread.encode("utf-8").decode("cp1256")
    assert apply(twice, arabic_mojibake(twice), 0)[0] == misread


@pytest.mark.parametrize("quotes", ['""', "''", "``", "“”", "«»"])
@pytest.mark.parametrize("letter", "éÄñøþ€’")
def test_a_quoted_letter_is_written_about_and_a_quoted_word_is_not(quotes: str, letter: str) -> None:
    misread = letter.encode("utf-8").decode("cp1252")
    assert mojibake(f"We see {quotes[0]}{misread}{quotes[1]} there") == []
    word = f"We see {quotes[0]}sch{misread}n{quotes[1]} there"
    assert apply(word, mojibake(word), 0)[0] == word.replace(misread, letter)


def test_entities_are_judged_line_by_line() -> None:
    assert [edit.after for edit in entities("a < b &amp; c\nR&amp;D\n<i>&lt;</i>")] == ["&"]

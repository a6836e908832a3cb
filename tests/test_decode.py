"""Bytes to text: short texts in many charsets, declarations that lie, and what is no text at all."""

import gzip
import random
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaning import charsets
from cleaning.decode import decode
from cleaning.errors import CleaningError, RecordError, UndecodableError

# One sentence is enough: no paragraph is shorter.
TEXTS = {
    "Arabic": (
        "أعلنت وزارة التربية والتعليم عن فتح باب التسجيل للعام الدراسي الجديد ابتداءً من الأحد المقبل.",
        ["windows-1256"],
    ),
    "Persian": ("او گفت که فردا به تهران مي‌رود و کتاب جديدش را چاپ مي‌کند.", ["windows-1256"]),
    "Russian": (
        "Сегодня утром в городе прошёл сильный дождь, и улицы оказались под водой.",
        ["windows-1251", "koi8-r", "iso-8859-5", "ibm866"],
    ),
    "Ukrainian": (
        "Українські письменники зустрілися у Львові, щоб обговорити нові книжки.",
        ["windows-1251", "koi8-u"],
    ),
    "Bulgarian": ("Тази сутрин в София валя силен дъжд и няколко улици бяха наводнени.", ["windows-1251"]),
    "Chinese": ("今天早上，北京市下了一场大雪，许多学校宣布停课，市民出行受到影响。", ["gb18030"]),
    "Taiwanese": ("今天早上，台北市下了一場大雨，許多學校宣布停課，市民出行受到影響。", ["big5"]),
    "Japanese": ("今朝、東京では大雪が降り、多くの学校が休校を発表した。", ["shift_jis", "euc-jp", "iso-2022-jp"]),
    "Korean": ("오늘 아침 서울에 많은 눈이 내려 여러 학교가 휴교를 발표했다.", ["euc-kr"]),
    "French": ("L’été dernier, nous avons visité plusieurs châteaux près de la forêt.", ["windows-1252"]),
    "German": ("Die Straße führt über die Brücke nach Köln; schöne Grüße!", ["windows-1252"]),
    "Spanish": ("El niño comió una manzana y después jugó en el jardín.", ["windows-1252"]),
    "Portuguese": ("São Paulo é a maior cidade do país, com milhões de habitantes.", ["windows-1252"]),
    "Swedish": ("På torsdag åker vi till Malmö för att träffa släkten.", ["windows-1252"]),
    "Polish": (
        "W czwartek rząd ogłosił nowe przepisy dotyczące podatków, które wejdą w życie w styczniu.",
        ["windows-1250", "iso-8859-2"],
    ),
    "Czech": (
        "Včera večer se v Praze konala velká slavnost, které se zúčastnily tisíce lidí.",
        ["windows-1250", "iso-8859-2"],
    ),
    "Hungarian": ("Tegnap este nagy ünnepséget tartottak az erdőben, ahol több ezren gyűltek össze.", ["windows-1250"]),
    "Greek": ("Σήμερα το πρωί έπεσε δυνατή βροχή στην Αθήνα και πολλοί δρόμοι έκλεισαν.", ["windows-1253"]),
    "Turkish": ("Bugün sabah İstanbul'da şiddetli yağmur yağdı ve birçok cadde su altında kaldı.", ["windows-1254"]),
    "Hebrew": ("הבוקר ירד גשם חזק בתל אביב, ורחובות רבים הוצפו במים.", ["windows-1255"]),
    "Thai": ("เช้านี้ฝนตกหนักในกรุงเทพมหานคร ถนนหลายสายถูกน้ำท่วม", ["windows-874"]),
    "Lithuanian": ("Šiandien ryte Vilniuje smarkiai lijo, todėl daugelis gatvių buvo užlietos.", ["windows-1257"]),
}
ONE_BYTE_OR_TWO = [(text, name) for text, names in TEXTS.values() for name in names]
RUSSIAN = TEXTS["Russian"][0]


def encode(text: str, charset: str) -> bytes:
    return text.encode(charsets.codec(charset))


@pytest.mark.parametrize(("text", "charset"), ONE_BYTE_OR_TWO, ids=lambda value: value[:12])
def test_a_short_text_is_told_from_its_letters(text: str, charset: str) -> None:
    decoded = decode(encode(text, charset))
    assert decoded.text == text
    # Where two charsets have the same bytes for all of it, either name is right.
    assert encode(text, decoded.charset or "") == encode(text, charset)


@pytest.mark.parametrize(("text", "charset"), ONE_BYTE_OR_TWO, ids=lambda value: value[:12])
def test_so_is_one_in_a_page_that_does_not_declare_it(text: str, charset: str) -> None:
    page = f"<html><head><title>News 24</title></head><body>\n<p class='a'>{text}</p>\n</body></html>"
    assert decode(encode(page, charset), is_html=True).text == page


@pytest.mark.parametrize("text", [text for text, _ in TEXTS.values()], ids=TEXTS)
@pytest.mark.parametrize("charset", ["utf-16le", "utf-16be"])
@pytest.mark.parametrize("mark", ["\ufeff", ""], ids=["mark", "no mark"])
def test_utf_16_with_and_without_a_mark(text: str, charset: str, mark: str) -> None:
    decoded = decode(encode(mark + text, charset))
    assert decoded.text == text
    assert decoded.charset == charset
    assert decoded.how == ("bom" if mark else "detected")


@pytest.mark.parametrize("text", ["Bush hid the facts", "hello world", "Naïve café"])
def test_plain_letters_are_not_taken_for_utf_16_nor_the_other_way_round(text: str) -> None:
    assert decode(text.encode()).how == "utf-8"
    assert decode(encode(text, "utf-16le")).text == text


@pytest.mark.parametrize("charset", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_is_believed_and_removed(charset: str) -> None:
    decoded = decode(RUSSIAN.encode(charset), declared="windows-1252")
    assert (decoded.text, decoded.how) == (RUSSIAN, "bom")


def test_text_passes_through() -> None:
    decoded = decode("naïve\x00 ", declared="koi8-r")
    assert (decoded.text, decoded.charset, decoded.how) == ("naïve\x00 ", None, "given")


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"])).filter(lambda text: not text.startswith("\ufeff")))
def test_utf_8_comes_back_as_it_was(text: str) -> None:
    decoded = decode(text.encode(), declared="windows-1251", fallback="gb18030")
    assert (decoded.text, decoded.charset, decoded.how) == (text, "utf-8", "utf-8")


@given(st.binary(max_size=200), st.booleans())
def test_any_bytes_become_text_or_are_refused(content: bytes, is_html: bool) -> None:
    try:
        decoded = decode(content, is_html=is_html)
    except UndecodableError:
        return
    decoded.text.encode("utf-8")
    assert decoded == decode(content, is_html=is_html)


@pytest.mark.parametrize(
    ("head", "charset"),
    [
        ("<meta charset=windows-1251>", "windows-1251"),
        ('<META CHARSET="KOI8-R">', "koi8-r"),
        ("<meta http-equiv='Content-Type' content='text/html; charset=windows-1251'>", "windows-1251"),
        ('<meta content="text/html;charset=cp1251" http-equiv="Content-Type">', "windows-1251"),
        ('<?xml version="1.0" encoding="koi8-r"?>', "koi8-r"),
        ('<!-- <meta charset="shift_jis"> --><meta charset="windows-1251">', "windows-1251"),
    ],
)
def test_a_page_declares_its_charset(head: str, charset: str) -> None:
    page = f"{head}<p>{RUSSIAN}"
    decoded = decode(encode(page, charset), is_html=True)
    assert (decoded.text, decoded.charset, decoded.how) == (page, charset, "declared")


def test_a_declaration_in_plain_text_is_text() -> None:
    assert decode(encode(f"<meta charset=koi8-r> {RUSSIAN}", "windows-1251")).how == "detected"


def test_a_page_cannot_say_that_it_is_utf_16() -> None:
    page = f"<meta charset=utf-16><p>{RUSSIAN}"
    assert decode(page.encode(), is_html=True).text == page
    assert decode(encode(page, "windows-1251"), is_html=True).text == page


@pytest.mark.parametrize(
    ("label", "content", "text"),
    [
        ("iso-8859-1", b"\x93na\xefve\x94", "“naïve”"),
        ("ISO_8859-9", b"Y\xfdlba\xfe\xfd", "Yılbaşı"),
        ("gb2312", "镕基€㐀".encode("gb18030"), "镕基€㐀"),
        ("Shift_JIS", "①髙".encode("cp932"), "①髙"),
        ("TIS-620", "สวัสดีครับ".encode("cp874"), "สวัสดีครับ"),
        ("x-sjis", "天気予報".encode("cp932"), "天気予報"),
    ],
)
def test_labels_mean_what_they_mean_to_browsers(label: str, content: bytes, text: str) -> None:
    decoded = decode(content, declared=label)
    assert (decoded.text, decoded.how) == (text, "declared")


@pytest.mark.parametrize("label", ["", "none", "utf-7", "base64", "rot13", "unicode_escape", "\x00"])
def test_a_label_that_is_no_charset_is_passed_over(label: str) -> None:
    decoded = decode(encode(RUSSIAN, "koi8-r"), declared=label)
    assert (decoded.text, decoded.how) == (RUSSIAN, "detected")


def test_a_declaration_is_believed_where_little_speaks_against_it() -> None:
    assert decode(b"na\xefve", declared="windows-1251").text == "naпve"


@pytest.mark.parametrize("label", ["iso-8859-1", "koi8-r", "gb2312", "utf-8"])
def test_one_that_makes_noise_is_not(label: str) -> None:
    decoded = decode(encode(RUSSIAN, "windows-1251"), declared=label)
    assert (decoded.text, decoded.how) == (RUSSIAN, "detected")


def test_the_source_is_believed_before_the_page() -> None:
    page = f"<meta charset=windows-1252><p>{RUSSIAN}"
    decoded = decode(encode(page, "koi8-r"), is_html=True, declared="koi8-r")
    assert (decoded.text, decoded.how) == (page, "declared")


def test_the_users_charset_is_for_bytes_that_declare_none() -> None:
    content = b"caf\xe9"
    assert decode(content, fallback="iso-8859-2").charset == "iso-8859-2"
    assert decode(content, fallback="iso-8859-2").how == "fallback"
    assert decode(content, fallback="iso-8859-2", declared="latin1").charset == "windows-1252"
    assert decode("café".encode(), fallback="iso-8859-2").text == "café"


def test_utf_8_cut_in_the_middle_of_a_character() -> None:
    content = RUSSIAN.removesuffix(".").encode()[:-1]
    assert decode(content).text == RUSSIAN[:-2] + "\ufffd"
    assert decode(content).how == "utf-8, 1 byte invalid"


def test_utf_8_with_few_invalid_bytes_stays_utf_8() -> None:
    content = RUSSIAN.encode() + b" \xff\xfe " + RUSSIAN.encode()
    decoded = decode(content, declared="windows-1252")
    assert decoded.text == f"{RUSSIAN} \ufffd\ufffd {RUSSIAN}"
    assert decoded.how == "utf-8, 2 bytes invalid"


def test_many_invalid_bytes_make_it_something_else() -> None:
    assert decode(b"\xe9t\xe9 \xc3\xa9").charset == "windows-1252"


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00",
        gzip.compress(RUSSIAN.encode(), mtime=0),
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\x00\x01",
        b"PK\x03\x04\x14\x00\x08\x00word/document.xml",
        b"\x7fELF\x02\x01\x01" + bytes(9),
        b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00\xb8" + bytes(40),
        bytes(100),
        bytes(range(256)) * 8,
        zlib.compress(random.Random(1).randbytes(2000)),
        random.Random(2).randbytes(500),
        random.Random(3).randbytes(5000),
    ],
    ids=["png", "gzip", "pdf", "zip", "elf", "exe", "zeros", "all bytes", "zlib", "noise", "more noise"],
)
def test_what_is_no_text_is_refused(content: bytes) -> None:
    with pytest.raises(UndecodableError, match="no text"):
        decode(content)


def test_the_refusal_says_what_it_is_and_what_to_do() -> None:
    with pytest.raises(CleaningError, match="a PNG image: convert it, or leave it out"):
        decode(b"\x89PNG\r\n\x1a\n\x00\x00")
    assert issubclass(UndecodableError, RecordError)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "plain",
        "PAR1 is a gene",
        "GIF89a is a format",
        "a stray \0 in a text",
        "\x1b[31mred\x1b[0m",
        "_\bx_\by",
    ],
)
def test_text_with_a_stray_control_is_text(text: str) -> None:
    assert decode(text.encode()).text == text


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("UTF8", "utf-8"),
        ("latin1", "windows-1252"),
        (" 'gbk' ", "gb18030"),
        ("ks_c_5601-1987", "euc-kr"),
        ("x-x", None),
    ],
)
def test_labels(label: str, name: str | None) -> None:
    assert charsets.find(label) == name


def test_every_charset_has_a_codec_and_every_language_a_charset() -> None:
    for text, name in ONE_BYTE_OR_TWO:
        assert text.encode(charsets.codec(name)).decode(charsets.codec(name)) == text
    assert charsets.detect(b"plain") is None

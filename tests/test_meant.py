"""Which charset text was meant to be read as: far likelier than what stands there, or none."""

import pytest

from cleaning import charsets
from cleaning.meant import likelihood, meant, table, to_bytes, to_text

RUSSIAN = "Правительство объявило о новых мерах"


def read_as_1252(text: str, charset: str) -> str:
    return to_text(text.encode(charsets.codec(charset)), "windows-1252")


@pytest.mark.parametrize("charset", ["windows-1252", "windows-1251", "windows-1255", "windows-874", "koi8-r", "ibm866"])
def test_every_byte_has_a_character_and_comes_back(charset: str) -> None:
    assert set(table(charset).values()) == set(range(0x100))
    assert all(to_bytes(character, charset) == bytes([byte]) for character, byte in table(charset).items())


def test_latin_1_is_taken_for_windows_1252() -> None:
    assert to_bytes("\x93€\x80", "windows-1252") == b"\x93\x80\x80"


@pytest.mark.parametrize("charset", ["windows-1251", "koi8-r"])
def test_it_is_told_by_its_letters(charset: str) -> None:
    assert meant(read_as_1252(RUSSIAN, charset), "windows-1252") == charset
    assert meant(read_as_1252(RUSSIAN.upper(), charset), "windows-1252") == charset


@pytest.mark.parametrize(
    "text",
    ["", "Ìèð", "Ïîïîïîïî", "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑ", "àéèùâêîôûëïüÿç", "Größe ÄÖÜ äöüß", "¡¡¡¡¿¿¿¿÷÷÷÷××××§§§§¶¶¶¶"],
    ids=["nothing", "three letters", "few letters", "a list", "French", "German", "signs"],
)
def test_what_is_too_little_or_right_is_left(text: str) -> None:
    assert meant(text, "windows-1252") is None


@pytest.mark.parametrize("text", ["Привет, как дела", "★★★★☆", "Größe ÄÖÜ", "أخبار اليوم"])
def test_utf_8_is_somebody_elses_business(text: str) -> None:
    misread = "".join(chr(byte) for byte in text.encode("utf-8"))
    assert meant(misread, "windows-1252") is None


@pytest.mark.parametrize("text", [RUSSIAN, RUSSIAN.upper(), RUSSIAN.swapcase()])
def test_right_russian_is_right_in_any_case(text: str) -> None:
    assert meant(text, "windows-1251") is None
    assert meant(text, "koi8-r") is None


def test_capitals_make_text_no_less_likely() -> None:
    small, capital = RUSSIAN.lower().encode("cp1251"), RUSSIAN.upper().encode("cp1251")
    assert likelihood(small, "windows-1251") == likelihood(capital, "windows-1251")

from __future__ import annotations

import numpy as np
import pytest

from cleaning.classifier.classes import KINDS, Kind, kinds, lowered


def points(text: str) -> np.ndarray[tuple[int], np.dtype[np.uint32]]:
    return np.array([ord(character) for character in text], np.uint32)


@pytest.mark.parametrize(
    ("characters", "kind"),
    [
        (" \n\t\xa0\u3000\u2028", Kind.SPACE),
        ("azéßжα", Kind.LOWER),
        ("AZÉЖΑǅ", Kind.UPPER),
        ("عאहก\u0301\u093f", Kind.LETTER),
        ("雨ひカ비\u3400", Kind.IDEOGRAPH),
        ("07٣३½²", Kind.DIGIT),
        (".!?…。؟۔।", Kind.STOP),
        (",،、;", Kind.COMMA),
        ("\"'“”«「」", Kind.QUOTE),
        ("()[]【】", Kind.BRACKET),
        ("-–—_", Kind.DASH),
        ("|·•→/*»", Kind.SEPARATOR),
        (":：", Kind.COLON),
        ("🙂€$%\0\u200b\ud800\U0010ffff", Kind.OTHER),
    ],
)
def test_each_character_has_its_kind(characters: str, kind: Kind) -> None:
    assert kinds(points(characters)).tolist() == [kind] * len(characters)


def test_every_kind_is_one_of_them() -> None:
    assert set(kinds(np.arange(0x110000, dtype=np.uint32)).tolist()) == set(range(KINDS))


def test_letters_are_lowered_one_by_one() -> None:
    assert lowered(points("ABC ÉЖ雨1")).tolist() == points("abc éж雨1").tolist()
    assert lowered(points("İ")).tolist() == points("İ").tolist()  # its lower case is two code points

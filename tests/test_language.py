from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import ARTICLES, fewer, nasty_texts

from cleaning.language import detect, matches, normalize_tag


@pytest.mark.parametrize("language", sorted(ARTICLES))
def test_an_article_is_in_its_language(language: str) -> None:
    article = ARTICLES[language]
    for text in ("\n".join([article.headline, *article.paragraphs]), *article.paragraphs):
        tag, score = detect(text)
        assert tag == language
        assert 0.3 < score <= 1


@pytest.mark.parametrize("text", ["", "\n\n", "2020-05-01", "* * *", "… 42 %", "🙂🙂"])
def test_a_text_without_letters_has_no_language(text: str) -> None:
    assert detect(text) == (None, 0.0)


def test_the_middle_of_a_text_decides() -> None:
    menu = "Home News Sport Weather Contact us About this site\n" * 20
    article = "\n".join(ARTICLES["tr"].paragraphs * 10)
    assert detect(menu + article + menu)[0] == "tr"


@fewer
@given(nasty_texts())
@example("half of a pair \ud800")
def test_any_text_has_a_language_or_none_and_always_the_same(text: str) -> None:
    tag, score = detect(text)
    assert 0 <= score <= 1
    assert tag is None or tag == normalize_tag(tag)
    assert detect(text) == (tag, score)


@pytest.mark.parametrize(
    ("tag", "normal"),
    [("en", "en"), (" EN ", "en"), ("pt_br", "pt-BR"), ("zh-hant-tw", "zh-Hant-TW"), ("SR-LATN", "sr-Latn"),
     ("es-419", "es-419"), ("de-CH-1996", "de-CH-1996"), ("sl-rozaj", "sl-rozaj")],
)  # fmt: skip
def test_tags_are_written_as_bcp_47_has_them(tag: str, normal: str) -> None:
    assert normalize_tag(tag) == normal


@given(st.from_regex(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,3}", fullmatch=True))
def test_a_normal_tag_is_normal(tag: str) -> None:
    normal = normalize_tag(tag)
    assert normalize_tag(normal) == normal
    assert normal.lower() == tag.lower().replace("_", "-")


@pytest.mark.parametrize(
    ("tag", "wanted", "in_range"),
    [("pt-BR", "pt-PT", False), ("pt-BR", "pt", True), ("pt-BR", "PT-br", True), ("pt", "pt-BR", False),
     ("pt", "pt", True), ("zh-Hant-TW", "zh-Hant", True), ("ptx", "pt", False), (None, "pt",
     False)],
)  # fmt: skip
def test_a_tag_is_in_a_range(tag: str | None, wanted: str, in_range: bool) -> None:
    assert matches(tag, wanted) is in_range

from __future__ import annotations

from collections import Counter
from dataclasses import astuple, fields, replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import ARTICLES, nasty_texts, respelled

from cleaning.document import Document, Signals
from cleaning.quality import judge, measure, measures
from cleaning.reason import Reason
from cleaning.settings import Quality
from cleaning.text import words

SHARES = {item.name for item in fields(Signals)}
RAIN = "\n\n".join(ARTICLES["en"].paragraphs)


def signals(text: str) -> Signals:
    return measure(Document(repaired=text, text=text)).signals


# --- Gopher's measures, slowly and obviously ---


def duplicates(parts: list[str]) -> tuple[float, float]:
    """The share of parts that stood there before, by number and by characters."""
    again = [part for number, part in enumerate(parts) if part in parts[:number]]
    if not again:
        return 0.0, 0.0
    return len(again) / len(parts), len("".join(again)) / len("".join(parts))


def top_ngram(tokens: list[str], size: int) -> float:
    """The share of characters in the most frequent n-gram; of several, the longest. It must come twice."""
    ngrams = Counter(tuple(tokens[start : start + size]) for start in range(len(tokens) - size + 1))
    most = max(ngrams.values(), default=0)
    if most < 2:
        return 0.0
    longest = max(len("".join(ngram)) for ngram, count in ngrams.items() if count == most)
    return min(1.0, most * longest / len("".join(tokens)))


def duplicate_ngrams(tokens: list[str], size: int) -> float:
    """The share of characters in n-grams that stood there before, each character counted once."""
    ngrams = [tuple(tokens[start : start + size]) for start in range(len(tokens) - size + 1)]
    inside: set[int] = set()
    for start, ngram in enumerate(ngrams):
        if ngram in ngrams[:start]:
            inside |= set(range(start, start + size))
    return sum(len(tokens[number]) for number in inside) / len("".join(tokens)) if inside else 0.0


def slowly(text: str) -> Signals:
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    paragraphs = [part.strip() for part in text.split("\n\n") if part.strip()]
    tokens = words(respelled(text.casefold()))
    return Signals(
        *duplicates(lines),
        *duplicates(paragraphs),
        *(top_ngram(tokens, size) for size in (2, 3, 4)),
        *(duplicate_ngrams(tokens, size) for size in (5, 10)),
    )


REPETITIVE = st.lists(st.sampled_from(["a", "bb", "Ccc", "雨", "\n", "\n\n", "…", "a\n", "bb a Ccc"]), max_size=60)


@given(REPETITIVE.map(" ".join) | nasty_texts())
@example("\n".join(["Again and again and again."] * 4))
@example("a b c d e f g h i j k " * 3)
@example("a" * 100 + " b" * 30)
def test_the_measures_are_those_of_the_slow_way(text: str) -> None:
    assert astuple(signals(text)) == pytest.approx(astuple(slowly(text)))


@given(st.lists(REPETITIVE.map(" ".join), max_size=5))
def test_texts_measured_together_are_measured_as_each_alone(texts: list[str]) -> None:
    assert measures(texts) == [measures([text])[0] for text in texts]


@pytest.mark.parametrize("language", sorted(ARTICLES))
def test_an_article_repeats_hardly_anything(language: str) -> None:
    text = "\n\n".join(ARTICLES[language].paragraphs)
    assert astuple(signals(text)) == pytest.approx(astuple(slowly(text)))
    assert max(astuple(signals(text))) < 0.1


@given(REPETITIVE.map(" ".join) | nasty_texts())
def test_all_measures_are_shares(text: str) -> None:
    assert all(0 <= share <= 1 for share in astuple(signals(text)))


@pytest.mark.parametrize("text", ["", "\n \n", "…", "one", "one two three"])
def test_a_short_text_repeats_nothing(text: str) -> None:
    assert signals(text) == Signals()


@pytest.mark.parametrize(
    ("text", "signal", "share"),
    [
        ("aa\nbb\naa\naa", "duplicate_line_share", 2 / 4),
        ("aaaa\nbb\naaaa", "duplicate_line_chars", 4 / 10),
        ("aa\n\nbb\n\n aa ", "duplicate_paragraph_share", 1 / 3),
        ("aa\n\nbbbb\n\naa", "duplicate_paragraph_chars", 2 / 8),
        ("a b a b c", "top_2gram_chars", 4 / 5),
        ("a b c a b c d", "top_3gram_chars", 6 / 7),
        ("A b c d x a B c d", "top_4gram_chars", 8 / 9),
        ("a b c d e x a b c d e y", "duplicate_5gram_chars", 5 / 12),
        # A character within two repeated n-grams counts once.
        ("a b c d e f x a b c d e f y", "duplicate_5gram_chars", 6 / 14),
        ("a b c d e f g h i j x a b c d e f g h i j", "duplicate_10gram_chars", 10 / 21),
    ],
)
def test_measures_by_hand(text: str, signal: str, share: float) -> None:
    assert getattr(signals(text), signal) == pytest.approx(share)


@given(nasty_texts())
def test_the_words_are_counted(text: str) -> None:
    assert measure(Document(repaired=text, text=text)).n_words == len(words(respelled(text.casefold())))


def digest(text: str) -> str:
    return measure(Document(repaired=text, text=text)).digest


@pytest.mark.parametrize("copy", [RAIN.upper(), RAIN.replace(",", " –"), f"  {RAIN}!", RAIN.replace("\n\n", "\n")])
def test_copies_that_differ_in_case_spaces_and_punctuation_have_one_digest(copy: str) -> None:
    assert digest(copy) == digest(RAIN)


@pytest.mark.parametrize("other", [f"{RAIN} No.", RAIN.replace("Monday", "Tuesday"), RAIN[::-1], ""])
def test_other_texts_have_another_digest(other: str) -> None:
    assert digest(other) != digest(RAIN)


# --- Keep or drop ---


def document(text: str = RAIN, **changes: object) -> Document:
    """A document that was measured, but not its repetition."""
    plain = Document(repaired=text, text=text, language="pt-BR", language_score=0.6)
    return replace(replace(measure(plain), signals=Signals()), **changes)  # type: ignore[arg-type]


def test_a_good_document_is_kept() -> None:
    assert judge(document(signals=signals(RAIN)), Quality()) is None


@pytest.mark.parametrize(
    ("given", "settings", "reason", "evidence"),
    [
        (document("", repaired="TT"), {}, Reason.EMPTY, "nothing is left of the text"),
        (document(" \n"), {}, Reason.EMPTY, "nothing is left of the text"),
        (document(""), {}, Reason.EMPTY, "no text was found"),
        (document(), {"languages": ["en", "pt-PT"]}, Reason.UNWANTED_LANGUAGE, "pt-BR, not ['en', 'pt-PT']"),
        (document(language=None), {"languages": ["en"]}, Reason.UNWANTED_LANGUAGE, "no language, not ['en']"),
        (
            document(),
            {"languages": ["pt"], "min_language_score": 0.7},
            Reason.UNWANTED_LANGUAGE,
            "pt-BR with 0.60, less than 0.7",
        ),
        (document("x" * 99), {}, Reason.TOO_SHORT, "99 characters, fewer than 100"),
        (document("word " * 9), {"min_chars": 0}, Reason.TOO_SHORT, "9 words, fewer than 10"),
    ],
)
def test_why_a_document_goes(given: Document, settings: dict[str, object], reason: Reason, evidence: str) -> None:
    dropped = judge(given, Quality.model_validate(settings))
    assert dropped is not None
    assert (dropped.reason, dropped.evidence) == (reason, evidence)


@pytest.mark.parametrize(
    ("given", "settings"),
    [
        (document(), {"languages": ["pt"]}),
        (document(), {"languages": ["en", "PT-br"]}),
        (document(language=None), {}),
        (document(), {"min_language_score": 0.9}),
        (document(), {"languages": ["pt"], "min_language_score": 0.6}),
        (document("x" * 90 + " y" * 9), {"min_words": 10, "min_chars": 108}),
        (document("word"), {"min_chars": 4, "min_words": 1}),
        (document("雨" * 100), {}),
    ],
)
def test_what_just_fits_is_kept(given: Document, settings: dict[str, object]) -> None:
    assert judge(given, Quality.model_validate(settings)) is None


BOUNDS = [name for name in Quality.model_fields if name.removeprefix("max_") in SHARES]


@pytest.mark.parametrize("bound", BOUNDS)
def test_each_bound_on_repetition_drops_what_is_above_it(bound: str) -> None:
    name, limit = bound.removeprefix("max_"), getattr(Quality(), bound)
    at = document(signals=Signals(**{name: limit}))
    above = document(signals=Signals(**{name: limit + 0.01}))
    dropped = judge(above, Quality())
    assert judge(at, Quality()) is None
    assert dropped is not None
    assert dropped.reason is Reason.REPETITIVE
    assert name in dropped.evidence
    assert judge(above, Quality.model_validate({bound: 1.0})) is None


def test_there_is_a_bound_for_each_measure_that_gopher_bounds() -> None:
    assert len(BOUNDS) == 7
    assert {name for name in Quality.model_fields if name.startswith("max_")} == set(BOUNDS)


def test_a_text_that_says_one_line_over_and_over_goes() -> None:
    text = "Buy our wonderful new shoes today.\n" * 20
    dropped = judge(document(text, signals=signals(text)), Quality())
    assert dropped is not None
    assert dropped.reason is Reason.REPETITIVE

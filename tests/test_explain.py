from __future__ import annotations

import re

from hypothesis import given
from strategies import ARTICLES, fewer, nasty_texts, pages

from cleaning.document import Document, Dropped, Repair
from cleaning.explain import LONGEST_CUT, explain
from cleaning.pipeline import clean_text
from cleaning.reason import Reason

EN = ARTICLES["en"]
RAIN = "\n\n".join(EN.paragraphs)


def shown(text: str, **known: str) -> str:
    return explain(clean_text(text, **known)).plain  # type: ignore[arg-type]


def test_a_cut_is_marked_where_it_stood_and_named() -> None:
    text = shown(f"{RAIN}\n\n[ad_1]\n\nLeave a Reply")
    assert f"{RAIN}\n\n[-[ad_1]-]{{common.ad-marker: advertisement}}\n\n[-Leave a Reply-]{{en.comment-form" in text


def test_marks_are_coloured_and_the_rest_is_not() -> None:
    styled = explain(clean_text(f"{RAIN}\n\n[ad_1]"))
    red = {styled.plain[span.start : span.end] for span in styled.spans if "red" in str(span.style)}
    assert red == {"[-[ad_1]-]"}


def test_the_evidence_is_shown() -> None:
    assert "repeats.paragraph: repeated, said before, word for word}" in shown(f"{RAIN}\n\n{EN.paragraphs[-1]}")


def test_what_is_known_is_shown_first() -> None:
    text = shown(f"{EN.headline}\n\n{RAIN}", language="en")
    assert re.match(rf"title +{re.escape(EN.headline)}\nlanguage +en \(1\.00\)\n", text)
    assert "author" not in text.split("\n\n")[0]


def test_why_a_document_is_dropped_is_shown() -> None:
    document = Document(repaired="a", text="a", dropped=Dropped(Reason.TOO_SHORT, "1 character, fewer than 100"))
    assert "dropped  too-short: 1 character, fewer than 100" in explain(document).plain
    assert "language unknown" in explain(document).plain


def test_captions_are_shown() -> None:
    caption = "A closed road in the hills (Reuters)"
    opening = "\n\n".join([EN.headline, caption, EN.headline, caption])
    assert shown(f"{opening}\n\n{RAIN}").count(f"caption  {caption}") == 1


def test_how_much_was_cut_is_summed_up() -> None:
    document = clean_text(f"{RAIN}\n\n[ad_1]")
    counts = f"{len(RAIN) + 8} characters read, 8 cut (1%) in 1 span, {len(RAIN)} kept"
    assert counts in explain(document).plain


def test_each_repair_is_shown_with_what_it_was_and_what_it_is() -> None:
    text = shown(f"{RAIN}\n\nThe\xa0na\u00c3\u00afve one &amp;amp; the other ca\xadme home late in the evening.\x07")
    for line in (
        "space.no-break “<U+00A0>” → “ ”",
        "mojibake “Ã¯” → “ï”",
        "entity “amp;amp;” → “”",
        "soft-hyphen “<U+00AD>” → “”",
        "control “<U+0007>” → “”",
    ):
        assert f"repair   {line}\n" in text


def test_a_long_cut_is_shown_by_its_ends() -> None:
    long = "[caption " + 'title="' + "x" * 400 + '" alt="' + "y" * 400 + '"]'
    text = shown(f"{RAIN}\n\n{long}")
    assert f" … {len(long)} characters … " in text
    assert "x" * 400 not in text
    assert len(re.search(r"\[-(.*)-\]", text, re.DOTALL).group(1)) < LONGEST_CUT + 40  # type: ignore[union-attr]


def test_repairs_of_an_earlier_round_are_shown_as_that_round_left_them() -> None:
    document = Document(
        repaired="abcde", text="abcde", repairs=(Repair(0, 5, 6, "X", "first"), Repair(1, 0, 0, "yy", "second"))
    )
    text = explain(document).plain
    assert "first “X” → “d”" in text
    assert "second “yy” → “”" in text


def test_articles_split_off_follow() -> None:
    other = ARTICLES["de"]
    text = "\n\n".join(
        line for story in (EN, other) for line in [story.headline, "TT", story.headline, *story.paragraphs]
    )
    first, second = shown(text).split("── split off: ")
    assert RAIN in first
    assert second.startswith(other.headline)
    assert "\n\n".join(other.paragraphs) in second


def test_an_empty_document_can_be_explained() -> None:
    assert "0 characters read, 0 cut in 0 spans, 0 kept" in shown("")


def marks(document: Document) -> str:
    """The text with its marks, made the simple way."""
    text = document.repaired
    for cut in reversed(document.cuts):
        span = text[cut.start : cut.end]
        inner = span.strip()
        evidence = f", {cut.evidence}" if cut.evidence else ""
        marked = f"[-{inner}-]{{{cut.rule}: {cut.reason.value}{evidence}}}"
        text = text[: cut.start] + span.replace(inner, marked, 1) + text[cut.end :]
    return text


@fewer
@given(nasty_texts() | pages())
def test_the_text_is_shown_whole_with_its_marks(text: str) -> None:
    document = clean_text(text)
    if all(cut.end - cut.start <= LONGEST_CUT for cut in document.cuts):
        assert f"\n{marks(document)}\n\n{len(document.repaired)} characters read" in explain(document).plain

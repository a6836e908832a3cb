"""What the five sample documents must become.

The assertions are written from the raw files and from what was promised for them. The golden files beside them hold the
whole outcome, to be read by a person; ``WRITE_GOLDEN=1 python -m pytest tests/test_seeds.py`` writes them anew.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from cleaning.document import Document, Raw, Repair, put_back, undo
from cleaning.pipeline import clean
from cleaning.settings import Settings

SEEDS = Path(__file__).parent.parent / "seeds"
GOLDEN = Path(__file__).parent / "golden" / "seeds"
NUMBERS = ["000", "001", "002", "003", "004"]
DOCUMENTS = [(number, 0) for number in NUMBERS] + [("003", 1)]

GONE_FROM_002 = [
    "أخر الأخبار",
    "حوار روسي أمريكي بشأن الملف السوري.. وموسكو تتعمد الصمت أمام استحقاقات كبرى قادمة في سوريا..!",
    "طيف بوست – فريق التحرير",
    "rami fakhori",
    "مقالات ذات صلة",
    "اترك تعليقاً",
    "لن يتم نشر عنوان بريدك الإلكتروني. الحقول الإلزامية مشار إليها بـ *",
    "زر الذهاب إلى الأعلى",
    "error:",
]
GONE_FROM_002_BY_THEIR_BEGINNING = ("اقرأ أيضاً: ", "كاتب صحفي متخصص في كتابة التقارير")


def path(number: str) -> Path:
    return next(SEEDS.glob(f"{number}_*.txt"))


def raw_lines(number: str) -> list[str]:
    """The lines of the raw file that hold something, with U+00A0 as a plain space."""
    text = path(number).read_bytes().decode().replace("\xa0", " ")
    return [line.strip() for line in text.split("\n") if line.strip()]


@cache
def seed(number: str) -> Document:
    return clean(Raw(origin=path(number).name, content=path(number).read_bytes()), Settings())


def kept(document: Document) -> list[str]:
    return [line for line in document.text.split("\n") if line]


def test_five_seeds_become_six_documents() -> None:
    documents = [seed(number) for number in NUMBERS]
    everything = [*documents, *(article for document in documents for article in document.split_off)]
    assert len(everything) == 6
    assert len({document.id for document in everything}) == 6
    assert [document.dropped for document in everything] == [None] * 6
    assert [document.language for document in everything] == ["en", "en", "ar", "en", "en", "en"]


@pytest.mark.parametrize("number", NUMBERS)
def test_every_seed_can_be_rebuilt(number: str) -> None:
    document = seed(number)
    removed = [(cut.start, document.repaired[cut.start : cut.end]) for cut in document.cuts]
    assert put_back(document.text, removed) == document.repaired
    assert undo(document.repaired, document.repairs) == path(number).read_bytes().decode()


def test_000_all_nine_paragraphs() -> None:
    headline, *paragraphs = raw_lines("000")
    assert len(paragraphs) == 9
    assert seed("000").title == headline == "A Russian plan for Syria … what does it include?"
    assert seed("000").text == "\n\n".join(paragraphs)
    assert "\xa0" in path("000").read_text("utf-8")
    assert "\xa0" not in seed("000").text
    assert "“Caesar Act”" in seed("000").text


def test_001_ten_paragraphs_without_the_ad_markers() -> None:
    headline, first_ad, *paragraphs, last_ad = raw_lines("001")
    assert (first_ad, last_ad, len(paragraphs)) == ("[ad_1]", "[ad_2]", 10)
    assert seed("001").title == headline
    assert seed("001").text == "\n\n".join(paragraphs)


def test_002_only_the_article() -> None:
    lines = raw_lines("002")
    gone = [line for line in lines if line in GONE_FROM_002 or line.startswith(GONE_FROM_002_BY_THEIR_BEGINNING)]
    assert len(gone) == 13
    paragraphs = [line for line in lines if line not in gone]
    mended = [line.replace("العقـ.ـوبات", "العقوبات").replace("تصـ.ـعيد", "تصعيد") for line in paragraphs]
    assert sum(before != after for before, after in zip(paragraphs, mended, strict=True)) == 2
    assert seed("002").text == "\n\n".join(mended)
    assert seed("002").title == lines[1]
    assert seed("002").author == "طيف بوست – فريق التحرير"


def test_003_two_articles_linked() -> None:
    document = seed("003")
    (article,) = document.split_off
    assert article.parent_id == document.id
    assert document.parent_id is None
    assert article.id == f"{document.id}.2"
    assert document.title == "Russia Continues to Prepare for Conference on Syrian Refugees"
    assert article.title == "Trump's Syria Policy Dominates Opening of 'Astana 22' Talks"


def test_003_each_article_has_all_its_paragraphs_and_nothing_else() -> None:
    lines = raw_lines("003")
    second = lines.index("Trump's Syria Policy Dominates Opening of 'Astana 22' Talks")
    first_text = lines[[line.startswith("Moscow has continued") for line in lines].index(True) : second]
    second_text = lines[[line.startswith("The 22nd round of the Astana") for line in lines].index(True) :]
    assert (len(first_text), len(second_text)) == (17, 10)
    assert seed("003").text == "\n\n".join(first_text)
    assert seed("003").split_off[0].text == "\n\n".join(second_text)


def test_003_captions_once() -> None:
    document = seed("003")
    first = (
        "Syrian President Bashar al-Assad with Special Envoy of the Russian President for Syrian Affairs, "
        "Alexander Lavrentiev (Syrian Presidency)"
    )
    second = (
        "The foreign ministers of Türkiye, Russia and Iran meet in New York in September. (Turkish Foreign Ministry)"
    )
    assert raw_lines("003").count(first) == raw_lines("003").count(second) == 4
    assert document.captions == (first,)
    assert document.split_off[0].captions == (second,)


def test_004_fourteen_lines() -> None:
    headline, *lines = raw_lines("004")
    assert len(lines) == 14
    assert seed("004").title == headline
    assert kept(seed("004")) == lines
    assert seed("004").repairs == ()


@pytest.mark.parametrize(("number", "article"), DOCUMENTS)
def test_golden(number: str, article: int) -> None:
    document = (seed(number), *seed(number).split_off)[article]
    file = GOLDEN / f"{number}{'.2' if article else ''}.md"
    shown = "\n".join(readable(document)) + "\n"
    if os.environ.get("WRITE_GOLDEN") == "1":
        file.write_text(shown, "utf-8")
    assert shown == file.read_text("utf-8"), "if this is better, write it with WRITE_GOLDEN=1 and read the difference"


def test_there_is_no_other_golden_file() -> None:
    names = {f"{number}{'.2' if article else ''}.md" for number, article in DOCUMENTS}
    assert {file.name for file in GOLDEN.iterdir()} == names


def readable(document: Document) -> Iterator[str]:
    """The document as a page that a person can review."""
    yield f"# {document.title}\n"
    yield f"- from: `{document.origin}`" + (", an article spliced on" if document.parent_id else "")
    yield f"- language: {document.language}, {document.language_score or 0:.2f}"
    yield f"- author: {document.author or 'not told'}"
    yield from (f"- caption: {caption}" for caption in document.captions)
    yield f"- dropped: {document.dropped or 'no'}"
    yield f"\n## Repairs ({len(document.repairs)})\n"
    yield from (mended(document, repair) for repair in document.repairs)
    yield f"\n## Cuts ({len(document.cuts)})\n"
    for cut in document.cuts:
        why = f"`{cut.rule}`, {cut.reason.value}" + (f", {cut.evidence}" if cut.evidence else "")
        yield f"- {why}: “{shortened(document.repaired[cut.start : cut.end].strip())}”"
    yield f"\n## Clean text ({len(document.text)} characters)\n"
    yield document.text


def mended(document: Document, repair: Repair) -> str:
    """A repair among the letters around it; its offsets count in the text that its round produced."""
    text = undo(document.repaired, [other for other in document.repairs if other.round > repair.round])
    around = [text[max(0, repair.start - 20) : repair.start], text[repair.end : repair.end + 20]]
    left, right = (part.replace("\n", "⏎") for part in around)
    return f"- `{repair.rule}`: …{left}[{seen(repair.before)} → {seen(text[repair.start : repair.end])}]{right}…"


def seen(text: str) -> str:
    return text.encode("unicode_escape").decode() if text.isspace() and text != " " else text


def shortened(text: str) -> str:
    return text if len(text) <= 200 else f"{text[:90]} … {len(text)} characters … {text[-90:]}".replace("\n", " ⏎ ")

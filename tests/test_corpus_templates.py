"""Lines that a site says on many pages go; what one text or one author says often stays."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from corpora import article, sentences, text_of
from here import Here, documents_of, staged

from cleaning.corpus.documents import Corpus
from cleaning.corpus.keys import KEPT, reason_of
from cleaning.corpus.templates import cut_templates
from cleaning.document import Document, Raw
from cleaning.pipeline import clean
from cleaning.reason import Reason
from cleaning.settings import Settings

LINE = "All prices on this page include delivery to the islands"
SITE = "https://shop.example"


def page(number: int, text: str, url: str | None = SITE) -> Raw:
    return Raw(origin=f"{number:03}.txt", id=f"{number:03}", content=text, url=url and f"{url}/{number}")


def corpus(folder: Path, raws: list[Raw], **chosen: Any) -> tuple[Corpus, dict[str, Document]]:
    """Return what is staged after templates are cut, and its documents by id."""
    settings = Settings.of({"templates": chosen, "dedup": {"exact": True}})
    made = staged(folder / "work", [clean(raw, settings) for raw in raws], settings, files=2)
    result = cut_templates(Here(), made, settings)
    return result, dict(sorted(documents_of(result).items()))


def test_a_line_on_ten_pages_of_a_site_is_cut(tmp_path: Path) -> None:
    raws = [page(number, f"{article(number, 8)}\n\n{LINE}") for number in range(10)]
    _, documents = corpus(tmp_path, [*raws, page(10, article(10, 8))])
    for number in range(10):
        document = documents[f"{number:03}"]
        assert document.text == article(number, 8)
        (cut,) = document.cuts
        assert (cut.rule, cut.reason, cut.evidence) == (
            "templates.line",
            Reason.SITE_TEMPLATE,
            "on 10 pages of shop.example",
        )
        assert document.repaired[cut.start : cut.end].strip() == LINE
    assert documents["010"].cuts == ()


@pytest.mark.parametrize(
    "raws",
    [
        [page(number, f"{article(number, 8)}\n\n{LINE}") for number in range(9)],
        [page(number, f"{article(number, 8)}\n\n{LINE}", None) for number in range(10)],
        [page(number, f"{article(number, 8)}\n\n{LINE}", f"https://{number}.example") for number in range(10)],
        [page(number, f"{article(0, 8)}\n\n{LINE}") for number in range(10)],
        [page(number, f"{article(number, 8)}\n\nKashmir") for number in range(10)],
        [page(number, f"{article(number, 8)}\n\n{LINE}.\n\n{article(-1 - number, 8)}") for number in range(10)],
    ],
    ids=["nine pages", "no site", "ten sites", "ten copies of one page", "a short line", "between paragraphs"],
)
def test_other_lines_stay(tmp_path: Path, raws: list[Raw]) -> None:
    before = [clean(raw, Settings()).text for raw in raws]
    result, documents = corpus(tmp_path, raws)
    assert [document.text for document in documents.values()] == before
    assert [file.name for file in result.files] == ["0", "1"]  # none was written again


def test_it_can_be_switched_off(tmp_path: Path) -> None:
    raws = [page(number, f"{article(number, 8)}\n\n{LINE}") for number in range(10)]
    _, documents = corpus(tmp_path, raws, cut=False)
    assert all(document.text.endswith(LINE) for document in documents.values())


def test_what_is_too_short_without_its_template_is_dropped_and_counted(tmp_path: Path) -> None:
    raws = [page(number, f"{article(number, 8)}\n\n{LINE}") for number in range(10)]
    raws.append(page(10, f"Lamp, 3 kilogrammes, made of brass and of green glass, sold in boxes of two.\n\n{LINE}"))
    result, documents = corpus(tmp_path, raws)
    assert documents["010"].text == "Lamp, 3 kilogrammes, made of brass and of green glass, sold in boxes of two."
    reasons = ["kept" if code == KEPT else reason_of(int(code)).value for code in result.keys["reason"]]
    assert sorted(reasons) == ["kept"] * 10 + ["too-short"]


def test_templates_and_rules_share_a_text(tmp_path: Path) -> None:
    body = [article(number, 8) for number in range(10)]
    raws = [page(number, f"{text}\n\n[ad_1]\n\n{LINE}\n\nLeave a Reply") for number, text in enumerate(body)]
    _, documents = corpus(tmp_path, raws)
    for number, document in enumerate(documents.values()):
        assert document.text == body[number]
        assert {cut.reason for cut in document.cuts} == {
            Reason.ADVERTISEMENT, Reason.SITE_TEMPLATE, Reason.COMMENT_FORM,
        }  # fmt: skip


FOOTER = (
    "The agency takes no responsibility for what others have added to this report, nor for any loss that comes of it."
)


def shared(number: int, text: str | None = None, site: int | None = None) -> Raw:
    site = number % 5 if site is None else site
    return page(number, f"{text or article(number, 12)}\n\n{FOOTER}", f"https://{site}.example")


def test_a_paragraph_that_twenty_texts_of_several_sites_share_is_cut(tmp_path: Path) -> None:
    _, documents = corpus(tmp_path, [shared(number) for number in range(20)])
    for number, document in enumerate(documents.values()):
        assert document.text == article(number, 12)
        (cut,) = document.cuts
        assert (cut.rule, cut.reason.value, cut.evidence) == (
            "templates.paragraph", "shared-paragraph", "in 20 texts of several sites",
        )  # fmt: skip


def alone(number: int) -> Raw:
    return page(number, article(number, 12))


def retold(number: int) -> str:
    """Return one agency's story as a paper prints it."""
    return text_of([*sentences("story", 30), *sentences(number, 1)])


@pytest.mark.parametrize(
    ("raws", "chosen"),
    [
        ([shared(number) for number in range(19)], {}),
        ([shared(number, retold(number)) for number in range(30)], {}),
        ([shared(number) for number in range(20)], {"shared": 0}),
        (
            [*map(shared, range(20)), *(page(number, article(number, 12)) for number in range(20, 30))],
            {"shared_share": 0.8},
        ),
        ([shared(number) for number in range(20)], {"shared_min_chars": 300}),
        ([shared(number, site=1) for number in range(20)], {"min_pages": 25}),
    ],
    ids=["nineteen texts", "copies of one story", "switched off", "two thirds", "a short one", "one site"],
)
def test_other_paragraphs_stay(tmp_path: Path, raws: list[Raw], chosen: dict[str, Any]) -> None:
    _, documents = corpus(tmp_path, raws, **chosen)
    held = [document for document in documents.values() if document.text.endswith(FOOTER)]
    assert len(held) == sum(FOOTER in str(raw.content) for raw in raws)

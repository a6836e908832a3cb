from __future__ import annotations

import pytest
from strategies import ARTICLES, Article

from cleaning.document import put_back
from cleaning.pipeline import clean_text
from cleaning.reason import Reason
from cleaning.settings import Settings

PARAGRAPHS = {
    "ar": [
        "انحسر النهر يوم الجمعة بمقدار مترين، وعادت أولى العائلات إلى بيوتها في القرى القريبة.",
        "وقال رئيس البلدية إن المدارس ستفتح أبوابها من جديد يوم الأحد بعد تنظيفها من الطين.",
        "وما زال الجسر القديم مغلقا أمام السيارات حتى ينتهي المهندسون من فحص أعمدته.",
    ],
    "de": [
        "Der Fluss ist am Freitag um zwei Meter gefallen, und die ersten Familien sind wieder zu Hause.",
        "Die Schulen öffnen am Montag wieder, sobald der Schlamm aus den Klassenzimmern geräumt ist.",
        "Die alte Brücke bleibt für Autos gesperrt, bis die Ingenieure ihre Pfeiler geprüft haben.",
    ],
    "en": [
        "The river fell by two metres on Friday, and the first families returned to their houses.",
        "Schools will open again on Monday, once the mud has been cleared from the classrooms.",
        "The old bridge stays closed to cars until engineers have looked at all of its pillars.",
    ],
    "ru": [
        "В пятницу река опустилась на два метра, и первые семьи вернулись в свои дома у моста.",
        "Школы снова откроются в понедельник, когда из классов уберут грязь, сообщил мэр города.",
        "Старый мост закрыт для машин, пока инженеры не проверят все его опоры до одной.",
    ],
    "zh": [
        "河水在星期五下降了两米，第一批居民已经返回自己的家园，有关部门正在清理道路。",
        "市长说，教室里的淤泥清理干净以后，学校将在星期一重新开学，请家长放心。",
        "老桥仍然禁止汽车通行，直到工程师检查完所有的桥墩为止，预计需要三天时间。",
    ],
}
HEADLINES = {
    "ar": "النهر ينحسر بعد خمسة أيام",
    "de": "Der Fluss fällt nach fünf Tagen",
    "en": "River Falls at Last After Five Days",
    "ru": "Река опускается на пятый день",
    "zh": "河水在五天后终于下降",
}
EN = ARTICLES["en"]


def opened(headline: str, *paragraphs: str) -> str:
    """An article as endless scrolling shows it: headline, pictures, headline, text."""
    return "\n\n".join([headline, "TT", headline, *paragraphs])


def first(article: Article = EN) -> str:
    return opened(article.headline, *article.paragraphs)


def second(language: str = "en") -> str:
    return opened(HEADLINES[language], *PARAGRAPHS[language])


@pytest.mark.parametrize("language", sorted(PARAGRAPHS))
def test_a_second_article_becomes_a_document_of_its_own(language: str) -> None:
    article = ARTICLES[language]
    document = clean_text(f"{first(article)}\n\n{second(language)}", language=language)
    (other,) = document.split_off
    assert (document.title, document.text) == (article.headline, "\n\n".join(article.paragraphs))
    assert (other.title, other.text) == (HEADLINES[language], "\n\n".join(PARAGRAPHS[language]))
    assert (other.id, other.parent_id) == (f"{document.id}.2", document.id)


def test_many_articles_are_numbered_in_reading_order() -> None:
    headlines = [f"River falls for the {day} time" for day in ("first", "second", "third")]
    document = clean_text("\n\n".join([first(), *(opened(headline, *PARAGRAPHS["en"]) for headline in headlines)]))
    assert [other.id for other in document.split_off] == [f"{document.id}.{number}" for number in (2, 3, 4)]
    assert [other.title for other in document.split_off] == headlines
    assert document.text == "\n\n".join(EN.paragraphs)


def test_a_spliced_article_is_a_span_of_the_document_and_can_be_put_back() -> None:
    document = clean_text(f"{first()}\n\n{second()}")
    (cut,) = [cut for cut in document.cuts if cut.reason is Reason.SPLICED_ARTICLE]
    assert document.repaired[cut.start : cut.end].strip() == document.split_off[0].repaired == second()
    removed = [(cut.start, document.repaired[cut.start : cut.end]) for cut in document.cuts]
    assert put_back(document.text, removed) == document.repaired
    assert HEADLINES["en"] in cut.evidence


def test_the_rules_are_asked_of_the_article_split_off_too() -> None:
    (other,) = clean_text(f"{first()}\n\n{second()}\n\n[ad_1]\n\nLeave a Reply").split_off
    assert other.text == "\n\n".join(PARAGRAPHS["en"])


def test_splitting_can_be_turned_off() -> None:
    chosen = Settings.of({"boilerplate": {"split_articles": False}})
    document = clean_text(f"{first()}\n\n{second()}", settings=chosen)
    assert document.split_off == ()
    assert PARAGRAPHS["en"][0] in document.text


CARDS = "\n\n".join(
    opened(f"River falls for the {day} time", PARAGRAPHS["en"][0]) for day in ("first", "second", "third")
)


@pytest.mark.parametrize(
    "text",
    [
        "",
        first(),
        # The document does not open with a headline said twice.
        "\n\n".join([EN.headline, *EN.paragraphs, second()]),
        "\n\n".join([*EN.paragraphs, second()]),
        # What is said twice below is no headline: it ends like a sentence, or no text follows.
        "\n\n".join([first(), opened("It is over now.", *PARAGRAPHS["en"])]),
        "\n\n".join([first(), opened(HEADLINES["en"], "The end")]),
        # A paragraph stands between: a heading that comes again.
        "\n\n".join(
            [first(), HEADLINES["en"], PARAGRAPHS["en"][0], HEADLINES["en"], *PARAGRAPHS["en"][1:], "That is all."]
        ),
        # The same headline again.
        "\n\n".join([first(), opened(EN.headline, *PARAGRAPHS["en"])]),
        # Teasers on a front page: cards of one paragraph each.
        CARDS,
        "\n\n".join([first(), CARDS]),
        "\n\n".join([opened(EN.headline, EN.paragraphs[0]), second()]),
    ],
)
def test_without_the_evidence_of_the_site_s_own_template_nothing_is_split(text: str) -> None:
    assert clean_text(text).split_off == ()

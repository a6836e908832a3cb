"""report.html shows what was removed, in one file that loads nothing, and shows markup as text."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest
from releases import Made, document, good, span
from written import VERDICT, tables

from cleaning.release.statistics import Statistics, statistics
from cleaning.report import write_report
from cleaning.report.sample import kept_sample
from cleaning.settings import Settings

VOID = {"meta", "link", "img", "br", "hr", "input"}


class Page(HTMLParser):
    """What a browser makes of the page: its elements, its text, and whether they are closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def values(self, attribute: str) -> list[str]:
        return [str(attrs[attribute]) for _, attrs in self.tags if attribute in attrs]


def report(folder: Path, made: Made | None = None, settings: Settings | None = None) -> str:
    numbers = tables(folder, made, settings)
    return write_report(folder, numbers, VERDICT, settings or Settings()).read_text("utf-8")


def test_it_is_one_file_that_loads_nothing(tmp_path: Path) -> None:
    html = report(tmp_path)
    page = Page(html)
    assert page.open == []
    assert html.startswith("<!doctype html>")
    assert not {tag for tag, _ in page.tags} & {"link", "img", "iframe", "object", "image", "use"}
    assert "url(" not in html
    assert "@import" not in html
    assert page.values("src") == []
    assert all(address.startswith("#") for address in page.values("href"))


def test_its_one_script_is_the_one_that_its_policy_allows(tmp_path: Path) -> None:
    html = report(tmp_path)
    (script,) = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    (policy,) = [value for value in Page(html).values("content") if "default-src" in value]
    assert policy.startswith("default-src 'none'; ")
    assert f"script-src 'sha256-{digest}';" in policy
    assert "http" not in policy
    assert not re.search(r"<[^>]+ on\w+=", html)


def test_every_link_leads_somewhere(tmp_path: Path) -> None:
    page = Page(report(tmp_path))
    names = [str(attrs["id"]) for _, attrs in page.tags if "id" in attrs]
    assert len(names) == len(set(names))
    assert {address.removeprefix("#") for address in page.values("href")} <= set(names)
    assert "#cut-1-0" in page.values("href")
    assert "#rule-1" in page.values("href")


def test_numbers_of_the_flow_and_tables_are_there(tmp_path: Path) -> None:
    text = " ".join(Page(report(tmp_path)).text.split())
    assert "6 documents read +1 split off from others −1 unreadable −2 dropped 4 kept" in text
    assert "buttons to share the page" in text
    assert "Every promise that a release must keep holds." in text
    assert "quality.min_chars" in text


def test_cuts_are_marked_in_the_rebuilt_text(tmp_path: Path) -> None:
    html = report(tmp_path)
    text = html[html.index('<div class="text" dir="auto" lang="en"><del id=') :]
    shown = re.sub(r"<(/?)(\w+)[^>]*>", r"<\1\2>", text[: text.index("</div>")])
    assert shown.startswith("<div><del>Share this</del><a>en.share-bar</a>\nThe river rose for")
    assert "<del>\n\n[ad_12]</del><a>common.shortcode</a>\n\n" in shown
    assert 'data-rule="en.share-bar" data-reason="share-bar" title="share-bar"' in html


def test_pieces_together_are_the_repaired_text(tmp_path: Path) -> None:
    tables(tmp_path)
    lengths = {row["id"]: row["n_chars_repaired"] for row in good().rows["default"]}
    shown = kept_sample(tmp_path, 5)
    assert sorted(item.row["id"] for item in shown) == ["flood", "talks"]
    for item in shown:
        assert len("".join(piece.before + piece.tail for piece in item.pieces)) == lengths[item.row["id"]]
        text = good().document(item.row["id"])["text"]
        assert "".join(piece.before for piece in item.pieces if not piece.rule) == text


@pytest.mark.parametrize("place", ["text", "title", "source", "url", "author"])
def test_markup_in_a_document_shows_as_text(tmp_path: Path, place: str) -> None:
    evil = '</div><script>alert("1")</script><img src=x onerror=alert(1)>'
    made = good()
    made.document("flood")[place] = made.document("flood")["text"] + evil if place == "text" else evil
    page = Page(report(tmp_path, made))
    assert page.open == []
    assert [tag for tag, _ in page.tags].count("script") == 1
    assert "img" not in {tag for tag, _ in page.tags}
    assert place == "author" or evil in page.text


def test_markup_in_cuts_dropped_documents_and_names_shows_as_text(tmp_path: Path) -> None:
    evil = '"><script>alert(1)</script>'
    made = good()
    made.rows["removed"][0].update(text=evil, rule=evil, reason=evil, evidence=evil, end=len(evil))
    made.rows["dropped"][1].update(
        text=evil, evidence=evil, title=evil, language=evil, origin=evil, id=evil, reason=evil
    )
    page = Page(report(tmp_path, made, Settings.of({"card": {"name": evil}})))
    assert page.open == []
    assert [tag for tag, _ in page.tags].count("script") == 1


def test_right_to_left_text_keeps_its_direction(tmp_path: Path) -> None:
    made = good()
    made.document("flood").update(language="ar", title="العنوان")
    html = report(tmp_path, made)
    assert '<div class="text" dir="auto" lang="ar">' in html
    assert "<bdi>العنوان</bdi>" in html


def test_long_texts_are_folded_and_the_page_stays_small(tmp_path: Path) -> None:
    made = good()
    made.rows["default"], made.rows["removed"] = [], []
    for number in range(60):
        made.rows["default"].append(document(f"d{number}", "<" * 200_000, removed=90_000))
        made.rows["removed"] += [
            span(f"d{number}", 5_000 + 500 * n, "<" * 300, rule=f"r{n % 70}", reason=f"r{n % 70}") for n in range(300)
        ]
    html = report(tmp_path, made)
    assert len(html.encode()) < 3_000_000
    assert "characters not shown" in html
    assert "more pieces are not shown" in html


def test_the_sample_has_some_of_every_reason(tmp_path: Path) -> None:
    made = good()
    for number in range(50):
        made.put(document(f"d{number}", "Plain text.", removed=10))
        reason = "tags" if number == 7 else "share-bar"
        made.rows["removed"].append(span(f"d{number}", 0, "Share it!\n", reason=reason))
    tables(tmp_path, made)
    shown = kept_sample(tmp_path, 3)
    counts = [
        sum(reason in {piece.reason for piece in item.pieces} for item in shown) for reason in ("tags", "share-bar")
    ]
    assert counts[0] == 1
    assert 3 <= counts[1] <= 5  # three of its own, and those chosen for another reason that have it too


def test_the_same_release_gives_the_same_report_in_any_order_of_shards(tmp_path: Path) -> None:
    one, other = tmp_path / "a" / "news", tmp_path / "b" / "news"
    numbers: list[Statistics] = [tables(one), tables(other, per_shard=1)]
    assert numbers[0] == numbers[1]
    htmls = [write_report(folder, numbers[0], None, Settings()).read_text("utf-8") for folder in (one, other)]
    assert htmls[0] == htmls[1]


def test_an_empty_release_has_a_report(tmp_path: Path) -> None:
    made = good()
    made.rows = {config: [] for config in made.rows}
    text = Page(report(tmp_path, made)).text
    assert "Nothing was cut." in text
    assert "No document was kept." in text


def test_charts_take_their_colours_from_the_page_and_are_told_to_who_cannot_see_them(tmp_path: Path) -> None:
    html = report(tmp_path)
    assert 'aria-label="What became of the documents"' in html
    charts = re.findall(r"<svg.*?</svg>", html, re.DOTALL)
    assert len(charts) >= 3
    for chart in charts:
        assert chart.startswith('<svg role="img" aria-label="')
        assert not re.search(r'(?:fill|stroke)="#', chart)


def test_tables_have_captions_and_scopes_and_fields_have_labels(tmp_path: Path) -> None:
    html = report(tmp_path)
    tags = [tag for tag, _ in Page(html).tags]
    assert tags.count("table") == tags.count("caption")
    assert all("scope" in attrs for tag, attrs in Page(html).tags if tag == "th")
    assert tags.count("select") + tags.count("input") == tags.count("label")
    assert {"header", "main", "nav", "footer", "h1"} <= set(tags)


def test_what_changed_has_a_place(tmp_path: Path) -> None:
    path = write_report(tmp_path, tables(tmp_path), None, Settings(), {"documents added": 1200})
    assert '<th scope="row">documents added</th><td class="n">1,200</td>' in path.read_text("utf-8")


def test_a_copy_is_shown_beside_what_was_kept(tmp_path: Path) -> None:
    made = good()
    made.dropped("copy")["text"] = "It rained hard in the north, where it had not rained since spring."
    html = report(tmp_path, made)
    assert "It rained<del> hard</del> in the north, where it had not rained since <ins>the </ins>spring." in html


def test_what_reads_like_prose_between_prose_is_looked_at_first(tmp_path: Path) -> None:
    made = good()
    before, gone = (
        "The minister spoke for an hour about rivers and bridges.",
        "She said that nobody had been hurt by it.",
    )
    after = "Then the opposition asked for the figures of the last ten years."
    made.put(document("odd", f"{before}\n{after}", removed=len(gone) + 1))
    made.rows["removed"].append(span("odd", len(before) + 1, f"{gone}\n", rule="en.odd"))
    first = looked_at_first(report(tmp_path, made))
    assert first.index(gone) < first.index("</li>")
    assert "between paragraphs that stayed, reads like prose" in first


def looked_at_first(html: str) -> str:
    return html[html.index('aria-labelledby="first"') : html.index('aria-labelledby="cuts"')]


def test_more_documents_are_looked_at_than_are_shown(tmp_path: Path) -> None:
    before, after = "The minister spoke for an hour about rivers", "and bridges, and nobody asked her anything."
    made = good()
    for number in range(20):
        gone = f" number {number}," if number % 2 else "\nShare\n"
        made.put(document(f"many{number}", before + after, removed=len(gone)))
        made.rows["removed"].append(span(f"many{number}", len(before), gone, rule=f"en.odd-{number % 2}"))
    first = looked_at_first(report(tmp_path, made))
    assert "Of the cuts in 22 documents" in first
    assert first.count("inside a line") == 3  # of a rule, at most
    assert len(set(re.findall(r"number \d+,", first))) == 3


def test_a_text_is_looked_at_once(tmp_path: Path) -> None:
    made = good()
    for number in range(3):
        made.put(document(f"same{number}", "Half a line and the rest", removed=5))
        made.rows["removed"].append(span(f"same{number}", 11, " odd,", rule="en.odd"))
    assert looked_at_first(report(tmp_path, made)).count("odd,") == 1


def test_years_are_shown_of_what_was_read_and_of_what_was_kept(tmp_path: Path) -> None:
    assert "Documents by year" not in report(tmp_path)  # one year needs no chart
    made = good()
    made.dropped("copy")["date"] = "2019-05-01"
    assert 'aria-label="Documents by year, before and after"' in report(tmp_path / "dated", made)


def test_splits_are_told_where_there_are_several(tmp_path: Path) -> None:
    assert '<th scope="col">Splits</th>' not in report(tmp_path)
    (shard,) = (tmp_path / "data").iterdir()
    shutil.copy(shard, shard.with_name(shard.name.replace("train", "test")))
    numbers = statistics(tmp_path, good().manifest["counts"])
    html = write_report(tmp_path, numbers, VERDICT, Settings()).read_text("utf-8")
    assert '<th scope="row">default</th><td>train, test</td>' in html


def test_a_document_too_large_to_show_hides_no_other(tmp_path: Path) -> None:
    made = good()
    for row in made.rows["default"]:
        row["title"] = "x" * 400_000 if row["id"] == "flood" else row["title"]
    html = report(tmp_path, made)
    assert "A sample of 1 of 4" in html
    assert "What happened to talks" in html


BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
needs_browser = pytest.mark.skipif(not BROWSER, reason="no Chromium on the PATH; CONTRIBUTING.md says how to get one")


def opened(path: Path, place: str = "") -> Page:
    """Return the page as a browser has it after the script ran."""
    command = [str(BROWSER), "--headless=new", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=2000"]
    profile = f"--user-data-dir={path.parent / 'profile'}"
    ended = subprocess.run(
        [*command, profile, "--dump-dom", f"{path.as_uri()}{place}"], capture_output=True, check=True, timeout=60
    )
    return Page(re.sub(r"<script>.*?</script>", "", ended.stdout.decode(), flags=re.DOTALL))


@needs_browser
@pytest.mark.parametrize(
    ("place", "shown"),
    [
        ("", "2 of 2"),
        ("#?rule=en.share-bar", "1 of 2"),
        ("#?text=Geneva", "1 of 2"),
        ("#?text=geneva&reason=share-bar", "0 of 2"),
        ("#?source=news.example", "2 of 2"),
        ("#?source=not.here", "0 of 2"),
    ],
)
def test_documents_can_be_filtered_in_a_browser(tmp_path: Path, place: str, shown: str) -> None:
    report(tmp_path)
    page = opened(tmp_path / "report.html", place)
    assert f"{shown} documents shown" in page.text
    articles = [attrs for tag, attrs in page.tags if tag == "article" and "id" in attrs]
    assert sum("hidden" not in attrs for attrs in articles) == int(shown[0])

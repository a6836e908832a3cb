"""A person's verdicts on cuts are noted, taken up again, and summed up; nobody else can see or say anything."""

from __future__ import annotations

import http.client
import json
import re
import threading
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from releases import document, good, span
from written import tables

from cleaning.cli import main
from cleaning.errors import InputError, OutputError
from cleaning.review.cuts import asked
from cleaning.review.server import Review, ReviewServer
from cleaning.review.summary import keeps, precision, wilson
from cleaning.review.verdicts import append, file_of, read, verdict_of

EVIL = '</del><script>alert("1")</script>'


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = good()
    for number in range(8):
        made.put(document(f"many{number}", "It rained again.", removed=9))
        made.rows["removed"].append(span(f"many{number}", 0, "Share it\n"))
    made.put(document("evil", "Plain text.", removed=len(EVIL), language="ar", title=EVIL))
    made.rows["removed"].append(span("evil", 0, EVIL, rule="ar.navigation", reason="navigation"))
    made.rows["removed"].append(span("short", 0, "Oh.", rule="en.byline", reason="byline"))
    folder = tmp_path_factory.mktemp("review") / "release"
    tables(folder, made)
    return folder


@pytest.fixture
def server(release: Path, tmp_path: Path) -> Iterator[ReviewServer]:
    with ReviewServer(Review("release", asked(release, 50), tmp_path / "verdicts.jsonl")) as started:
        thread = threading.Thread(target=started.serve_forever, args=(0.01,))
        thread.start()
        yield started
        started.shutdown()
        thread.join()


def ask(server: ReviewServer, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    sent = body if isinstance(body, str | None) else json.dumps(body)
    connection.request(method, path, sent, headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text


def said(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["review", *arguments])


def test_the_page_asks_about_every_cut_and_shows_markup_as_text(server: ReviewServer) -> None:
    status, html = ask(server, "GET", f"/{server.token}/")
    assert status == 200
    assert html.count('data-say="right"') == len(server.review.asked)
    assert html.count("<script>") == 1
    assert "&lt;script&gt;" in html
    assert "connect-src &#39;self&#39;" in html


@pytest.mark.parametrize("path", ["/", "/verdict", "/wrong/", "/wrong/verdict", "//", "/%C3%A9/"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_without_the_token_nothing_is_shown_or_noted(server: ReviewServer, method: str, path: str) -> None:
    assert ask(server, method, path, {"number": 0, "verdict": "right"})[0] == 403
    assert not server.review.file.exists()


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "127.0.0.1:1"},
        {"Host": ""},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
    ],
)
def test_other_hosts_and_origins_are_refused(server: ReviewServer, headers: dict[str, str]) -> None:
    body = {"number": 0, "verdict": "right"}
    assert ask(server, "POST", f"/{server.token}/verdict", body, **headers)[0] == 403
    assert ask(server, "GET", f"/{server.token}/", **headers)[0] == 403
    assert not server.review.file.exists()


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "[]",
        "{}",
        {"number": 0},
        {"number": 0, "verdict": "maybe"},
        {"number": True, "verdict": "right"},
        {"number": -1, "verdict": "right"},
        {"number": 10_000, "verdict": "right"},
        {"number": "0", "verdict": "right"},
        {"number": 0, "verdict": ["right"]},
        {"number": 0, "verdict": "right", "more": 1},
        {"number": 0, "verdict": "x" * 5_000},
    ],
)
def test_what_is_no_verdict_is_refused(server: ReviewServer, body: Any) -> None:
    assert ask(server, "POST", f"/{server.token}/verdict", body)[0] == 400
    assert not server.review.file.exists()


def test_a_verdict_is_appended_and_the_last_one_counts(server: ReviewServer) -> None:
    path = f"/{server.token}/verdict"
    assert ask(server, "POST", path, {"number": 0, "verdict": "wrong"}) == (200, '{"judged": 1}')
    assert ask(server, "POST", path, {"number": 0, "verdict": "right"}) == (200, '{"judged": 1}')
    lines = [json.loads(line) for line in server.review.file.read_text("utf-8").splitlines()]
    assert [line["verdict"] for line in lines] == ["wrong", "right"]
    row = server.review.asked[0].row
    assert {name: lines[1][name] for name in ("id", "start", "end", "rule", "reason", "text")} == {
        name: row[name] for name in ("id", "start", "end", "rule", "reason", "text")
    }
    assert list(read(server.review.file).values()) == [lines[1]]


def test_a_review_is_taken_up_where_it_was_left(server: ReviewServer) -> None:
    ask(server, "POST", f"/{server.token}/verdict", {"number": 2, "verdict": "wrong"})
    again = Review("release", server.review.asked, server.review.file)
    assert [bool(again.verdict(item)) for item in again.asked[:4]] == [False, False, True, False]
    assert 'data-verdict="wrong"' in again.page()


def test_another_text_at_the_same_place_is_another_cut(release: Path, tmp_path: Path) -> None:
    cuts = asked(release, 1)
    append(tmp_path / "v", verdict_of(cuts[0], "right") | {"sha256": "other"})
    assert Review("release", cuts, tmp_path / "v").judged == 0


def test_a_file_that_cannot_be_written_is_said(release: Path, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="No such file or directory"):
        append(tmp_path / "nowhere" / "v.jsonl", verdict_of(asked(release, 1)[0], "right"))


def test_each_rule_has_its_share_of_the_sample(release: Path) -> None:
    rules = [item.row["rule"] for item in asked(release, 6)]
    assert set(rules) == {"ar.navigation", "common.shortcode", "en.byline", "en.share-bar", "splice"}
    assert len(rules) == 6
    assert [item.row["rule"] for item in asked(release, 6)] == rules


def test_rule_and_language_choose_what_is_asked(release: Path) -> None:
    assert {item.row["rule"] for item in asked(release, 50, rule="en.share-bar")} == {"en.share-bar"}
    assert [item.row["id"] for item in asked(release, 50, language="ar")] == ["evil"]
    with pytest.raises(InputError, match=r"no cut of the rule en\.nothing"):
        asked(release, 50, rule="en.nothing")


def test_cuts_of_dropped_documents_are_asked_about_too(release: Path) -> None:
    (item,) = asked(release, 50, rule="en.byline")
    assert (item.row["id"], item.after[:5]) == ("short", "Short")


def test_verdicts_are_never_kept_in_the_release(release: Path) -> None:
    assert file_of(release, None) == release.parent / "release.verdicts.jsonl"
    with pytest.raises(OutputError, match="is inside the release"):
        file_of(release, release / "v.jsonl")


@pytest.mark.parametrize(
    ("line", "why"), [("{", "line 2: not JSON"), ("[]", "line 2: no verdict"), ('{"id": 1}', "line 2: no verdict")]
)
def test_a_damaged_file_names_the_line(release: Path, tmp_path: Path, line: str, why: str) -> None:
    file = tmp_path / "v.jsonl"
    append(file, verdict_of(asked(release, 1)[0], "right"))
    file.write_text(file.read_text("utf-8") + line + "\n", "utf-8")
    ended = said("--summary", "--verdicts", str(file))
    assert ended.exit_code == 2
    assert f"{file}, {why}" in ended.stderr


def test_a_last_line_without_its_end_stays_a_line(release: Path, tmp_path: Path) -> None:
    file = tmp_path / "v.jsonl"
    first, second = asked(release, 2)
    append(file, verdict_of(first, "right"))
    file.write_bytes(file.read_bytes().rstrip(b"\n"))
    append(file, verdict_of(second, "wrong"))
    assert sorted(item["verdict"] for item in read(file).values()) == ["right", "wrong"]


def test_a_summary_can_be_of_one_rule_or_language(release: Path, tmp_path: Path) -> None:
    file = tmp_path / "v.jsonl"
    for item in asked(release, 50):
        append(file, verdict_of(item, "right"))
    told = said("--summary", "--verdicts", str(file), "--rule", "en.share-bar").output
    assert "en.share-bar" in told
    assert "common.shortcode" not in told
    ended = said("--summary", "--verdicts", str(file), "--language", "xx")
    assert ended.exit_code == 2
    assert "is on such a rule or language" in ended.stderr


# Values of R's binom.confint(x, n, method = "wilson").
@pytest.mark.parametrize(
    ("right", "judged", "low", "high"), [(0, 10, 0.0, 0.2775), (8, 10, 0.4902, 0.9433), (50, 100, 0.4038, 0.5962)]
)
def test_intervals_are_wilsons(right: int, judged: int, low: float, high: float) -> None:
    assert wilson(right, judged) == pytest.approx((low, high), abs=1e-4)


def test_precision_and_examples(release: Path, tmp_path: Path) -> None:
    file = tmp_path / "v.jsonl"
    for number, item in enumerate(asked(release, 50)):
        append(file, verdict_of(item, "wrong" if number % 2 else "right"))
    verdicts = list(read(file).values())
    assert sum(item.judged for item in precision(verdicts, "rule")) == len(verdicts)
    shares = [item.right / item.judged for item in precision(verdicts, "rule")]
    assert shares == sorted(shares)
    ended = said(str(release), "--summary", "--verdicts", str(file))
    assert ended.exit_code == 0
    assert re.search(r"en\.share-bar +\d+ +\d+ +[\d.]+% +[\d.]+% to [\d.]+%", ended.output)


def test_wrong_cuts_become_examples_of_their_rule(release: Path) -> None:
    wrong = [verdict_of(item, "wrong") for item in asked(release, 50)]
    text = keeps(wrong)
    found = {rule["name"]: sorted(rule["keeps"]) for rule in tomllib.loads(text)["rule"]}
    assert found == {
        "navigation": [EVIL],
        "shortcode": ["[ad_12]"],
        "byline": ["Oh."],
        "share-bar": ["Share it", "Share this"],
    }
    assert "# splice is no rule of a language" in text
    assert keeps([item | {"verdict": "right"} for item in wrong]) == ""


def test_a_review_needs_a_release_and_a_summary_verdicts(release: Path, tmp_path: Path) -> None:
    assert said().exit_code == 2
    ended = said("--summary", "--verdicts", str(tmp_path / "none"))
    assert ended.exit_code == 2
    assert "there are no verdicts yet" in ended.stderr
    assert "not a release" in said(str(tmp_path)).stderr


def test_a_port_that_is_taken_is_said(release: Path, server: ReviewServer, tmp_path: Path) -> None:
    ended = said(str(release), "--no-browser", "--port", str(server.server_port), "--verdicts", str(tmp_path / "v"))
    assert ended.exit_code == 2
    assert "choose another with --port" in ended.stderr


def test_ctrl_c_ends_it_in_order(release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(ReviewServer, "serve_forever", interrupted)
    ended = said(str(release), "--no-browser", "--verdicts", str(tmp_path / "v"))
    assert ended.exit_code == 0
    assert re.search(r"\nhttp://127\.0\.0\.1:\d+/[\w-]{32}/\n", ended.output)
    assert "0 of 13 judged" in ended.output

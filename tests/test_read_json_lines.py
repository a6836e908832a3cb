from __future__ import annotations

import json
import tracemalloc
from pathlib import Path

import pytest

from cleaning.document import Raw
from cleaning.read import Unreadable, find, json_lines, records
from cleaning.settings import Input


def read(path: Path, content: bytes | str, **settings: object) -> list[Raw | Unreadable]:
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return [record for piece in find([path]).pieces for record in records(piece, Input.model_validate(settings))]


def told(found: list[Raw | Unreadable]) -> list[str]:
    return [record.message if isinstance(record, Unreadable) else str(record.content) for record in found]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"text": "one"', "not JSON: Expecting ',' delimiter at character 15"),
        ("garbage", "not JSON: Expecting value at character 1"),
        ('["text"]', "not a JSON object but a value of type list"),
        ("null", "not a JSON object but a value of type NoneType"),
        ('{"text": ""}', "no text: text is empty or missing"),
        ('{"text": null, "url": "x"}', "no text: text is empty or missing"),
        ('{"text": ["a", "b"]}', "text holds a value of type list, not text"),
        ("[" * 100_000, "not JSON: maximum recursion depth exceeded"),
        ('{"n": ' + "9" * 5000 + "}", "not JSON: Exceeds the limit"),
        ('{"titel": 1, "wörter": 3}', "no column holds the text or the page: name it in input.columns.text or .html"),
    ],
)
def test_a_broken_record_is_told_by_its_line_and_stops_nothing(tmp_path: Path, line: str, message: str) -> None:
    before, broken, after = read(tmp_path / "a.jsonl", f'{{"text": "before"}}\n{line}\n{{"text": "after"}}\n')
    assert isinstance(broken, Unreadable)
    assert broken.origin == "a.jsonl#2"
    assert broken.message.startswith(message)
    assert told([before, after]) == ["before", "after"]


def test_a_huge_line_is_skipped_without_being_held(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    huge = b'{"text": "' + b"x" * 50_000_000 + b'"}'
    path.write_bytes(b'{"text": "before"}\n' + huge + b'\n{"text": "after"}\n')
    del huge
    tracemalloc.start()
    found = [record for piece in find([path]).pieces for record in records(piece, Input(max_bytes=1_000_000))]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert told(found)[::2] == ["before", "after"]
    assert found[1] == Unreadable(
        "a.jsonl#2", "longer than 1,000,000 bytes, which is no document; the bound is input.max_bytes"
    )
    assert peak < 10_000_000


def test_a_line_that_is_not_utf8_is_decoded(tmp_path: Path) -> None:
    text = "Сегодня в Москве обсудили подготовку к конференции, сообщает агентство."
    lines = [json.dumps({"text": "naïve"}, ensure_ascii=False).encode()]
    lines.append(json.dumps({"text": text}, ensure_ascii=False).encode("cp1251"))
    assert told(read(tmp_path / "a.jsonl", b"\n".join(lines), charset="cp1251")) == ["naïve", text]
    assert told(read(tmp_path / "a.jsonl", b"\n".join(lines))) == ["naïve", text]


def test_binary_rubbish_is_unreadable_line_by_line(tmp_path: Path) -> None:
    found = read(tmp_path / "a.jsonl", b'{"text": "one"}\n\x00\xff\xfe\x00\x81\n{"text": "three"}\n')
    assert [type(record) for record in found] == [Raw, Unreadable, Raw]


@pytest.mark.parametrize("charset", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("name", ["a.jsonl", "a.json"])
def test_other_unicode_encodings_are_read(tmp_path: Path, charset: str, name: str) -> None:
    content = '{"text": "naïve"}\r\n{"text": "雨が降る。ਊ"}\n'.encode(charset)
    assert told(read(tmp_path / name, content)) == ["naïve", "雨が降る。ਊ"]


def test_an_escaped_half_of_a_character_is_replaced(tmp_path: Path) -> None:
    found = read(tmp_path / "a.jsonl", r'{"text": "a\ud83db", "title": "\udc00", "url": "\ud83d\ude00"}')
    assert found == [Raw(origin="a.jsonl#1", content="a\ufffdb", title="\ufffd", url="😀")]


@pytest.mark.parametrize(
    "content",
    [
        '[{"text": "one"}, {"text": "two"}]',
        '[\n{"text": "one"}\n,\n{"text": "two"}\n]\n',
        json.dumps([{"text": "one"}, {"text": "two"}], indent=2),
        '{"text": "one"}\n{"text": "two"}\n',
        '{"text": "one"} {"text": "two"}',
        '{\n"text": "one"\n}\n{\n"text": "two"\n}\n',
        '\n\n{"text": "one"}\r\n\r\n{"text": "two"}',
    ],
)
def test_a_json_file_may_hold_lines_or_an_array_or_objects(tmp_path: Path, content: str) -> None:
    found = read(tmp_path / "a.json", content)
    assert told(found) == ["one", "two"]


def test_a_json_file_may_hold_one_object(tmp_path: Path) -> None:
    for indent in (None, 2):
        found = read(tmp_path / "a.json", json.dumps({"title": "A", "text": "one"}, indent=indent))
        assert found == [Raw(origin="a.json#1", content="one", title="A")]


@pytest.mark.parametrize("end", ['{"text": "thr', "", '{"text": "three"}', '{"text": "three"}] garbage', "garbage]"])
def test_records_before_the_damage_of_an_array_are_read(tmp_path: Path, end: str) -> None:
    found = read(tmp_path / "a.json", '[{"text": "one"}, 2, {"text": ""},' + end)
    assert found[0] == Raw(origin="a.json#1", content="one")
    assert found[1] == Unreadable("a.json#2", "not a JSON object but a value of type int")
    assert isinstance(found[-1], Unreadable)
    assert found[-1].origin == f"a.json#{len(found)}"
    assert found[-1].message.startswith("not JSON: ")
    assert found[-1].message.endswith("; what follows in the file is lost")


def test_a_json_array_that_is_too_large_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_lines, "MAX_WHOLE_BYTES", 1000)
    (record,) = read(tmp_path / "a.json", json.dumps([{"text": "x" * 100}] * 10))
    assert isinstance(record, Unreadable)
    assert "more than 1,000 bytes: write one object a line" in record.message


def test_a_long_value_in_an_array_is_unreadable_alone(tmp_path: Path) -> None:
    found = read(
        tmp_path / "a.json", json.dumps([{"text": "x" * 1001}, {"text": "ok"}, {"text": "é" * 501}]), max_bytes=1000
    )
    assert [isinstance(record, Raw) for record in found] == [False, True, False]

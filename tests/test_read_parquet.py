from __future__ import annotations

import datetime
import random
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from cleaning.document import Raw
from cleaning.read import Unreadable, find, records
from cleaning.settings import Input


def read(path: Path, columns: dict[str, Any] | None = None) -> list[Raw | Unreadable]:
    settings = Input.model_validate({"columns": columns or {}})
    return [record for piece in find([path]).pieces for record in records(piece, settings)]


def write(path: Path, **columns: object) -> Path:
    pq.write_table(pa.table(columns), path)
    return path


def test_dates_are_iso_8601_and_authors_are_joined(tmp_path: Path) -> None:
    moment = datetime.datetime(2024, 1, 2, 3, 4, 5, 600_000)
    path = tmp_path / "a.parquet"
    for kind, expected in [
        (pa.timestamp("us"), "2024-01-02T03:04:05.600000"),
        (pa.timestamp("ns"), "2024-01-02T03:04:05.600000000"),
        (pa.timestamp("s"), "2024-01-02T03:04:05"),
        (pa.timestamp("ms", "Europe/Paris"), "2024-01-02T03:04:05.600Z"),
        (pa.date32(), "2024-01-02"),
    ]:
        day = moment.replace(microsecond=0) if kind == pa.timestamp("s") else moment
        dates = pa.array([day.date() if kind == pa.date32() else day, None], kind)
        write(path, text=["one", "two"], date=dates, authors=[["Ann", "Bo"], []], id=[7, 8])
        assert read(path) == [
            Raw(origin="a.parquet#1", content="one", date=expected, author="Ann, Bo", id="7"),
            Raw(origin="a.parquet#2", content="two", id="8"),
        ]


def test_a_time_that_python_cannot_hold_is_no_accident(tmp_path: Path) -> None:
    dates = pa.array([2**62], pa.int64()).cast(pa.timestamp("us"))
    (record,) = read(write(tmp_path / "a.parquet", text=["one"], date=dates))
    assert isinstance(record, Raw)


def test_bytes_stay_bytes(tmp_path: Path) -> None:
    path = write(tmp_path / "a.parquet", html=[b"<p>caf\xe9", b"<p>x"], url=["u", None])
    assert read(path) == [
        Raw(origin="a.parquet#1", content=b"<p>caf\xe9", is_html=True, url="u"),
        Raw(origin="a.parquet#2", content=b"<p>x", is_html=True),
    ]


def test_strings_that_are_not_utf8_are_left_to_the_decoder(tmp_path: Path) -> None:
    def broken(kind: pa.DataType) -> pa.Array:
        return pa.array([b"caf\xe9", "naïve".encode()], pa.binary()).view(kind) if kind == pa.string() else None

    names = pa.ListArray.from_arrays([0, 1, 2], broken(pa.string()))
    path = write(tmp_path / "a.parquet", text=broken(pa.string()), title=broken(pa.string()), author=names)
    assert read(path) == [
        Raw(origin="a.parquet#1", content=b"caf\xe9", title="caf\ufffd", author="caf\ufffd"),
        Raw(origin="a.parquet#2", content="naïve", title="naïve", author="naïve"),
    ]


def test_dictionaries_and_large_strings_are_read(tmp_path: Path) -> None:
    languages = pa.array(["en", "en", None]).dictionary_encode()
    path = write(tmp_path / "a.parquet", text=pa.array(["a", "b", "c"], pa.large_string()), lang=languages)
    assert [record.language for record in read(path) if isinstance(record, Raw)] == ["en", "en", None]


def test_dotted_names_reach_into_structs(tmp_path: Path) -> None:
    meta = [{"url": "u1", "n": 1}, None]
    path = write(tmp_path / "a.parquet", text=["one", "two"], meta=meta)
    found = read(path, {"url": "meta.url", "carry": ["meta.n", "meta"]})
    assert found == [
        Raw(origin="a.parquet#1", content="one", url="u1", extra=(("meta.n", "1"), ("meta", '{"url": "u1", "n": 1}'))),
        Raw(origin="a.parquet#2", content="two", extra=(("meta.n", None), ("meta", None))),
    ]


def test_a_dotted_name_may_also_be_a_column_of_its_own(tmp_path: Path) -> None:
    path = write(tmp_path / "a.parquet", **{"page.text": ["one"], "page.url": ["u"]})
    assert read(path, {"text": "page.text", "url": "page.url"}) == [Raw(origin="a.parquet#1", content="one", url="u")]


def test_rows_whose_struct_lacks_the_text_are_counted(tmp_path: Path) -> None:
    path = write(tmp_path / "a.parquet", meta=[{"url": "u"}, {"url": "v"}])
    assert read(path, {"text": "meta.text"}) == [
        Unreadable(f"a.parquet#{n}", "no text: meta.text is empty or missing") for n in (1, 2)
    ]


def test_a_file_without_rows_is_fine(tmp_path: Path) -> None:
    assert read(write(tmp_path / "a.parquet", text=pa.array([], pa.string()))) == []


def test_a_table_without_text_says_what_it_has(tmp_path: Path) -> None:
    assert read(write(tmp_path / "a.parquet", words=[1, 2], titel=["a", "b"])) == [
        Unreadable(
            "a.parquet",
            "no column holds the text or the page: name it in input.columns.text or .html; "
            "the columns are words, titel",
        )
    ]
    path = write(tmp_path / "a.parquet", text=["a", "b"])
    assert read(path, {"text": "body"}) == [
        Unreadable("a.parquet", "no column body, which input.columns names; the columns are text")
    ]


def test_a_row_without_text_stops_nothing(tmp_path: Path) -> None:
    path = write(tmp_path / "a.parquet", text=["one", None, "", "four"])
    found = read(path)
    assert found[1:3] == [Unreadable(f"a.parquet#{n}", "no text: text is empty or missing") for n in (2, 3)]
    assert found[3] == Raw(origin="a.parquet#4", content="four")


def texts(count: int) -> list[str]:
    source = random.Random(7)
    return [f"{n} " + "".join(source.choices("abcdefghij ", k=1000)) for n in range(count)]


def test_a_file_cut_in_half_is_counted_once(tmp_path: Path) -> None:
    path = write(tmp_path / "a.parquet", text=texts(100))
    content = path.read_bytes()
    for end in (len(content) // 2, 10, 1):
        path.write_bytes(content[:end])
        (record,) = read(path)
        assert isinstance(record, Unreadable)
        assert record.origin == "a.parquet"
        assert record.message.startswith("cannot be read, or not to its end: ")


def test_a_damaged_page_costs_the_rest_of_its_row_group_only(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    written = texts(3000)
    table = pa.table({"text": written})
    pq.write_table(
        table, path, row_group_size=1000, write_page_checksum=True, use_dictionary=False, data_page_size=50_000
    )
    column = pq.read_metadata(path).row_group(1).column(0)
    content = bytearray(path.read_bytes())
    damaged = column.data_page_offset + column.total_compressed_size // 2
    content[damaged : damaged + 100] = bytes(100)
    path.write_bytes(content)
    found = read(path)
    (position,) = [index for index, record in enumerate(found) if isinstance(record, Unreadable)]
    record = found[position]
    assert isinstance(record, Unreadable)
    assert 1000 <= position < 2000
    assert record.origin == f"a.parquet#{position + 1}"
    assert record.message.startswith(f"damaged: rows {position + 1} to 2000 cannot be read: ")
    kept = [(raw.origin, raw.content) for raw in found if isinstance(raw, Raw)]
    rows = [*range(position), *range(2000, 3000)]
    assert kept == [(f"a.parquet#{row + 1}", written[row]) for row in rows]

"""Raw records survive the way through the engine's tables."""

from __future__ import annotations

from pathlib import Path

from corpora import article, write_lines
from hypothesis import given
from hypothesis import strategies as st

from cleaning.corpus.source import BATCH_RECORDS, RAW, RawSource, from_rows, to_table
from cleaning.document import Raw
from cleaning.engine import batches, start
from cleaning.read import Unreadable, find
from cleaning.settings import Input

text = st.text(st.characters(codec="utf-8"), max_size=20)
told = st.none() | text
raws = st.builds(
    Raw,
    origin=text,
    content=st.binary(max_size=20) | text,
    is_html=st.booleans(),
    charset=told,
    id=told,
    url=told,
    source=told,
    title=told,
    date=told,
    author=told,
    language=told,
    extra=st.lists(st.tuples(text, told), max_size=3).map(tuple),
)


@given(st.lists(raws | st.builds(Unreadable, text, text), max_size=5))
def test_records_come_back_as_they_were(records: list[Raw | Unreadable]) -> None:
    table = to_table(records)
    assert table.schema == RAW
    assert list(from_rows(table)) == records


def test_every_record_of_every_piece_comes_through_the_engine(tmp_path: Path) -> None:
    rows = [{"id": f"{number}", "text": f"{article(0, 2)} {number}"} for number in range(2 * BATCH_RECORDS + 1)]
    write_lines(tmp_path / "in" / "many.jsonl", rows)
    (tmp_path / "in" / "one.txt").write_bytes(b"\xff\x00")
    (tmp_path / "in" / "none.txt").touch()
    start()
    pieces = find([tmp_path / "in"], piece_bytes=10_000).pieces
    assert len(pieces) > 3
    tables = batches(RawSource(pieces, Input()).read())
    found = {record.origin: record for table in tables for record in from_rows(table)}
    assert len(found) == len(rows) + 2
    assert found["one.txt"] == Raw(origin="one.txt", content=b"\xff\x00")
    assert isinstance(found["none.txt"], Unreadable)
    for number, row in enumerate(rows, 1):
        record = found[f"many.jsonl#{number}"]
        assert isinstance(record, Raw)
        assert (record.id, record.content) == (row["id"], row["text"])

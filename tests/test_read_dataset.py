from __future__ import annotations

import json
from pathlib import Path

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from datasets import Dataset, DatasetDict, load_from_disk

from cleaning.document import Raw
from cleaning.errors import InputError
from cleaning.read import find, records
from cleaning.read.dataset import chosen, data_files, metadata
from cleaning.settings import Input

ROWS = {"text": [f"text {n}" for n in range(2500)], "url": [f"https://news.example/{n}" for n in range(2500)]}


def origins(*inputs: str | Path) -> list[str]:
    return [piece.origin for piece in find(inputs).pieces]


def contents(path: str | Path, piece_bytes: int = 10**9) -> list[object]:
    pieces = find([path], piece_bytes=piece_bytes).pieces
    return [getattr(one, "content", one) for piece in pieces for one in records(piece, Input())]


def write(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("{}")


def test_a_dataset_saved_to_disk_is_read(tmp_path: Path) -> None:
    Dataset.from_dict(ROWS).save_to_disk(tmp_path / "saved", num_shards=2)
    assert origins(tmp_path / "saved") == ["data-00000-of-00002.arrow", "data-00001-of-00002.arrow"]
    assert contents(tmp_path / "saved") == contents(tmp_path / "saved", 1000) == ROWS["text"]
    assert len(find([tmp_path], piece_bytes=1000).pieces) == 4, "cut at the batches that datasets wrote"


def test_what_datasets_leaves_in_the_folder_later_is_not_read_twice(tmp_path: Path) -> None:
    Dataset.from_dict(ROWS).save_to_disk(tmp_path)
    loaded = load_from_disk(str(tmp_path))
    assert isinstance(loaded, Dataset)
    loaded.map(lambda row: {"text": row["text"].upper()})
    assert list(tmp_path.glob("cache-*.arrow"))
    assert origins(tmp_path) == ["data-00000-of-00001.arrow"]


def test_the_splits_of_a_saved_dataset_are_read(tmp_path: Path) -> None:
    rows = Dataset.from_dict({"text": ["one", "two"]})
    DatasetDict({"train": rows, "test": rows}).save_to_disk(tmp_path / "saved")
    expected = ["test/data-00000-of-00001.arrow", "train/data-00000-of-00001.arrow"]
    assert origins(tmp_path / "saved") == origins(f"file://{tmp_path}/saved") == expected
    assert origins(tmp_path / "saved/train") == ["data-00000-of-00001.arrow"]
    assert origins(tmp_path) == origins(tmp_path / "*") == [f"saved/{origin}" for origin in expected]
    assert origins(tmp_path / "saved/train/state.json") == ["state.json"], "a file that is named is taken"


@pytest.mark.parametrize(
    ("names", "left_out"),
    [
        (["data.arrow", "dataset_info.json", "state.json", "cache-1.arrow"], {1, 2, 3}),
        (["a/data.arrow", "a/dataset_info.json", "a/x.json", "a/state.jsonl", "state.json"], {1}),
        (["a/data.arrow", "a/dataset_info.json", "dataset_dict.json", "b/dataset_dict.json"], {1, 2}),
        (["state.json", "dataset_info.json", "dataset_dict.json", "dataset_infos.json"], set()),
        (["data.arrow", "state.json", "cache-1.arrow"], set()),
        (["README.md", "dataset_infos.json", "data/dataset_infos.json"], {1}),
    ],
)
def test_metadata_are_known_by_what_lies_beside_them(names: list[str], left_out: set[int]) -> None:
    assert metadata(names) == {names[index] for index in left_out}


def card(*configs: object) -> str:
    return f"---\nlicense: mit\nconfigs: {json.dumps(configs)}\n---\n# A dataset\n"


A, B = {"config_name": "a", "data_files": "a/*"}, {"config_name": "b", "data_files": "b/*"}


@pytest.mark.parametrize(
    ("text", "patterns"),
    [
        (card({**A, "config_name": "default"}, B), ["a/*"]),
        (card(A, {**B, "default": True}), ["b/*"]),
        (card(A, B), ["a/*", "b/*"]),
        (card({"data_files": ["./x.csv", "y.csv"]}), ["x.csv", "y.csv"]),
        (card({"data_files": [{"split": "train", "path": ["x", "y"]}, {"path": "z"}]}), ["x", "y", "z"]),
        (card({"data_dir": "a"}), ["a/**"]),
        (card({"data_dir": "a", "data_files": "*.csv"}), ["a/*.csv"]),
        (card({"config_name": "a"}, "b", {"data_files": [7, {"path": None}]}), []),
        ("---\nconfigs: 7\n---\n", []),
        ("---\nconfigs: [\n---\n", []),
        ("---\nlicense: mit\n---\n# configs:\n", []),
        ("# A dataset\n\nconfigs:\n- data_files: a/*\n", []),
        ("", []),
    ],
)
def test_a_card_says_what_datasets_loads(text: str, patterns: list[str]) -> None:
    assert data_files(text) == patterns


def test_patterns_are_those_of_datasets() -> None:
    names = ["a.json", "data/train-0.json", "data/deep/train-1.json"]
    assert chosen(names, ["data/train-*.json"]) == {names[1]}
    assert chosen(names, ["data/**"]) == {names[1], names[2]}
    assert chosen(names, ["**/train-*"]) == {names[1], names[2]}
    assert chosen(names, ["a.json", "a**b"]) == {names[0]}, "what is no pattern fits nothing"
    assert chosen(names, ["nothing/*"]) == set(names), "a card that speaks of other files says nothing of these"


def test_of_a_folder_of_the_hub_the_default_configuration_is_read(tmp_path: Path) -> None:
    write(tmp_path, "data/train-0.json", "more/x.json", "dataset_infos.json", "notes.txt", ".cache/y.json")
    assert origins(tmp_path) == ["data/train-0.json", "dataset_infos.json", "more/x.json", "notes.txt"]
    (tmp_path / "README.md").write_text(card({"config_name": "default", "data_files": "data/*"}))
    assert origins(tmp_path) == origins(f"file://{tmp_path}") == ["data/train-0.json"]
    assert origins(tmp_path.parent / tmp_path.name / "more") == ["x.json"], "another folder can be named"
    assert origins(tmp_path / "*/*.json") == ["data/train-0.json", "more/x.json"], "and so can files"
    (tmp_path / "README.md").write_text("# Without front matter")
    assert origins(tmp_path) == ["data/train-0.json", "more/x.json", "notes.txt"]


def test_a_folder_of_metadata_alone_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "README.md", "dataset_infos.json")
    with pytest.raises(InputError, match="no file of a known kind"):
        find([tmp_path])
    assert origins(tmp_path / "dataset_infos.json") == ["dataset_infos.json"]


def test_each_folder_has_its_own_card(tmp_path: Path) -> None:
    write(tmp_path, "one/data/x.json", "one/more/x.json", "two/data/x.json", "two/more/x.json", "x.json")
    (tmp_path / "one/README.md").write_text(card({"config_name": "a", "data_files": "data/*"}))
    assert origins(tmp_path) == ["one/data/x.json", "two/data/x.json", "two/more/x.json", "x.json"]


def test_cards_behind_addresses_are_heeded() -> None:
    memory = fsspec.filesystem("memory")
    text = card({"config_name": "a", "data_files": "data/*"}).encode()
    memory.pipe({"/card-test/data/x.json": b"{}", "/card-test/y.json": b"{}", "/card-test/README.md": text})
    try:
        assert origins("memory://card-test") == ["data/x.json"]
    finally:
        memory.rm("/card-test", recursive=True)


def test_a_folder_without_a_card_is_read_with_all_its_tables(tmp_path: Path) -> None:
    for name in ("data/train-00000-of-00001.parquet", "data/test-00000-of-00001.parquet"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        pq.write_table(pa.table({"text": [name]}), tmp_path / name)
    (tmp_path / "README.md").write_text("---\nlicense: mit\n---\n")
    assert contents(tmp_path) == ["data/test-00000-of-00001.parquet", "data/train-00000-of-00001.parquet"]


def test_of_a_release_the_clean_documents_are_read(seeds_release: Path) -> None:
    found = [one for piece in find([seeds_release]).pieces for one in records(piece, Input())]
    table = pq.read_table(seeds_release / "data").to_pylist()
    assert [(one.id, one.content, one.title) for one in found if isinstance(one, Raw)] == [
        (row["id"], row["text"], row["title"]) for row in table
    ]
    assert len(found) == len(table) > 5
    assert {piece.origin.partition("/")[0] for piece in find([seeds_release]).pieces} == {"data"}
    assert {piece.origin.partition("/")[0] for piece in find([f"{seeds_release}/*/*"]).pieces} > {"data", "removed"}

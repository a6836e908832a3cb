"""Where a release goes is told by the form of what is typed, and asked for where that could be two things."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaning.errors import OutputError
from cleaning.release.publish.where import where


@pytest.mark.parametrize(
    ("given", "kind", "address"),
    [
        ("user/name", "hub", "user/name"),
        ("hf://datasets/user/name", "hub", "user/name"),
        ("hf://datasets/user/na.me-2/", "hub", "user/na.me-2"),
        ("s3://bucket/a/b/", "store", "s3://bucket/a/b"),
        ("s3://bucket", "store", "s3://bucket"),
        ("memory://a", "store", "memory://a"),
        ("./user/name", "folder", "./user/name"),
        ("../name", "folder", "../name"),
        ("/a/b", "folder", "/a/b"),
        (".", "folder", "."),
        ("there", "folder", "there"),
        ("there/below/more", "folder", "there/below/more"),
        ("file:///a/b", "folder", "/a/b"),
        (Path("user/name"), "folder", "user/name"),
    ],
)
def test_the_form_tells(
    given: str | Path, kind: str, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there/below/more").mkdir(parents=True)
    found = where(given)
    assert (found.kind, found.address) == (kind, address)


@pytest.mark.parametrize(
    ("given", "advice"),
    [
        ("there/name", "type ./there/name for the folder, or hf://datasets/there/name for the Hub"),
        ("name", "type ./name for a new folder, or USER/NAME"),
        ("a/b/c", "type ./a/b/c for a new folder"),
        ("", "type USER/NAME"),
        ("hf://user/name", "type hf://datasets/USER/NAME"),
        ("hf://spaces/user/name", "type hf://datasets/USER/NAME"),
        ("hf://datasets/user/name@main", "--revision"),
        ("hf://datasets/user", "type hf://datasets/USER/NAME"),
        ("https://huggingface.co/datasets/user/name/tree/main", "type user/name"),
        ("https://store.example/a", "http cannot be written to"),
        ("simplecache::s3://bucket/a", "name the store itself"),
        ("s3://", "type s3://bucket/path"),
    ],
)
def test_what_could_be_two_things_or_is_none_is_refused(
    given: str, advice: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there").mkdir()
    with pytest.raises(OutputError) as caught:
        where(given)
    assert advice in str(caught.value)


def test_a_password_in_an_address_is_not_shown() -> None:
    assert str(where("sftp://me:secret@host/a")) == "sftp://host/a"

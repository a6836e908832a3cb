"""A release on disk is opened with its counts and tables, and other folders are refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from releases import good
from written import whole

from cleaning.errors import OutputError
from cleaning.release import Release


def test_a_release_knows_its_counts(tmp_path: Path) -> None:
    whole(tmp_path / "news")
    release = Release.open(str(tmp_path / "news"))
    assert release.counts == good().manifest["counts"]
    assert release.manifest["inputs"] == [{"origin": "news", "bytes": 12}]


@pytest.mark.parametrize("config", ["default", "removed", "dropped", "repairs", "personal"])
def test_a_release_loads_its_tables(tmp_path: Path, config: str) -> None:
    whole(tmp_path / "news")
    loaded = Release.open(tmp_path / "news").load(config, cache_dir=tmp_path / "cache")
    assert loaded["id"][:] == [row["id"] for row in good().rows[config]]


def test_a_folder_that_is_no_release_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="not a release"):
        Release.open(tmp_path)

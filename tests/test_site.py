"""The documentation as a site: it builds without a warning, leaves no page out, and asks the network for nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from corpora import ROOT
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort

# What a browser fetches by itself; links that a reader may follow are no part of it.
FETCHED = re.compile(r"""<(?:script|img|iframe|source)[^>]*\ssrc="([^"]*)"|<link[^>]*\shref="([^"]*)"|url\(([^)]*)\)""")


def config(folder: Path, **changes: Any) -> MkDocsConfig:
    return load_config(str(ROOT / "mkdocs.yml"), site_dir=str(folder), strict=True, **changes)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    build(config(folder))
    return folder


def pages(nav: Any) -> Iterator[str]:
    if isinstance(nav, str):
        yield nav
    else:
        for item in nav.values() if isinstance(nav, dict) else nav:
            yield from pages(item)


def test_every_page_has_its_place(tmp_path: Path) -> None:
    made = config(tmp_path)
    named = list(pages(made.plugins.on_config(made).nav))
    assert len(named) == len(set(named))
    assert {path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md")} <= set(named)


def test_a_page_that_was_forgotten_stops_the_build(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    for name in ("index.md", "forgotten.md"):
        (docs / name).write_text("# Page\n")
    with pytest.raises(Abort, match="1 warnings in strict mode"):
        build(config(tmp_path / "site", docs_dir=str(docs), hooks=[], nav=["index.md"]))


def test_every_language_has_a_page(site: Path) -> None:
    tags = {path.stem for path in (ROOT / "cleaning" / "languages").glob("*.toml")}
    assert {path.stem for path in (site / "rules").glob("*.html")} == tags
    assert "<bdi>[ad_1]</bdi>" in (site / "rules/common.html").read_text("utf-8")


def test_links_out_of_the_folder_lead_into_the_site(site: Path) -> None:
    assert 'href="expectations.html"' in (site / "promises.html").read_text("utf-8")
    assert '"architecture.html">docs/architecture.md' in (site / "contributing.html").read_text("utf-8")


def test_nothing_is_fetched_from_elsewhere(site: Path) -> None:
    fetched = {
        target
        for path in [*site.rglob("*.html"), *site.rglob("*.css")]
        for target in map("".join, FETCHED.findall(path.read_text("utf-8")))
    }
    assert any(target.endswith(".css") for target in fetched)
    assert [target for target in fetched if target.strip("\"'").startswith(("http", "//"))] == []

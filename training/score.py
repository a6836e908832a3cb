"""Score the recipe out of fold: ``python -m training.score SCORER PAGES.parquet... --models FOLDER``.

Each page is cleaned by the whole package with the models that were trained without its site. SCORER is a Python file
with ``render``, ``score_page`` and ``summary``, such as that of the pages' own collection.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
from collections import defaultdict
from collections.abc import Iterator
from multiprocessing import Pool
from pathlib import Path
from typing import Any
from unittest import mock

import cleaning
from cleaning.boilerplate import kind, lines
from cleaning.classifier.model import Model, read

from .pages import MarkedPage
from .pages import read as read_pages
from .train import FOLDS

MODES = ("html", "fast", "text", "inscriptis", "soup", "residue", "harmless")
_state: dict[str, Any] = {}


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scorer", type=Path)
    parser.add_argument("pages", type=Path, nargs="+")
    parser.add_argument("--models", type=Path, required=True)
    parser.add_argument("--mode", action="append", choices=MODES)
    parser.add_argument("--worst", type=int, default=0, help="name the pages with the lowest F1")
    parser.add_argument("--output", type=Path, help="a file for the scores of each page, as JSON")
    args = parser.parse_args()
    parts = [part for part in range(FOLDS) if all((args.models / f"{m}-{part}.npz").exists() for m in ("text", "html"))]
    pages = [page for page in read_pages(args.pages) if page.fold(FOLDS) in parts]
    print(f"{len(pages)} pages, of parts {', '.join(str(part + 1) for part in parts)} of {FOLDS}")
    rows: dict[str, dict[str, list[tuple[Any, MarkedPage]]]] = defaultdict(lambda: defaultdict(list))
    with Pool(initializer=_begin, initargs=(args.scorer, args.models)) as pool:
        for mode in args.mode or MODES:
            for page, score in zip(pages, pool.imap(_score, [(page, mode) for page in pages], 8), strict=True):
                for group in _groups(page):
                    rows[mode][group].append((score, page))
            _report(_scorer(args.scorer), mode, rows[mode], args.worst)
    if args.output:
        each = {
            mode: {page.id: score for found in groups.values() for score, page in found}
            for mode, groups in rows.items()
        }
        args.output.write_text(json.dumps(each), "utf-8")


def _groups(page: MarkedPage) -> Iterator[str]:
    yield page.collection
    if page.kind == "article":
        yield f"{page.collection}, articles"


def _report(scorer: Any, mode: str, groups: dict[str, list[tuple[Any, MarkedPage]]], worst: int) -> None:
    for group, found in sorted(groups.items()):
        precision, recall, f1 = scorer.summary([score for score, _ in found])
        print(f"{mode:11}{group:24}{f1:.4f} {precision:.3f} {recall:.4f} {len(found):6}", flush=True)
        for (p, r), page in sorted(found, key=lambda row: _f1(*row[0]))[:worst]:
            print(f"    {page.id:60} P {p or 0:.2f} R {r or 0:.2f}")


def _f1(precision: float | None, recall: float | None) -> float:
    both = (precision or 0) + (recall or 0)
    return 2 * (precision or 0) * (recall or 0) / both if both else 0.0


def _scorer(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location("scorer", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path}: no Python file")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _begin(scorer: Path, models: Path) -> None:
    os.environ["OMP_NUM_THREADS"] = "1"
    _state["scorer"] = _scorer(scorer)
    _state["models"] = {
        (path.stem.rpartition("-")[0], int(path.stem.rpartition("-")[2])): read(path) for path in models.glob("*-*.npz")
    }


def _score(task: tuple[MarkedPage, str]) -> tuple[float | None, float | None]:
    page, mode = task
    part = page.fold(FOLDS)

    def load(name: str) -> Model:
        model: Model = _state["models"][name, part]
        return model

    with mock.patch.object(lines, "load", load), mock.patch.object(kind, "load", load):
        score: tuple[float | None, float | None] = _state["scorer"].score_page(page.gold, _clean(page, mode))
    return score


def _clean(page: MarkedPage, mode: str) -> str:
    scorer = _state["scorer"]
    if mode == "html":
        return cleaning.clean_html(page.html, url=page.url).text
    if mode == "fast":
        settings = cleaning.Settings.of({"extract": {"mode": "fast"}})
        return cleaning.clean_html(page.html, url=page.url, settings=settings).text
    if mode == "residue":
        return cleaning.clean_text(scorer.trafilatura_text(page.html)).text
    if mode == "harmless":
        return cleaning.clean_text(page.gold).text
    return cleaning.clean_text(scorer.render(page.html, "resiliparse" if mode == "text" else mode)).text


if __name__ == "__main__":
    main()

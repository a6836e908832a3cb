"""Train the classifiers: ``python -m training.train text PAGES.parquet... --models FOLDER --cache FOLDER``.

Writes FOLDER/text.npz or html.npz, trained on all pages, and FOLDER/text-0.npz …, each trained without one fifth of the
sites, with which ``python -m training.score`` measures how good the recipe is on sites that it has not seen. A part
that is there already is kept, so that training can be interrupted.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from cleaning.classifier.model import read

from . import model
from .pages import digest
from .pages import read as read_pages
from .samples import samples as make_samples

FOLDS = 5


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("mode", choices=["text", "html"])
    parser.add_argument("pages", type=Path, nargs="+", help="Parquet with the columns id, url, kind, html and gold")
    parser.add_argument("--models", type=Path, required=True, help="the folder that models are written to")
    parser.add_argument("--cache", type=Path, help="a folder where features are kept between runs")
    parser.add_argument("--parts", type=int, nargs="*", default=list(range(FOLDS)), help="fifths to leave out in turn")
    args = parser.parse_args()
    pages = read_pages(args.pages)
    for folder in filter(None, (args.models, args.cache)):
        folder.mkdir(parents=True, exist_ok=True)
    samples = make_samples(pages, args.mode, args.cache and args.cache / f"{args.mode}.pickle")
    fold = {page.id: page.fold(FOLDS) for page in pages}
    for part in args.parts:
        path = args.models / f"{args.mode}-{part}.npz"
        if not path.exists():
            print(f"{args.mode}, without part {part + 1} of {FOLDS}", flush=True)
            np.savez_compressed(path, **model.fit([s for s in samples if fold[s.page] != part], args.mode, seeds=1))
    unseen = [
        (read(args.models / f"{args.mode}-{part}.npz"), [s for s in samples if fold[s.page] == part])
        for part in args.parts
    ]
    gate = model.fit_gate(unseen) if args.mode == "text" else np.zeros(0)
    print(f"{args.mode}, all pages", flush=True)
    np.savez_compressed(args.models / f"{args.mode}.npz", **{**model.fit(samples, args.mode), "gate": gate})
    for part in args.parts:  # scored as a whole, they need it too
        path = args.models / f"{args.mode}-{part}.npz"
        np.savez_compressed(path, **{**dict(np.load(path)), "gate": gate})
    recipe = {"mode": args.mode, "pages": len(pages), "digest": digest(pages), "recipe": str(model.RECIPES[args.mode])}
    (args.models / f"{args.mode}.json").write_text(json.dumps(recipe, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()

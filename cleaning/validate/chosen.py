"""Which suites are checked: those that come with the package, and those of a folder of the user's own."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ..errors import ValidationError
from ..schema import CONFIGS
from ..shipped import shipped
from .suites import Suite, load

# Where a release keeps the suites that it was checked with, if they are not those of the package.
IN_RELEASE = Path("validation") / "suites"

_SHIPPED = ("rows.json", "table.json", "drift.json")


@dataclass(frozen=True, slots=True)
class Suites:
    """All suites that a release is checked with.

    Attributes:
        rows: about rows; the first of them about the clean documents.
        table: about the release as a whole.
        drift: about what changed since the last release.
        folder: the user's own, if there is one.
    """

    rows: tuple[Suite, ...]
    table: Suite
    drift: Suite
    folder: Path | None = None


def choose(folder: Path | None, *, run_code: bool = True) -> Suites:
    """Load the suites of a folder, and those of the package where the folder has none of the same name.

    Args:
        folder: ``rows.json``, ``table.json`` and ``drift.json`` in it replace those of the package; each other
            ``*.json`` is a suite about rows of ``default``, or of the table that ``config`` in its meta names.
        run_code: import the ``*.py`` files of the folder first, which make expectations known.

    Raises:
        ValidationError: the folder holds no suite, one cannot be loaded, code of it raises an error, a promise about
            rows needs the whole table, or two promises have the same name.
    """
    theirs = sorted(folder.glob("*.json")) if folder else []
    if folder and not theirs:
        raise ValidationError(f"{folder}: holds no suite: there is no *.json in it")
    if folder and run_code:
        _run(sorted(folder.glob("*.py")))
    paths = {name: shipped("expectations") / name for name in _SHIPPED} | {path.name: path for path in theirs}
    suites = {name: load(path) for name, path in paths.items()}
    for suite in suites.values():
        _demand_config(suite)
    _demand_unique(suites.values())
    further = [suite for name, suite in suites.items() if name not in _SHIPPED]
    for suite in (suites["rows.json"], *further):
        suite.demand_rows()
    return Suites((suites["rows.json"], *further), suites["table.json"], suites["drift.json"], folder)


def keep(folder: Path, results: Path) -> None:
    """Copy the suites of a folder beside the results, so that readers see what was checked; code is not copied."""
    place = results / IN_RELEASE.name
    place.mkdir(parents=True, exist_ok=True)
    for path in sorted(folder.glob("*.json")):
        shutil.copyfile(path, place / path.name)


def _run(paths: Iterable[Path]) -> None:
    for path in paths:
        name = f"cleaning_expectations_{path.stem}"
        spec = importlib.util.spec_from_file_location(name, path)
        if spec is None or spec.loader is None:
            raise ValidationError(f"{path}: cannot be imported")
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module  # as every import does: classes look for their module there
        try:
            spec.loader.exec_module(module)
        except (Exception, SystemExit) as error:  # a script that ends itself must not end the check as if it held
            raise ValidationError(f"{path}: raised an error when it was imported: {error!r}") from error


def _demand_config(suite: Suite) -> None:
    if suite.config not in CONFIGS:
        raise ValidationError(f"{suite.path}: there is no table {suite.config}; there are {', '.join(CONFIGS)}")


def _demand_unique(suites: Iterable[Suite]) -> None:
    counts = Counter(name for suite in suites for name in suite.names)
    for suite in suites:
        for name in suite.names:
            if counts[name] > 1:
                raise ValidationError(f"{suite.path}: {name}: a promise of another suite is called so too")

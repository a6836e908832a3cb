"""Check the promises of a release with Great Expectations.

What is promised is data: the suites in ``expectations/``, in Great Expectations' own format, each promise with the
reason why it matters. *Row* suites run over batches of rows; the *table* suite over one row of facts computed in a
stream, so that memory does not grow with the release; the *drift* suite over facts about what changed since the last
release, if one is given. Users can replace the suites and add their own.

Great Expectations passes a suite whose only expectation is misspelt, and reports an exception as a broken promise.
Here both are a :class:`~cleaning.errors.ValidationError`: a verdict is given only when every promise that is declared
was loaded and evaluated.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow as pa

from ..errors import OutputError, ValidationError
from ..release.numbers import read_statistics
from .chosen import Suites, choose, keep
from .drift import drift_facts
from .facts import gather
from .files import frames, read_manifest, schema_differences
from .results import SAMPLE, Promise, Verdict
from .suites import Outcome, Suite, evaluate
from .tally import Fact
from .written import write_results

__all__ = ["Promise", "Suites", "Verdict", "choose", "validate"]


def validate(
    release: Path, *, results: Path | None = None, expectations: Path | Suites | None = None, last: Path | None = None
) -> Verdict:
    """Check every promise of a release.

    Args:
        release: the release folder.
        results: a folder, made if need be, that the verdict is written to as ``results.json``, ``index.html`` and
            ``junit.xml``: with ids only, and the same bytes for the same release; and the suites of one's own.
        expectations: a folder with suites of one's own, whose Python files are run; or suites that were chosen
            already; by default the suites that come with the package.
        last: the release before this one. With it, what changed since then is checked too.

    Raises:
        ValidationError: the promises could not be checked, and why: a file or a column is missing, a file cannot be
            read, a suite is empty, misspelt or raises an error.
    """
    suites = expectations if isinstance(expectations, Suites) else choose(expectations)
    manifest = read_manifest(release)
    differences = schema_differences(release, manifest.carried)
    try:
        promises = [promise for suite in suites.rows for promise in _check_rows(suite, release)]
        promises += _check_facts(suites.table, gather(release, manifest, differences))
        promises += _check_drift(suites.drift, release, last) if last else []
    except pa.ArrowException as error:
        where = "; ".join(differences[0]) or str(release)
        raise ValidationError(f"{where}: cannot be computed with: {error}") from error
    verdict = Verdict(tuple(promises))
    if results is not None:
        write_results(results, verdict)
        if suites.folder:
            keep(suites.folder, results)
    return verdict


def _check_rows(suite: Suite, release: Path) -> list[Promise]:
    """Evaluate a suite about rows batch by batch. A promise holds when it holds in every batch."""
    merged: dict[str, Promise] = {}
    before = 0
    for frame, outcomes in evaluate(suite, frames(release, suite)):
        for outcome in outcomes:
            promise = _promise(suite, outcome, _row_names(frame, outcome.positions, before))
            merged[outcome.name] = merged[outcome.name].merge(promise) if outcome.name in merged else promise
        before += len(frame)
    return [merged[name] for name in suite.names]


def _check_drift(suite: Suite, release: Path, last: Path) -> list[Promise]:
    try:
        facts = drift_facts(read_statistics(release), read_statistics(last))
    except OutputError as error:
        raise ValidationError(f"drift: {error}") from error
    return _check_facts(suite, facts)


def _check_facts(suite: Suite, facts: dict[str, Fact]) -> list[Promise]:
    suite.demand_columns(facts)
    frame = pd.DataFrame({name: [fact.value] for name, fact in facts.items()})
    (_, outcomes), *_ = evaluate(suite, [frame])
    by_name = {outcome.name: outcome for outcome in outcomes}
    return [_about_facts(suite, by_name[name], facts) for name in suite.names]


def _about_facts(suite: Suite, outcome: Outcome, facts: dict[str, Fact]) -> Promise:
    """Put the numbers and ids behind a fact in the place of Great Expectations' count of one row."""
    columns = suite.columns_of(outcome.name)
    counted = [facts[column] for column in columns if facts[column].evaluated is not None]
    if not counted:  # numbers by themselves: name what they were made of, or both sides of an equation
        sides = [side for column in columns for side in facts[column].ids or (f"{column} = {facts[column].value}",)]
        return _promise(suite, outcome, () if outcome.ok else tuple(sides))
    evaluated = sum(fact.evaluated or 0 for fact in counted)
    unexpected = 0 if outcome.ok else sum(fact.unexpected for fact in counted)
    ids = () if outcome.ok else tuple(name for fact in counted for name in fact.ids)
    return _promise(suite, Outcome(outcome.name, outcome.ok, evaluated, unexpected), ids)


def _promise(suite: Suite, outcome: Outcome, ids: tuple[str, ...]) -> Promise:
    return Promise(
        name=outcome.name,
        suite=suite.name,
        severity=suite.severity_of(outcome.name),
        meaning=suite.reason_of(outcome.name),
        ok=outcome.ok,
        evaluated=outcome.evaluated,
        unexpected=outcome.unexpected,
        ids=ids[:SAMPLE],
    )


def _row_names(frame: pd.DataFrame, positions: tuple[int, ...], before: int) -> tuple[str, ...]:
    """Return the ids of rows; a row without one is named by its number, counted from 1."""
    ids = [(position, frame["id"].iloc[position]) for position in positions]
    return tuple(str(name) if pd.notna(name) else f"row {before + position + 1}" for position, name in ids)

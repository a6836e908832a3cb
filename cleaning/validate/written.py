"""The verdict as files, for programs, people and CI systems: the same bytes for the same verdict, and no text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from ..errors import OutputError
from .results import Promise, Verdict

# What XML 1.0 cannot hold, not even escaped. Ids may.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_results(folder: Path, verdict: Verdict) -> None:
    """Write ``results.json``, ``junit.xml`` and ``index.html`` to a folder, which is made if need be."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (
        ("results.json", verdict.to_json()),
        ("junit.xml", junit(verdict)),
        ("index.html", page(verdict)),
    ):
        (folder / name).write_text(text, "utf-8", newline="\n")


def write_junit(path: Path, verdict: Verdict) -> None:
    """Write the verdict in JUnit's form.

    Raises:
        OutputError: the file cannot be written.
    """
    try:
        path.write_text(junit(verdict), "utf-8", newline="\n")
    except OSError as error:
        raise OutputError(f"{path}: {error.strerror}") from error


def junit(verdict: Verdict) -> str:
    """Return the verdict in JUnit's form: a test case a promise.

    A critical promise that is broken is a failure. A warning is a test that was skipped, with its message: so it shows
    in CI systems without failing the job, as tests do that are expected to fail.
    """
    root = Element("testsuites", _totals("promises", verdict.promises))
    for name, promises in groupby(verdict.promises, key=lambda promise: promise.suite):
        own = list(promises)
        suite = SubElement(root, "testsuite", _totals(name, own))
        for promise in own:
            case = SubElement(suite, "testcase", {"classname": f"promises.{name}", "name": promise.name})
            if not promise.ok:
                _tell(case, promise)
    indent(root, " ")
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _totals(name: str, promises: Sequence[Promise]) -> dict[str, str]:
    broken = [promise for promise in promises if not promise.ok]
    failures = sum(promise.severity == "critical" for promise in broken)
    numbers = {"tests": len(promises), "failures": failures, "errors": 0, "skipped": len(broken) - failures}
    return {"name": _xml(name), **{key: str(number) for key, number in numbers.items()}}


def _tell(case: Element, promise: Promise) -> None:
    message = _xml(f"{promise.severity}: {promise.unexpected} of {promise.evaluated}. {promise.meaning}")
    kind = "failure" if promise.severity == "critical" else "skipped"
    told = SubElement(case, kind, {"message": message} | ({"type": "critical"} if kind == "failure" else {}))
    told.text = _xml("\n".join(promise.ids))


def _xml(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)


def page(verdict: Verdict) -> str:
    """Return the verdict as one HTML page that opens from disk, without network or scripts."""
    import jinja2  # noqa: PLC0415 - only where a page is written

    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["number"] = lambda value: f"{value:,}"
    suites = [(name, list(promises)) for name, promises in groupby(verdict.promises, key=lambda promise: promise.suite)]
    template = environment.from_string((files(__package__) / "page.html").read_text("utf-8"))
    return template.render(verdict=verdict, suites=suites, held=sum(promise.ok for promise in verdict.promises))

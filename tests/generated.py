"""What the documentation says that the code knows: tables and outputs made from the code.

They stand between ``<!-- generated: name -->`` and ``<!-- end -->``. ``python tests/generated.py`` writes them anew,
and ``test_docs.py`` fails when one of them is not what it would write.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path

import gate
import pyarrow as pa
import reference

from cleaning import rules
from cleaning.corpus.rows import to_rows
from cleaning.document import Cut, Document, Raw
from cleaning.pipeline import clean
from cleaning.release import Release
from cleaning.release.described import columns
from cleaning.release.markdown import Markdown, code, table
from cleaning.release.meanings import MEANINGS
from cleaning.release.statistics import Statistics, Tally
from cleaning.rules import coverage
from cleaning.schema import CONFIGS
from cleaning.settings import Dedup, Quality, Settings
from cleaning.terminal.show import print_summary, print_verdict
from cleaning.validate import Promise, Verdict

ROOT = Path(__file__).parent.parent
PAGES = (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md")))

COVERAGE = ROOT / "cleaning" / "rules" / "coverage.toml"

_BLOCK = re.compile(r"<!-- generated: ([a-z-]+) -->\n.*?<!-- end -->", re.DOTALL)
_SEED = "001_f93bb066681b8fc3.txt"
_SHOWN = 60
# Rae et al. 2021, arXiv 2112.11446, table A1.
_GOPHER = {
    "duplicate_line_share": 0.3,
    "duplicate_line_chars": 0.2,
    "duplicate_paragraph_share": 0.3,
    "duplicate_paragraph_chars": 0.2,
    "top_2gram_chars": 0.2,
    "top_3gram_chars": 0.18,
    "top_4gram_chars": 0.16,
    "duplicate_5gram_chars": 0.15,
    "duplicate_10gram_chars": 0.1,
}


def renewed(text: str) -> str:
    """Return a page with all its generated blocks as they should be."""

    def block(found: re.Match[str]) -> str:
        return f"<!-- generated: {found[1]} -->\n\n{BLOCKS[found[1]]()}\n\n<!-- end -->"

    return _BLOCK.sub(block, text)


def _languages() -> str:
    rows = [
        (
            code(language.tag),
            language.name,
            len(language.rules),
            sum(len(rule.lines) + len(rule.starts) + len(rule.patterns) + len(rule.inline) for rule in language.rules),
            sum(len(rule.strips) for rule in language.rules),
            sum(len(rule.keeps) for rule in language.rules),
        )
        for language in filter(None, map(rules.load, rules.languages()))
    ]
    return table(rows, "Tag", "Language", "Rules", "Phrases and patterns", "Examples that go", "Examples that stay")


def _coverage() -> str:
    rows = [
        (
            code(language.tag),
            language.name,
            language.rules,
            language.strips,
            language.keeps,
            *_scores(language.measured),
            Markdown(f"light: {language.light}" if language.light else ""),
        )
        for language in coverage.coverage()
    ]
    headers = ("Tag", "Language", "Rules", "Go", "Stay", "Residue", "Page", "HTML", "Falsely cut", "Covered")
    return table(rows, *headers)


def _scores(measured: coverage.Measured | None) -> tuple[str, ...]:
    if measured is None:
        return ("",) * 4
    return f"{measured.residue:.3f}", f"{measured.page:.3f}", f"{measured.html:.3f}", f"{measured.false_cuts:.1%}"


def measured_anew() -> str:
    """Return ``cleaning/rules/coverage.toml`` as the quality gate would write it now."""
    lines = ["# What the quality gate measured of each language. Written by tests/generated.py."]
    for tag in gate.tags():
        scores = {kind: gate.measured(tag, kind) for kind in gate.KINDS}
        lines += ["", f"[{tag}]", *(f"{kind} = {score.f1:.3f}" for kind, score in scores.items())]
        lines.append(f"false_cuts = {max(score.false_cuts for score in scores.values()):.3f}")
    return "\n".join(lines) + "\n"


def _seed(name: str = _SEED) -> Document:
    return clean(Raw(origin=name, content=(ROOT / "seeds" / name).read_bytes()), Settings())


def _page() -> str:
    """Return the lines of a raw page, each with where it goes; of paragraphs in a row only the first is shown."""
    document = _seed()
    found = [
        (match.group(), next((cut for cut in document.cuts if cut.start <= match.start() < cut.end), None))
        for match in re.finditer(r"[^\n]+", document.repaired)
    ]
    rows = [row for stays, group in groupby(found, lambda pair: pair[1] is None) for row in _fates(stays, list(group))]
    return table(rows, "The raw page, line by line", "Where it is in the release")


def _fates(stays: bool, lines: list[tuple[str, Cut | None]]) -> Iterator[tuple[Markdown, Markdown]]:
    if stays:
        yield Markdown(_short(lines[0][0])), Markdown("`text`")
        yield Markdown(f"… and {len(lines) - 1} more paragraphs"), Markdown("`text`, word for word")
        return
    for line, cut in lines:
        told = "`title`, and " if cut and cut.rule == "headline" else ""
        yield code(line) if line.startswith("[") else Markdown(_short(line)), Markdown(f"{told}`removed`: {_why(cut)}")


def _why(cut: Cut | None) -> str:
    return f"rule `{cut.rule}`, reason `{cut.reason.value}`" if cut else ""


def _short(line: str) -> str:
    return line if len(line) <= _SHOWN + 20 else line[:_SHOWN] + "…"


def _record() -> str:
    row = to_rows([_seed()]).to_pylist()[0]
    shown = {name: row[name] for name in ("id", "origin", "title")}
    shown["text"] = f"{row['text'][:_SHOWN]} … {row['text'][-_SHOWN:]}"
    shown |= {"language": row["language"], "language_score": round(row["language_score"], 2)}
    shown |= {name: row[name] for name in ("n_chars", "n_words", "n_chars_repaired")}
    return f"```json\n{json.dumps(shown, ensure_ascii=False, indent=2)}\n```"


def _summary() -> str:
    documents = [_seed(path.name) for path in sorted((ROOT / "seeds").glob("*.txt"))]
    articles = [article for document in documents for article in document.split_off]
    cut: Counter[str] = Counter()
    dropped: Counter[str] = Counter()
    for document in documents + articles:
        dropped.update([document.dropped.reason.value] if document.dropped else [])
        for span in document.cuts:
            cut[span.reason.value] += span.end - span.start
    counts = {"read": len(documents), "split_off": len(articles), "dropped": dropped.total(), "unreadable": 0}
    counts["kept"] = len(documents) + len(articles) - dropped.total()
    numbers = _numbers(counts, cut, dropped)
    shown = _printed(lambda: print_summary(Release(Path("release")), numbers, Verdict(_promises())))
    return f"```text\n{shown}\n```"


def _numbers(counts: dict[str, int], cut: Counter[str], dropped: Counter[str]) -> Statistics:
    by_reason = (Tally(name, 0, chars) for name, chars in sorted(cut.items(), key=lambda item: (-item[1], item[0])))
    return Statistics(
        counts=counts,
        cut_by_reason=tuple(by_reason),
        dropped_by_reason=tuple(Tally(name, count) for name, count in sorted(dropped.items())),
        chars=0,
        words=0,
        kept_by_language=(),
        kept_by_source=(),
        cut_by_rule=(),
        cut_by_language=(),
        cut_by_source=(),
        dropped_by_language=(),
        dropped_by_source=(),
        repaired_by_rule=(),
        personal_by_kind=(),
        personal_by_language=(),
        lengths=(),
        dated=0,
        dates=None,
        clusters=(),
    )


def _verdict() -> str:
    lines = _printed(lambda: print_verdict(Verdict((*_promises(), _promise("files", "files-unchanged"))))).split("\n")
    return "\n".join(["```text", *lines[:2], "…", *lines[-2:], "```"])


def _printed(show: Callable[[], None]) -> str:
    with contextlib.redirect_stdout(io.StringIO()) as out:
        show()
    return "\n".join(line.rstrip() for line in out.getvalue().rstrip().split("\n"))


def _promises(*suites: str) -> tuple[Promise, ...]:
    return tuple(
        _promise(suite, item["meta"]["name"], item["severity"], item["meta"]["reason"])
        for suite in suites or ("rows", "table")
        for item in json.loads((ROOT / "expectations" / f"{suite}.json").read_text("utf-8"))["expectations"]
    )


def _promise(suite: str, name: str, severity: str = "critical", why: str = "") -> Promise:
    return Promise(name=name, suite=suite, severity=severity, meaning=why, ok=True, evaluated=1, unexpected=0)


def _promised(suite: str) -> Callable[[], str]:
    rows = [(code(item.name), item.severity, Markdown(item.meaning)) for item in _promises(suite)]
    return lambda: table(rows, "Promise", "Severity", "Why")


def _columns(schema: pa.Schema) -> Callable[[], str]:
    rows = [(code(name), kind, Markdown(what)) for name, kind, what in columns(schema)]
    return lambda: table(rows, "Column", "Type", "What it is")


def _reasons() -> str:
    return table([(code(reason.value), Markdown(text)) for reason, text in MEANINGS.items()], "Reason", "What it is")


def _settings() -> str:
    return f"```toml\n{Settings().to_toml()}```"


def _quality() -> str:
    defaults = Quality().model_dump()
    rows = [
        (code(name), str(gopher), str(defaults[bound]) if (bound := f"max_{name}") in defaults else "only measured")
        for name, gopher in _GOPHER.items()
    ]
    return table(rows, "Signal", "Gopher drops above", "Default here")


def _lsh() -> str:
    bands, size = Dedup().bands, Dedup().rows
    rows = [
        (f"{similarity:.2f}", f"{1 - (1 - similarity**size) ** bands:.3f}")
        for similarity in (0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9)
    ]
    return table(rows, "Jaccard similarity", f"Becomes a candidate ({bands} bands of {size} rows)")


BLOCKS: dict[str, Callable[[], str]] = {
    "languages": _languages,
    "coverage": _coverage,
    "page": _page,
    "record": _record,
    "summary": _summary,
    "verdict": _verdict,
    "reasons": _reasons,
    "settings": _settings,
    "commands": reference.commands,
    "errors": reference.error_tree,
    "python": reference.python,
    "quality": _quality,
    "lsh": _lsh,
    "promises-rows": _promised("rows"),
    "promises-table": _promised("table"),
    "promises-drift": _promised("drift"),
    **{f"columns-{config}": _columns(schema) for config, schema in CONFIGS.items()},
}


if __name__ == "__main__":
    COVERAGE.write_text(measured_anew(), "utf-8", newline="\n")
    coverage.measured.cache_clear()
    for page in PAGES:
        page.write_text(renewed(page.read_text("utf-8")), "utf-8", newline="\n")

"""Lines that one site says on many of its pages: boilerplate in any language, and only the whole corpus shows it.

Lines are counted by site, each once a page, and pages that are exact copies once: a paragraph that only copies of one
text share is no template. A line between two paragraphs may be one that an author likes to write, and goes only when it
is far more frequent (compare the pattern-aware line filter of arXiv 2510.24139; BigScience ROOTS, arXiv 2303.03915, cut
lines of 15 characters and more that stood on 10 pages of a site).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa

from ..boilerplate.settle import settle
from ..document import Cut, Document, Reason, remove
from ..pipeline import judge_quality
from ..settings import Settings
from ..settings import Templates as TemplateSettings
from ..text import is_prose
from .rows import from_row, line_keys, staged_schema, to_rows
from .stage import Staged


def cut_templates(daft: Any, staged: Staged, settings: Settings) -> Staged:
    """Return the staged corpus without its sites' template lines. Each cut says on how many pages its line stands."""
    if not settings.templates.cut:
        return staged
    pages = _pages_by_key(daft, staged, settings.templates)
    if not pages:
        return staged
    carry = settings.input.columns.carry
    changed = list(_recut(_rows_with(daft, staged, pages), pages, settings))
    if not changed:
        return staged
    rows = to_rows([document for _, document in changed], carry).cast(staged_schema(carry))
    return staged.with_recut(rows.append_column("row", pa.array([row for row, _ in changed], pa.int64())))


def _pages_by_key(daft: Any, staged: Staged, settings: TemplateSettings) -> dict[int, tuple[int, int]]:
    """Return, by line key, on how many pages of its site a line stands, and how many would be enough."""
    col, kept = daft.col, staged.documents(daft).where(daft.col("reason").is_null())
    sites = kept.where(col("source").not_null()).groupby("source").agg(col("digest").count_distinct().alias("site"))
    lines = kept.select("source", "digest", "line_keys").explode("line_keys").where(col("line_keys").not_null())
    counted = lines.groupby("line_keys", "source").agg(col("digest").count_distinct().alias("pages"))
    frequent = counted.where(col("pages") >= settings.min_pages).join(sites, on="source").to_pydict()
    found = {}
    for key, pages, site in zip(frequent["line_keys"], frequent["pages"], frequent["site"], strict=True):
        enough = max(settings.min_pages, settings.min_share * site)
        if pages >= enough:
            found[key] = (pages, round(enough))
    return found


def _rows_with(daft: Any, staged: Staged, pages: Mapping[int, Any]) -> Iterator[dict[str, Any]]:
    """Yield the kept rows that hold one of the lines."""
    keys = daft.from_arrow(pa.table({"line_keys": pa.array(sorted(pages), pa.uint64())}))
    documents = staged.documents(daft).where(daft.col("reason").is_null())
    holding = documents.select("row", "line_keys").explode("line_keys").join(keys, on="line_keys").select("row")
    for batch in documents.join(holding.distinct(), on="row", how="semi").to_arrow_iter():
        yield from batch.to_pylist()


def _recut(
    rows: Iterator[dict[str, Any]], pages: Mapping[int, tuple[int, int]], settings: Settings
) -> Iterator[tuple[int, Document]]:
    for row in rows:
        document = from_row(row, settings.input.columns.carry)
        proposed = list(_template_cuts(document, pages, settings.templates))
        if proposed:
            cuts = settle(document.repaired, [*document.cuts, *proposed])
            text = remove(document.repaired, cuts)
            yield row["row"], judge_quality(dataclasses.replace(document, cuts=cuts, text=text), settings)


def _template_cuts(
    document: Document, pages: Mapping[int, tuple[int, int]], settings: TemplateSettings
) -> Iterator[Cut]:
    keys = line_keys(document.source, document.text)
    prose = [is_prose(document.text[start:end]) and key not in pages for (start, end), key in keys.items()]
    for number, ((start, end), key) in enumerate(keys.items()):
        if key not in pages or end - start < settings.min_chars:
            continue
        count, enough = pages[key]
        surrounded = 0 < number < len(prose) - 1 and prose[number - 1] and prose[number + 1]
        if count >= enough * (settings.surrounded if surrounded else 1):
            first, last = _in_repaired(document, start), _in_repaired(document, end - 1) + 1
            yield Cut(first, last, "templates.line", Reason.SITE_TEMPLATE, f"on {count} pages of {document.source}")


def _in_repaired(document: Document, offset: int) -> int:
    """Return where a character of the clean text stands in the repaired text."""
    for cut in document.cuts:
        if cut.start > offset:
            break
        offset += cut.end - cut.start
    return offset

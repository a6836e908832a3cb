"""The YAML at the top of the card: what the Hub and ``datasets`` read to find, load and list a dataset."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from ..licence import hub_licence
from ..settings import Card
from .manifest import name_of, read_manifest
from .statistics import Statistics
from .tables import Split, configs_of

_TAGS = ("web", "cleaned", "deduplicated")
_SIZES = (
    "n<1K",
    "1K<n<10K",
    "10K<n<100K",
    "100K<n<1M",
    "1M<n<10M",
    "10M<n<100M",
    "100M<n<1B",
    "1B<n<10B",
    "10B<n<100B",
)


_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")


def pretty_name(release: Path, card: Card) -> str:
    """Return the dataset's name on one line: the settings', else one made from its documents.

    Raises:
        OutputError: it needs to be made, and there is no manifest yet.
    """
    return " ".join(card.name.split()) or name_of(read_manifest(release))


def tags(card: Card) -> list[str]:
    """Return what the dataset is found by: our own words, then those of the settings, each once."""
    return list(dict.fromkeys([*_TAGS, *card.tags]))


def front_matter(release: Path, statistics: Statistics, card: Card) -> str:
    """Return the YAML, without the lines of dashes around it.

    What is not known gets no key. Features and numbers of rows are those of the files, in the form that ``datasets``
    itself writes, so that loading the folder proves them.
    """
    from datasets.info import DatasetInfosDict  # noqa: PLC0415 - takes a second to import
    from datasets.utils.metadata import MetadataConfigs  # noqa: PLC0415
    from huggingface_hub import DatasetCardData  # noqa: PLC0415

    languages = languages_of(statistics)
    values: dict[str, Any] = {
        "pretty_name": pretty_name(release, card),
        **hub_licence(card.license),
        # The Hub takes only ISO 639 codes for languages; whole BCP 47 tags have a key of their own.
        "language": list(dict.fromkeys(tag.partition("-")[0].lower() for tag in languages)),
        "language_bcp47": languages if any("-" in tag for tag in languages) else [],
        "size_categories": [size_category(statistics.counts["kept"])],
        "source_datasets": list(card.sources),
        "task_categories": list(card.tasks),
        "tags": tags(card),
    }
    data = DatasetCardData(**{key: value for key, value in values.items() if value})
    found = configs_of(release)
    MetadataConfigs({config: _place(config, splits) for config, splits in found.items()}).to_dataset_card_data(data)
    DatasetInfosDict({config: _info(splits) for config, splits in found.items()}).to_dataset_card_data(data)
    return str(data.to_yaml(line_break="\n"))


def languages_of(statistics: Statistics) -> list[str]:
    """Return the languages of the documents, those with most text first. What a source said may be no language tag."""
    names = (tally.name for tally in statistics.kept_by_language)
    return [name for name in names if _TAG.fullmatch(name) and name != "und"]


def size_category(documents: int) -> str:
    """Return the Hub's name for a number of rows.

    >>> size_category(0), size_category(1000), size_category(999_999), size_category(10**15)
    ('n<1K', '1K<n<10K', '100K<n<1M', '10B<n<100B')
    """
    return _SIZES[min(max(len(str(documents)) - 3, 0), len(_SIZES) - 1)]


def _place(config: str, splits: Sequence[Split]) -> dict[str, Any]:
    files = {"data_files": [{"split": split.name, "path": split.pattern} for split in splits]}
    return {**files, "default": True} if config == "default" else files


def _info(splits: Sequence[Split]) -> Any:
    from datasets import DatasetInfo, Features, SplitDict, SplitInfo  # noqa: PLC0415 - takes a second to import

    metadata = {split.name: [pq.read_metadata(file) for file in split.files] for split in splits}
    infos = {
        name: SplitInfo(name, num_bytes=_bytes(files), num_examples=sum(file.num_rows for file in files))
        for name, files in metadata.items()
    }
    return DatasetInfo(
        features=Features.from_arrow_schema(pq.read_schema(splits[0].files[0])),
        splits=SplitDict(infos),
        download_size=sum(file.stat().st_size for split in splits for file in split.files),
        dataset_size=sum(info.num_bytes for info in infos.values()),
    )


def _bytes(metadata: Iterable[pq.FileMetaData]) -> int:
    """Return the size without compression."""
    groups = (item.row_group(number) for item in metadata for number in range(item.num_row_groups))
    return sum(int(group.total_byte_size) for group in groups)

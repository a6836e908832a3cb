"""The jobs of `against_datatrove.py` as datatrove does them; run by it, in an environment that has datatrove."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from datatrove.executor.local import LocalPipelineExecutor
from datatrove.pipeline.dedup import (
    MinhashDedupBuckets,
    MinhashDedupCluster,
    MinhashDedupFilter,
    MinhashDedupSignature,
)
from datatrove.pipeline.dedup.minhash import MinhashConfig
from datatrove.pipeline.filters import (
    C4QualityFilter,
    GopherQualityFilter,
    GopherRepetitionFilter,
    LanguageFilter,
)
from datatrove.pipeline.formatters import FTFYFormatter
from datatrove.pipeline.readers import ParquetReader
from datatrove.pipeline.writers import ParquetWriter
from datatrove.utils.lid import FT176LID

CONFIG = MinhashConfig()


def main() -> None:
    """Do a job and write down how long it took."""
    job, documents, folder = sys.argv[1], f"{sys.argv[2]}/documents", Path(sys.argv[3])
    language, FT176LID.MODEL_URL = sys.argv[4], sys.argv[5]
    began, used = time.perf_counter(), time.process_time()
    details = {}
    if job == "build":
        details = filtered(documents, folder, language)
        documents = str(folder / "filtered")
    without_copies(documents, folder, language)
    seconds = time.perf_counter() - began
    result = {"seconds": seconds, "start": used, "kept": written(folder / "kept"), "details": details}
    (folder / "result.json").write_text(json.dumps(result), "utf-8")


def filtered(documents: str, folder: Path, language: str) -> dict[str, Any]:
    """Mend and filter texts, and return how many each filter dropped."""
    filters = [
        LanguageFilter(),
        GopherRepetitionFilter(language=language),
        GopherQualityFilter(language=language, min_stop_words=0),
        C4QualityFilter(language=language),
    ]
    stats = run(folder, "filter", [reader(documents), FTFYFormatter(), *filters, writer(folder / "filtered")])
    return {
        f"dropped by {stat.name.split(maxsplit=4)[-1]}:": int(stat["dropped"].total)
        for stat in stats.stats
        if "FILTER" in stat.name
    }


def without_copies(documents: str, folder: Path, language: str) -> None:
    """Write texts without their near copies: the four steps that datatrove's own example has."""
    signatures, buckets, removed = (str(folder / name) for name in ("signatures", "buckets", "removed"))
    run(folder, "signatures", [reader(documents), MinhashDedupSignature(signatures, CONFIG, language=language)])
    run(folder, "buckets", [MinhashDedupBuckets(signatures, buckets, config=CONFIG)], tasks=CONFIG.num_buckets)
    run(folder, "cluster", [MinhashDedupCluster(buckets, removed, config=CONFIG)])
    run(folder, "keep", [reader(documents), MinhashDedupFilter(removed), writer(folder / "kept")])


def run(folder: Path, name: str, steps: Sequence[Any], tasks: int = 1) -> Any:
    """Run steps in this process."""
    return LocalPipelineExecutor(list(steps), tasks=tasks, workers=1, logging_dir=str(folder / "logs" / name)).run()


def reader(documents: str) -> ParquetReader:
    """Return what reads ids and texts."""
    return ParquetReader(documents, read_metadata=False)


def writer(folder: Path) -> ParquetWriter:
    """Return what writes documents, compressed as this package compresses them."""
    return ParquetWriter(str(folder), compression="zstd")


def written(folder: Path) -> int:
    """Return how many documents a folder holds."""
    import pyarrow.parquet as pq  # noqa: PLC0415  (not part of what is measured)

    return sum(pq.ParquetFile(path).metadata.num_rows for path in folder.glob("*.parquet"))


if __name__ == "__main__":
    main()

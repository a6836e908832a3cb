"""The only place that knows Daft's runners."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterator
from typing import Any, Literal

import pyarrow as pa

from .errors import CleaningError, SettingsError

EngineName = Literal["native", "ray"]

# How an error of ours looks in the trace that a worker hands over: the engine sends text, not the error.
_OURS = re.compile(r"^cleaning\.errors\.\w+: (.+)", re.MULTILINE)


def start(name: EngineName = "native") -> Any:
    """Choose the runner and return the ``daft`` module.

    ``native`` runs inside this process and needs nothing started. ``ray`` runs on the Ray cluster that ``RAY_ADDRESS``
    names, or on one started here.

    Raises:
        SettingsError: Ray is asked for and not installed, or Daft already runs on the other engine.
    """
    # The build shows its own progress, of documents and not of query plans.
    os.environ.setdefault("DAFT_PROGRESS_BAR", "0")
    os.environ.setdefault("DAFT_SHOW_QUERY_ID", "0")
    import daft  # noqa: PLC0415  (half a second that `cleaning --help` need not take)
    from daft.exceptions import DaftCoreException  # noqa: PLC0415

    logging.getLogger("daft_local_execution").setLevel(logging.CRITICAL)  # it logs errors that it also raises
    try:
        if name == "ray":
            import ray  # noqa: F401, PLC0415

            daft.set_runner_ray(os.environ.get("RAY_ADDRESS"), noop_if_initialized=True)
        else:
            daft.set_runner_native()
    except ImportError as error:
        raise SettingsError("the engine ray is not installed: pip install 'scrape2corpus[ray]'") from error
    except DaftCoreException as error:  # a runner can be set only once a process
        running = daft.get_or_infer_runner_type()
        if running != name:
            raise SettingsError(f"this process already runs on {running}, not on {name}: start a new one") from error
    return daft


def batches(table: Any) -> Iterator[pa.RecordBatch]:
    """Compute a table and yield its rows as they are done.

    Raises:
        CleaningError: a worker raised one.
    """
    try:
        yield from table.to_arrow_iter()
    except Exception as error:
        told = _OURS.findall(str(error))
        if told:
            raise CleaningError(told[-1]) from error
        raise

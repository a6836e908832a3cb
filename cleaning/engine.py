"""The only place that knows Daft's runners."""

from __future__ import annotations

import os
from typing import Any, Literal

from .errors import SettingsError

EngineName = Literal["native", "ray"]


def start(name: EngineName = "native") -> Any:
    """Choose the runner and return the ``daft`` module.

    ``native`` runs inside this process and needs nothing started. ``ray`` runs on the Ray cluster that ``RAY_ADDRESS``
    names, or on one started here.

    Raises:
        SettingsError: Ray is asked for and not installed, or Daft already runs on the other engine.
    """
    import daft  # noqa: PLC0415  (half a second that `cleaning --help` need not take)
    from daft.exceptions import DaftCoreException  # noqa: PLC0415

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

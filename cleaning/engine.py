"""Where work is done: in processes of this machine, or on a Ray cluster. Nobody else knows which.

Work is a function of a child process and one item. It does the same wherever it runs, and what it returns does not
depend on who runs it; results come as they are done, so that nothing may depend on their order.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from queue import SimpleQueue
from typing import Any, Literal, Protocol, TypeVar

from .child import Child
from .errors import SettingsError

EngineName = Literal["native", "ray"]
T = TypeVar("T")
R = TypeVar("R")
Work = Callable[[Child, T], R]


class Engine(Protocol):
    """Does work."""

    def map(self, work: Work[T, R], items: Sequence[T]) -> Iterator[tuple[T, R]]:
        """Yield each item and what the work returned for it, in the order in which they are done.

        Args:
            work: a function that can be pickled.
            items: they can be pickled, too.

        Raises:
            CleaningError: the work raised one; work that has begun is waited for, and no more begun.
        """


@contextmanager
def engine(name: EngineName = "native", workers: int = 0) -> Iterator[Engine]:
    """Give an engine, and end what it started when the block ends.

    ``native`` needs nothing started. ``ray`` runs on the cluster that ``RAY_ADDRESS`` names, or on one started here.

    Args:
        name: which one.
        workers: how much is done at a time; 0 means one for each core there is.

    Raises:
        SettingsError: Ray is asked for and not installed.
    """
    if name == "ray":
        with _ray(workers) as ray:
            yield ray
        return
    native = _Native(workers or os.cpu_count() or 1)
    try:
        yield native
    finally:
        native.close()


class _Native:
    """Threads that wait for child processes."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._children: list[Child] = []
        self._free: SimpleQueue[Child] = SimpleQueue()

    def map(self, work: Work[T, R], items: Sequence[T]) -> Iterator[tuple[T, R]]:
        """See :meth:`Engine.map`."""
        while len(self._children) < min(self._workers, len(items)):
            self._children.append(Child())
            self._free.put(self._children[-1])
        with ThreadPoolExecutor(self._workers) as pool:
            waiting = iter(items)
            running: dict[Future[R], T] = {}
            try:
                while True:
                    for item in waiting:
                        running[pool.submit(self._call, work, item)] = item
                        if len(running) >= self._workers:
                            break
                    if not running:
                        return
                    done, _ = wait(running, return_when=FIRST_COMPLETED)
                    for future in done:
                        yield running.pop(future), future.result()
            except BaseException:
                self.close()  # nobody wants what is still being done
                raise

    def _call(self, work: Work[T, R], item: T) -> R:
        child = self._free.get()
        try:
            return work(child, item)
        finally:
            self._free.put(child)

    def close(self) -> None:
        for child in self._children:
            child.close()


class _Ray:
    """Tasks of a Ray cluster. A task whose worker or machine is lost is done again elsewhere."""

    def __init__(self, ray: Any, limit: int) -> None:
        self._ray, self._limit = ray, limit
        self._remote = ray.remote(max_retries=10, num_cpus=1)(_in_ray)

    def map(self, work: Work[T, R], items: Sequence[T]) -> Iterator[tuple[T, R]]:
        """See :meth:`Engine.map`."""
        waiting = iter(items)
        running: dict[Any, T] = {}
        try:
            while True:
                for item in waiting:
                    running[self._remote.remote(work, item)] = item
                    if len(running) >= self._limit:
                        break
                if not running:
                    return
                done, _ = self._ray.wait(list(running), num_returns=1)
                for reference in done:
                    yield running.pop(reference), self._result(reference)
        except BaseException:
            for reference in running:
                self._ray.cancel(reference, force=True)
            raise

    def _result(self, reference: Any) -> Any:
        result, error = self._ray.get(reference)
        if error is not None:
            raise error
        return result


def _in_ray(work: Work[T, R], item: T) -> tuple[R | None, Exception | None]:
    """Do work in a process of Ray's, with a child that stays for the next work. An error is handed over as it is."""
    global _child  # noqa: PLW0603  (a process of Ray's is the only place where it can stay)
    _child = _child or Child()
    try:
        return work(_child, item), None
    except Exception as error:
        return None, error


_child: Child | None = None


def _local(workers: int) -> dict[str, Any]:
    """Return how Ray is started on this machine alone."""
    paths = os.pathsep.join(filter(None, sys.path))
    return {
        "num_cpus": workers or os.cpu_count() or 1,
        "include_dashboard": False,
        "runtime_env": {"env_vars": {"PYTHONPATH": paths}},
    }


@contextmanager
def _ray(workers: int) -> Iterator[_Ray]:
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
    try:
        import ray  # noqa: PLC0415
    except ImportError as error:
        raise SettingsError("the engine ray is not installed: pip install 'scrape2corpus[ray]'") from error
    ours = not ray.is_initialized()
    if ours:
        where = {} if os.environ.get("RAY_ADDRESS") else _local(workers)
        ray.init(logging_level=logging.ERROR, log_to_driver=False, **where)
    try:
        resources: dict[str, float] = ray.cluster_resources()  # type: ignore[no-untyped-call]
        yield _Ray(ray, 2 * (workers or int(resources.get("CPU", 1))))
    finally:
        if ours:
            ray.shutdown()

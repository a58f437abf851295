"""Where parts are computed: here, in other processes, or on a Dask cluster; the results are the same to the byte."""

import multiprocessing
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

from indicators.ports.records import Executor

T = TypeVar("T")
R = TypeVar("R")
ATTEMPTS = 2
PARTS_OF_CLUSTER = 32


class Inline:
    """Implements `Executor` in this process, one task after the other."""

    parts = 1

    def map(self, function: Callable[[T], R], tasks: Sequence[T]) -> list[R]:
        """Give the results in the order of the tasks."""
        return [function(task) for task in tasks]


class ProcessPool:
    """Implements `Executor` by processes of this machine; a killed one costs one repetition."""

    def __init__(self, workers: int) -> None:
        """Use so many processes; two parts for each, so that none waits long for the last."""
        self._workers, self.parts = workers, 2 * workers

    def map(self, function: Callable[[T], R], tasks: Sequence[T]) -> list[R]:
        """Give the results in the order of the tasks; pure functions may simply be run again."""
        for attempt in range(1, ATTEMPTS + 1):
            try:
                with ProcessPoolExecutor(self._workers, mp_context=multiprocessing.get_context("spawn")) as pool:
                    return list(pool.map(function, tasks))
            except BrokenProcessPool:
                if attempt == ATTEMPTS:
                    raise
        return []


class Dask:
    """Implements `Executor` by a Dask cluster (the optional extra `cluster`), named by its scheduler's address."""

    def __init__(self, address: str) -> None:
        """Connect to a scheduler."""
        from distributed import Client  # noqa: PLC0415  an optional extra

        self._client: Any = Client(address, set_as_default=False)
        self.parts = PARTS_OF_CLUSTER

    def map(self, function: Callable[[T], R], tasks: Sequence[T]) -> list[R]:
        """Give the results in the order of the tasks; the cluster repeats what a lost worker did."""
        return list(self._client.gather(self._client.map(function, tasks, pure=False)))

    def close(self) -> None:
        """Leave the cluster."""
        self._client.close()


EXECUTORS: Mapping[str, Callable[[str], Executor]] = {
    "inline": lambda _: Inline(),
    "processes": lambda workers: ProcessPool(int(workers)),
    "dask": Dask,
}


def executor_named(setting: str) -> Executor:
    """Choose by a setting: `inline`, `processes:4` or `dask:tcp://scheduler:8786`."""
    kind, _, rest = setting.partition(":")
    return EXECUTORS[kind](rest)

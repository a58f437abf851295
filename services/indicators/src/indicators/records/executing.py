"""Where parts are computed: here, in other processes, or on a Dask cluster; the results are the same to the byte."""

import hashlib
import multiprocessing
import tempfile
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import polars as pl

from indicators.ports.records import Executor
from indicators.records.derived import Derived
from indicators.records.deriving import Counts, counts, derive, finished, part_of
from indicators.records.question import Question

T = TypeVar("T")
R = TypeVar("R")
ATTEMPTS = 2
PARTS_OF_CLUSTER = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of the persons in Parquet files of checked records and follow-ups."""

    records: tuple[Path, ...]
    follow_ups: tuple[Path, ...]
    number: int
    of: int
    question: Question


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


def derive_by(executor: Executor, records: pl.LazyFrame, follow_ups: pl.LazyFrame, question: Question) -> Derived:
    """Derive variables where the executor computes; what it does not share memory with reads Parquet files."""
    if executor.parts == 1:
        return derive(records, follow_ups, question)
    with tempfile.TemporaryDirectory(prefix="zielwerk-records-") as folder:
        paths = Path(folder) / "records.parquet", Path(folder) / "follow_ups.parquet"
        for rows, path in zip((records, follow_ups), paths, strict=True):
            rows.sink_parquet(path)
        return derive_in_parts(executor, paths[:1], paths[1:], question, parts=executor.parts)


def derive_in_parts(
    executor: Executor, records: Sequence[Path], follow_ups: Sequence[Path], question: Question, *, parts: int
) -> Derived:
    """Derive variables from Parquet files, a part of the persons at a time: memory is bound by the largest part."""
    tasks = [
        Part(records=tuple(records), follow_ups=tuple(follow_ups), number=number, of=parts, question=question)
        for number in range(parts)
    ]
    return finished(executor.map(counts_of, tasks), question)


def counts_of(part: Part) -> Counts:
    """Count one part."""
    records, follow_ups = (part_of(pl.scan_parquet(list(paths)), part.number, part.of)
                           for paths in (part.records, part.follow_ups))  # fmt: skip
    return counts(records, follow_ups, part.question)


def digest(derived: Derived) -> str:
    """Give the SHA-256 of the derived rows in their canonical order, as CSV."""
    rows = derived.rows.sort(derived.rows.columns[:-1])
    return hashlib.sha256(rows.write_csv().encode()).hexdigest()


EXECUTORS: Mapping[str, Callable[[str], Executor]] = {
    "inline": lambda _: Inline(),
    "processes": lambda workers: ProcessPool(int(workers)),
    "dask": Dask,
}


def executor_named(setting: str) -> Executor:
    """Choose by a setting: `inline`, `processes:4` or `dask:tcp://scheduler:8786`."""
    kind, _, rest = setting.partition(":")
    return EXECUTORS[kind](rest)

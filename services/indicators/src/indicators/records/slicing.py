"""Work on many parts, side by side as far as there are processors."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from typing import TypeVar

import polars as pl

from indicators.records.arrays import Integers

T = TypeVar("T")
R = TypeVar("R")


def shares(count: int) -> list[slice]:
    """Cut so many into as many shares as there are processors."""
    size = max(-(-count // pl.thread_pool_size()), 1)
    return [slice(start, min(start + size, count)) for start in range(0, max(count, 1), size)]


def added(counts: Sequence[Integers]) -> Integers:
    """Add up what the shares came to."""
    total = counts[0]
    for more in counts[1:]:
        total += more
    return total


def side_by_side(function: Callable[[T], R], tasks: Sequence[T]) -> list[R]:
    """Give the results in the order of the tasks; each thread has its share, and waits for no other with its arrays."""

    def work_on(share: slice) -> list[R]:
        return [function(task) for task in tasks[share]]

    with ThreadPoolExecutor(pl.thread_pool_size()) as threads:
        return list(chain.from_iterable(threads.map(work_on, shares(len(tasks)))))

"""Work on many slices, side by side as far as there are processors."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import polars as pl

ROWS = 1 << 18
"""A slice of so many rows stays in the processor's cache."""
T = TypeVar("T")
R = TypeVar("R")


def cut(rows: int) -> list[slice]:
    """Cut so many rows into slices."""
    return [slice(start, min(start + ROWS, rows)) for start in range(0, rows, ROWS)]


def side_by_side(function: Callable[[T], R], tasks: Iterable[T]) -> list[R]:
    """Give the results in the order of the tasks; numpy lets other threads work while it does."""
    with ThreadPoolExecutor(pl.thread_pool_size()) as threads:
        return list(threads.map(function, tasks))

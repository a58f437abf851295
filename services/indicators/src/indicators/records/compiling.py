"""Loops over arrays, compiled to machine code."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from numba import njit

P = ParamSpec("P")
R = TypeVar("R")


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a function of arrays and numbers, which lets other threads work; kept on disk where that is allowed."""
    try:
        made: Callable[P, R] = njit(nogil=True, cache=True)(function)
    except RuntimeError:  # neither the code's own folder nor the user's may be written
        made = njit(nogil=True)(function)
    return made

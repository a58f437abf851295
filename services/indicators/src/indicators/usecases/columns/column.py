"""
A column: values over units (rows) and months, with a mask of what is known.

Whole numbers of a common power of ten as long as that is exact, decimals of fifty digits where it is not: both give
the digits that `domain.formula.evaluation` gives.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from domain.formula.tree import Sign
from domain.quantity import PRECISE

Bools: TypeAlias = npt.NDArray[np.bool_]
Integers: TypeAlias = npt.NDArray[np.int64]
Objects: TypeAlias = npt.NDArray[np.object_]
Anything: TypeAlias = npt.NDArray[Any]

LARGEST = 2**62
"""What a sum of whole numbers stays below, so that it is exact."""
ZERO = Decimal(0)
DIGITS = 18
"""How many digits always fit into a whole number."""

scaled_down: Callable[..., Objects] = np.frompyfunc(lambda whole, places: PRECISE.scaleb(Decimal(whole), -places), 2, 1)
as_decimal: Callable[..., Objects] = np.frompyfunc(Decimal, 1, 1)
OPERATIONS: dict[Sign, Any] = {
    Sign.ADD: np.frompyfunc(PRECISE.add, 2, 1),
    Sign.SUBTRACT: np.frompyfunc(PRECISE.subtract, 2, 1),
    Sign.MULTIPLY: np.frompyfunc(PRECISE.multiply, 2, 1),
    Sign.DIVIDE: np.frompyfunc(PRECISE.divide, 2, 1),
}


@dataclass(frozen=True, eq=False)
class Decimals:
    """Values as decimals; zero stands where nothing is known."""

    values: Objects
    known: Bools

    @property
    def decimals(self) -> Objects:
        """Give the values as decimals."""
        return self.values

    def months(self, start: int, stop: int) -> "Decimals":
        """Cut months out."""
        return Decimals(self.values[:, start:stop], self.known[:, start:stop])

    def rows(self, chosen: Integers) -> "Decimals":
        """Choose units."""
        return Decimals(self.values[chosen], self.known[chosen])


@dataclass(frozen=True, eq=False)
class Wholes:
    """
    Values as whole numbers × 10^−scale, none larger than `bound`; zero stands where nothing is known.

    `places` are the decimal places each value came with: a sum has the most of its summands.
    """

    values: Integers
    known: Bools
    places: Integers
    scale: int = 0
    bound: int = field(default=0)

    @cached_property
    def decimals(self) -> Objects:
        """Give the values as decimals, with the places they have."""
        if not self.scale:
            return as_decimal(self.values)
        shorter = self.values // 10 ** (self.scale - self.places)
        return scaled_down(shorter, self.places)

    def months(self, start: int, stop: int) -> "Wholes":
        """Cut months out."""
        at = np.s_[:, start:stop]
        return Wholes(self.values[at], self.known[at], self.places[at], self.scale, self.bound)

    def rows(self, chosen: Integers) -> "Wholes":
        """Choose units."""
        return Wholes(self.values[chosen], self.known[chosen], self.places[chosen], self.scale, self.bound)


Column: TypeAlias = Wholes | Decimals


def constant(number: Decimal, rows: int, months: int) -> Column:
    """Give the same number everywhere."""
    known = np.ones((rows, months), dtype=np.bool_)
    places = max(0, -int(number.as_tuple().exponent))
    whole = int(number.scaleb(places, PRECISE))
    if abs(whole) >= LARGEST:
        return Decimals(np.full((rows, months), number, dtype=np.object_), known)
    values = np.full((rows, months), whole, dtype=np.int64)
    return Wholes(values, known, np.full((rows, months), places, dtype=np.int64), places, abs(whole))


def joined(sign: Sign, left: Column, right: Column) -> Column:
    """Join two columns by a sign; nothing is known where one side is not, or where something is divided by zero."""
    known: Bools = left.known & right.known
    if sign is Sign.DIVIDE:
        known = known & (right.values != 0)
    elif isinstance(left, Wholes) and isinstance(right, Wholes):
        exact = _product(left, right, known) if sign is Sign.MULTIPLY else _sum(sign, left, right, known)
        if exact is not None:
            return exact
    return Decimals(calculated(sign, left.decimals, right.decimals, known), known)


def calculated(sign: Sign, left: Objects, right: Objects, known: Bools) -> Objects:
    """Calculate with decimals where both sides are known, zero elsewhere."""
    values = np.full(known.shape, ZERO, dtype=np.object_)
    values[known] = OPERATIONS[sign](left[known], right[known])
    return values


def over_months(column: Column, begins: Integers, *, averaged: bool) -> Column:
    """Sum each window, or average it; the n-th window begins with a month and ends with the last but so many."""
    ends = np.arange(column.known.shape[1] - len(begins), column.known.shape[1]) + 1
    known = _running(~column.known)[:, ends] == _running(~column.known)[:, begins]
    summed = _windows(column, begins, ends, known)
    if not averaged:
        return summed
    lengths = np.broadcast_to(as_decimal(ends - begins), known.shape)
    return Decimals(calculated(Sign.DIVIDE, summed.decimals, lengths, known), known)


def _windows(column: Column, begins: Integers, ends: Integers, known: Bools) -> Column:
    bound = column.bound * column.known.shape[1] if isinstance(column, Wholes) else LARGEST
    if isinstance(column, Decimals) or bound >= LARGEST:
        return Decimals(_added(column.decimals, begins, ends, known), known)
    running = _running(column.values)
    values = np.where(known, running[:, ends] - running[:, begins], 0)
    places = np.zeros(known.shape, dtype=np.int64)
    if column.scale:
        for number, (begin, end) in enumerate(zip(begins, ends, strict=True)):
            places[:, number] = column.places[:, begin:end].max(axis=1)
    return Wholes(values, known, places, column.scale, bound)


def _added(values: Objects, begins: Integers, ends: Integers, known: Bools) -> Objects:
    """Add decimals month by month, in their order."""
    found = np.full(known.shape, ZERO, dtype=np.object_)
    for number, (begin, end) in enumerate(zip(begins, ends, strict=True)):
        for month in range(begin, end):
            found[:, number] = OPERATIONS[Sign.ADD](found[:, number], values[:, month])
    found[~known] = ZERO
    return found


def _running(values: Anything) -> Integers:
    """Sum up month by month, from nothing."""
    running = np.zeros((values.shape[0], values.shape[1] + 1), dtype=np.int64)
    np.cumsum(values, axis=1, out=running[:, 1:])
    return running


def _sum(sign: Sign, left: Wholes, right: Wholes, known: Bools) -> Wholes | None:
    scale = max(left.scale, right.scale)
    by, other = 10 ** (scale - left.scale), 10 ** (scale - right.scale)
    bound = left.bound * by + right.bound * other
    if max(bound, by, other) >= LARGEST:
        return None
    added = left.values * by + (right.values * other) * (1 if sign is Sign.ADD else -1)
    return Wholes(np.where(known, added, 0), known, np.maximum(left.places, right.places), scale, bound)


def _product(left: Wholes, right: Wholes, known: Bools) -> Wholes | None:
    bound, scale = left.bound * right.bound, left.scale + right.scale
    if bound >= LARGEST or scale > DIGITS:
        return None
    return Wholes(np.where(known, left.values * right.values, 0), known, left.places + right.places, scale, bound)

"""One cell for all units and months, and the sums of parts in it where a unit has no value of its own."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from domain.formula.tree import Sign

from indicators.usecases.columns.column import OPERATIONS, ZERO, Anything, Bools, Column, Decimals, Integers, Wholes
from indicators.usecases.columns.structure import Level, Stretch, Structure

NOBODY = -1


@dataclass(frozen=True, eq=False)
class Series:
    """
    One cell for all units and months: its values, how many inputs each lacks, whether any is there.

    `own` are the deliveries of units' own values. `status` says how the least firm of the inputs came to be, as
    `STATUS` counts, `withheld` how many of those that lack are kept back by their source; none where none is.
    """

    column: Column
    missing: Integers
    used: Bools
    own: Integers
    status: Integers | None = None
    withheld: Integers | None = None


def summed(delivered: Series, structure: Structure) -> Series:
    """Give units without a value of their own the sum of their parts, level by level."""
    sums = _Sums(delivered)
    for stretch in structure.stretches:
        sums.add_up(stretch)
    return sums.series()


class _Sums:
    """Copies of a series' columns in which sums are put."""

    def __init__(self, delivered: Series) -> None:
        self._delivered, column = delivered, delivered.column
        self._whole = column if isinstance(column, Wholes) else None
        self._values: Anything = column.values.copy()
        self._known = column.known.copy()
        self._places = column.places.copy() if isinstance(column, Wholes) else None
        self._missing, self._used = delivered.missing.copy(), delivered.used.copy()
        self._status = None if delivered.status is None else delivered.status.copy()
        self._withheld = None if delivered.withheld is None else delivered.withheld.copy()

    def series(self) -> Series:
        """Give what came of it."""
        column: Column = Decimals(self._values, self._known)
        if self._whole is not None and self._places is not None:
            column = Wholes(self._values, self._known, self._places, self._whole.scale, self._whole.bound)
        return Series(column, self._missing, self._used, self._delivered.own, self._status, self._withheld)

    def add_up(self, stretch: Stretch) -> None:
        """Put sums of parts where a unit has no value of its own, within some months."""
        at = slice(stretch.start, stretch.stop)
        for level in stretch.levels:
            own = self._known[level.wholes, at]
            self._add_inputs(level, at, own)
            self._add_values(level, at, own)

    def _add_values(self, level: Level, at: slice, own: Bools) -> None:
        add = np.add if self._places is not None else OPERATIONS[Sign.ADD]
        complete = _of_parts(np.logical_and, self._known, level, at).astype(np.bool_)
        sums = _of_parts(add, self._values, level, at)
        sums[~complete] = 0 if self._places is not None else ZERO
        self._values[level.wholes, at] = np.where(own, self._values[level.wholes, at], sums)
        if self._places is not None:
            most = np.where(complete, _of_parts(np.maximum, self._places, level, at), 0)
            self._places[level.wholes, at] = np.where(own, self._places[level.wholes, at], most)
        self._known[level.wholes, at] = own | complete

    def _add_inputs(self, level: Level, at: slice, own: Bools) -> None:
        """Count what lacks, say what is there and how it came to be."""
        here = (level.wholes, at)
        missing = np.where(own, 0, _of_parts(np.add, self._missing, level, at))
        used = own | _of_parts(np.logical_or, self._used, level, at)
        if self._status is not None:
            least = _of_parts(np.maximum, self._status, level, at)
            self._status[here] = np.where(own, self._status[here], least)
        if self._withheld is not None:
            itself = (self._withheld[here] > 0) & (missing > 0)
            below = np.where(own, 0, _of_parts(np.add, self._withheld, level, at))
            self._withheld[here] = np.where(itself, 1, below)
            missing, used = np.where(itself, 1, missing), used & ~itself
        self._missing[here], self._used[here] = missing, used


def _of_parts(reduce: Any, array: Anything, level: Level, at: slice) -> Anything:
    """Reduce the parts of each whole of a level to one row."""
    found: Anything = reduce.reduceat(array[level.parts, at], level.starts, axis=0)
    return found

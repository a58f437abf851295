"""What is known, in columns: a unit's value is its own, else the sum of its parts of that month (as `Figures`)."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import polars as pl
from domain.formula.tree import Sign
from domain.value_status import ValueStatus
from domain.variable import Cell

from indicators.ports import Known
from indicators.usecases.columns.column import (
    DIGITS,
    LARGEST,
    OPERATIONS,
    ZERO,
    Anything,
    Bools,
    Column,
    Decimals,
    Integers,
    Wholes,
    as_decimal,
)
from indicators.usecases.columns.structure import Stretch, Structure

NOBODY = -1


@dataclass(frozen=True, eq=False)
class Series:
    """
    One cell for all units and months: its values, how many inputs each lacks, whether any is there.

    `status` says how the least firm of its inputs came to be, as `STATUS` counts; none where all are counted.
    """

    column: Column
    missing: Integers
    used: Bools
    own: Integers
    status: Integers | None = None


@dataclass(eq=False)
class ColumnFigures:
    """Observations as they are known, in columns; `rows` are positions of units, cells, months and deliveries."""

    structure: Structure
    cells: dict[Cell, int]
    known: Known
    _series: dict[Cell, Series] = field(default_factory=dict)
    _by_cell: dict[int, pl.DataFrame] = field(default_factory=dict)
    _changes: dict[Cell, Bools] = field(default_factory=dict)
    _traced: dict[tuple[int, Cell, int], tuple[frozenset[int], tuple[int, ...]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Put the rows of each cell together."""
        parted = self.known.rows.partition_by("cell", as_dict=True)
        self._by_cell = {int(str(key[0])): rows for key, rows in parted.items()}

    def series(self, cell: Cell) -> Series:
        """Give one cell for all units and months."""
        if cell not in self._series:
            self._series[cell] = self._summed(self._delivered(self._by_cell.get(self.cells[cell])))
        return self._series[cell]

    def changes(self, cell: Cell) -> Bools:
        """Say where a value was recorded anew: a unit's own, else one of its parts'; everywhere where nobody asks."""
        if cell not in self._changes:
            self._changes[cell] = self._changed(cell)
        return self._changes[cell]

    def trace(self, unit: int, cell: Cell, month: int) -> tuple[frozenset[int], tuple[int, ...]]:
        """Trace a value to the deliveries it is made of, and to the units it lacks; all as positions."""
        key = (unit, cell, month)
        if key not in self._traced:
            self._traced[key] = frozenset(), (unit,)  # a unit that is part of itself finds nothing there
            self._traced[key] = self._found(unit, cell, month)
        return self._traced[key]

    def _found(self, unit: int, cell: Cell, month: int) -> tuple[frozenset[int], tuple[int, ...]]:
        own = int(self.series(cell).own[unit, month])
        if own != NOBODY:
            return frozenset({own}), ()
        parts = self.structure.parts(unit, month)
        if not parts:
            return frozenset(), (unit,)
        traced = [self.trace(part, cell, month) for part in parts]
        return frozenset().union(*(used for used, _ in traced)), tuple(one for _, lacking in traced for one in lacking)

    def _changed(self, cell: Cell) -> Bools:
        touched, shape = self.known.touched, (len(self.structure.units), self.structure.length)
        if touched is None:
            return np.ones(shape, dtype=np.bool_)
        at = touched.filter(pl.col("cell") == self.cells[cell])
        changed = np.zeros(shape, dtype=np.bool_)
        changed[at["unit"].to_numpy(), at["month"].to_numpy() - self.structure.first.ordinal] = True
        summed = self.series(cell).own == NOBODY
        for stretch in self.structure.stretches:
            months = slice(stretch.start, stretch.stop)
            for level in stretch.levels:
                below = np.logical_or.reduceat(changed[level.parts, months], level.starts, axis=0)
                changed[level.wholes, months] |= summed[level.wholes, months] & below
        return changed

    def _delivered(self, rows: pl.DataFrame | None) -> Series:
        shape = (len(self.structure.units), self.structure.length)
        own = np.full(shape, NOBODY, dtype=np.int64)
        if rows is None:
            known = np.zeros(shape, dtype=np.bool_)
            nothing = np.zeros(shape, dtype=np.int64)
            return Series(Wholes(nothing, known, nothing), np.ones(shape, dtype=np.int64), known, own)
        at = (rows["unit"].to_numpy(), rows["month"].to_numpy() - self.structure.first.ordinal)
        own[at] = rows["delivery"].to_numpy()
        known = own != NOBODY
        column = _column(rows["value"], at, known, shape[0])
        return Series(column, (~known).astype(np.int64), known, own, _statuses(rows["status"], at, shape))

    def _summed(self, delivered: Series) -> Series:
        """Give units without a value of their own the sum of their parts, level by level."""
        values: Anything = delivered.column.values.copy()
        known = delivered.column.known.copy()
        places = delivered.column.places.copy() if isinstance(delivered.column, Wholes) else None
        missing, used = delivered.missing.copy(), delivered.used.copy()
        status = None if delivered.status is None else delivered.status.copy()
        for stretch in self.structure.stretches:
            if status is not None:
                _soften(stretch, status, known)
            _add_up(stretch, values, known, places, missing, used)
        if places is None or not isinstance(delivered.column, Wholes):
            return Series(Decimals(values, known), missing, used, delivered.own, status)
        whole = Wholes(values, known, places, delivered.column.scale, delivered.column.bound)
        return Series(whole, missing, used, delivered.own, status)


def _add_up(
    stretch: Stretch,
    values: Anything,
    known: Bools,
    places: Integers | None,
    missing: Integers,
    used: Bools,
) -> None:
    """Put sums of parts where a unit has no value of its own, within some months."""
    add = np.add if places is not None else OPERATIONS[Sign.ADD]
    at = slice(stretch.start, stretch.stop)
    for level in stretch.levels:
        own = known[level.wholes, at]

        def of_parts(reduce: Any, array: Anything, level: Any = level) -> Anything:
            found: Anything = reduce.reduceat(array[level.parts, at], level.starts, axis=0)
            return found

        complete = of_parts(np.logical_and, known).astype(np.bool_)
        sums = of_parts(add, values)
        sums[~complete] = 0 if places is not None else ZERO
        values[level.wholes, at] = np.where(own, values[level.wholes, at], sums)
        if places is not None:
            most = np.where(complete, of_parts(np.maximum, places), 0)
            places[level.wholes, at] = np.where(own, places[level.wholes, at], most)
        missing[level.wholes, at] = np.where(own, 0, of_parts(np.add, missing))
        used[level.wholes, at] = own | of_parts(np.logical_or, used)
        known[level.wholes, at] = own | complete


def _soften(stretch: Stretch, status: Integers, own: Bools) -> None:
    """Put the least firm status of the parts where a unit has no value of its own, within some months."""
    at = slice(stretch.start, stretch.stop)
    for level in stretch.levels:
        least = np.maximum.reduceat(status[level.parts, at], level.starts, axis=0)
        status[level.wholes, at] = np.where(own[level.wholes, at], status[level.wholes, at], least)


def _statuses(told: pl.Series, at: Any, shape: tuple[int, int]) -> Integers | None:
    """Lay out how values came to be, unless all of them were counted."""
    if (told == ValueStatus.COUNTED).all():
        return None
    found = np.zeros(shape, dtype=np.int64)
    found[at] = told.to_physical().to_numpy()
    return found


def _column(told: pl.Series, at: Any, known: Bools, units: int) -> Column:
    """Read values as whole numbers of one power of ten; as decimals where a sum of all units might not fit."""
    split = pl.DataFrame({"told": told}).select(
        digits=pl.col("told").str.replace(".", "", literal=True),
        places=(pl.col("told").str.len_bytes() - 1 - pl.col("told").str.find(".", literal=True)).fill_null(0),
    )
    places: Integers = split["places"].to_numpy().astype(np.int64)
    lengths: Integers = split["digits"].str.len_bytes().to_numpy().astype(np.int64)
    scale = int(places.max())
    longest = int((lengths - places).max()) + scale
    if longest <= DIGITS:
        whole = split["digits"].cast(pl.Int64).to_numpy() * 10 ** (scale - places)
        bound = int(np.abs(whole).max()) * units
        if bound < LARGEST:
            shape = known.shape
            values, kept = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
            values[at], kept[at] = whole, places
            return Wholes(values, known, kept, scale, bound)
    exact = np.full(known.shape, ZERO, dtype=np.object_)
    exact[at] = as_decimal(told.to_numpy())
    return Decimals(exact, known)

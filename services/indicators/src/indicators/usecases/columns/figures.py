"""What is known, in columns: a unit's value is its own, else the sum of its parts of that month (as `Figures`)."""

from collections import defaultdict
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import polars as pl
from domain.observation import Key
from domain.value_status import ValueStatus
from domain.variable import Cell

from indicators.ports import Known
from indicators.usecases.columns.column import (
    DIGITS,
    LARGEST,
    ZERO,
    Bools,
    Column,
    Decimals,
    Integers,
    Wholes,
    as_decimal,
)
from indicators.usecases.columns.series import NOBODY, Series, summed
from indicators.usecases.columns.structure import Structure

Lacking = tuple[tuple[int, bool], ...]
"""Units whose value lacks, as positions, and whether its source keeps it back."""


@dataclass(eq=False)
class ColumnFigures:
    """
    Observations as they are known, in columns; `rows` are positions of units, cells, months and deliveries.

    `withheld` are values that their source keeps back, `withheld_anew` those of them since the instant asked for.
    """

    structure: Structure
    cells: dict[Cell, int]
    known: Known
    withheld: AbstractSet[Key] = frozenset()
    withheld_anew: AbstractSet[Key] = frozenset()
    _series: dict[Cell, Series] = field(default_factory=dict)
    _by_cell: dict[int, pl.DataFrame] = field(default_factory=dict)
    _changes: dict[Cell, Bools] = field(default_factory=dict)
    _traced: dict[tuple[int, Cell, int], tuple[frozenset[int], Lacking]] = field(default_factory=dict)
    _kept_back: dict[Cell, Bools] = field(default_factory=dict)
    _kept_back_anew: dict[Cell, Bools] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Put the rows of each cell together, and what is kept back of it."""
        parted = self.known.rows.partition_by("cell", as_dict=True)
        self._by_cell = {int(str(key[0])): rows for key, rows in parted.items()}
        self._kept_back, self._kept_back_anew = self._laid_out(self.withheld), self._laid_out(self.withheld_anew)

    def series(self, cell: Cell) -> Series:
        """Give one cell for all units and months."""
        if cell not in self._series:
            delivered = self._delivered(self._by_cell.get(self.cells[cell]), self._kept_back.get(cell))
            self._series[cell] = summed(delivered, self.structure)
        return self._series[cell]

    def changes(self, cell: Cell) -> Bools:
        """Say where a value was recorded anew: a unit's own, else one of its parts'; everywhere where nobody asks."""
        if cell not in self._changes:
            self._changes[cell] = self._changed(cell)
        return self._changes[cell]

    def trace(self, unit: int, cell: Cell, month: int) -> tuple[frozenset[int], Lacking]:
        """Trace a value to the deliveries it is made of, and to the units it lacks; all as positions."""
        key = (unit, cell, month)
        if key not in self._traced:
            # a unit that is part of itself finds nothing there
            self._traced[key] = frozenset(), ((unit, self._is_kept_back(*key)),)
            self._traced[key] = self._found(unit, cell, month)
        return self._traced[key]

    def _found(self, unit: int, cell: Cell, month: int) -> tuple[frozenset[int], Lacking]:
        own = int(self.series(cell).own[unit, month])
        if own != NOBODY:
            return frozenset({own}), ()
        parts, kept_back = self.structure.parts(unit, month), self._is_kept_back(unit, cell, month)
        if not parts:
            return frozenset(), ((unit, kept_back),)
        traced = [self.trace(part, cell, month) for part in parts]
        lacking = tuple(one for _, below in traced for one in below)
        if lacking and kept_back:
            return frozenset(), ((unit, True),)
        return frozenset().union(*(used for used, _ in traced)), lacking

    def _is_kept_back(self, unit: int, cell: Cell, month: int) -> bool:
        return cell in self._kept_back and bool(self._kept_back[cell][unit, month])

    def _laid_out(self, keys: AbstractSet[Key]) -> dict[Cell, Bools]:
        """Lay keys out over units and months, by cell."""
        position = {code: number for number, code in enumerate(self.structure.units)}
        shape = (len(self.structure.units), self.structure.length)
        found: defaultdict[Cell, Bools] = defaultdict(lambda: np.zeros(shape, dtype=np.bool_))
        for unit, cell, month in keys:
            found[cell][position[unit], month - self.structure.first] = True
        return dict(found)

    def _changed(self, cell: Cell) -> Bools:
        touched, shape = self.known.touched, (len(self.structure.units), self.structure.length)
        if touched is None:
            return np.ones(shape, dtype=np.bool_)
        at = touched.filter(pl.col("cell") == self.cells[cell])
        changed = np.zeros(shape, dtype=np.bool_)
        changed[at["unit"].to_numpy(), at["month"].to_numpy() - self.structure.first.ordinal] = True
        if cell in self._kept_back_anew:
            changed |= self._kept_back_anew[cell]
        of_parts = self.series(cell).own == NOBODY
        for stretch in self.structure.stretches:
            months = slice(stretch.start, stretch.stop)
            for level in stretch.levels:
                below = np.logical_or.reduceat(changed[level.parts, months], level.starts, axis=0)
                changed[level.wholes, months] |= of_parts[level.wholes, months] & below
        return changed

    def _delivered(self, rows: pl.DataFrame | None, kept_back: Bools | None) -> Series:
        shape = (len(self.structure.units), self.structure.length)
        own = np.full(shape, NOBODY, dtype=np.int64)
        if rows is None:
            known = np.zeros(shape, dtype=np.bool_)
            nothing = np.zeros(shape, dtype=np.int64)
            missing = np.ones(shape, dtype=np.int64)
            return Series(Wholes(nothing, known, nothing), missing, known, own, withheld=_lacking(kept_back, known))
        at = (rows["unit"].to_numpy(), rows["month"].to_numpy() - self.structure.first.ordinal)
        own[at] = rows["delivery"].to_numpy()
        known = own != NOBODY
        return Series(
            column=_column(rows["value"], at, known, shape[0]),
            missing=(~known).astype(np.int64),
            used=known,
            own=own,
            status=_statuses(rows["status"], at, shape),
            withheld=_lacking(kept_back, known),
        )


def _lacking(kept_back: Bools | None, known: Bools) -> Integers | None:
    """Count what is kept back and not there."""
    return None if kept_back is None else (kept_back & ~known).astype(np.int64)


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

"""
Each person's months, side by side: what happened is then told by walking from one month to the next.

The first month is the one before the first record and the last that after the last: nobody has a record in them.
Nought says: no record, no place, no group.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from indicators.records.arrays import Codes, Numbers
from indicators.records.compiling import compiled
from indicators.records.narrowing import BITS, LASTED
from indicators.records.numbering import Rows
from indicators.records.persons import numbered
from indicators.records.places import Places
from indicators.records.slicing import side_by_side


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Histories:
    """
    Arrays with a row a person and a column a month: `flags` in `BITS`, and the numbers of `units`.

    `persons`: the numbers of the persons of `rows`, by piece.
    """

    rows: Rows
    persons: Sequence[Numbers]
    flags: Codes
    units: Codes

    def places(self, level: str) -> Codes:
        """Lay out the numbers of the places of a level."""
        return self.units if level == "unit" else self.of_mark(level)

    def of_mark(self, name: str) -> Codes:
        """Lay out a mark of the rows."""
        return self.of([piece.marks[name] for piece in self.rows.pieces])

    def of(self, column: Sequence[Codes]) -> Codes:
        """Lay out a column of the rows, which is given by piece."""
        return _laid(self.rows, self.persons, column, len(self.flags))


def laid_out(rows: Rows, follow_ups: pl.DataFrame, units: Places) -> Histories:
    """Lay out records and what is known of them later: follow-ups of a record's person, unit and month."""
    numbers, count = numbered([*(piece.persons for piece in rows.pieces), follow_ups["person"].to_numpy()])
    *persons, followed = numbers
    flags, places = _both_laid(rows, persons, count)
    lasted = follow_ups.select(pl.sum_horizontal(pl.col(name) * pl.lit(BITS[name], pl.UInt16) for name in LASTED))
    months, bits = (column.to_numpy() for column in (follow_ups["month"], lasted.to_series()))
    of_units = units.numbers(follow_ups["unit"].to_numpy())
    _follow(flags, places, followed, months, rows.first, of_units, bits)
    return Histories(rows=rows, persons=persons, flags=flags, units=places)


def _both_laid(rows: Rows, persons: Sequence[Numbers], count: int) -> tuple[Codes, Codes]:
    """Lay out flags and units, which are always needed, in one pass."""
    of_units = [piece.marks["unit"] for piece in rows.pieces]
    flags = np.zeros((count, len(rows.there)), np.uint16)
    places = np.zeros((count, len(rows.there)), of_units[0].dtype)

    def lay(number: int) -> None:
        piece = rows.pieces[number]
        _lay_both(flags, places, persons[number], piece.months, rows.first, piece.flags, of_units[number])

    side_by_side(lay, range(len(of_units)))
    return flags, places


def _laid(rows: Rows, persons: Sequence[Numbers], column: Sequence[Codes], count: int) -> Codes:
    cells = np.zeros((count, len(rows.there)), column[0].dtype)

    def lay(number: int) -> None:
        _lay(cells, persons[number], rows.pieces[number].months, rows.first, column[number])

    side_by_side(lay, range(len(column)))
    return cells


@compiled
def _lay(cells: Codes, persons: Numbers, months: Codes, first: int, column: Codes) -> None:
    for row in range(len(column)):
        cells[persons[row], months[row] - first] = column[row]


@compiled
def _lay_both(
    flags: Codes, places: Codes, persons: Numbers, months: Codes, first: int, of_flags: Codes, of_units: Codes
) -> None:
    for row in range(len(of_flags)):
        person, month = persons[row], months[row] - first
        flags[person, month] = of_flags[row]
        places[person, month] = of_units[row]


@compiled
def _follow(
    flags: Codes, places: Codes, persons: Numbers, months: Codes, first: int, units: Codes, bits: Codes
) -> None:
    """Add what is known of an integration where its record is."""
    for row in range(len(bits)):
        person, at = persons[row], months[row] - first
        if 0 <= at < flags.shape[1] and places[person, at] == units[row]:
            flags[person, at] |= bits[row]

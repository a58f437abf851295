"""
Each person's months, side by side: what happened is then told by walking from one month to the next.

The first month is the one before the first record and the last that after the last: nobody has a record in them.
Nought in a cell says: no record, no place.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
from domain.case_record import LtrRule

from indicators.records.arrays import Codes, Numbers
from indicators.records.compiling import compiled
from indicators.records.narrowing import BITS, LASTED
from indicators.records.numbering import Rows
from indicators.records.persons import numbered
from indicators.records.places import Places
from indicators.records.slicing import cut, side_by_side


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Histories:
    """`rows` and the number of the person of each; `flags`: a row a person, a column a month, the bits of `BITS`."""

    rows: Rows
    persons: Numbers
    flags: Codes

    def counting(self, rule: LtrRule) -> Codes:
        """Give what each month adds to those that make a long-term recipient."""
        if rule.in_days:
            return self.of(self.rows.marks["days"])
        months: Codes = (self.flags & BITS["elb" if rule.as_elb else "need"] != 0).view(np.uint8)
        return months

    def of(self, column: Codes) -> Codes:
        """Lay out a column of the rows."""
        return _laid(self.rows, self.persons, column, len(self.flags))


def laid_out(rows: Rows, follow_ups: pl.DataFrame, units: Places) -> Histories:
    """Lay out records and what is known of them later: follow-ups of a record's person, unit and month."""
    months = rows.there
    known = follow_ups.filter(pl.col("month").is_between(months.start, months.stop - 1))
    persons, followed, count = numbered(rows.persons, known["person"].to_numpy())
    flags = _laid(rows, persons, rows.flags, count)
    lasted = known.select(pl.sum_horizontal(pl.col(name) * pl.lit(BITS[name], pl.UInt16) for name in LASTED))
    there = followed, (known["month"] - months.start).to_numpy()
    here = _laid(rows, persons, rows.marks["unit"], count)[there] == units.numbers(known["unit"])
    flags[there] |= lasted.to_series().to_numpy() * here
    return Histories(rows=rows, persons=persons, flags=flags)


def _laid(rows: Rows, persons: Numbers, column: Codes, count: int) -> Codes:
    cells, first = np.zeros((count, len(rows.there)), column.dtype), rows.there.start
    side_by_side(lambda part: _lay(cells, persons[part], rows.months[part], first, column[part]), cut(len(column)))
    return cells


@compiled
def _lay(cells: Codes, persons: Numbers, months: Numbers, first: int, column: Codes) -> None:
    for row in range(len(column)):
        cells[persons[row], months[row] - first] = column[row]

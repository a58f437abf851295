"""Summing claims by month, place and group, in cents."""

import numpy as np

from indicators.records.arrays import Codes, Integers, Numbers
from indicators.records.compiling import compiled
from indicators.records.numbering import Rows
from indicators.records.slicing import added, shares, side_by_side


def paid(rows: Rows, variable: str, cells: Codes, size: int) -> Integers:
    """Sum the claims of all months by month and cell."""
    cents, first = rows.cents[variable], rows.there.start

    def pay(part: slice) -> Integers:
        sums = np.zeros((len(rows.there), size), np.int64)
        _pay(sums, rows.months[part], first, cells[part], cents[part])
        return sums

    return added(side_by_side(pay, shares(len(cents))))


@compiled
def _pay(sums: Integers, months: Numbers, first: int, cells: Codes, cents: Integers) -> None:
    for row in range(len(cents)):
        sums[months[row] - first, cells[row]] += cents[row]

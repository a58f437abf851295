"""Summing claims by month, place and group, in cents."""

from collections.abc import Sequence

import numpy as np

from indicators.records.arrays import Codes, Integers
from indicators.records.compiling import compiled
from indicators.records.numbering import Rows
from indicators.records.slicing import added, shares, side_by_side


def paid(rows: Rows, variable: str, level: str, groups: Sequence[Codes], shape: tuple[int, int]) -> Integers:
    """Sum the claims by month, group and place; `groups` by piece, `shape`: how many groups and places."""

    def pay(some: slice) -> Integers:
        sums = np.zeros((len(rows.there), *shape), np.int64)
        for piece, of_piece in zip(rows.pieces[some], groups[some], strict=True):
            _pay(sums, piece.months, rows.first, of_piece, piece.marks[level], piece.cents[variable])
        return sums

    return added(side_by_side(pay, shares(len(rows.pieces))))


@compiled
def _pay(sums: Integers, months: Codes, first: int, groups: Codes, places: Codes, cents: Integers) -> None:
    for row in range(len(cents)):
        sums[months[row] - first, groups[row], places[row]] += cents[row]

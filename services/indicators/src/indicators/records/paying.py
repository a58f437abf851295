"""Summing claims by month, group and place, in cents."""

from collections.abc import Sequence

import numpy as np

from indicators.records.arrays import Codes, Integers
from indicators.records.compiling import compiled
from indicators.records.numbering import Rows
from indicators.records.question import MONEY
from indicators.records.slicing import added, shares, side_by_side


def paid(rows: Rows, level: str, groups: Sequence[Codes], shape: tuple[int, int]) -> Integers:
    """Sum the claims by variable of `MONEY`, month, group and place; `groups` by piece, `shape`: groups and places."""

    def pay(some: slice) -> Integers:
        sums = np.zeros((len(MONEY), len(rows.there), *shape), np.int64)
        for piece, of_piece in zip(rows.pieces[some], groups[some], strict=True):
            cents = tuple(piece.cents[variable] for variable in MONEY)
            _pay(sums, piece.months, rows.first, of_piece, piece.marks[level], cents)
        return sums

    return added(side_by_side(pay, shares(len(rows.pieces))))


@compiled
def _pay(sums: Integers, months: Codes, first: int, groups: Codes, places: Codes, cents: tuple[Integers, ...]) -> None:
    for row in range(len(months)):
        month, group, place = months[row] - first, groups[row], places[row]
        for variable in range(len(cents)):
            sums[variable, month, group, place] += cents[variable][row]

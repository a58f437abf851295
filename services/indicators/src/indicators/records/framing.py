"""Numbers of places, months and groups get their names back."""

from collections.abc import Mapping

import numpy as np
import polars as pl
from domain.variable import DIMENSIONS

from indicators.records.arrays import Bools, Codes, Integers
from indicators.records.compiling import compiled
from indicators.records.numbering import Piece, Rows
from indicators.records.places import Places
from indicators.records.question import LEVELS, Split
from indicators.records.slicing import side_by_side


def named(counts: Mapping[str, Integers], places: Places, split: Split, months: range) -> pl.DataFrame:
    """Give the counts of variables a row a month, group and place; none and nowhere are left out."""
    inner = (slice(None), *(slice(1, None) for _ in (*split, "place")))
    shape = (len(months), *(len(DIMENSIONS[name]) for name in split), len(places) - 1)
    month, *groups, place = np.indices(shape, np.int32).reshape(len(shape), -1)
    groups_of = {name: pl.Series(DIMENSIONS[name], dtype=pl.Enum(DIMENSIONS[name])) for name in split}
    return pl.DataFrame(
        {
            "month": month + months.start,
            "place": places.names[1:].gather(place),
            **{name: groups_of[name].gather(group) for name, group in zip(split, groups, strict=True)},
            **{name: values[inner].ravel() for name, values in counts.items()},
        }
    )


def delivered(rows: Rows, places: Mapping[str, Places]) -> pl.DataFrame:
    """Name the months, units and, if they are told, towns that there are records of."""
    widths = [len(places[level]) if level in places else 1 for level in LEVELS]
    there = np.zeros((len(rows.there), *widths), np.bool_)

    def mark(piece: Piece) -> None:
        nowhere = np.zeros(len(piece.months), np.uint8)
        units, towns = (piece.marks.get(level, nowhere) for level in LEVELS)
        _mark(there, piece.months, rows.first, units, towns)

    side_by_side(mark, rows.pieces)
    month, *found = np.nonzero(there)
    names = {
        level: places[level].names.gather(number)
        for level, number in zip(LEVELS, found, strict=True)
        if level in places
    }
    return pl.DataFrame({"month": pl.Series(month + rows.there.start, dtype=pl.Int32), **names})


@compiled
def _mark(there: Bools, months: Codes, first: int, units: Codes, towns: Codes) -> None:
    for row in range(len(months)):
        there[months[row] - first, units[row], towns[row]] = True

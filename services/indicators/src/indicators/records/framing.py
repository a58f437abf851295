"""Numbers of places, months and groups get their names back."""

from collections.abc import Mapping
from math import prod

import numpy as np
import polars as pl
from domain.variable import DIMENSIONS

from indicators.records.arrays import Bools, Codes, Integers
from indicators.records.compiling import compiled
from indicators.records.numbering import Piece, Rows
from indicators.records.places import Places
from indicators.records.question import Split
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
    shape = (len(rows.there), *map(len, places.values()))
    there = np.zeros(prod(shape), np.bool_)

    def mark(piece: Piece) -> None:
        cells = piece.months.astype(np.intp) - rows.first
        for level, one in places.items():
            cells *= len(one)
            cells += piece.marks[level]
        _mark(there, cells)

    side_by_side(mark, rows.pieces)
    month, *found = np.unravel_index(np.flatnonzero(there), shape)
    names = {level: one.names.gather(number) for (level, one), number in zip(places.items(), found, strict=True)}
    return pl.DataFrame({"month": pl.Series(month + rows.there.start, dtype=pl.Int32), **names})


@compiled
def _mark(there: Bools, cells: Codes) -> None:
    for cell in cells:
        there[cell] = True

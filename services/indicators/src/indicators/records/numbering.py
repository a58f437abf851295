"""Columns of narrowed records as arrays of small numbers: months from nought on, places from one on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from domain.variable import DIMENSIONS

from indicators.records.arrays import Codes, Integers, Numbers, Words
from indicators.records.narrowing import MONTH
from indicators.records.places import Places
from indicators.records.question import MONEY, Split


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Rows:
    """
    Records by column, one value a row.

    `there`: the months from the one before the first record to the one after the last; `months`: their ordinals;
    `marks`: numbers of places and groups, nought for none; `cents`: the claims of each variable of `MONEY`.
    """

    there: range
    persons: Words
    months: Numbers
    flags: Codes
    marks: Mapping[str, Codes]
    cents: Mapping[str, Integers]


def numbered_rows(rows: pl.DataFrame, marks: Sequence[str], places: Mapping[str, Places]) -> Rows:
    """Give the columns as numbers."""
    before, after = rows.select(before=MONTH.min() - 1, after=MONTH.max() + 1).fill_null(0).row(0)
    return Rows(
        there=range(before, after + 1),
        persons=rows["person"].to_numpy(),
        months=rows["month"].to_numpy(),
        flags=rows["flags"].to_numpy(),
        marks={name: places[name].numbers(rows[name]) if name in places else rows[name].to_numpy() for name in marks},
        cents={name: rows[name].to_numpy() for name in MONEY},
    )


def shape_of(places: Places, split: Split) -> tuple[int, ...]:
    """Say how many numbers places and groups have, nought included."""
    return (len(places), *(len(DIMENSIONS[name]) + 1 for name in split))


def cells_of(rows: Rows, level: str, split: Split, size: int) -> Codes:
    """Give for each row the number of its place and groups in one."""
    if not split:
        return rows.marks[level]
    cells = rows.marks[level].astype(np.min_scalar_type(size))
    for name in split:
        cells *= len(DIMENSIONS[name]) + 1
        cells += rows.marks[name]
    return cells

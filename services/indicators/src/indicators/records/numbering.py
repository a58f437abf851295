"""Columns of narrowed records as arrays of small numbers: months from nought on, places from one on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from domain.variable import DIMENSIONS

from indicators.records.arrays import Codes, Integers, Words
from indicators.records.narrowing import Narrowed
from indicators.records.places import Places
from indicators.records.question import MONEY, Split
from indicators.records.slicing import side_by_side


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Piece:
    """
    Some of the records by column, one value a row: few enough to stay in the processor's cache.

    `months`: their numbers, see `Rows`; `marks`: numbers of places and groups, nought for none; `cents`: the claims of
    each variable of `MONEY`.
    """

    persons: Words
    months: Codes
    flags: Codes
    marks: Mapping[str, Codes]
    cents: Mapping[str, Integers]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """
    All records.

    `there`: the ordinals of the months from the one before the first to the one after the last; `first`: the number
    that the first of them has in the pieces.
    """

    there: range
    first: int
    pieces: Sequence[Piece]


def numbered_rows(read: Narrowed, marks: Sequence[str], places: Mapping[str, Places]) -> Rows:
    """Give the columns as numbers."""
    month = pl.col("month")
    before, after = read.rows.select(before=month.min() - 1, after=month.max() + 1).fill_null(0).row(0)

    def piece(some: pl.DataFrame) -> Piece:
        return Piece(
            persons=some["person"].to_numpy(),
            months=some["month"].to_numpy(),
            flags=some["flags"].to_numpy(),
            marks={
                name: places[name].numbers(some[name]) if name in places else some[name].to_numpy() for name in marks
            },
            cents={name: some[name].to_numpy() for name in MONEY},
        )

    there = range(read.since + before, read.since + after + 1)
    return Rows(there=there, first=before, pieces=side_by_side(piece, _as_read(read.rows)))


def _as_read(rows: pl.DataFrame) -> list[pl.DataFrame]:
    """Take the rows apart as they were read, so that nothing is copied."""
    lengths = [len(read) for read in rows["person"].get_chunks()]
    return [rows.slice(sum(lengths[:number]), length) for number, length in enumerate(lengths)]


def groups_of(piece: Piece, split: Split) -> Codes:
    """Give for each row the number of its groups in one."""
    if not split:
        return np.zeros(len(piece.months), np.uint8)
    groups = piece.marks[split[0]]
    for name in split[1:]:
        groups = groups * np.uint8(len(DIMENSIONS[name]) + 1) + piece.marks[name]
    return groups

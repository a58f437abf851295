"""Columns of narrowed records as arrays of small numbers: months from nought on, places from one on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import polars as pl
from domain.variable import DIMENSIONS

from indicators.records.arrays import Codes, Integers, Words
from indicators.records.places import Places
from indicators.records.question import MONEY, Split
from indicators.records.slicing import side_by_side

Columns: TypeAlias = Mapping[str, Sequence[npt.NDArray[Any]]]
"""Arrays of the pieces of columns, by name."""


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


def as_read(rows: pl.DataFrame) -> Columns:
    """Give columns in the pieces in which they were read, so that nothing is copied."""
    alike = len({tuple(map(len, column.get_chunks())) for column in rows}) == 1
    return {
        column.name: [piece.to_numpy() for piece in column.get_chunks()]
        for column in (rows if alike else rows.rechunk())
    }


def numbered_rows(columns: Columns, since: int, marks: Sequence[str], places: Mapping[str, Places]) -> Rows:
    """Give the columns as numbers; `since`: the ordinal of the month nought."""
    months = [piece for piece in columns["month"] if len(piece)]
    before = min((int(piece.min()) for piece in months), default=0) - 1
    after = max((int(piece.max()) for piece in months), default=0) + 1

    def piece(number: int) -> Piece:
        here = {name: pieces[number] for name, pieces in columns.items()}
        return Piece(
            persons=here["person"],
            months=here["month"],
            flags=here["flags"],
            marks={name: places[name].numbers(here[name]) if name in places else here[name] for name in marks},
            cents={name: here[name] for name in MONEY},
        )

    there = range(since + before, since + after + 1)
    return Rows(there=there, first=before, pieces=side_by_side(piece, range(len(columns["person"]))))


def groups_of(piece: Piece, split: Split) -> Codes:
    """Give for each row the number of its groups in one."""
    if not split:
        return np.zeros(len(piece.months), np.uint8)
    groups = piece.marks[split[0]]
    for name in split[1:]:
        groups = groups * np.uint8(len(DIMENSIONS[name]) + 1) + piece.marks[name]
    return groups

"""Counting what happened, and summing claims, by month, place and group: arrays in which nought is nowhere and none."""

from collections.abc import Mapping, Sequence
from functools import partial
from math import prod

import numpy as np
import numpy.typing as npt
import polars as pl
from domain.case_record import AGE_GROUPS
from domain.period import YEAR_LENGTH
from domain.variable import DIMENSIONS

from indicators.records.arrays import Codes, Integers
from indicators.records.happening import LEAVING, happened
from indicators.records.histories import Histories
from indicators.records.places import Places
from indicators.records.question import MONEY, Split
from indicators.records.slicing import side_by_side

Counted = npt.NDArray[np.int64]
"""Variables, months, places, and the groups of each dimension."""
Wanted = Mapping[Split, Sequence[str]]


def counted(known: Histories, level: str, places: Places, wanted: Wanted, months: range) -> Mapping[Split, Counted]:
    """Count the variables of each split; those of claims stay nought."""
    counts = {
        split: np.zeros((len(variables), len(months), *sizes(places, split)), np.int64)
        for split, variables in wanted.items()
    }
    side_by_side(partial(_count, known, level, wanted, counts, months), months)
    return counts


def paid(claims: pl.DataFrame, level: str, places: Places, split: Split, months: range) -> Mapping[str, Counted]:
    """Sum claims in cents; exact as long as a sum is below 90,000 billion euros."""
    rows = claims.filter(pl.col("month") >= months.start)
    month, shape = rows["month"].to_numpy().astype(np.intp), (len(months), *sizes(places, split))
    cells = _cells(places.numbers(rows[level]), {name: rows[name].to_numpy() for name in split}, month)
    cells += (month - months.start) * prod(shape[1:])
    sums = {name: np.bincount(cells, rows[name].to_numpy(), prod(shape)) for name in MONEY}
    return {name: found.astype(np.int64).reshape(shape) for name, found in sums.items()}


def sizes(places: Places, split: Split) -> tuple[int, ...]:
    """Say how many numbers places and groups have, nought included."""
    return (len(places), *(len(DIMENSIONS[name]) + 1 for name in split))


def _count(
    known: Histories, level: str, wanted: Wanted, counts: Mapping[Split, Counted], months: range, month: int
) -> None:
    """Count one month into its place in the arrays."""
    at = month - known.base
    for_whom = happened(known, at, level)
    for split, variables in wanted.items():
        cells = [_cells_at(known, level, split, one) for one in (at, at - 1)]
        for number, variable in enumerate(variables):
            if variable in for_whom:
                found = counts[split][number, month - months.start]
                there = cells[variable in LEAVING][for_whom[variable]]
                found[...] = np.bincount(there, minlength=found.size).reshape(found.shape)


def _cells_at(known: Histories, level: str, split: Split, at: int) -> Integers:
    return _cells(known.marks[level][at], {name: known.marks[name][at] for name in split}, known.base + at)


def _cells(places: Codes, groups: Mapping[str, Codes], month: int | Integers) -> Integers:
    """Give the number of the cell of each place and the groups."""
    cells = places.astype(np.intp)
    for name, marks in groups.items():
        cells *= len(DIMENSIONS[name]) + 1
        cells += _ages(marks, month // YEAR_LENGTH) if name == "age_group" else marks
    return cells


def _ages(births: Codes, year: int | Integers) -> Codes:
    """Give the number of the age group in a year; nought where the year of birth is not known."""
    older = sum((year - births >= below for _, below in AGE_GROUPS), start=np.uint8(1))
    return np.where(births > 0, older, 0)

"""Laying records out by month and person: each row's values go to one cell."""

from collections.abc import Mapping

import numpy as np
import polars as pl
from domain.case_record import LtrRule

from indicators.records.arrays import Bools, Integers, Numbers
from indicators.records.histories import Histories
from indicators.records.narrowing import LASTED, Narrowed
from indicators.records.persons import numbered
from indicators.records.places import Places
from indicators.records.slicing import cut, side_by_side


def laid_out(read: Narrowed, places: Mapping[str, Places], rule: LtrRule) -> Histories:
    """Lay out records and follow-ups; of follow-ups those of a record's person, unit and month count."""
    rows, months = read.rows, pl.col("month")
    base, after = rows.select(base=months.min() - 1, after=months.max() + 1).fill_null(0).row(0)
    known = read.follow_ups.filter(months.is_between(base, after))
    persons, count = numbered(pl.concat([rows["person"], known["person"]]).to_numpy())
    shape = after - base + 1, count
    numbers = {name: places[name].numbers if name in places else pl.Series.to_numpy for name in rows.columns[2:]}
    laid = {name: np.zeros(shape, number(rows[name][:0]).dtype) for name, number in numbers.items()}

    def lay(part: slice) -> None:
        some = rows[part]
        cells = _cells(some["month"], base, persons[part], count)
        for name, array in laid.items():
            array.ravel()[cells] = numbers[name](some[name])

    side_by_side(lay, cut(rows.height))
    cells = _cells(known["month"], base, persons[rows.height :], count)
    here = laid["unit"].ravel()[cells] == places["unit"].numbers(known["unit"])
    lasted = {name: _set(shape, cells[here & known[name].to_numpy()]) for name in LASTED}
    return Histories(base=base, rule=rule, flags=laid.pop("flags"), lasted=lasted, marks=laid)


def _cells(months: pl.Series, base: int, persons: Numbers, count: int) -> Integers:
    at = months.to_numpy().astype(np.intp)
    at -= base
    at *= count
    at += persons
    return at


def _set(shape: tuple[int, int], cells: Integers) -> Bools:
    found = np.zeros(shape, np.bool_)
    found.ravel()[cells] = True
    return found

"""Places as small numbers, and back."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from indicators.records.arrays import Bools, Codes
from indicators.records.compiling import compiled
from indicators.records.slicing import side_by_side


@dataclass(frozen=True, eq=False)
class Places:
    """The places that a column of records names, numbered from 1 on; 0 is nowhere."""

    names: pl.Series
    number: Codes

    @classmethod
    def of(cls, column: Sequence[Codes]) -> "Places":
        """Give numbers to the places of a column of their codes, which is given in pieces."""
        there = np.zeros(max(int(codes.max(initial=0)) for codes in column) + 1, np.bool_)
        side_by_side(lambda codes: _mark(there, codes), column)
        seen = np.flatnonzero(there[1:]) + 1
        number = np.zeros(int(seen.max(initial=0)) + 1, np.min_scalar_type(len(seen)))
        number[seen] = np.arange(1, len(seen) + 1)
        return cls(pl.concat([pl.Series([None], dtype=pl.Categorical()), cls.named(seen)]), number)

    @staticmethod
    def code(column: pl.Expr) -> pl.Expr:
        """Give the code of a place, the same in all frames; 0 for none."""
        return (column.to_physical() + 1).fill_null(0)

    @staticmethod
    def named(codes: Codes) -> pl.Series:
        """Give the names behind codes."""
        return pl.Series((codes - 1).astype(np.uint32)).cat.to(pl.Categorical())

    def __len__(self) -> int:
        """Count the places, nowhere included."""
        return len(self.names)

    def numbers(self, codes: Codes) -> Codes:
        """Give the number of each place by its code; nowhere for one that was not seen."""
        numbers = np.zeros(len(codes), self.number.dtype)
        _number(numbers, self.number, codes)
        return numbers


@compiled
def _mark(there: Bools, codes: Codes) -> None:
    for code in codes:
        there[code] = True


@compiled
def _number(numbers: Codes, number: Codes, codes: Codes) -> None:
    for row, code in enumerate(codes):
        if code < len(number):
            numbers[row] = number[code]

"""Evaluating a formula over units and months at once, with the outcomes of `domain.formula.evaluation`."""

from dataclasses import dataclass, field
from typing import assert_never

import numpy as np
from domain.formula.tree import Formula, Leaf, Number, Operation, Shifted, Window, Windowed
from domain.period import YEAR_LENGTH

from indicators.usecases.columns.column import Column, Integers, constant, joined, over_months
from indicators.usecases.columns.figures import ColumnFigures

Task = tuple[Formula, int, int]


@dataclass(eq=False)
class Evaluator:
    """Evaluates formulas for some units of the figures; what stands in several formulas is evaluated once."""

    figures: ColumnFigures
    rows: Integers
    _known: dict[Task, Column] = field(default_factory=dict)

    def evaluate(self, formula: Formula, start: int, length: int) -> Column:
        """Evaluate for so many months from a position; nothing is known where an input is missing."""
        task = (formula, start, length)
        if task not in self._known:
            self._known[task] = self._evaluated(formula, start, length)
        return self._known[task]

    def _evaluated(self, formula: Formula, start: int, length: int) -> Column:
        match formula:
            case Number(value):
                return constant(value, len(self.rows), length)
            case Leaf(cell):
                return self.figures.series(cell).column.months(start, start + length).rows(self.rows)
            case Shifted(shift, inner):
                return self.evaluate(inner, start - shift, length)
            case Windowed(window, inner):
                return self._windowed(window, inner, start, length)
            case Operation(sign, left, right):
                return joined(sign, self.evaluate(left, start, length), self.evaluate(right, start, length))
            case _:
                assert_never(formula)

    def _windowed(self, window: Window, inner: Formula, start: int, length: int) -> Column:
        ordinal = self.figures.structure.first.ordinal + start
        january = ordinal % YEAR_LENGTH
        back = YEAR_LENGTH - 1 if window.sliding else january
        months = np.arange(length)
        begins = months if window.sliding else back + months - (ordinal + months) % YEAR_LENGTH
        return over_months(self.evaluate(inner, start - back, length + back), begins, averaged=not window.sums)

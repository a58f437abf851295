"""Readings of one indicator for many units and months: the same as `domain.reading.read`, figure by figure."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
from domain.figures import MissingInput
from domain.formula.evaluation import inputs
from domain.formula.tree import Formula, Operation, Sign
from domain.formula.typing import Variables
from domain.formula.views import in_view
from domain.identity import UnitCode
from domain.indicator import Definition
from domain.period import Month, View
from domain.reading import SOFT, DataState, NoValue, Reading, state_of
from domain.value_status import ValueStatus
from domain.variable import Cell

from indicators.usecases.columns.column import Bools, Column, Integers, Objects, calculated
from indicators.usecases.columns.evaluating import Evaluator
from indicators.usecases.columns.figures import ColumnFigures

Looked = dict[Cell, list[int]]


@dataclass(frozen=True, eq=False)
class Sheet:
    """
    An indicator in a view, for units (rows) and months (columns); None stands where there is no figure.

    `defined` says in which months the definition has not ended, `there` where a value is; `missing` counts the inputs
    that lack, `withheld` those of them that their source keeps back, `used` says whether any input is there,
    `softness` how the least firm of them came to be.
    """

    definition: Definition
    view: View
    units: Sequence[UnitCode]
    months: Sequence[Month]
    defined: Bools
    there: Bools
    value: Objects
    numerator: Objects
    denominator: Objects
    missing: Integers
    withheld: Integers
    used: Bools
    softness: Integers
    on: date
    figures: ColumnFigures
    rows: Integers
    looked_at: Sequence[Looked]

    @cached_property
    def states(self) -> Objects:
        """Say how firm each figure is."""
        found = np.full(self.missing.shape, None, dtype=np.object_)
        found[:] = [state_of(month, self.on) for month in self.months]
        for softness, status in enumerate(ValueStatus):
            if status in SOFT:
                found[self.softness == softness] = SOFT[status]
        found[self.missing > 0] = DataState.INCOMPLETE
        return found

    @cached_property
    def reasons(self) -> Objects:
        """Say why there is no value, where there is none."""
        found = np.full(self.missing.shape, NoValue.DIVISION_BY_ZERO, dtype=np.object_)
        found[(self.missing > 0) & self.used] = NoValue.MISSING_INPUT
        found[(self.missing > 0) & ~self.used] = NoValue.NO_DATA
        found[(self.missing > 0) & (self.missing == self.withheld)] = NoValue.WITHHELD
        found[self.there] = None
        found[:, ~self.defined] = NoValue.NOT_DEFINED
        return found

    @cached_property
    def changed(self) -> Bools:
        """Say of which figures an input was recorded since the instant asked for; of all where none is."""
        found = np.full(self.missing.shape, self.figures.known.touched is None)
        for number, looked_at in enumerate(self.looked_at):
            for cell, positions in looked_at.items():
                found[:, number] |= self.figures.changes(cell)[self.rows[:, None], np.array(positions)].any(axis=1)
        return found

    def reading(self, unit: int, month: int) -> Reading:
        """Give one figure with everything it is made of."""
        deliveries, lacking = self._traced(int(self.rows[unit]), self.looked_at[month])
        return Reading(
            unit=self.units[unit],
            indicator=self.definition.indicator,
            month=self.months[month],
            view=self.view,
            value=self.value[unit, month],
            numerator=self.numerator[unit, month],
            denominator=self.denominator[unit, month],
            measure=self.definition.measure_in(self.view),
            state=self.states[unit, month],
            definition=self.definition.name,
            reason=self.reasons[unit, month],
            missing=tuple(sorted(lacking)),
            deliveries=frozenset(self.figures.known.deliveries[used] for used in deliveries),
        )

    def _traced(self, row: int, looked_at: Looked) -> tuple[set[int], list[MissingInput]]:
        used, missing = set[int](), []
        structure = self.figures.structure
        for cell, positions in looked_at.items():
            for position in positions:
                found, lacking = self.figures.trace(row, cell, position)
                used |= found
                month = structure.first.plus(position)
                missing += [MissingInput(structure.units[unit], cell, month, held) for unit, held in lacking]
        return used, missing


def sheet_of(
    definition: Definition,
    view: View,
    units: Sequence[UnitCode],
    months: Sequence[Month],
    *,
    evaluator: Evaluator,
    variables: Variables,
    on: date,
) -> Sheet:
    """Read an indicator for units and consecutive months, as it is known on a day; the units are the evaluator's."""
    figures = evaluator.figures
    formula = in_view(definition.formula, view, variables)
    first = figures.structure.first
    defined = _defined(definition, months)
    looked_at = [{} if definition.ended(month.last_day) else _looked_at(formula, month, first) for month in months]
    above, below, value, known = _outcome(evaluator, formula, months[0] - first, len(months))
    known &= defined
    looked = _inputs(figures, evaluator.rows, looked_at)
    return Sheet(
        definition=definition,
        view=view,
        units=units,
        months=months,
        defined=defined,
        there=known,
        value=_told(definition, view, value, known),
        numerator=_side(above, above.known & defined),
        denominator=_side(below, below.known & defined) if below else np.full(known.shape, None, dtype=np.object_),
        missing=looked.missing,
        withheld=looked.withheld,
        used=looked.used,
        softness=looked.softness,
        on=on,
        figures=figures,
        rows=evaluator.rows,
        looked_at=looked_at,
    )


def values_of(
    definition: Definition, view: View, months: Sequence[Month], *, evaluator: Evaluator, formula: Formula
) -> Objects:
    """Give the figures of a sheet and nothing beside them; the formula is the definition's in this view."""
    start = months[0] - evaluator.figures.structure.first
    _, _, value, known = _outcome(evaluator, formula, start, len(months))
    return _told(definition, view, value, known & _defined(definition, months))


def _defined(definition: Definition, months: Sequence[Month]) -> Bools:
    return np.array([not definition.ended(month.last_day) for month in months], dtype=np.bool_)


def _outcome(
    evaluator: Evaluator, formula: Formula, start: int, length: int
) -> tuple[Column, Column | None, Objects, Bools]:
    """Evaluate both sides of a ratio as exact sums and divide last; without a ratio the value is its numerator."""
    if not (isinstance(formula, Operation) and formula.sign is Sign.DIVIDE):
        whole = evaluator.evaluate(formula, start, length)
        return whole, None, whole.decimals, whole.known
    above, below = (evaluator.evaluate(side, start, length) for side in (formula.left, formula.right))
    known: Bools = above.known & below.known & (below.values != 0)
    return above, below, calculated(Sign.DIVIDE, above.decimals, below.decimals, known), known


def _told(definition: Definition, view: View, values: Objects, known: Bools) -> Objects:
    """Turn values into the figures that are told; None stands where nothing is known."""
    told = values[known]
    for operation, number in definition.telling(view):
        step: Any = np.frompyfunc(operation, 2, 1)
        told = step(told, number)
    found = np.full(known.shape, None, dtype=np.object_)
    found[known] = told
    return found


def _side(column: Column, known: Bools) -> Objects:
    found = np.full(known.shape, None, dtype=np.object_)
    found[known] = column.decimals[known]
    return found


def _looked_at(formula: Formula, month: Month, first: Month) -> Looked:
    """List what a formula looks at in a month: each cell's months as positions, once each."""
    found: dict[Cell, set[int]] = defaultdict(set)
    for cell, at in inputs(formula, month):
        found[cell].add(at - first)
    return {cell: sorted(found[cell]) for cell in sorted(found)}


@dataclass(frozen=True, eq=False)
class _Inputs:
    """What is said of each figure's inputs; see `Sheet`."""

    missing: Integers
    withheld: Integers
    used: Bools
    softness: Integers


def _inputs(figures: ColumnFigures, rows: Integers, looked_at: Sequence[Looked]) -> _Inputs:
    """Count what each figure lacks, and say whether it has any input at all and how the least firm came to be."""
    shape = (len(rows), len(looked_at))
    missing, withheld, softness = (np.zeros(shape, dtype=np.int64) for _ in range(3))
    used = np.zeros(shape, dtype=np.bool_)
    for number, looked in enumerate(looked_at):
        for cell, positions in looked.items():
            series, at = figures.series(cell), (rows[:, None], np.array(positions))
            missing[:, number] += series.missing[at].sum(axis=1)
            used[:, number] |= series.used[at].any(axis=1)
            if series.withheld is not None:
                withheld[:, number] += series.withheld[at].sum(axis=1)
            if series.status is not None:
                softness[:, number] = np.maximum(softness[:, number], series.status[at].max(axis=1))
    return _Inputs(missing, withheld, used, softness)

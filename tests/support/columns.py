"""Observations put in columns, as the history gives them, and a sheet read from them."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, datetime

import numpy as np
import polars as pl
from domain.formula.evaluation import inputs
from domain.formula.typing import Variables
from domain.formula.views import in_view
from domain.identity import UnitCode
from domain.indicator import Definition
from domain.observation import Key, Observation, as_known
from domain.period import Month, View
from domain.unit import Units
from domain.variable import Cell
from indicators.ports import Known, Revisions, Span
from indicators.ports.statuses import STATUS
from indicators.usecases.columns.evaluating import Evaluator
from indicators.usecases.columns.figures import ColumnFigures
from indicators.usecases.columns.sheet import Sheet, sheet_of
from indicators.usecases.columns.structure import structure_of

SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    **dict.fromkeys(("unit", "cell", "month"), pl.Int64),
    "value": pl.String,
    "status": STATUS,
    "delivery": pl.Int64,
}


def known_in(
    span: Span, observations: Sequence[Observation], at: datetime | None = None, since: datetime | None = None
) -> Known:
    """Put what is known of a span in columns; the twin of what the database gives."""
    units = {code: number for number, code in enumerate(span.units)}
    cells = {cell: number for number, cell in enumerate(span.cells)}
    newest: Mapping[Key, Observation] = as_known(observations, at)
    told = [
        one
        for one in newest.values()
        if one.value is not None and one.unit in units and one.cell in cells and span.first <= one.month <= span.last
    ]
    deliveries = sorted({one.delivery for one in told})
    rows = [
        (
            units[one.unit],
            cells[one.cell],
            one.month.ordinal,
            f"{one.value:f}",
            one.status.value,
            deliveries.index(one.delivery),
        )
        for one in told
    ]
    known = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    anew = {
        (units[one.unit], cells[one.cell], one.month.ordinal)
        for one in observations
        if since is not None and one.recorded_at > since and (at is None or one.recorded_at <= at)
        if one.unit in units and one.cell in cells and span.first <= one.month <= span.last
    }
    touched = pl.DataFrame(sorted(anew), schema=dict.fromkeys(("unit", "cell", "month"), pl.Int64), orient="row")
    return Known(rows=known, deliveries=deliveries, touched=None if since is None else touched)


def revisions_in(span: Span, observations: Sequence[Observation]) -> Revisions:
    """Put everything ever told of a span in columns, in the order it was told in."""
    units = {code: number for number, code in enumerate(span.units)}
    cells = {cell: number for number, cell in enumerate(span.cells)}
    told = [one for one in observations if one.unit in units and one.cell in cells]
    told = [one for one in told if span.first <= one.month <= span.last]
    deliveries = list({(one.delivery, one.recorded_at): None for one in told})
    rows = [
        (
            units[one.unit],
            cells[one.cell],
            one.month.ordinal,
            None if one.value is None else f"{one.value:f}",
            None if one.value is None else one.status.value,
            deliveries.index((one.delivery, one.recorded_at)),
        )
        for one in told
    ]
    return Revisions(rows=pl.DataFrame(rows, schema=SCHEMA, orient="row"), deliveries=deliveries)


def sheet_over(
    definition: Definition,
    units: Units,
    wanted: Sequence[UnitCode],
    months: Sequence[Month],
    observations: Sequence[Observation],
    *,
    variables: Variables,
    view: View = View.MONTH,
    at: datetime | None = None,
    since: datetime | None = None,
    withheld: AbstractSet[Key] = frozenset(),
    on: date,
) -> Sheet:
    """Read an indicator in columns."""
    formula = in_view(definition.formula, view, variables)
    looked_at: set[tuple[Cell, Month]] = {pair for month in months for pair in inputs(formula, month)}
    seen = [*(month for _, month in looked_at), *months]
    structure = structure_of(units, wanted, min(seen), max(seen))
    span = Span(units=structure.units, cells=sorted({cell for cell, _ in looked_at}), first=min(seen), last=max(seen))
    cells = {cell: number for number, cell in enumerate(span.cells)}
    seen_back = {(unit, cell, month) for unit, cell, month in withheld if cell in cells and unit in structure.units}
    seen_back = {key for key in seen_back if span.first <= key[2] <= span.last}
    figures = ColumnFigures(structure, cells, known_in(span, observations, at, since), seen_back)
    rows = np.array([structure.units.index(unit) for unit in wanted])
    return sheet_of(definition, view, wanted, months, evaluator=Evaluator(figures, rows), variables=variables, on=on)

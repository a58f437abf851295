"""Reconciliation once more, figure by figure and with everything at hand: slow, and easy to read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import polars as pl
from domain.boundary import boundaries, kin_of
from domain.figures import Figures
from domain.formula.evaluation import Look, evaluate, inputs
from domain.formula.views import in_view
from domain.identity import IndicatorCode
from domain.indicator import Definition, held_against
from domain.observation import Observation, as_known
from domain.period import View
from domain.reading import read
from domain.reconciliation import (
    Cause,
    Explanation,
    FigureDifference,
    OfficialFigure,
    agrees,
    differing,
    rounded_otherwise,
)
from domain.unit import Units
from domain.unit_parts import with_parts
from indicators.ports import Known, Revisions, Span

from support.columns import known_in, revisions_in
from support.measuring import CATALOGUE, LONG_AFTER

Tried = tuple[Cause, Explanation, Decimal | None]


class HistoryAtHand:
    """What a comparison asks of the history, out of what is at hand, oldest first."""

    def __init__(self, told: Sequence[Observation]) -> None:
        """Have all of this at hand."""
        self.told = told

    async def columns(self, span: Span, as_of: datetime | None) -> Known:
        """Give what is known."""
        return known_in(span, self.told, as_of)

    async def revisions(self, span: Span) -> Revisions:
        """Give everything ever told."""
        return revisions_in(span, self.told)


@dataclass(frozen=True)
class Naive:
    """Holds one figure after the other against what is at hand."""

    units: Units
    definitions: Mapping[IndicatorCode, Sequence[Definition]]
    told: Sequence[Observation]

    def ours(self, figure: OfficialFigure) -> Decimal | None:
        """Read our figure."""
        figures = Figures(self.units, as_known(self.told))
        definition, unit, month = self._definition(figure), figure.unit, figure.month
        reading = read(definition, unit, month, figure.view, figures=figures, variables=CATALOGUE, on=LONG_AFTER)
        return reading.value

    def difference(self, figure: OfficialFigure) -> FigureDifference | None:
        """Say how a figure differs and why; None where it does not."""
        ours, definition = self.ours(figure), self._definition(figure)
        if figure.value is None:
            return None if ours is None else differing(figure, ours, Cause.MISSING_THERE)
        if ours is not None and agrees(figure.value, ours):
            return None
        if definition.ended(figure.month.last_day):
            return differing(figure, ours, Cause.MISSING_HERE)
        if ours is not None and rounded_otherwise(figure.value, ours, definition.measure_in(figure.view)):
            return differing(figure, ours, Cause.ROUNDING)
        for cause, explanation, value in self.tried(figure):
            if value is not None and agrees(figure.value, value):
                return differing(figure, ours, cause, explanation)
        return differing(figure, ours, Cause.MISSING_HERE if ours is None else Cause.UNKNOWN)

    def tried(self, figure: OfficialFigure) -> Iterator[Tried]:
        """Go through everything that may have given a figure."""
        definition = self._definition(figure)
        now = Figures(self.units, as_known(self.told))
        looked = set(inputs(in_view(definition.formula, figure.view, CATALOGUE), figure.month))
        units = with_parts(self.units, [figure.unit], [month for _, month in looked])
        seen = {one.recorded_at for one in self.told if one.unit in units and (one.cell, one.month) in looked}
        for instant in sorted(seen, reverse=True):
            then = Figures(self.units, as_known(self.told, instant))
            yield Cause.EQUAL_AS_OF, Explanation(as_of=instant), _value(figure, definition, figure.view, then)
        for version in self.definitions[definition.indicator]:
            if version.name != definition.name:
                explanation = Explanation(definition=version.name, view=figure.view)
                yield Cause.VARIANT, explanation, _value(figure, version, figure.view, now)
        for view in View:
            explanation = Explanation(definition=definition.name, view=view)
            yield Cause.VARIANT, explanation, _value(figure, definition, view, now)
        for boundary in boundaries(self.units, figure.unit, figure.month.first_day, kin_of(self.units)):
            explanation = Explanation(plus=boundary.plus, minus=boundary.minus)
            look = boundary.look(now)
            yield Cause.BOUNDARY, explanation, _looked(figure, definition, figure.view, look)

    def _definition(self, figure: OfficialFigure) -> Definition:
        return held_against(self.definitions[figure.indicator], figure.month.last_day, figure.variant)


def table_of(figures: Sequence[OfficialFigure], schema: pl.Schema) -> pl.DataFrame:
    """Write figures as the rows of a table that were taken."""
    rows = [
        (
            figure.unit,
            figure.indicator,
            figure.view.value,
            figure.month.ordinal,
            dict(figure.dimensions).get("sex", ""),
            figure.variant or "",
            None if figure.value is None else f"{figure.value:f}",
            figure.row,
        )
        for figure in figures
    ]
    return pl.DataFrame(rows, schema=schema, orient="row")


def _value(figure: OfficialFigure, definition: Definition, view: View, figures: Figures) -> Decimal | None:
    return _looked(figure, definition, view, figures.look(figure.unit))


def _looked(figure: OfficialFigure, definition: Definition, view: View, look: Look) -> Decimal | None:
    value = evaluate(in_view(definition.formula, view, CATALOGUE), figure.month, look).value
    return None if value is None else definition.told(value, view)

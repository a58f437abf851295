"""What a figure looks at: the units it is made of, the cells and months of its formula."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.formula.evaluation import inputs
from domain.formula.typing import Variables
from domain.formula.views import in_view
from domain.identity import UnitCode
from domain.indicator import Definition
from domain.observation import as_known
from domain.period import Month, View
from domain.reading import Figures
from domain.unit import Units
from domain.unit_parts import with_parts
from domain.variable import Cell

from indicators.ports import Span, Work

Looked = set[tuple[Cell, Month]]


@dataclass(frozen=True, slots=True)
class Sought:
    """A figure by one definition."""

    definition: Definition
    unit: UnitCode
    view: View
    month: Month


def looked_at(sought: Sought, variables: Variables) -> Looked:
    """Give the cells and months a figure looks at."""
    return set(inputs(in_view(sought.definition.formula, sought.view, variables), sought.month))


def looked_at_by(figures: Iterable[Sought], variables: Variables) -> Looked:
    """Give what many figures look at; those of different units look at the same."""
    distinct = {(sought.definition.name, sought.view, sought.month): sought for sought in figures}
    return {place for sought in distinct.values() for place in looked_at(sought, variables)}


def span_of(units: Units, codes: Iterable[UnitCode], looked: Looked) -> Span | None:
    """Give the observations needed for figures of some units; None where their formulas look at nothing."""
    if not looked:
        return None
    months = {month for _, month in looked}
    return Span(
        units=sorted(with_parts(units, codes, months)),
        cells=sorted({cell for cell, _ in looked}),
        first=min(months),
        last=max(months),
    )


async def load_figures(work: Work, units: Units, codes: Iterable[UnitCode], looked: Looked) -> Figures:
    """Load what formulas look at for units and their parts, as it is known now, in one query."""
    span = span_of(units, codes, looked)
    return Figures(units, as_known(await work.history.newest(span, None)) if span else {})

"""What a figure looks at: the units it is made of, the cells and months of its formula."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from domain.formula.evaluation import inputs
from domain.formula.typing import Variables
from domain.formula.views import in_view
from domain.identity import DeliveryId, UnitCode
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
    """Load what formulas look at for units and their parts, and what is kept back of it, as it is known now."""
    span = span_of(units, codes, looked)
    return await figures_in(work, units, span, None) if span else Figures(units, {})


async def figures_in(
    work: Work, units: Units, span: Span, as_of: datetime | None, dry_run: DeliveryId | None = None
) -> Figures:
    """Load a span as it is known at an instant, or as if a dry run were kept, in two queries."""
    known = as_known(await work.history.newest(span, as_of, dry_run))
    return Figures(units, known, (await work.received.kept_back(span, as_of)).keys())

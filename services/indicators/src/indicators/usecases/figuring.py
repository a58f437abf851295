"""What figures look at, loaded for many at once."""

from collections.abc import Iterable
from datetime import datetime

from domain.figures import Figures
from domain.identity import DeliveryId, UnitCode
from domain.observation import as_known
from domain.period import Month
from domain.unit import Units
from domain.unit_parts import with_parts
from domain.variable import Cell

from indicators.ports import Span, Work

Looked = set[tuple[Cell, Month]]
"""The cells and months that formulas look at."""


def span_of(units: Units, codes: Iterable[UnitCode], looked: Looked) -> Span | None:
    """Give the observations that figures of some units look at; None where their formulas look at nothing."""
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
    return Figures(units, known, (await work.received.kept_back(span, as_of, dry_run)).keys())

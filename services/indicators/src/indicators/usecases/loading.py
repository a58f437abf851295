"""Loading what formulas look at, in one query."""

from collections.abc import Collection, Iterable
from datetime import date

from domain.identity import UnitCode
from domain.observation import as_known
from domain.period import Month
from domain.reading import Figures
from domain.unit import Units
from domain.variable import Cell

from indicators.ports import Span, Work


async def load_figures(
    work: Work, units: Units, codes: Iterable[UnitCode], looked_at: Collection[tuple[Cell, Month]]
) -> Figures:
    """Load cells and months of units, and of the parts their sums may need, as they are known now."""
    if not looked_at:
        return Figures(units, {})
    months = {month for _, month in looked_at}
    span = Span(
        units=sorted(_with_parts(units, codes, {month.first_day for month in months})),
        cells=sorted({cell for cell, _ in looked_at}),
        first=min(months),
        last=max(months),
    )
    return Figures(units, as_known(await work.history.newest(span, None)))


def _with_parts(units: Units, codes: Iterable[UnitCode], days: Iterable[date]) -> set[UnitCode]:
    """Find the units whose values a sum may need on any of these days."""
    found, waiting, at = set[UnitCode](), list(codes), list(days)
    while waiting:
        code = waiting.pop()
        if code not in found:
            found.add(code)
            waiting += [part for day in at for part in units.parts(code, day) if part not in found]
    return found

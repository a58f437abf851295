"""Reading a tile: everything it looks at is loaded in one query and calculated in columns."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from domain.formula.evaluation import inputs
from domain.formula.views import in_view
from domain.indicator import Definition
from domain.period import Month, View
from domain.reading import Reading
from domain.unit import Units
from domain.variable import Cell

from indicators.ports import Span, Work
from indicators.usecases.columns.evaluating import Evaluator
from indicators.usecases.columns.figures import ColumnFigures
from indicators.usecases.columns.sheet import Sheet, sheet_of
from indicators.usecases.columns.structure import structure_of
from indicators.usecases.plan import Asked, Plan, Tile


@dataclass(frozen=True, slots=True)
class Sheets:
    """A tile's figures: the sheets of each indicator and view, one for each version that holds within the months."""

    tile: Tile
    of_pairs: Sequence[Sequence[Sheet]]

    def rows(self) -> Iterator[tuple[int, Sheet]]:
        """Go through units and sheets in the order of the list; units as positions."""
        for unit in range(len(self.tile.units)):
            for sheets in self.of_pairs:
                for sheet in sheets:
                    yield unit, sheet

    def readings(self, start: int, limit: int) -> list[Reading]:
        """Give those of so many readings from a position that changed, each with everything it is made of."""
        found: list[Reading] = []
        position = 0
        for unit, sheet in self.rows():
            for month in range(len(sheet.months)):
                if start <= position < start + limit and sheet.changed[unit, month]:
                    found.append(sheet.reading(unit, month))
                position += 1
        return found


async def sheets_of(work: Work, units: Units, plan: Plan, tile: Tile, asked: Asked, on: date) -> Sheets:
    """Read a tile as it is known, or as if a dry run were kept, and see what changed since the instant asked for."""
    cells, first, last = _looked_at(plan, tile)
    wanted = {code for month in plan.months for code in plan.read_as(tile.units, month)}
    structure = structure_of(units, wanted, first, last)
    span = Span(units=structure.units, cells=cells, first=first, last=last)
    known = await work.history.columns(span, asked.as_of, asked.dry_run, asked.updated_after)
    kept_back, since = await work.received.kept_back(span, asked.as_of, asked.dry_run), asked.updated_after
    figures = ColumnFigures(
        structure=structure,
        cells={cell: number for number, cell in enumerate(cells)},
        known=known,
        withheld=kept_back.keys(),
        withheld_anew={key for key, one in kept_back.items() if since is not None and one.since > since},
    )
    return await asyncio.to_thread(calculated, plan, tile, figures, on)


def calculated(plan: Plan, tile: Tile, figures: ColumnFigures, on: date) -> Sheets:
    """Calculate a tile of what is known."""
    structure = figures.structure
    position = {code: number for number, code in enumerate(structure.units)}
    evaluators: dict[tuple[int, ...], Evaluator] = {}

    def sheet(definition: Definition, view: View, months: Sequence[Month]) -> Sheet:
        rows = tuple(position[code] for code in plan.read_as(tile.units, months[0]))
        evaluator = evaluators.setdefault(rows, Evaluator(figures, np.array(rows)))
        return sheet_of(definition, view, tile.units, months, evaluator=evaluator, variables=plan.variables, on=on)

    found = [
        [sheet(definition, view, months) for definition, months in plan.runs(indicator)]
        for indicator, view in tile.pairs
    ]
    return Sheets(tile, found)


def _looked_at(plan: Plan, tile: Tile) -> tuple[list[Cell], Month, Month]:
    """Say which cells and months the formulas of a tile look at."""
    cells, first, last = set[Cell](), plan.months[0], plan.months[-1]
    for indicator, view in tile.pairs:
        for definition, months in plan.runs(indicator):
            formula = in_view(definition.formula, view, plan.variables)
            for month in (months[0], months[-1]):
                for cell, at in inputs(formula, month):
                    cells.add(cell)
                    first, last = min(first, at), max(last, at)
    return sorted(cells), first, last

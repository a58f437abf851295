"""Readings of 400 units × 60 indicators and views × 24 months in columns, beside the exact evaluator one by one."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median
from time import perf_counter

import polars as pl
from domain.figures import Figures
from domain.identity import IndicatorCode, UnitCode
from domain.indicator import Definition
from domain.observation import Observation
from domain.period import Month, View
from domain.reading import read
from domain.unit import Unit, UnitKind, Units
from indicators.persistence.catalogue_rows import shipped
from indicators.ports import Known
from indicators.usecases.columns.figures import ColumnFigures
from indicators.usecases.columns.structure import structure_of
from indicators.usecases.plan import Asked, Plan, Tile, plan_of
from indicators.usecases.tiling import _looked_at, calculated
from support.columns import SCHEMA
from support.measuring import NOON, delivery

UNITS = [UnitCode(f"{number:05}") for number in range(400)]
SAMPLE, RUNS = 4, 3
ON = date(2016, 1, 1)


@dataclass(frozen=True)
class Read:
    """How many readings, and seconds for all of them; one by one is carried up from a sample of units."""

    readings: int
    columns: float
    one_by_one: float


def measure() -> Read:
    """Read the shipped indicators over made-up counts, both ways."""
    plan = _plan()
    tile = Tile(units=plan.units, pairs=plan.pairs)
    cells, first, last = _looked_at(plan, tile)
    tree = Units.of([Unit(code=code, name=code, kind=UnitKind.CITY) for code in UNITS], [])
    structure = structure_of(tree, UNITS, first, last)
    seed = random.Random(1)
    rows = [
        (unit, cell, month, str(seed.randint(100, 20_000)), "counted", 0)
        for unit in range(len(UNITS))
        for cell in range(len(cells))
        for month in range(first.ordinal, last.ordinal + 1)
    ]
    known = Known(rows=pl.DataFrame(rows, schema=SCHEMA, orient="row"), deliveries=[delivery(1)])
    numbers = {cell: number for number, cell in enumerate(cells)}
    runs = [_timed(lambda: calculated(plan, tile, ColumnFigures(structure, numbers, known), ON)) for _ in range(RUNS)]
    told = [
        Observation(
            unit=UNITS[unit],
            cell=cells[cell],
            month=Month.numbered(month),
            value=Decimal(value),
            recorded_at=NOON,
            delivery=delivery(1),
        )
        for unit, cell, month, value, *_ in rows
        if unit < SAMPLE
    ]
    figures = Figures(tree, {one.key: one for one in told})
    exact = _timed(lambda: _one_by_one(plan, figures))
    return Read(readings=plan.count, columns=median(runs), one_by_one=exact * len(UNITS) / SAMPLE)


def _plan() -> Plan:
    variables, definitions = shipped()
    versions: dict[IndicatorCode, list[Definition]] = {}
    for definition in definitions:
        versions.setdefault(definition.indicator, []).append(definition)
    asked = Asked(
        units=UNITS,
        indicators=sorted(versions)[:20],
        views=(View.MONTH, View.ROLLING_12, View.YEAR_TO_DATE),
        first=Month(2013, 1),
        last=Month(2014, 12),
        as_of=None,
    )
    return plan_of(asked, versions, {variable.code: variable for variable in variables})


def _one_by_one(plan: Plan, figures: Figures) -> None:
    for unit in UNITS[:SAMPLE]:
        for indicator, view in plan.pairs:
            for month in plan.months:
                definition = plan.definition(indicator, month)
                read(definition, unit, month, view, figures=figures, variables=plan.variables, on=ON)


def _timed(work: Callable[[], object]) -> float:
    begun = perf_counter()
    work()
    return perf_counter() - begun

"""Builders for quality rules and for what they are held against: they show only what matters."""

import asyncio
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import httpx
import polars as pl
from domain.identity import UnitCode, VariableCode
from domain.period import Month
from domain.plausibility import UnitFigures
from domain.quality_rule import Parameters, QualityRule
from domain.soft_finding import SoftFinding
from domain.variable import Cell
from indicators.ports.scrutiny import Known
from indicators.usecases.sieving import KEYS, Sheet

from support.measuring import JOBCENTER, NOVEMBER
from support.tokens import bearer

STOCK = Cell.of("elb_stock")
Told = Mapping[tuple[UnitCode, Cell, Month], Decimal]


def a_rule(parameters: Parameters, *variables: str, code: str = "rule", active: bool = True) -> QualityRule:
    """Build a rule whose labels do not matter."""
    named = frozenset(VariableCode(variable) for variable in variables)
    return QualityRule(
        code=code, version=1, label="Regel", label_en="rule", parameters=parameters, variables=named, active=active
    )


def months_before(values: Iterable[str | int], month: Month = NOVEMBER) -> dict[Month, dict[Cell, Decimal]]:
    """Build a series of the stock that ends in a month."""
    told = [Decimal(value) for value in values]
    return {month.plus(number - len(told) + 1): {STOCK: value} for number, value in enumerate(told)}


def figures_of(told: Told, parts: Iterable[UnitCode] = (), unit: UnitCode = JOBCENTER) -> UnitFigures:
    """Gather what is known of one unit and, in every month, of its parts."""
    months = sorted({month for _, _, month in told})

    def of(one: UnitCode, month: Month) -> dict[Cell, Decimal]:
        return {cell: value for (code, cell, at), value in told.items() if (code, at) == (one, month)}

    below = {month: [of(part, month) for part in parts] for month in months}
    return UnitFigures(unit=unit, values={month: of(unit, month) for month in months}, parts=below)


def sheet_of(told: Told, months: Iterable[Month], parts: Mapping[UnitCode, Iterable[UnitCode]]) -> Sheet:
    """Lay the same out as columns, every unit judged in some months."""
    units = sorted({unit for unit, _, _ in told} | parts.keys() | {part for found in parts.values() for part in found})
    cells = sorted({cell for _, cell, _ in told})
    ints = dict.fromkeys(KEYS, pl.Int32)
    rows = [(units.index(u), m.ordinal, cells.index(c), f"{value:f}") for (u, c, m), value in told.items()]
    asked = sorted({month.ordinal for month in months})
    below = [
        (units.index(whole), month, units.index(part))
        for whole, found in parts.items()
        for part in found
        for month in asked
    ]
    return Sheet(
        units=units,
        known=Known(
            values=pl.DataFrame(rows, schema={**ints, "value": pl.String}, orient="row"), cells=dict(enumerate(cells))
        ),
        places=pl.DataFrame(
            [(number, month) for number in range(len(units)) for month in asked],
            schema={"unit": pl.Int32, "month": pl.Int32},
            orient="row",
        ),
        parts=pl.DataFrame(below, schema={"whole": pl.Int32, "month": pl.Int32, "unit": pl.Int32}, orient="row"),
    )


def told_by(findings: Iterable[SoftFinding]) -> list[tuple[str, str, str]]:
    """Show findings shortly: month, cell, rule."""
    return [(str(finding.month), str(finding.cell), finding.rule) for finding in findings]


async def done(http: httpx.AsyncClient, location: str) -> dict[str, Any]:
    """Wait until the rules were held against a delivery; give it."""
    for _ in range(200):
        told: dict[str, Any] = (await http.get(location, headers=bearer("auditor"))).json()
        if told["scrutiny"] != "pending":
            return told
        await asyncio.sleep(0.05)
    raise AssertionError(told)

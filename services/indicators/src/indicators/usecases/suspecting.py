"""Judging exactly what the sieve holds back, one unit after the other."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import polars as pl
from domain.identity import UnitCode
from domain.period import Month
from domain.plausibility import Site, UnitFigures, doubt, split_by
from domain.quality_rule import QualityRule, RatioBounds
from domain.soft_finding import SoftFinding
from domain.variable import Cell

from indicators.usecases.sieving import KEYS, Sheet, Sieve

MOST_FOUND = 10_000
"""From how many doubts on no further unit is judged: a delivery with so many is doubtful as a whole."""
Values = dict[Month, dict[Cell, Decimal]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What is doubted, of which units; others are not judged any more where it was `cut_off`."""

    found: list[SoftFinding]
    units: list[UnitCode]
    cut_off: bool


def suspects(rules: Iterable[QualityRule], sheet: Sheet, most: int = MOST_FOUND) -> Judged:
    """Find what active rules doubt, in the order of unit, month, cell and rule."""
    active = [rule for rule in rules if rule.active]
    caught = Sieve(sheet).caught(active).partition_by("unit", as_dict=True)
    judged = Judged(found=[], units=[], cut_off=False)
    for unit in sorted(set(sheet.places["unit"]), key=lambda number: sheet.units[number]):
        if len(judged.found) >= most:
            return Judged(found=judged.found, units=judged.units, cut_off=True)
        judged.units.append(sheet.units[unit])
        rows = caught.get((unit,))
        if rows is not None:
            judged.found.extend(_doubted(active, sheet, unit, rows))
    return judged


def _doubted(rules: Sequence[QualityRule], sheet: Sheet, unit: int, rows: pl.DataFrame) -> list[SoftFinding]:
    cells = sheet.known.cells
    sites = [
        (rules[rule], Site(cells[series], Month.numbered(month), split))
        for month, series, rule, split in rows.select("month", "series", "rule", "split").rows()
    ]
    figures = _figures(sheet, unit, {cell for rule, site in sites for cell in _looked_at(rule, site)})
    found = [finding for rule, site in sites if (finding := doubt(rule, site, figures)) is not None]
    return sorted(found, key=lambda finding: finding.position)


def _figures(sheet: Sheet, unit: int, cells: set[Cell]) -> UnitFigures:
    """Give the exact figures of a unit and of its parts; other cells are left out."""
    below = sheet.parts.filter(pl.col("whole") == unit)
    series = [number for number, cell in sheet.known.cells.items() if cell in cells]
    units = [unit, *below["unit"].unique()]
    wanted = sheet.known.values.filter(pl.col("unit").is_in(units) & pl.col("series").is_in(series))
    values: dict[int, Values] = {one: {} for one in units}
    for one, month, number, value in wanted.select(*KEYS, "value").rows():
        values[one].setdefault(Month.numbered(month), {})[sheet.known.cells[number]] = Decimal(value)
    parts: dict[Month, list[dict[Cell, Decimal]]] = {}
    for ordinal, part in below.select("month", "unit").rows():
        month = Month.numbered(ordinal)
        parts.setdefault(month, []).append(values[part].get(month, {}))
    return UnitFigures(unit=sheet.units[unit], values=values[unit], parts=parts)


def _looked_at(rule: QualityRule, site: Site) -> list[Cell]:
    if isinstance(rule.parameters, RatioBounds):
        return [site.cell, Cell(rule.parameters.denominator, site.cell.dimensions)]
    return [site.cell, *(split_by(site.cell, site.dimension) if site.dimension else ())]

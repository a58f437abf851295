"""
Holding whole deliveries against quality rules, as columns.

The sieve works with floating-point numbers, a little too strictly, so that no doubtful figure passes it; what it holds
back is little, and is judged exactly by the domain's own function.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

import polars as pl
from domain.identity import UnitCode
from domain.period import Month
from domain.plausibility import SHORTEST, WINDOW, Site, UnitFigures, doubt, split_by
from domain.quality_rule import (
    Bounds,
    Jump,
    Outlier,
    PartsAtMostWhole,
    QualityRule,
    RatioBounds,
    SumOfParts,
)
from domain.soft_finding import SoftFinding
from domain.variable import DIMENSIONS, Cell

from indicators.ports.scrutiny import Known
from indicators.usecases.marking import apart, beyond, differs, splits

EXACT = pl.Decimal(38, 10)
KEYS = ["unit", "month", "series"]
NORMAL = 1.4826
Caught = Mapping[int, Iterable[Site]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What is held against the rules: units, what is known of them, the `places` judged, and the parts of units.

    `places` have `unit`, `month`; `parts` have `whole`, `month`, `unit`; units are counted as in the list.
    """

    units: Sequence[UnitCode]
    known: Known
    places: pl.DataFrame
    parts: pl.DataFrame


def suspects(rules: Iterable[QualityRule], sheet: Sheet) -> list[SoftFinding]:
    """Find everything that active rules doubt, in the order of unit, month, cell and rule."""
    found = []
    sieve = Sieve(sheet)
    for rule in rules:
        if rule.active:
            caught = sieve.caught(rule)
            figures = sieve.figures(rule, caught)
            found += [
                finding
                for unit, sites in caught.items()
                for site in sites
                if (finding := doubt(rule, site, figures(unit))) is not None
            ]
    return sorted(found, key=lambda finding: finding.position)


class Sieve:
    """Columns of one sheet, and the places in them that a rule may doubt."""

    def __init__(self, sheet: Sheet) -> None:
        """Read the values once as exact and once as floating-point numbers."""
        self._sheet, self._cells = sheet, sheet.known.cells
        self._numbers = {cell: number for number, cell in self._cells.items()}
        self._values = sheet.known.values.with_columns(
            exact=pl.col("value").cast(EXACT), number=pl.col("value").cast(pl.Float64)
        )
        self._judged = self._values.join(sheet.places.unique(), on=["unit", "month"], how="semi")

    def caught(self, rule: QualityRule) -> dict[int, list[Site]]:
        """Give the sites that a rule may doubt, by the place of their unit."""
        covered = [number for number, cell in self._cells.items() if rule.covers(cell.variable)]
        judged = self._judged.filter(pl.col("series").is_in(covered))
        found: dict[int, list[Site]] = defaultdict(list)
        for split, rows in self._sieved(rule, judged):
            for unit, month, series in rows.select(KEYS).rows():
                found[unit].append(Site(self._cells[series], Month.numbered(month), split))
        return found

    def figures(self, rule: QualityRule, caught: Caught) -> Callable[[int], UnitFigures]:
        """Give the exact figures of a unit that a rule looks at; those of other units and cells are left out."""
        cells = {cell for sites in caught.values() for site in sites for cell in _looked_at(rule, site)}
        parts = self._parts(caught) if isinstance(rule.parameters, SumOfParts) else {}
        units = {*caught, *(part for months in parts.values() for found in months.values() for part in found)}
        series = [self._numbers[cell] for cell in cells if cell in self._numbers]
        wanted = self._values.filter(pl.col("series").is_in(series) & pl.col("unit").is_in(list(units)))
        values: dict[int, dict[Month, dict[Cell, Decimal]]] = {unit: {} for unit in units}
        for unit, month, number, value in wanted.select(*KEYS, "value").rows():
            values[unit].setdefault(Month.numbered(month), {})[self._cells[number]] = Decimal(value)

        @cache
        def of(unit: int) -> UnitFigures:
            below = {
                month: [values[part].get(month, {}) for part in found] for month, found in parts.get(unit, {}).items()
            }
            return UnitFigures(unit=self._sheet.units[unit], values=values[unit], parts=below)

        return of

    def _parts(self, wholes: Iterable[int]) -> dict[int, dict[Month, list[int]]]:
        found: dict[int, dict[Month, list[int]]] = {whole: defaultdict(list) for whole in wholes}
        for whole, month, part in self._sheet.parts.select("whole", "month", "unit").rows():
            if whole in found:
                found[whole][Month.numbered(month)].append(part)
        return found

    def _sieved(self, rule: QualityRule, judged: pl.DataFrame) -> Iterator[tuple[str, pl.DataFrame]]:
        """Give rows that may be doubtful, with the dimension by which they are split."""
        match rule.parameters:
            case Bounds() as bounds:
                yield "", judged.filter(beyond(bounds, pl.lit(1.0)))
            case Jump() as jump:
                before = self._values.select("unit", "series", pl.col("month") + 1, expected="number")
                yield "", judged.join(before, on=KEYS).filter(apart(jump))
            case Outlier() as outlier:
                yield (
                    "",
                    self._history(judged).filter(apart(outlier, NORMAL * float(outlier.factor) * pl.col("spread"))),
                )
            case SumOfParts() as whole:
                yield "", self._summed(judged).filter(differs(whole))
            case PartsAtMostWhole() as split:
                for dimension in DIMENSIONS:
                    yield dimension, self._split(judged, dimension).filter(splits(split, dimension))
            case RatioBounds() as ratio:
                yield "", self._divided(judged, ratio).filter(beyond(ratio, pl.col("denominator")))

    def _history(self, judged: pl.DataFrame) -> pl.DataFrame:
        """Put the median of the earlier months beside each row, and how far they lie from it."""
        series = judged.select("series").unique()
        known = self._values.join(series, on="series", how="semi").select("unit", "series", "number", then="month")
        earlier = judged.select(KEYS).join(known, on=["unit", "series"])
        back = pl.col("month") - pl.col("then")
        medians = (
            earlier.filter(back.is_between(1, WINDOW))
            .group_by(KEYS)
            .agg(
                expected=pl.col("number").median(),
                spread=(pl.col("number") - pl.col("number").median()).abs().median(),
                months=pl.len(),
            )
            .filter(pl.col("months") >= SHORTEST)
        )
        return judged.join(medians, on=KEYS)

    def _summed(self, judged: pl.DataFrame) -> pl.DataFrame:
        """Put the exact sum of the parts beside each row of a whole all of whose parts told this cell."""
        parts = self._sheet.parts
        counts = parts.group_by(unit="whole", month="month").len("parts")
        told = parts.join(self._values, on=["unit", "month"]).group_by(unit="whole", month="month", series="series")
        sums = told.agg(expected=pl.col("exact").sum(), told=pl.len())
        whole = judged.join(counts, on=["unit", "month"]).join(sums, on=KEYS)
        return whole.filter(pl.col("told") == pl.col("parts"))

    def _split(self, judged: pl.DataFrame, dimension: str) -> pl.DataFrame:
        """Put the exact sum of what a dimension splits a row into beside it, and how many values were told."""
        pairs = [
            (whole, self._numbers[part])
            for whole, cell in self._cells.items()
            if all(name != dimension for name, _ in cell.dimensions)
            for part in split_by(cell, dimension)
            if part in self._numbers
        ]
        into = pl.DataFrame(pairs, schema={"whole": pl.Int32, "series": pl.Int32}, orient="row")
        told = self._values.join(into, on="series").group_by("unit", "month", series="whole")
        sums = told.agg(sum=pl.col("exact").sum(), told=pl.len())
        return judged.join(sums, on=KEYS).with_columns(expected="exact", exact="sum")

    def _divided(self, judged: pl.DataFrame, ratio: RatioBounds) -> pl.DataFrame:
        """Put the denominator of the same unit, month and dimensions beside each row."""
        pairs = [
            (number, self._numbers[other])
            for number, cell in self._cells.items()
            if cell.variable == ratio.numerator and (other := Cell(ratio.denominator, cell.dimensions)) in self._numbers
        ]
        over = pl.DataFrame(pairs, schema={"series": pl.Int32, "below": pl.Int32}, orient="row")
        below = self._values.select("unit", "month", below="series", denominator="number")
        divided = judged.join(over, on="series").join(below, on=["unit", "month", "below"])
        return divided.filter(pl.col("denominator") >= 0)


def _looked_at(rule: QualityRule, site: Site) -> list[Cell]:
    if isinstance(rule.parameters, RatioBounds):
        return [site.cell, Cell(rule.parameters.denominator, site.cell.dimensions)]
    return [site.cell, *(split_by(site.cell, site.dimension) if site.dimension else ())]

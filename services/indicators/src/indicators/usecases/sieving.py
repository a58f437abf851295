"""
Holding whole deliveries against quality rules, as columns.

The sieve works with floating-point numbers, a little too strictly, so that no doubtful figure passes it; what it holds
back is little, and is judged exactly by the domain's own function.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl
from domain.identity import UnitCode
from domain.plausibility import SHORTEST, WINDOW, split_by
from domain.quality_rule import (
    Bounds,
    Jump,
    Outlier,
    PartsAtMostWhole,
    QualityRule,
    RatioBounds,
    SumOfParts,
)
from domain.variable import Cell

from indicators.ports.scrutiny import Known
from indicators.usecases.marking import apart, beyond, differs, splits

EXACT = pl.Decimal(38, 10)
KEYS = ["unit", "month", "series"]
NORMAL = 1.4826
CAUGHT = {**dict.fromkeys(KEYS, pl.Int32), "rule": pl.Int32, "split": pl.String}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What is held against the rules: units, what is known of them, the `places` judged, and the parts of units.

    `places` have `unit`, `month`; `parts` have `whole`, `month`, `unit`; units are counted as in the list.
    """

    units: Sequence[UnitCode]
    known: Known
    places: pl.DataFrame
    parts: pl.DataFrame


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
        self._told = self._judged["series"].unique().to_list()

    def caught(self, rules: Sequence[QualityRule]) -> pl.DataFrame:
        """Give what rules may doubt: unit, month, series, `rule` as counted in the list, and by what it is `split`."""
        found = [pl.DataFrame(schema=CAUGHT)]
        for number, rule in enumerate(rules):
            covered = [series for series in self._told if rule.covers(self._cells[series].variable)]
            if not covered:
                continue
            judged = self._judged.filter(pl.col("series").is_in(covered))
            for split, rows in self._sieved(rule, judged):
                found.append(rows.select(*KEYS, rule=pl.lit(number, pl.Int32), split=pl.lit(split)))
        return pl.concat(found)

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
                names = {name for cell in self._cells.values() for name, _ in cell.dimensions}
                for dimension in sorted(names):
                    yield dimension, self._split(judged, dimension).filter(splits(split, dimension))
            case RatioBounds() as ratio:
                yield "", self._divided(judged, ratio).filter(beyond(ratio, pl.col("denominator")))

    def _history(self, judged: pl.DataFrame) -> pl.DataFrame:
        """Put the median of the earlier months beside each row, and how far they lie from it; a month at a time."""
        found = [self._month_with_history(rows) for rows in judged.partition_by("month")]
        return pl.concat(found) if found else self._month_with_history(judged)

    def _month_with_history(self, rows: pl.DataFrame) -> pl.DataFrame:
        number, month = pl.col("number"), pl.col("month")
        back = pl.lit(rows["month"].first(), pl.Int32) - month
        earlier = self._values.filter(back.is_between(1, WINDOW)).join(
            rows.select("unit", "series"), on=["unit", "series"], how="semi"
        )
        medians = earlier.group_by("unit", "series").agg(
            expected=number.median(), spread=(number - number.median()).abs().median(), months=pl.len()
        )
        return rows.join(medians.filter(pl.col("months") >= SHORTEST), on=["unit", "series"])

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

"""Checking the rows of a file: what is distinct is judged by plain rules, values are judged as columns."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl
from domain.identity import UnitCode, VariableCode
from domain.intake import FindingCode
from domain.period import BadMonth, Month
from domain.unit import Unit, Units
from domain.variable import DIMENSIONS, Cell, Variable, allowed_value

from indicators.ports import Intake, RowFinding

SHOWN = 10_000
LONGEST_VALUE = 80
DECIMAL = r"^-?[0-9]{1,18}(\.[0-9]{1,10})?$"
EXACT = pl.Decimal(38, 10)
PLACE_SCHEMA = {"unit": pl.String, "month": pl.String, "unit_code": pl.String, "ordinal": pl.Int32}
FAULT_SCHEMA = {"column": pl.String, "code": pl.String}
KEY = ["unit_code", "ordinal", "number"]
Fault = tuple[str, FindingCode]


@dataclass(frozen=True, slots=True, kw_only=True)
class Yardstick:
    """What rows are held against: catalogue, units, the units the sender may deliver for, and the present day."""

    variables: Mapping[VariableCode, Variable]
    units: Units
    allowed: frozenset[str] | None
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """The good rows, the findings that are shown, and how many rows and findings there were."""

    intake: Intake
    findings: Sequence[RowFinding]
    found: int
    read: int
    rejected: int


def check(rows: pl.DataFrame, yardstick: Yardstick) -> Checked:
    """Sort rows into good ones and findings; every row keeps its number."""
    dimensions = [name for name in DIMENSIONS if name in rows.columns]
    places = _places(rows, yardstick)
    cells, series = _series(rows, dimensions, yardstick.variables)
    joined = rows.join(places, on=["unit", "month"], how="left", nulls_equal=True, maintain_order="left").join(
        series, on=["variable", *dimensions], how="left", nulls_equal=True, maintain_order="left"
    )
    judged = joined.with_columns(pl.col("value").str.strip_chars())
    faults = [_faults(judged, "place"), _faults(judged, "series"), *_value_faults(judged)]
    bad = pl.concat(faults)
    good = judged.join(bad.select("row"), on="row", how="anti", maintain_order="left") if bad.height else judged
    doubles = good.filter(~pl.struct(KEY).is_first_distinct())
    if doubles.height:
        bad = pl.concat([bad, _named(doubles, "unit", FindingCode.DUPLICATE_ROW)])
        good = good.join(doubles.select("row"), on="row", how="anti", maintain_order="left")
    kept = good.select(unit="unit_code", month="ordinal", series="number", value="value")
    return Checked(
        intake=Intake(rows=kept, series=cells),
        findings=_shown(bad),
        found=bad.height,
        read=rows.height,
        rejected=rows.height - good.height,
    )


def _places(rows: pl.DataFrame, yardstick: Yardstick) -> pl.DataFrame:
    """Judge each distinct pair of unit and month once."""
    pairs = rows.select("unit", "month").unique(maintain_order=True).rows()
    judged = [(unit, month, *_place(unit.strip(), month.strip(), yardstick)) for unit, month in pairs]
    schema = {**PLACE_SCHEMA, "place_column": pl.String, "place_code": pl.String}
    return pl.DataFrame(judged, schema=schema, orient="row")


def _place(unit: str, month: str, yardstick: Yardstick) -> tuple[str, int | None, str | None, str | None]:
    try:
        parsed = Month.parse(month)
    except BadMonth:
        return unit, None, "month", FindingCode.BAD_MONTH
    known = yardstick.units.units.get(UnitCode(unit))
    fault = _unit_fault(known, unit, parsed, yardstick)
    if fault is None and parsed.first_day > yardstick.today:
        fault = ("month", FindingCode.FUTURE_MONTH)
    column, code = fault or (None, None)
    return unit, parsed.ordinal, column, code


def _unit_fault(known: Unit | None, unit: str, month: Month, yardstick: Yardstick) -> Fault | None:
    if known is None:
        return "unit", FindingCode.UNKNOWN_UNIT
    if yardstick.allowed is not None and unit not in yardstick.allowed:
        return "unit", FindingCode.NOT_YOUR_UNIT
    if not known.valid_on(month.first_day) and not known.valid_on(month.last_day):
        return "unit", FindingCode.UNIT_NOT_VALID
    return None


def _series(
    rows: pl.DataFrame, dimensions: list[str], variables: Mapping[VariableCode, Variable]
) -> tuple[list[Cell], pl.DataFrame]:
    """Judge each distinct combination of variable and dimensions once, and number the cells it stands for."""
    cells: dict[Cell, int] = {}
    judged = []
    for combination in rows.select("variable", *dimensions).unique(maintain_order=True).rows():
        variable = variables.get(VariableCode((combination[0] or "").strip()))
        given = [(name, (value or "").strip()) for name, value in zip(dimensions, combination[1:], strict=True)]
        named = [(name, value) for name, value in given if value]
        column, code = _cell_fault(variable, named) or (None, None)
        number = None
        if variable is not None and code is None:
            number = cells.setdefault(Cell.of(variable.code, **dict(named)), len(cells))
        bounds = (variable.low, variable.high) if variable else (None, None)
        judged.append((*combination, number, *bounds, column, code))
    schema: dict[str, pl.DataType | type[pl.DataType]] = {
        **dict.fromkeys(["variable", *dimensions], pl.String),
        "number": pl.Int32,
        "low": EXACT,
        "high": EXACT,
        "series_column": pl.String,
        "series_code": pl.String,
    }
    return list(cells), pl.DataFrame(judged, schema=schema, orient="row")


def _cell_fault(variable: Variable | None, named: Iterable[tuple[str, str]]) -> Fault | None:
    if variable is None:
        return "variable", FindingCode.UNKNOWN_VARIABLE
    for name, value in named:
        if name not in variable.dimensions:
            return name, FindingCode.DIMENSION_NOT_ALLOWED
        if not allowed_value(name, value):
            return name, FindingCode.UNKNOWN_DIMENSION_VALUE
    return None


def _faults(judged: pl.DataFrame, kind: str) -> pl.DataFrame:
    """Give the rows whose place or series is at fault, with the value of the column that is."""
    bad = judged.filter(pl.col(f"{kind}_code").is_not_null())
    values = pl.coalesce(
        [
            pl.when(pl.col(f"{kind}_column") == name).then(pl.col(name))
            for name in bad.columns
            if name in ("unit", "month", "variable", *DIMENSIONS)
        ]
    )
    return bad.select("row", column=f"{kind}_column", code=f"{kind}_code", value=values)


def _value_faults(judged: pl.DataFrame) -> list[pl.DataFrame]:
    """Judge values: empty, not a decimal, out of bounds."""
    value = pl.col("value")
    empty = value.is_null() | (value == "")
    decimal = value.str.contains(DECIMAL)
    number = pl.when(decimal).then(value).cast(EXACT, strict=False)
    outside = ((number < pl.col("low")) | (number > pl.col("high"))).fill_null(value=False)
    flagged = judged.select("row", "value", empty=empty, strange=~empty & ~decimal, outside=outside & ~empty)
    return [
        _named(flagged.filter("empty"), "value", FindingCode.EMPTY_VALUE),
        _named(flagged.filter("strange"), "value", FindingCode.NOT_A_DECIMAL),
        _named(flagged.filter("outside"), "value", FindingCode.OUT_OF_BOUNDS),
    ]


def _named(bad: pl.DataFrame, column: str, code: FindingCode) -> pl.DataFrame:
    return bad.select("row", column=pl.lit(column), code=pl.lit(code.value), value=pl.col(column))


def _shown(bad: pl.DataFrame) -> list[RowFinding]:
    first = bad.sort("row", "column").head(SHOWN)
    return [
        RowFinding(row=row, column=column, code=FindingCode(code), value=(value or "")[:LONGEST_VALUE])
        for row, column, code, value in first.select("row", "column", "code", "value").iter_rows()
    ]

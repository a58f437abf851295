"""Of what was derived from case records, only what its variable is delivered by in the month is told."""

from collections.abc import Mapping, Sequence

import polars as pl
from domain.dated import holding
from domain.identity import VariableCode
from domain.period import Month
from domain.variable import Variable

from indicators.records.derived import ROWS, Derived
from indicators.records.question import SPLITS

NOT_VALID = "variable_not_valid"


def in_force(derived: Derived, variables: Mapping[VariableCode, Sequence[Variable]]) -> Derived:
    """Leave out splits that the version of a month does not have, and omit months in which no version is in force."""
    places = derived.rows.select("variable", "month").unique().rows()
    found = [
        (code, month, holding(variables[VariableCode(code)], Month.numbered(month).last_day)) for code, month in places
    ]
    told = [
        (code, month, *(name in version.dimensions for name in SPLITS)) for code, month, version in found if version
    ]
    schema = {"variable": ROWS["variable"], "month": ROWS["month"], **{f"by_{name}": pl.Boolean() for name in SPLITS}}
    allowed = pl.DataFrame(told, schema=schema, orient="row")
    split = pl.all_horizontal(pl.col(name).is_null() | pl.col(f"by_{name}") for name in SPLITS)
    rows = derived.rows.join(allowed, on=["variable", "month"]).filter(split).select(derived.rows.columns)
    outside = derived.rows.join(allowed, on=["variable", "month"], how="anti")
    omitted = outside.select("unit", "variable", "month", reason=pl.lit(NOT_VALID)).unique()
    return Derived(rows=rows, omitted=pl.concat([derived.omitted, omitted]))

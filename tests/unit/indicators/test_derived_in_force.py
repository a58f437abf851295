"""What is derived from case records is told only where its variable is delivered so in the month."""

from dataclasses import replace
from datetime import date

import polars as pl
from domain.identity import VariableCode
from domain.period import Month
from domain.quantity import Measure
from domain.variable import VariableKind
from indicators.records.derived import OMITTED, ROWS, Derived
from indicators.records.question import SPLITS
from indicators.usecases.derived_in_force import in_force
from support.measuring import a_variable

STOCK = VariableCode("elb_stock")
BY_SEX = replace(a_variable(STOCK, Measure.PERSONS, VariableKind.STOCK, "sex"), valid_until=date(2015, 3, 1))
PLAIN = replace(BY_SEX, dimensions=frozenset(), valid_from=date(2015, 2, 1))
MONTHS = [Month(2015, number).ordinal for number in (1, 2, 3)]


def test_splits_and_months_that_are_not_delivered_any_more_are_left_out_and_months_named() -> None:
    cells = [(month, sex) for month in MONTHS for sex in (None, "f")]
    rows = pl.DataFrame(
        [("u", STOCK, month, *(sex if name == "sex" else None for name in SPLITS), "7") for month, sex in cells],
        schema=ROWS,
        orient="row",
    )
    found = in_force(Derived(rows=rows, omitted=pl.DataFrame(schema=OMITTED)), {STOCK: (BY_SEX, PLAIN)})
    first, second, third = MONTHS
    assert sorted(found.rows.select("month", "sex").rows(), key=str) == sorted(
        [(first, None), (first, "f"), (second, None)], key=str
    )
    assert found.omitted.rows() == [("u", STOCK, third, "variable_not_valid")]

"""Rejected rows are counted by what they were for, and made good by what a later file brings."""

import polars as pl
from domain.identity import UnitCode, VariableCode
from domain.period import Month
from domain.receipt import ANY_VARIABLE
from domain.variable import Cell
from indicators.ports.duty import Rejected, RejectedKey
from indicators.usecases.rejecting import Rejections
from support.duty_twins import Brought, RememberedReceived

TOWN, NOVEMBER = UnitCode("05158004"), Month(2014, 11)
UNITS, CELLS = [TOWN], [Cell.of("ltr_stock"), Cell.of("ltr_stock", sex="f")]
STOCK = VariableCode("ltr_stock")
OF_STOCK: RejectedKey = (TOWN, NOVEMBER, STOCK)
OF_SOMETHING: RejectedKey = (TOWN, NOVEMBER, ANY_VARIABLE)
GOOD = pl.DataFrame({"unit": [0], "month": [NOVEMBER.ordinal], "series": [1]})


def file(*rows: tuple[str, str, str]) -> pl.DataFrame:
    numbered = [(number, *row) for number, row in enumerate(rows, 2)]
    return pl.DataFrame(numbered, schema=["row", "unit", "variable", "month"], orient="row")


def bad(*findings: tuple[int, str, str]) -> pl.DataFrame:
    return pl.DataFrame(findings, schema={"row": pl.Int64, "column": pl.String, "code": pl.String}, orient="row")


def test_rows_are_counted_once_however_many_findings_they_have() -> None:
    rejections = Rejections()
    rows = file((f" {TOWN} ", "ltr_stock", "2014-11"), (TOWN, "ltr_stock", "2014-11 "))
    rejections.add(rows, bad((2, "value", "not_a_decimal"), (2, "sex", "dimension_not_allowed"), (3, "value", "x")))
    assert rejections.counted() == [Rejected(unit=TOWN, month=NOVEMBER, variable=STOCK, rows=2)]


def test_a_row_whose_unit_or_month_is_wrong_counts_for_nobody() -> None:
    rejections = Rejections()
    rows = file(("x", "ltr_stock", "2014-11"), (TOWN, "ltr_stock", "2014-13"), (TOWN, "ltr_stock", "2014-11"))
    rejections.add(rows, bad((2, "unit", "unknown_unit"), (3, "month", "bad_month")))
    assert rejections.counted() == []


def test_a_row_that_names_no_known_variable_counts_for_all() -> None:
    rejections = Rejections()
    rejections.add(file((TOWN, "nonsense", "2014-11")), bad((2, "variable", "unknown_variable")))
    assert [one.key for one in rejections.counted()] == [OF_SOMETHING]


def test_a_row_of_a_variable_that_is_not_in_force_counts_for_that_variable() -> None:
    rejections = Rejections()
    rejections.add(file((TOWN, "ltr_stock", "2014-11")), bad((2, "variable", "variable_not_valid")))
    assert [one.key for one in rejections.counted()] == [OF_STOCK]


async def test_what_is_brought_without_a_rejected_row_is_made_good() -> None:
    received = RememberedReceived()
    received.deliveries = {
        1: Brought(NOVEMBER.first_day, {}, {OF_STOCK: 1, OF_SOMETHING: 2}),
        2: Brought(NOVEMBER.last_day, {}),
    }
    rejections = Rejections(open=frozenset(await received.open_rejections([TOWN])))
    rejections.see(GOOD, UNITS, CELLS)
    rejections.add_doubles(GOOD, UNITS, CELLS)
    await received.keep_rejections(2, rejections.counted(), rejections.cured())
    assert await received.open_rejections([TOWN]) == [OF_STOCK]
    assert received.deliveries[1].cured_by == {OF_SOMETHING: 2}

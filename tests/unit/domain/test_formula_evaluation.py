"""Exact values of formulas."""

from decimal import Decimal

import pytest
from domain.formula.evaluation import Outcome, evaluate, inputs
from domain.formula.grammar import parse
from domain.period import Month, Period
from domain.variable import Cell
from support.measuring import NOVEMBER, look_in

OCTOBER = NOVEMBER.previous


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a + b × 2", "7"),
        ("(a + b) × 2", "10"),
        ("a − b − 1", "0"),
        ("a ÷ b ÷ 3", "0.5"),
        ("previous_month(a)", "10"),
        ("a + previous_month(b)", "23"),
    ],
)
def test_signs_bind_as_in_arithmetic(text: str, value: str) -> None:
    look = look_in({("a", NOVEMBER): 3, ("b", NOVEMBER): 2, ("a", OCTOBER): 10, ("b", OCTOBER): 20})
    assert evaluate(parse(text), NOVEMBER, look).value == Decimal(value)


@pytest.mark.parametrize(
    ("text", "value"), [("sum_ytd(a)", 66), ("avg_ytd(a)", 6), ("sum12(a)", 1066), ("sum12(previous_month(a))", 1055)]
)
def test_windows_end_in_the_month_looked_at(text: str, value: int) -> None:
    this_year = {("a", Month(2014, number)): number for number in range(1, 12)}
    look = look_in({**this_year, ("a", Month(2013, 12)): 1000, ("a", Month(2013, 11)): 0})
    assert evaluate(parse(text), NOVEMBER, look).value == value


def test_a_ratio_tells_both_its_sides() -> None:
    assert evaluate(parse("a ÷ b"), NOVEMBER, look_in({("a", NOVEMBER): 1, ("b", NOVEMBER): 4})) == Outcome(
        Decimal("0.25"), Decimal(1), Decimal(4)
    )


def test_what_is_no_ratio_has_no_denominator() -> None:
    assert evaluate(parse("a"), NOVEMBER, look_in({("a", NOVEMBER): 1})) == Outcome(Decimal(1), Decimal(1), None)


@pytest.mark.parametrize("text", ["a ÷ b", "1 + a ÷ b", "a ÷ (b + b)", "(a ÷ b) × 0"])
def test_a_division_by_zero_has_no_value(text: str) -> None:
    assert evaluate(parse(text), NOVEMBER, look_in({("a", NOVEMBER): 1, ("b", NOVEMBER): 0})).value is None


@pytest.mark.parametrize("text", ["a + b", "a × b", "b × 0", "b ÷ a", "a ÷ b", "sum12(b)"])
def test_what_is_missing_is_not_zero(text: str) -> None:
    assert evaluate(parse(text), NOVEMBER, look_in({("a", NOVEMBER): 1})).value is None


def test_a_ratio_still_tells_the_side_that_is_there() -> None:
    assert evaluate(parse("a ÷ b"), NOVEMBER, look_in({("a", NOVEMBER): 1})) == Outcome(None, Decimal(1), None)


def test_a_formula_names_every_cell_and_month_it_looks_at() -> None:
    needed = set(inputs(parse('sum_ytd(a[sex="f"]) ÷ previous_year(b)'), Month(2014, 2)))
    assert needed == {
        *((Cell.of("a", sex="f"), month) for month in Period(Month(2014, 1), Month(2014, 3))),
        (Cell.of("b"), Month(2013, 2)),
    }

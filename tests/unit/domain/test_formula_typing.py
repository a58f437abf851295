"""Which formulas make sense."""

import pytest
from domain.formula.errors import (
    DividesByNought,
    FormulaError,
    MeanOfRatios,
    MeasuresDiffer,
    NotThisMeasure,
    StockSummed,
    VariableNotKnown,
    WindowInWindow,
)
from domain.formula.grammar import parse
from domain.formula.typing import check, must_give
from domain.quantity import Measure
from support.measuring import CATALOGUE


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("integrations ÷ elb_stock", "a pure number"),
        ("benefits_living ÷ elb_stock", "EUR÷persons"),
        ("benefits_living ÷ elb_stock ÷ elb_stock", "EUR÷persons^2"),
        ("benefits_living × elb_stock", "EUR×persons"),
        ("1 ÷ elb_stock", "1÷persons"),
        ("sum12(integrations) + sum_ytd(integrations)", "persons"),
        ("avg12(elb_stock × 2)", "persons"),
        ("0 ÷ (3 − 1) ÷ (elb_stock − elb_stock)", "1÷persons"),
    ],
)
def test_units_follow_the_operations(text: str, unit: str) -> None:
    assert str(check(parse(text), CATALOGUE)) == unit


@pytest.mark.parametrize(
    ("text", "error", "reason"),
    [
        ("integrations + benefits_living", MeasuresDiffer, "persons and EUR cannot be added"),
        ("integrations − 1", MeasuresDiffer, "a pure number"),
        ("sum12(elb_stock)", StockSummed, "use avg12"),
        ("sum_ytd(previous_month(elb_stock))", StockSummed, "use avg_ytd"),
        ("sum12(avg_ytd(integrations))", WindowInWindow, "avg_ytd stands inside sum12"),
        ("avg12(previous_year(sum12(integrations)))", WindowInWindow, "sum12 stands inside avg12"),
        ("avg12(integrations ÷ elb_stock)", MeanOfRatios, "integrations ÷ elb_stock"),
        ("sum12(previous_month(integrations ÷ contacts))", MeanOfRatios, "numerator and its denominator"),
        ("integrations ÷ 0", DividesByNought, "'÷ 0' divides by nought whatever is delivered"),
        ("1 + elb_stock ÷ (2 × 0.5 − 1)", DividesByNought, "divide by a variable"),
        ("integrations ÷ previous_month(avg12(0.0))", DividesByNought, "another number"),
        ("1 ÷ (1 ÷ 0)", DividesByNought, "'÷ 0'"),
        ("no_such_thing", VariableNotKnown, "no_such_thing"),
        ('benefits_living[sex="f"]', VariableNotKnown, "known are: none"),
        ('integrations[variable="f"]', VariableNotKnown, "variable"),
        ('integrations[sex="x"]', VariableNotKnown, "known are: f, m"),
    ],
)
def test_what_makes_no_sense_is_refused_with_the_reason(text: str, error: type[FormulaError], reason: str) -> None:
    with pytest.raises(error, match=reason):
        check(parse(text), CATALOGUE)


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("integrations ÷ previous_month(elb_stock)", Measure.PERCENT),
        ("contacts ÷ elb_stock", Measure.CONTACTS_PER_YEAR),
        ("benefits_living", Measure.EUR),
        ("staff_posts", Measure.FTE),
        ("elb_stock ÷ elb_stock", Measure.ONE),
    ],
)
def test_a_formula_comes_out_in_the_unit_its_indicator_is_told_in(text: str, measure: Measure) -> None:
    must_give(parse(text), measure, CATALOGUE)


@pytest.mark.parametrize(
    ("text", "measure"),
    [("contacts", Measure.CONTACTS_PER_YEAR), ("integrations", Measure.PERCENT), ("benefits_living", Measure.FTE)],
)
def test_another_unit_is_refused(text: str, measure: Measure) -> None:
    with pytest.raises(NotThisMeasure, match=measure):
        must_give(parse(text), measure, CATALOGUE)

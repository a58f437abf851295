"""Formulas told for a group."""

import pytest
from domain.formula.errors import FormulaError, NotSplit, OtherGroup, VariableNotKnown
from domain.formula.grammar import parse
from domain.formula.grouping import split
from domain.formula.printing import written
from support.measuring import CATALOGUE


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "integrations ÷ previous_month(elb_stock)",
            'integrations[sex="f"] ÷ previous_month(elb_stock[sex="f"])',
        ),
        (
            'sum12(integrations[age_group="under_25"]) × 2',
            'sum12(integrations[age_group="under_25",sex="f"]) × 2',
        ),
        ('integrations[sex="f"]', 'integrations[sex="f"]'),
        ("2 × 3", "2 × 3"),
    ],
)
def test_a_group_is_put_on_both_sides_of_a_ratio(text: str, told: str) -> None:
    assert written(split(parse(text), "sex", "f", CATALOGUE)) == told


@pytest.mark.parametrize(
    ("text", "dimension", "value", "error", "reason"),
    [
        (
            "benefits_living ÷ elb_stock",
            "sex",
            "f",
            NotSplit,
            "benefits_living is not split by 'sex'; it is split by: –",
        ),
        ("integrations ÷ elb_stock", "household_type", "single", NotSplit, "it is split by: age_group, sex"),
        ('integrations[sex="m"]', "sex", "f", OtherGroup, "cannot also be told for sex = f"),
        ("integrations", "sex", "x", VariableNotKnown, "known are: f, m"),
        ("integrations", "shoe_size", "44", VariableNotKnown, "known are: age_group"),
        ("integrations", "measure", "A B", VariableNotKnown, "A-Za-z0-9"),
        ("no_such_thing", "sex", "f", VariableNotKnown, "no_such_thing"),
    ],
)
def test_half_a_ratio_for_a_group_is_refused_with_the_reason(
    text: str, dimension: str, value: str, error: type[FormulaError], reason: str
) -> None:
    with pytest.raises(error, match=reason):
        split(parse(text), dimension, value, CATALOGUE)

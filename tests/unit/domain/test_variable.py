"""Variables and the cells values stand at."""

from decimal import Decimal

import pytest
from domain.identity import VariableCode
from domain.quantity import RATIOS, Measure
from domain.variable import (
    BoundsCrossed,
    Cell,
    RatioDelivered,
    UnknownDimension,
    Variable,
    VariableKind,
    allowed_value,
)


def test_a_cell_is_the_same_in_whatever_order_its_dimensions_are_named() -> None:
    assert Cell.of("integrations", sex="f", age_group="under_25") == Cell.of(
        "integrations", age_group="under_25", sex="f"
    )


def test_a_variable_is_split_by_known_dimensions_only() -> None:
    with pytest.raises(UnknownDimension, match="shoe_size"):
        Variable(
            code=VariableCode("elb_stock"),
            label="ELB",
            label_en="ELB",
            measure=Measure.PERSONS,
            kind=VariableKind.STOCK,
            dimensions=frozenset({"shoe_size"}),
        )


def test_a_lower_bound_lies_below_the_upper_one() -> None:
    with pytest.raises(BoundsCrossed):
        Variable(
            code=VariableCode("elb_stock"),
            label="ELB",
            label_en="ELB",
            measure=Measure.PERSONS,
            kind=VariableKind.STOCK,
            dimensions=frozenset(),
            low=Decimal(2),
            high=Decimal(1),
        )


@pytest.mark.parametrize("measure", sorted(RATIOS))
def test_a_ratio_is_not_delivered_but_its_two_sides(measure: Measure) -> None:
    with pytest.raises(RatioDelivered, match="deliver its numerator and its denominator"):
        Variable(
            code=VariableCode("quota"),
            label="Quote",
            label_en="quota",
            measure=measure,
            kind=VariableKind.FLOW,
            dimensions=frozenset(),
        )


@pytest.mark.parametrize(
    ("dimension", "value", "allowed"),
    [
        ("sex", "f", True),
        ("sex", "x", False),
        ("measure", "AGH-2014.1_b", True),
        ("measure", "x" * 40, True),
        ("measure", "x" * 41, False),
        ("measure", "", False),
        ("measure", "ä", False),
        ("measure", 'a"]', False),
        ("shoe_size", "44", False),
    ],
)
def test_a_closed_dimension_has_its_values_and_an_open_one_any_code(dimension: str, value: str, allowed: bool) -> None:
    assert allowed_value(dimension, value) is allowed

"""Variables and the cells values stand at."""

from decimal import Decimal

import pytest
from domain.identity import VariableCode
from domain.quantity import Measure
from domain.variable import BoundsCrossed, Cell, UnknownDimension, Variable, VariableKind


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

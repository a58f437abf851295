"""Edges at which columns must doubt what the domain doubts: the ends of a history, nothing to divide by."""

from decimal import Decimal

import pytest
from domain.identity import VariableCode
from domain.plausibility import doubted
from domain.quality_rule import Outlier, RatioBounds
from domain.variable import Cell
from indicators.usecases.suspecting import suspects
from support.doubting import STOCK, Told, a_rule, figures_of, sheet_of, told_by
from support.measuring import JOBCENTER, NOVEMBER

OUTLIER = a_rule(Outlier(factor=Decimal(3)))
INTEGRATIONS = Cell.of("integrations")


def history(*back: int) -> Told:
    """Tell 500 now, and 100 in months so far back."""
    now = {(JOBCENTER, STOCK, NOVEMBER): Decimal(500)}
    return now | {(JOBCENTER, STOCK, NOVEMBER.plus(-number)): Decimal(100) for number in back}


@pytest.mark.parametrize(
    ("back", "doubts"),
    [
        (range(1, 8), 0),
        (range(1, 9), 1),
        (range(17, 25), 1),
        (range(18, 26), 0),
    ],
)
def test_a_history_is_at_least_eight_of_the_24_months_before(back: range, doubts: int) -> None:
    told = history(*back)
    found = suspects([OUTLIER], sheet_of(told, [NOVEMBER], {})).found
    assert found == doubted([OUTLIER], figures_of(told), [NOVEMBER])
    assert told_by(found) == [("2014-11", "elb_stock", "rule")] * doubts


def test_a_denominator_of_zero_is_held_against_and_one_that_is_missing_is_not() -> None:
    numerator, denominator = VariableCode("integrations"), VariableCode("elb_stock")
    rule = a_rule(RatioBounds(numerator=numerator, denominator=denominator, high=Decimal(1)))
    alone: Told = {(JOBCENTER, INTEGRATIONS, NOVEMBER): Decimal(1)}
    for stock, doubts in ((None, 0), (Decimal(0), 1), (Decimal(1), 0), (Decimal(-1), 0)):
        told = alone if stock is None else {**alone, (JOBCENTER, STOCK, NOVEMBER): stock}
        found = suspects([rule], sheet_of(told, [NOVEMBER], {})).found
        assert found == doubted([rule], figures_of(told), [NOVEMBER])
        assert len(found) == doubts

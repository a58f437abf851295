"""What each kind of quality rule doubts, and what it leaves alone."""

from decimal import Decimal

import pytest
from domain.identity import VariableCode
from domain.plausibility import UnitFigures, doubted
from domain.quality_rule import (
    Bounds,
    Jump,
    Outlier,
    Parameters,
    PartsAtMostWhole,
    QualityRule,
    RatioBounds,
    RatioNamesItsVariables,
    SumOfParts,
)
from domain.soft_finding import SoftFinding
from domain.tolerance import RuleWithoutLimit
from domain.variable import Cell
from support.doubting import STOCK, a_rule, months_before
from support.measuring import JOBCENTER, NOVEMBER

TEN, HUNDRED, NOTHING = Decimal(10), Decimal(100), Decimal(0)
WOMEN, MEN = Cell.of("elb_stock", sex="f"), Cell.of("elb_stock", sex="m")
INTEGRATIONS = Cell.of("integrations")
JUMP = Jump(absolute=TEN, percent=TEN)
OUTLIER = Outlier(factor=Decimal(3), absolute=Decimal(1), percent=NOTHING)
HALF = RatioBounds(numerator=VariableCode("integrations"), denominator=VariableCode("elb_stock"), high=Decimal("0.5"))
WITH_SEX = PartsAtMostWhole(complete=frozenset({"sex"}))


def doubts(parameters: Parameters, *values: str | int) -> list[SoftFinding]:
    """Judge the last month of a series."""
    return doubted([a_rule(parameters)], UnitFigures(unit=JOBCENTER, values=months_before(values)), [NOVEMBER])


def in_november(parameters: Parameters, *parts: dict[Cell, int], **values: int) -> list[SoftFinding]:
    """Judge one month: `stock`, `women`, `men`, `integrations`, and the same of parts."""
    names = {"stock": STOCK, "women": WOMEN, "men": MEN, "integrations": INTEGRATIONS}
    own = {names[name]: Decimal(value) for name, value in values.items()}
    below = [{cell: Decimal(value) for cell, value in part.items()} for part in parts]
    figures = UnitFigures(unit=JOBCENTER, values={NOVEMBER: own}, parts={NOVEMBER: below})
    return doubted([a_rule(parameters)], figures, [NOVEMBER])


def told(finding: SoftFinding, *names: str) -> str:
    return " ".join(str(getattr(finding, name)) for name in names)


def test_bounds_are_inclusive() -> None:
    bounds = Bounds(low=TEN, high=HUNDRED)
    assert [len(doubts(bounds, value)) for value in ("9.99", "10", "100.0", "100.01")] == [1, 0, 0, 1]


def test_a_jump_leaves_both_thresholds() -> None:
    assert [len(doubts(JUMP, 50, value)) for value in (60, 61, 40, 39)] == [0, 1, 0, 1]
    assert [len(doubts(JUMP, 1000, value)) for value in (1100, "1100.01")] == [0, 1]
    assert doubts(JUMP, 61) == []


def test_a_jump_names_what_it_expected() -> None:
    (found,) = doubts(JUMP, 1000, "1250.5")
    assert told(found, "expected", "low", "high") == "1000 900 1100"
    assert found.detail().en == (
        "elb_stock is 1250.5 in 2014-11 after 1000 in the month before; expected is between 900 and 1100"
    )
    assert "1250,5" in found.detail().de


def test_an_outlier_needs_a_history_of_eight_months() -> None:
    assert doubts(OUTLIER, *[100, 101, 99, 100, 101, 99, 100], 500) == []
    (found,) = doubts(OUTLIER, *[100, 101, 99, 100, 101, 99, 100, 100], 500)
    assert (told(found, "expected"), str(found.basis["months"])) == ("100", "8")


def test_one_earlier_outlier_does_not_hide_the_next() -> None:
    assert len(doubts(OUTLIER, *[100, 101, 99, 100, 5000, 99, 100, 100, 101], 500)) == 1


def test_only_the_last_24_months_are_the_history() -> None:
    assert doubts(OUTLIER, *[500] * 30, *[100] * 24, 100) == []
    assert len(doubts(OUTLIER, *[500] * 30, *[100] * 24, 500)) == 1


def test_what_never_moved_may_move_within_the_tolerance() -> None:
    assert [len(doubts(OUTLIER, *[100] * 12, value)) for value in (100, 101, 102)] == [0, 0, 1]


def test_a_sum_is_judged_only_where_all_parts_delivered() -> None:
    rule = SumOfParts(absolute=Decimal(1))
    assert in_november(rule, {STOCK: 40}, {}, stock=100) == []
    assert in_november(rule, {STOCK: 40}, {STOCK: 59}, stock=100) == []
    (found,) = in_november(rule, {STOCK: 40}, {STOCK: 50}, stock=100)
    assert (told(found, "observed", "expected"), str(found.basis["parts"])) == ("100 90", "2")
    assert in_november(rule, stock=100) == []


def test_a_split_is_at_most_the_total_and_a_complete_one_is_the_total() -> None:
    assert in_november(PartsAtMostWhole(), stock=100, women=40, men=50) == []
    assert len(in_november(PartsAtMostWhole(), stock=100, women=60, men=50)) == 1
    (found,) = in_november(WITH_SEX, stock=100, women=40, men=50)
    assert told(found, "observed", "expected", "dimension") == "90 100 sex"
    assert in_november(WITH_SEX, stock=100, women=40) == []
    assert in_november(WITH_SEX, women=40, men=50) == []


def test_a_ratio_is_judged_without_dividing() -> None:
    assert [len(in_november(HALF, stock=100, integrations=value)) for value in (50, 51)] == [0, 1]
    assert [len(in_november(HALF, stock=0, integrations=value)) for value in (0, 1)] == [0, 1]
    assert in_november(HALF, integrations=51) == []


def test_a_rule_that_is_not_active_doubts_nothing() -> None:
    figures = UnitFigures(unit=JOBCENTER, values=months_before([1, 1000]))
    assert doubted([a_rule(JUMP, active=False)], figures, [NOVEMBER]) == []
    assert doubted([a_rule(JUMP, "integrations")], figures, [NOVEMBER]) == []


def test_a_rule_says_what_makes_no_sense() -> None:
    with pytest.raises(RuleWithoutLimit):
        Bounds()
    with pytest.raises(RatioNamesItsVariables):
        a_rule(HALF, "elb_stock")


def test_a_version_that_says_the_same_is_none() -> None:
    first = a_rule(JUMP)
    second: QualityRule = a_rule(Jump(absolute=Decimal("10.0"), percent=TEN))
    assert first.says_the_same(second)
    assert not first.says_the_same(a_rule(OUTLIER))

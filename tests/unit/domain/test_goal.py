"""What a goal needs, and what it refuses."""

from datetime import date
from decimal import Decimal

import pytest
from domain.bounds import NumberOutOfRange
from domain.goal import missing
from domain.identity import IndicatorCode
from domain.indicator import Direction
from domain.path import Path, PathKind, PathWithoutPlan
from domain.period import BadMonth
from domain.terms import (
    TERMS,
    AppropriationTerms,
    BandCrossed,
    ChangeTerms,
    DeliverableTerms,
    Extra,
    GoalKind,
    MonitoringTerms,
    QualitativeTerms,
    StaffingTerms,
    SupportOfferTerms,
    TargetTerms,
    Terms,
    Thresholds,
)
from support import mettmann
from support.agreeing import a_goal, a_target


def test_every_goal_of_the_mettmann_agreement_can_be_told_and_is_complete() -> None:
    goals = mettmann.goals()
    assert len({goal.code for goal in goals}) == 26
    assert {goal.code: missing(goal) for goal in goals if missing(goal)} == {}


def test_the_mettmann_agreement_uses_every_kind_but_the_support_offer() -> None:
    assert {goal.kind for goal in mettmann.goals()} == set(GoalKind) - {GoalKind.SUPPORT_OFFER}


def test_every_kind_has_its_terms() -> None:
    assert {terms.kind for terms in TERMS} == set(GoalKind)


@pytest.mark.parametrize(
    ("terms", "lacking"),
    [
        (TargetTerms(), ("indicator", "view", "unit_of_measure", "direction", "target")),
        (TargetTerms(direction=Direction.WITHIN), ("indicator", "view", "unit_of_measure", "low", "high")),
        (ChangeTerms(), ("indicator", "view", "unit_of_measure", "direction", "change")),
        (MonitoringTerms(), ("indicator", "view", "unit_of_measure", "forecast")),
        (AppropriationTerms(), ("amount",)),
        (DeliverableTerms(), ("due",)),
        (StaffingTerms(), ("target", "indicator")),
        (SupportOfferTerms(due=date(2014, 12, 31)), ("topic",)),
        (QualitativeTerms(), ()),
    ],
)
def test_a_draft_may_lack_fields_and_they_are_named(terms: Terms, lacking: tuple[str, ...]) -> None:
    assert missing(a_goal(terms)) == lacking


def test_a_goal_needs_its_area_and_the_unit_that_must_act() -> None:
    assert missing(a_goal(scope=None, obligated=None)) == ("scope", "obligated")


def test_a_target_of_zero_is_a_target() -> None:
    assert missing(a_goal(a_target("0"))) == ()


def test_a_band_has_its_lower_edge_below() -> None:
    with pytest.raises(BandCrossed, match="6 is more than 5"):
        TargetTerms(low=Decimal(6), high=Decimal(5))


def test_yellow_does_not_begin_above_green() -> None:
    with pytest.raises(BandCrossed):
        Thresholds(green=Decimal(90), yellow=Decimal(95))


@pytest.mark.parametrize("number", ["NaN", "sNaN", "Infinity", "-Infinity", "1E+18"])
def test_a_target_is_a_finite_number_of_at_most_18_digits(number: str) -> None:
    with pytest.raises(NumberOutOfRange, match="`target`"):
        a_target(number)


def test_money_is_not_negative() -> None:
    with pytest.raises(NumberOutOfRange, match=r"`amount` is -1; it must lie between 0"):
        AppropriationTerms(amount=Decimal(-1))


def test_nothing_falls_by_more_than_a_hundred_percent() -> None:
    with pytest.raises(NumberOutOfRange, match="`change`"):
        ChangeTerms(change=Decimal("-100.1"))
    assert ChangeTerms(change=Decimal(-100)).change == -100


def test_a_share_of_posts_is_at_most_the_whole() -> None:
    with pytest.raises(NumberOutOfRange, match="between 0 and 100"):
        StaffingTerms(fixed_term_share_at_most=Decimal("100.5"))


def test_a_part_of_the_posts_is_not_negative() -> None:
    with pytest.raises(NumberOutOfRange, match="`of_which`"):
        StaffingTerms(of_which={"fifty_plus": Decimal("-4.25")})
    with pytest.raises(NumberOutOfRange, match="`up_to`"):
        Extra(up_to=Decimal(-25), conditions=())


def test_a_fall_may_be_agreed_as_a_negative_target() -> None:
    assert TargetTerms(indicator=IndicatorCode("K1"), target=Decimal("-2.0")).target == Decimal("-2.0")


def test_an_explicit_path_has_a_plan_by_months() -> None:
    with pytest.raises(PathWithoutPlan):
        Path(kind=PathKind.EXPLICIT)
    with pytest.raises(BadMonth, match="2014-13"):
        Path(kind=PathKind.EXPLICIT, values={"2014-13": Decimal(1)})
    with pytest.raises(NumberOutOfRange):
        Path(kind=PathKind.EXPLICIT, values={"2014-12": Decimal("NaN")})

"""What is expected so far."""

from decimal import Decimal

import pytest
from domain.measured import LEVEL, PROFILE, usual_path
from domain.path import Path, PathKind, expected, share_of_year
from domain.period import Month, View
from domain.quantity import Measure
from support.agreeing import growing_by

JUNE = Month(2014, 6)
TARGET = Decimal(1200)
NO_HISTORY = growing_by({})


def test_a_level_is_expected_in_every_month() -> None:
    assert expected(LEVEL, TARGET, Month(2014, 1), NO_HISTORY).value == TARGET


def test_a_linear_path_reaches_a_twelfth_more_each_month() -> None:
    assert expected(Path(kind=PathKind.LINEAR), TARGET, JUNE, NO_HISTORY).value == 600


def test_a_plan_says_what_is_expected_and_nothing_where_it_is_silent() -> None:
    plan = Path(kind=PathKind.EXPLICIT, values={"2014-06": Decimal(480)})
    assert expected(plan, TARGET, JUNE, NO_HISTORY).value == 480
    assert expected(plan, TARGET, JUNE.next, NO_HISTORY).value is None


def test_the_profile_is_the_share_of_the_year_that_the_past_had_reached() -> None:
    history = {Month(2013, 6): Decimal(400), Month(2013, 12): Decimal(1000)}
    found = expected(PROFILE, TARGET, JUNE, history.get)
    assert (found.value, found.kind) == (Decimal(480), PathKind.PRIOR_YEAR_PROFILE)


def test_the_profile_is_the_mean_of_up_to_three_past_years() -> None:
    reached = {2013: 30, 2012: 40, 2011: 50, 2010: 100}
    history = {Month(year, 6): Decimal(value) for year, value in reached.items()}
    history |= {Month(year, 12): Decimal(100) for year in reached}
    assert share_of_year(JUNE, history.get) == Decimal("0.4")


@pytest.mark.parametrize(
    "history",
    [
        {Month(2013, 6): Decimal(400)},
        {Month(2013, 12): Decimal(1000)},
        {Month(2013, 6): Decimal(0), Month(2013, 12): Decimal(0)},
    ],
)
def test_a_past_year_without_its_total_or_its_month_gives_no_share(history: dict[Month, Decimal]) -> None:
    assert share_of_year(JUNE, history.get) is None


def test_without_a_past_year_the_profile_is_linear_and_says_so() -> None:
    found = expected(PROFILE, TARGET, JUNE, NO_HISTORY)
    assert (found.value, found.kind) == (Decimal(600), PathKind.LINEAR)


def test_by_december_everything_is_expected() -> None:
    assert expected(PROFILE, TARGET, Month(2014, 12), growing_by({2013: 7, 2012: 11})).value == TARGET


@pytest.mark.parametrize(
    ("view", "measure", "path"),
    [
        (View.YEAR_TO_DATE, Measure.EUR, PROFILE),
        (View.YEAR_TO_DATE, Measure.PERSONS, PROFILE),
        (View.YEAR_TO_DATE, Measure.PERCENT, LEVEL),
        (View.ROLLING_12, Measure.PERSONS, LEVEL),
        (View.MONTH, Measure.FTE, LEVEL),
    ],
)
def test_the_usual_path_is_the_profile_for_sums_over_the_year_and_the_level_else(
    view: View, measure: Measure, path: Path
) -> None:
    assert usual_path(view, measure) == path

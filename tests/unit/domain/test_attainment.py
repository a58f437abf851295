"""How far measured goals have come."""

from dataclasses import replace
from decimal import Decimal

import pytest
from domain.attainment import Attainment, Need, degree, judge, light_of, needs, trajectory
from domain.goal import Goal
from domain.identity import IndicatorCode
from domain.indicator import Direction
from domain.path import Path, PathKind
from domain.period import Month, View
from domain.quantity import half_up
from domain.reading import DataState
from domain.terms import StaffingTerms, TargetTerms, Thresholds
from domain.undertaking import Light, Reason
from support import mettmann
from support.agreeing import JOBCENTER, a_goal, a_target, readings_in

NOVEMBER, DECEMBER = Month(2014, 11), Month(2014, 12)
AT_LEAST, AT_MOST, WITHIN = Direction.AT_LEAST, Direction.AT_MOST, Direction.WITHIN
YTD, ROLLING, MONTH = View.YEAR_TO_DATE, View.ROLLING_12, View.MONTH
LEVEL = Path(kind=PathKind.LEVEL)


def judged(goal: Goal, values: dict[str, str | int | None], view: View = YTD, month: Month = NOVEMBER) -> Attainment:
    return judge(goal, JOBCENTER, month, readings_in(values, view))


def shown(attainment: Attainment) -> tuple[str | None, Light]:
    reached = attainment.degree
    return (None if reached is None else str(half_up(reached, 1)), attainment.light)


@pytest.mark.parametrize(
    ("code", "view", "actual", "reached", "light"),
    [
        ("long_term_recipients", YTD, "17283", "100.0", Light.GREEN),
        ("long_term_recipients", YTD, "18300", "94.1", Light.RED),
        ("long_term_recipients", YTD, "18147.15", "95.0", Light.YELLOW),
        ("long_term_recipients", YTD, "18147.16", "95.0", Light.RED),
        ("long_term_recipients", YTD, "16000", "107.4", Light.GREEN),
        ("integration", ROLLING, "20.6", "100.0", Light.GREEN),
        ("integration", ROLLING, "20.0", "97.1", Light.YELLOW),
        ("integration", ROLLING, "19.5", "94.7", Light.RED),
        ("integration_contract_first_contact", YTD, "84", "105.0", Light.GREEN),
        ("contact_density", ROLLING, "1.5", "75.0", Light.RED),
        ("contact_density_single_households", ROLLING, "6.0", "100.0", Light.GREEN),
        ("staffing", MONTH, "405.93", "100.0", Light.GREEN),
        ("staffing", MONTH, "398.10", "98.1", Light.YELLOW),
        ("debt_counselling", YTD, "455000", "109.0", Light.GREEN),
        ("debt_counselling", YTD, "512000", "97.6", Light.YELLOW),
    ],
)
def test_a_goal_of_the_mettmann_agreement_is_judged(
    code: str, view: View, actual: str, reached: str, light: Light
) -> None:
    assert shown(judged(mettmann.the_goal(code), {"2014-11": actual}, view)) == (reached, light)


@pytest.mark.parametrize(
    ("code", "past", "actual", "expected", "light"),
    [
        ("integration_under_25", 1000, 1050, 1050, Light.GREEN),
        ("integration_under_25", 1000, 1000, 1050, Light.YELLOW),
        ("housing_costs", 90000000, 90000000, 90000000, Light.GREEN),
        ("housing_costs", 90000000, 95000000, 90000000, Light.RED),
    ],
)
def test_a_change_is_judged_by_the_level_it_implies_in_the_same_month(
    code: str, past: int, actual: int, expected: int, light: Light
) -> None:
    attainment = judged(mettmann.the_goal(code), {"2013-11": past, "2014-11": actual})
    assert (attainment.expected, attainment.light) == (Decimal(expected), light)
    assert [str(reading.month) for reading in attainment.evidence] == ["2014-11", "2013-11"]


def test_a_changes_target_is_what_the_whole_past_year_implies() -> None:
    attainment = judged(mettmann.the_goal("integration_under_25"), {"2013-12": 1200, "2014-11": 1})
    assert attainment.target == 1260


def test_without_the_past_year_a_change_has_no_expectation() -> None:
    attainment = judged(mettmann.the_goal("integration_under_25"), {"2014-11": 1000})
    assert (attainment.reason, shown(attainment)) == (Reason.NO_EXPECTATION, (None, Light.GREY))


def test_what_is_monitored_has_a_degree_beside_its_forecast_but_no_light() -> None:
    values: dict[str, str | int | None] = {"2013-11": 82, "2013-12": 90, "2014-11": 85000000}
    attainment = judged(mettmann.the_goal("need_for_assistance"), values)
    assert attainment.expected is not None
    assert half_up(attainment.expected, 0) == half_up(Decimal(90295768) * 82 / 90, 0)
    assert shown(attainment) == ("96.7", Light.WHITE)
    assert attainment.path is PathKind.PRIOR_YEAR_PROFILE
    assert [str(reading.month) for reading in attainment.evidence] == ["2014-11", "2013-11", "2013-12"]


def test_past_years_without_a_value_are_no_evidence_of_a_profile() -> None:
    values: dict[str, str | int | None] = {"2014-11": 1, "2013-11": 1, "2013-12": 2, "2012-11": None, "2012-12": None}
    attainment = judged(a_goal(a_target("100")), values)
    assert [str(reading.month) for reading in attainment.evidence] == ["2014-11", "2013-11", "2013-12"]


def test_a_goal_on_trial_has_no_light() -> None:
    assert shown(judged(a_goal(a_target(path=LEVEL), trial=True), {"2014-11": 18300})) == ("94.1", Light.WHITE)


def test_without_history_the_path_is_linear_and_says_so() -> None:
    attainment = judged(a_goal(a_target("1200", direction=AT_LEAST)), {"2014-11": 1100})
    assert (attainment.path, attainment.expected, attainment.light) == (PathKind.LINEAR, Decimal(1100), Light.GREEN)


def test_nothing_delivered_is_grey_incomplete_and_has_a_reason() -> None:
    attainment = judged(a_goal(), {})
    assert shown(attainment) == (None, Light.GREY)
    assert (attainment.reason, attainment.state) == (Reason.NO_DATA, DataState.INCOMPLETE)


def test_a_missing_input_is_named_and_never_zero() -> None:
    attainment = judged(a_goal(), {"2014-11": None})
    assert (attainment.actual, attainment.degree, attainment.reason) == (None, None, Reason.MISSING_INPUT)
    assert attainment.state is DataState.INCOMPLETE


def test_a_standard_of_zero_gives_no_degree_but_a_reason_and_a_gap() -> None:
    attainment = judged(a_goal(a_target("0", path=LEVEL)), {"2014-11": 3})
    assert shown(attainment) == (None, Light.GREY)
    assert (attainment.reason, attainment.gap) == (Reason.EXPECTED_ZERO, Decimal(-3))


def test_posts_without_an_indicator_are_not_measured() -> None:
    attainment = judged(a_goal(StaffingTerms(target=Decimal(10))), {})
    assert (attainment.light, attainment.reason) == (Light.GREY, Reason.NOT_MEASURED)


def test_a_gap_is_positive_where_it_is_better_than_expected() -> None:
    at_most, at_least = a_goal(a_target("100", path=LEVEL)), a_goal(a_target("100", direction=AT_LEAST, path=LEVEL))
    assert judged(at_most, {"2014-11": 90}).gap == 10
    assert judged(at_least, {"2014-11": 90}).gap == -10


@pytest.mark.parametrize(
    ("actual", "reached", "light", "gap"),
    [
        ("50", "100.0", Light.GREEN, 0),
        ("60", "100.0", Light.GREEN, 0),
        ("48", "96.0", Light.YELLOW, -2),
        ("66", "90.0", Light.RED, -6),
    ],
)
def test_a_band_is_judged_by_its_nearer_edge(actual: str, reached: str, light: Light, gap: int) -> None:
    band = TargetTerms(
        indicator=IndicatorCode("figure"),
        view=YTD,
        unit_of_measure=a_target().unit_of_measure,
        direction=WITHIN,
        low=Decimal(50),
        high=Decimal(60),
    )
    attainment = judged(a_goal(band), {"2014-11": actual})
    assert (*shown(attainment), attainment.gap) == (reached, light, Decimal(gap))


@pytest.mark.parametrize(
    ("direction", "actual", "standard", "reached"),
    [
        (AT_MOST, -2, -2, 100),
        (AT_MOST, -3, -2, 150),
        (AT_MOST, -1, -2, 50),
        (AT_LEAST, -3, -2, 50),
        (AT_LEAST, 5, 2, 250),
        (AT_MOST, 9, 3, -100),
    ],
)
def test_a_degree_is_not_clamped_and_a_smaller_fall_than_agreed_is_worse(
    direction: Direction, actual: int, standard: int, reached: int
) -> None:
    assert degree(direction, Decimal(actual), Decimal(standard)) == reached


def test_inside_a_band_with_an_edge_of_zero_all_is_well() -> None:
    assert degree(WITHIN, Decimal(1), (Decimal(0), Decimal(5))) == 100
    assert degree(WITHIN, Decimal(-1), (Decimal(0), Decimal(5))) is None


def test_the_unrounded_degree_makes_the_light() -> None:
    assert light_of(Decimal("99.9999"), Thresholds()) is Light.YELLOW
    assert light_of(Decimal("94.9999"), Thresholds()) is Light.RED
    assert light_of(Decimal(90), Thresholds(green=Decimal(90), yellow=Decimal(80))) is Light.GREEN


@pytest.mark.parametrize(
    ("code", "view", "first"),
    [
        ("integration", ROLLING, Month(2014, 1)),
        ("need_for_assistance", YTD, Month(2011, 1)),
        ("integration_under_25", YTD, Month(2013, 1)),
        ("staffing", MONTH, Month(2014, 1)),
    ],
)
def test_what_judging_needs_reaches_back_as_far_as_the_path_does(code: str, view: View, first: Month) -> None:
    (need,) = needs(mettmann.the_goal(code), NOVEMBER)
    assert need == Need(indicator=need.indicator, view=view, first=first, last=NOVEMBER)


def test_what_has_no_figure_needs_no_readings() -> None:
    assert needs(mettmann.the_goal("cooperation_agreement"), NOVEMBER) == ()
    assert trajectory(mettmann.the_goal("cooperation_agreement"), NOVEMBER, readings_in({})) == ()


def test_a_trajectory_draws_the_year_and_leaves_the_future_open() -> None:
    points = trajectory(
        a_goal(a_target("1200")), Month(2014, 2), readings_in({"2014-01": 90, "2014-02": 210, "2014-03": 1})
    )
    assert [int(point.expected or 0) for point in points] == list(range(100, 1300, 100))
    assert [point.actual for point in points] == [90, 210, *[None] * 10]


def test_a_goal_for_a_group_is_not_judged_by_the_figures_of_all() -> None:
    goal = replace(a_goal(a_target("100", path=LEVEL)), filters={"sex": "women"})
    attainment = judged(goal, {"2014-11": "100"})
    assert (attainment.light, attainment.reason, attainment.target) == (
        Light.GREY,
        Reason.NOT_BY_GROUP,
        Decimal(100),
    )
    assert attainment.actual is None
    assert (needs(goal, NOVEMBER), trajectory(goal, NOVEMBER, readings_in({}, YTD))) == ((), ())

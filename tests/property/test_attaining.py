"""Laws of degrees, lights and paths."""

from decimal import Decimal

from domain.attainment import degree, gap, judge, light_of, trajectory
from domain.indicator import Direction
from domain.measured import PROFILE
from domain.path import Path, PathKind, expected
from domain.period import YEAR_LENGTH, Month
from domain.quantity import PRECISE
from domain.terms import Thresholds
from domain.undertaking import Light
from hypothesis import assume, given
from hypothesis import strategies as st
from support.agreeing import JOBCENTER, a_goal, a_target, readings_in

ONE_SIDED = st.sampled_from([Direction.AT_LEAST, Direction.AT_MOST])
NUMBERS = st.decimals(-(10**9), 10**9, places=2)
STANDARDS = NUMBERS.filter(bool)
POSITIVE = st.decimals(Decimal("0.01"), 10**9, places=2)
MONTHS = st.builds(Month, st.just(2014), st.integers(1, YEAR_LENGTH))
WORST_FIRST = [Light.RED, Light.YELLOW, Light.GREEN]
LEVEL = Path(kind=PathKind.LEVEL)


def good(direction: Direction, number: Decimal) -> Decimal:
    """Turn a number so that more is better."""
    return number if direction is Direction.AT_LEAST else -number


@given(direction=ONE_SIDED, standard=STANDARDS)
def test_the_degree_at_the_standard_is_exactly_a_hundred(direction: Direction, standard: Decimal) -> None:
    assert degree(direction, standard, standard) == 100


@given(actual=NUMBERS, standard=POSITIVE)
def test_for_a_positive_standard_the_degree_is_the_quotient_of_the_rule(actual: Decimal, standard: Decimal) -> None:
    quotient = PRECISE.divide(actual, standard)
    at_least, at_most = degree(Direction.AT_LEAST, actual, standard), degree(Direction.AT_MOST, actual, standard)
    assert at_least is not None
    assert at_most is not None
    assert abs(at_least - quotient * 100) < Decimal("1e-15")
    assert abs(at_most - (2 - quotient) * 100) < Decimal("1e-15")


@given(direction=ONE_SIDED, standard=STANDARDS, one=NUMBERS, other=NUMBERS)
def test_the_better_figure_never_has_the_lower_degree(
    direction: Direction, standard: Decimal, one: Decimal, other: Decimal
) -> None:
    worse, better = sorted([one, other], key=lambda number: good(direction, number))
    lower, higher = degree(direction, worse, standard), degree(direction, better, standard)
    assert lower is not None
    assert higher is not None
    assert lower <= higher


@given(actual=NUMBERS, edges=st.tuples(POSITIVE, POSITIVE).map(sorted))
def test_a_band_is_kept_exactly_where_the_degree_is_a_hundred(actual: Decimal, edges: list[Decimal]) -> None:
    low, high = edges
    assert (degree(Direction.WITHIN, actual, (low, high)) == 100) == (low <= actual <= high)
    assert (gap(Direction.WITHIN, actual, (low, high)) == 0) == (low <= actual <= high)


@given(one=NUMBERS, other=NUMBERS, edges=st.tuples(NUMBERS, NUMBERS).map(sorted))
def test_a_light_never_grows_worse_as_the_degree_grows(one: Decimal, other: Decimal, edges: list[Decimal]) -> None:
    assume(edges[0] >= 0)
    thresholds = Thresholds(yellow=edges[0], green=edges[1])
    lights = [WORST_FIRST.index(light_of(reached, thresholds)) for reached in sorted([one, other])]
    assert lights == sorted(lights)


@given(direction=ONE_SIDED, target=POSITIVE, actual=NUMBERS, month=MONTHS)
def test_degree_light_and_gap_tell_the_same_story(
    direction: Direction, target: Decimal, actual: Decimal, month: Month
) -> None:
    goal = a_goal(a_target(str(target), direction=direction, path=LEVEL))
    judged = judge(goal, JOBCENTER, month, readings_in({str(month): actual}))
    assert judged.gap is not None
    assert judged.degree is not None
    assert (judged.gap >= 0) == (judged.degree >= 100) == (judged.light is Light.GREEN)


@given(steps=st.lists(st.integers(0, 10**6), min_size=YEAR_LENGTH, max_size=YEAR_LENGTH), target=POSITIVE)
def test_a_profile_never_falls_and_ends_at_the_target(steps: list[int], target: Decimal) -> None:
    past = {Month(2013, number): Decimal(sum(steps[:number])) for number in range(1, YEAR_LENGTH + 1)}
    way = [expected(PROFILE, target, Month(2014, number), past.get).value for number in range(1, YEAR_LENGTH + 1)]
    values = [value for value in way if value is not None]
    assert values == sorted(values)
    assert values[-1] == target
    assert len(values) == YEAR_LENGTH


@given(target=POSITIVE, month=MONTHS)
def test_who_is_exactly_on_the_linear_path_is_green(target: Decimal, month: Month) -> None:
    whole = target * YEAR_LENGTH
    goal = a_goal(a_target(str(whole), direction=Direction.AT_LEAST, path=Path(kind=PathKind.LINEAR)))
    judged = judge(goal, JOBCENTER, month, readings_in({str(month): target * month.month}))
    assert (judged.degree, judged.light) == (Decimal(100), Light.GREEN)


@given(month=MONTHS)
def test_a_trajectory_has_twelve_months_and_agrees_with_the_judgement(month: Month) -> None:
    goal, readings = a_goal(a_target("1200")), readings_in({str(month): 7, "2013-03": 1, "2013-12": 9})
    points = trajectory(goal, month, readings)
    judged = judge(goal, JOBCENTER, month, readings)
    assert [point.month.month for point in points] == list(range(1, YEAR_LENGTH + 1))
    assert (points[month.month - 1].expected, points[month.month - 1].actual) == (judged.expected, judged.actual)

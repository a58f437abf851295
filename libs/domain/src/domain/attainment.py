"""How far a goal has come: expected so far, degree, light, state, and the readings that say so."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeAlias

from domain.agreement import Declaration
from domain.goal import Goal
from domain.identity import GoalCode, IndicatorCode, UnitCode
from domain.indicator import HUNDRED, Direction
from domain.measured import MeasuredTerms, measured_terms
from domain.path import Expected, PathKind, expected
from domain.period import YEAR_LENGTH, Month, View
from domain.quantity import PRECISE, Measure
from domain.reading import DataState, Reading
from domain.terms import USUAL, GoalKind, Thresholds
from domain.undertaking import Light, Reason, judge_undertaking

Against: TypeAlias = Decimal | tuple[Decimal, Decimal]
"""What a reading is held against: a value, or the edges of a band."""
Readings = Callable[[IndicatorCode, View, Month], Reading | None]
NO_LIGHT = frozenset({GoalKind.MONITORING})


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """The readings of one indicator and view that judging a goal asks for, months inclusive."""

    indicator: IndicatorCode
    view: View
    first: Month
    last: Month


@dataclass(frozen=True, slots=True, kw_only=True)
class Attainment:
    """The judgement of one goal in one month; degree in percent, never clamped, unrounded."""

    unit: UnitCode
    goal: GoalCode
    month: Month
    light: Light
    target: Decimal | None = None
    unit_of_measure: Measure | None = None
    direction: Direction | None = None
    expected: Decimal | None = None
    actual: Decimal | None = None
    degree: Decimal | None = None
    gap: Decimal | None = None
    path: PathKind | None = None
    state: DataState | None = None
    reason: Reason | None = None
    thresholds: Thresholds = USUAL
    evidence: tuple[Reading, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A month on the way: what is expected, and what was reached where it is known."""

    month: Month
    expected: Decimal | None
    actual: Decimal | None


def needs(goal: Goal, month: Month) -> tuple[Need, ...]:
    """Name the readings that judging a goal in a month, and drawing its year, asks for."""
    standard = measured_terms(goal)
    if standard is None or goal.filters:
        return ()
    first = Month(month.year - standard.years_back, 1)
    return (Need(indicator=standard.indicator, view=standard.view, first=first, last=month),)


def judge(
    goal: Goal, unit: UnitCode, month: Month, readings: Readings, declarations: Iterable[Declaration] = ()
) -> Attainment:
    """Judge a goal in a month by what was read and declared by its last day."""
    standard = measured_terms(goal)
    if standard is None:
        light, reason = judge_undertaking(goal, month.last_day, declarations)
        return Attainment(unit=unit, goal=goal.code, month=month, light=_shown(goal, light), reason=reason)
    if goal.filters:
        return replace(_measured(goal, standard, unit, month, _nothing), reason=Reason.NOT_BY_GROUP)
    return _measured(goal, standard, unit, month, readings)


def trajectory(goal: Goal, month: Month, readings: Readings) -> tuple[Point, ...]:
    """Draw the year of a measured goal: expected in every month, actual up to the month looked at."""
    standard = measured_terms(goal)
    if standard is None or goal.filters:
        return ()
    year = [Month(month.year, number) for number in range(1, YEAR_LENGTH + 1)]
    return tuple(
        Point(
            month=at,
            expected=_expected(standard, at, readings).value,
            actual=_value(readings(standard.indicator, standard.view, at)) if at <= month else None,
        )
        for at in year
    )


def degree(direction: Direction, actual: Decimal, against: Against) -> Decimal | None:
    """
    Give the degree of attainment in percent: 100 and the gap as a share of the standard; none where that is zero.

    For a positive standard this is actual ÷ expected (at least) and 2 − actual ÷ expected (at most); a negative one,
    such as a fall agreed in percent, is judged by the same distance. Inside a band it is 100.

    >>> degree(Direction.AT_MOST, Decimal(110), Decimal(100)), degree(Direction.AT_MOST, Decimal(-1), Decimal(-2))
    (Decimal('90'), Decimal('50'))
    """
    distance = gap(direction, actual, against)
    if not isinstance(against, tuple):
        return _share_of(against, distance)
    low, high = against
    return HUNDRED if low <= actual <= high else _share_of(low if actual < low else high, distance)


def gap(direction: Direction, actual: Decimal, against: Against) -> Decimal:
    """Give the signed distance in the direction that matters: positive is better than expected, 0 inside a band."""
    if isinstance(against, tuple):
        low, high = against
        return min(Decimal(0), PRECISE.subtract(actual, low), PRECISE.subtract(high, actual))
    difference = PRECISE.subtract(actual, against)
    return difference if direction is Direction.AT_LEAST else -difference


def _share_of(standard: Decimal, distance: Decimal) -> Decimal | None:
    if not standard:
        return None
    share = PRECISE.divide(PRECISE.multiply(distance, HUNDRED), abs(standard))
    return PRECISE.add(HUNDRED, share)


def light_of(reached: Decimal, thresholds: Thresholds) -> Light:
    """Give the light of a degree."""
    if reached >= thresholds.green:
        return Light.GREEN
    return Light.YELLOW if reached >= thresholds.yellow else Light.RED


def _measured(goal: Goal, standard: MeasuredTerms, unit: UnitCode, month: Month, readings: Readings) -> Attainment:
    reading = readings(standard.indicator, standard.view, month)
    actual, target, path = _value(reading), _target(standard, month, readings), _expected(standard, month, readings)
    against = standard.band or path.value
    reached = None if actual is None or against is None else degree(standard.direction, actual, against)
    reason = _reason(reading, against, reached)
    light = Light.GREY if reached is None else light_of(reached, standard.thresholds)
    return Attainment(
        unit=unit,
        goal=goal.code,
        month=month,
        light=_shown(goal, light),
        target=target,
        unit_of_measure=standard.unit_of_measure,
        direction=standard.direction,
        expected=path.value,
        actual=actual,
        degree=reached,
        gap=None if actual is None or against is None else gap(standard.direction, actual, against),
        path=path.kind,
        state=reading.state if reading else DataState.INCOMPLETE,
        reason=reason,
        thresholds=standard.thresholds,
        evidence=_evidence(standard, month, readings),
    )


def _expected(standard: MeasuredTerms, month: Month, readings: Readings) -> Expected:
    if standard.change is not None:
        past = _value(readings(standard.indicator, standard.view, month.plus(-YEAR_LENGTH)))
        return Expected(None if past is None else _changed(past, standard.change), PathKind.PRIOR_YEAR_PROFILE)
    if standard.target is None:
        return Expected(None, standard.path.kind)
    return expected(
        standard.path, standard.target, month, lambda at: _value(readings(standard.indicator, standard.view, at))
    )


def _target(standard: MeasuredTerms, month: Month, readings: Readings) -> Decimal | None:
    if standard.change is None:
        return standard.target
    whole = _value(readings(standard.indicator, standard.view, Month(month.year - 1, YEAR_LENGTH)))
    return None if whole is None else _changed(whole, standard.change)


def _changed(past: Decimal, change: Decimal) -> Decimal:
    return PRECISE.divide(PRECISE.multiply(past, PRECISE.add(HUNDRED, change)), HUNDRED)


def _reason(reading: Reading | None, against: Against | None, reached: Decimal | None) -> Reason | None:
    if reading is None or reading.reason is not None:
        return Reason.of(reading.reason if reading else None)
    if against is None:
        return Reason.NO_EXPECTATION
    return Reason.EXPECTED_ZERO if reached is None else None


def _evidence(standard: MeasuredTerms, month: Month, readings: Readings) -> tuple[Reading, ...]:
    """Name the reading judged, then the past ones its expectation rests on; for a change also those without a value."""
    past = [
        at
        for years in range(1, standard.years_back + 1)
        for at in (month.plus(-YEAR_LENGTH * years), Month(month.year - years, YEAR_LENGTH))
    ]
    found = [(at, readings(standard.indicator, standard.view, at)) for at in dict.fromkeys([month, *past])]
    asked = {month, month.plus(-YEAR_LENGTH)} if standard.change is not None else {month}
    return tuple(reading for at, reading in found if reading and (at in asked or reading.value is not None))


def _shown(goal: Goal, light: Light) -> Light:
    return Light.WHITE if goal.trial or goal.kind in NO_LIGHT else light


def _nothing(_indicator: IndicatorCode, _view: View, _month: Month) -> None:
    """Read nothing: figures are known for all people together, never shown as those of a group."""


def _value(reading: Reading | None) -> Decimal | None:
    return reading.value if reading else None

"""A unit's record of deliveries."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from domain.duty import Duty, DutyStatus, Owed
from domain.identity import VariableCode
from domain.period import Month, Period
from domain.punctuality import UnitMonth, punctuality, unit_months
from support.measuring import JOBCENTER, NOVEMBER, TOWN_A

ON_TIME, LATE, MISSING, EXPECTED, INCOMPLETE = (
    DutyStatus.ON_TIME,
    DutyStatus.LATE,
    DutyStatus.MISSING,
    DutyStatus.EXPECTED,
    DutyStatus.INCOMPLETE,
)
DUTY = Duty(unit=JOBCENTER, variables=(VariableCode("x"),), months=Period.parse("2014"), working_day=10)
OWED = Owed(duty=DUTY, month=NOVEMBER, due=date(2014, 12, 12), status=ON_TIME, completed_on=None, missing=())


def months(*states: DutyStatus, days: int = 2) -> list[UnitMonth]:
    return [
        UnitMonth(
            unit=JOBCENTER, month=Month(2014, number), status=state, days_late=days if state in (LATE, MISSING) else 0
        )
        for number, state in enumerate(states, 1)
    ]


def test_the_gravest_of_several_duties_is_said_of_a_units_month() -> None:
    other = replace(DUTY, variables=(VariableCode("y"),))
    entries = [
        replace(OWED, status=LATE, days_late=5),
        replace(OWED, duty=other, status=MISSING, days_late=9),
        replace(OWED, duty=replace(DUTY, unit=TOWN_A)),
    ]
    assert unit_months(entries) == [
        UnitMonth(unit=TOWN_A, month=NOVEMBER, status=ON_TIME, days_late=0),
        UnitMonth(unit=JOBCENTER, month=NOVEMBER, status=MISSING, days_late=9),
    ]


def test_a_record_counts_months_by_state_and_means_the_days_of_late_ones() -> None:
    late = [replace(month, days_late=days) for month, days in zip(months(LATE, LATE), (1, 4), strict=True)]
    (record,) = punctuality([*late, *months(ON_TIME, MISSING, EXPECTED, INCOMPLETE)])
    assert {state: count for state, count in record.counts.items() if count != 1} == {LATE: 2}
    assert (record.mean_days_late, record.longest_days_late) == (Decimal("2.5"), 4)


def test_a_record_without_a_late_month_has_no_mean() -> None:
    (record,) = punctuality(months(ON_TIME, MISSING))
    assert record.mean_days_late is None


def test_a_streak_counts_back_from_the_newest_month_that_is_judged() -> None:
    (record,) = punctuality(months(LATE, ON_TIME, ON_TIME, EXPECTED, EXPECTED))
    assert record.streak == 2
    (broken,) = punctuality(months(ON_TIME, ON_TIME, INCOMPLETE))
    assert broken.streak == 0
    (all_of_it,) = punctuality(months(ON_TIME, ON_TIME))
    assert all_of_it.streak == 2


def test_nobody_has_no_record() -> None:
    assert punctuality([]) == []

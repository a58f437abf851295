"""Reminders: which one a day calls for."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from domain.duty import Duty, DutyStatus, Owed
from domain.identity import VariableCode
from domain.period import Period
from domain.reminder import Reminder, ReminderKind, Step, reminder_of, step_on
from support.measuring import JOBCENTER, NOVEMBER

DUE = date(2014, 12, 12)
OVERDUE = Step(ReminderKind.OVERDUE)
DUTY = Duty(unit=JOBCENTER, variables=(VariableCode("x"),), months=Period.parse("2014"), working_day=10)
OWED = Owed(duty=DUTY, month=NOVEMBER, due=DUE, status=DutyStatus.MISSING, completed_on=None, missing=DUTY.variables)


@pytest.mark.parametrize(
    ("day", "step"),
    [
        (date(2014, 12, 8), None),
        (date(2014, 12, 9), Step(ReminderKind.DUE_SOON)),
        (DUE, Step(ReminderKind.DUE_SOON)),
        (date(2014, 12, 13), OVERDUE),
        (date(2014, 12, 19), OVERDUE),
        (date(2014, 12, 20), Step(ReminderKind.OVERDUE_AGAIN, 1)),
        (date(2015, 1, 17), Step(ReminderKind.OVERDUE_AGAIN, 5)),
        (date(2015, 1, 23), Step(ReminderKind.OVERDUE_AGAIN, 5)),
        (date(2015, 1, 24), None),
    ],
)
def test_each_day_calls_for_one_reminder_or_none(day: date, step: Step | None) -> None:
    assert step_on(day, DUE) == step


def test_day_by_day_every_reminder_comes_once_and_in_order() -> None:
    days = [DUE + timedelta(days=number) for number in range(-40, 90)]
    met = list(dict.fromkeys(step for day in days if (step := step_on(day, DUE))))
    again = [Step(ReminderKind.OVERDUE_AGAIN, number) for number in range(1, 6)]
    assert met == [Step(ReminderKind.DUE_SOON), OVERDUE, *again]


def test_holidays_bring_the_first_reminder_forward() -> None:
    due = date(2015, 1, 8)
    assert step_on(date(2015, 1, 2), due, place="09") == Step(ReminderKind.DUE_SOON)
    assert step_on(date(2015, 1, 2), due, place="05") is None


def test_who_has_delivered_is_left_in_peace() -> None:
    day = DUE + timedelta(days=1)
    assert reminder_of(OWED, day) == Reminder(owed=OWED, step=OVERDUE)
    incomplete = replace(OWED, status=DutyStatus.INCOMPLETE)
    assert reminder_of(incomplete, day) == Reminder(owed=incomplete, step=OVERDUE)
    for done in (DutyStatus.ON_TIME, DutyStatus.LATE):
        assert reminder_of(replace(OWED, status=done), day) is None

"""Reminders of what is owed: before the due day, the day after it, and weekly from then on."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from domain.duty import OPEN, Owed
from domain.working_days import DAY, working_days_before

DAYS_BEFORE = 3
"""Working days before the due day on which a unit is told that it comes near, where nothing else is set."""
WEEK = timedelta(days=7)
MOST_AGAIN = 5


class ReminderKind(StrEnum):
    """What a reminder says."""

    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    OVERDUE_AGAIN = "overdue_again"


@dataclass(frozen=True, slots=True, order=True)
class Step:
    """A reminder's kind; `number` counts those that are sent again, else it is 0."""

    kind: ReminderKind
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """One reminder of one month of a duty."""

    owed: Owed
    step: Step


def step_on(today: date, due: date, *, days_before: int = DAYS_BEFORE, place: str = "") -> Step | None:
    """
    Give the reminder whose time has come on a day, if any.

    Each holds until the next one's day, so that one which nobody could send on its day is sent a little later; after
    the fifth week there is none any more.

    >>> step_on(date(2014, 12, 13), date(2014, 12, 12))
    Step(kind=<ReminderKind.OVERDUE: 'overdue'>, number=0)
    """
    if today <= due:
        near = today >= working_days_before(due, days_before, place)
        return Step(ReminderKind.DUE_SOON) if near else None
    weeks = (today - due - DAY) // WEEK
    if weeks > MOST_AGAIN:
        return None
    return Step(ReminderKind.OVERDUE_AGAIN, weeks) if weeks else Step(ReminderKind.OVERDUE)


def reminder_of(owed: Owed, today: date, *, days_before: int = DAYS_BEFORE, place: str = "") -> Reminder | None:
    """Give the reminder that what is still open calls for on a day, if any."""
    step = step_on(today, owed.due, days_before=days_before, place=place) if owed.status in OPEN else None
    return Reminder(owed=owed, step=step) if step else None

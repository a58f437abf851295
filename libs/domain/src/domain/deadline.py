"""Deadlines of answers: so many working days from a day."""

from dataclasses import dataclass
from datetime import date, timedelta

from domain.errors import Invalid, Text

WORKING_DAYS_TO_ANSWER = 10
SATURDAY = 5


@dataclass(eq=False)
class DeadlinePast(Invalid):
    """A deadline lies ahead."""

    title_de = "Eine Frist liegt in der Zukunft."
    says = Text(
        "{due} is before {today}; leave it out to have {usual}",
        "{due} liegt vor {today}; lassen Sie sie weg, dann gilt {usual}",
    )

    due: str
    today: str
    usual: str


def working_days_after(day: date, number: int) -> date:
    """Count working days from Monday to Friday, beginning with the day after.

    >>> working_days_after(date(2014, 12, 12), 1), working_days_after(date(2014, 12, 13), 10)
    (datetime.date(2014, 12, 15), datetime.date(2014, 12, 26))
    """
    while number:
        day += timedelta(days=1)
        number -= day.weekday() < SATURDAY
    return day


def deadline(asked: date | None, today: date) -> date:
    """Give the day by which an objection is to be answered: as asked, else ten working days from today."""
    usual = working_days_after(today, WORKING_DAYS_TO_ANSWER)
    if asked is not None and asked < today:
        raise DeadlinePast(due=asked.isoformat(), today=today.isoformat(), usual=usual.isoformat())
    return asked or usual
